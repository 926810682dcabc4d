"""Templates that layouts share are compiled once, and never taken for one with another text."""

from __future__ import annotations

from pathlib import Path

from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.compiled import MOST_KEPT, CompiledTemplates
from hrcpub.pipeline.compose.templates import read_folder, read_templates
from hrcpub.project.layout import read_layout


def code_of(project: Path, layout: str, name: str) -> object:
    """Return what runs when a template of a layout is rendered."""
    sources = Sources(project)
    templates = read_templates(read_layout(sources, layout), sources)
    function = templates.get_template(name).root_render_func
    assert hasattr(function, "__code__")
    return function.__code__


def test_two_layouts_have_the_same_code_of_the_systems_templates(project: Path) -> None:
    shared = "system/components.html"
    assert code_of(project, "card", shared) is code_of(project, "sheet", shared)
    assert code_of(project, "card", "layout.html") is not code_of(project, "sheet", "layout.html")


def test_another_text_is_another_template_and_the_first_one_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "papers/page.html"
    file.parent.mkdir()
    said = []
    for text in ("first {{ 1 }}", "second {{ 2 }}", "first {{ 1 }}"):
        file.write_text(text, encoding="utf-8")
        said.append(read_folder("papers", Sources(tmp_path)).get_template("page.html").render())
    assert said == ["first 1", "second 2", "first 1"]


def test_no_more_than_some_are_kept(tmp_path: Path) -> None:
    from jinja2 import DictLoader, Environment

    kept = CompiledTemplates()
    texts = {f"{number}.html": str(number) for number in range(MOST_KEPT + 3)}
    environment = Environment(loader=DictLoader(texts), bytecode_cache=kept, autoescape=True)
    for name in texts:
        assert environment.get_template(name).render() == name.removesuffix(".html")
    assert len(kept._kept) == MOST_KEPT
