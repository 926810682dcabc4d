"""Templates that layouts share are compiled once, and never taken for one with another text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hrcpub.files import lasting
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


def said_by_a_new_command(texts: dict[str, str]) -> tuple[str, int]:
    """Return what a template says, and how many were compiled for it by a process of its own."""
    from jinja2 import DictLoader, Environment

    class Counting(Environment):
        compiled = 0

        def compile(self, *arguments: Any, **options: Any) -> Any:
            self.compiled += 1
            return super().compile(*arguments, **options)

    # Whose memory is empty, as that of another process.
    environment = Counting(
        loader=DictLoader(texts), bytecode_cache=CompiledTemplates(), autoescape=True
    )
    return environment.get_template("page.html").render(), environment.compiled


def test_another_command_need_not_compile_it_again(kept: Path) -> None:
    texts = {"page.html": "first {{ 1 }}"}
    assert said_by_a_new_command(texts) == ("first 1", 1)
    assert said_by_a_new_command(texts) == ("first 1", 0)
    assert said_by_a_new_command({"page.html": "second {{ 1 }}"}) == ("second 1", 1)
    assert kept.is_dir()


@pytest.mark.parametrize("code", [b"", b"no code at all", None])
def test_code_that_is_none_is_compiled_anew(
    code: bytes | None, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"page.html": "first {{ 1 }}"}
    said_by_a_new_command(texts)
    (entry,) = (path for path in kept.rglob("*") if path.is_file())
    if code is None:  # as after a crash
        entry.write_bytes(entry.read_bytes()[:-9])
    else:
        monkeypatch.setattr(lasting, "find", lambda key: code)
    assert said_by_a_new_command(texts) == ("first 1", 1)


def test_code_that_breaks_off_is_compiled_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, find = {"page.html": "first {{ 1 }}"}, lasting.find
    said_by_a_new_command(texts)
    monkeypatch.setattr(lasting, "find", lambda key: (find(key) or b"")[:-9])
    assert said_by_a_new_command(texts) == ("first 1", 1)
    assert kept.is_dir()


def test_a_project_is_no_place_for_code(project: Path, kept: Path) -> None:
    """It may come from a stranger: what lies in it is never run, and nothing is put there."""
    before = {path for path in project.rglob("*") if path.is_file()}
    code_of(project, "card", "layout.html")
    assert {path for path in project.rglob("*") if path.is_file()} == before
    assert not kept.is_relative_to(project)
