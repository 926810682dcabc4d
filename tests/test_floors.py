"""Imports go down: the floors of the house, and the one door that each library has."""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import hrcpub

PACKAGE = Path(hrcpub.__file__).parent

# From the top. A room imports from the floors below its own and from itself; never from its
# neighbours. `hrcpub` itself holds the version and is below all.
FLOORS = """
cli
studio
events
printing
build
pipeline
project
files
forking
problems
units unseen loading leaving records
patterns
"""
# The same inside of a room, in its own order. Where a room is not here, anything goes in it.
INSIDE = {
    "events": """
        shop_order
        fulfil
        print_plan
        labels
        paperwork
        imprint
        shells
        manifest
    """,
    "printing": """
        sending piece_orders steps
        calibration fitting placing
        fitting_problems reading
        turning cut_off reasons kept_layers
        queues order
        libcups
    """,
    "build": """
        comparing
        approving
        orders
        batch beginning revisions standing left_behind watch grounds reviewing
        starting
        piece specimen
        approval_states
        approvals editions
        finishing
        refusals
        findings
        abreast desk_notes memory second store
        processes futures
        foreseen job workers notices
    """,
    "pipeline": """
        blame compare copyfit demands export fullness
        compose typeset prepress preflight impose
        setting
        stages
        photographs
    """,
    "pipeline.preflight": """
        guard
        judge proof scanning
        checks plate_view read_back thumbnail
        ink
        page apart
    """,
    "project": """
        facts house_style translating
        material
        approval verbatim scancodes placeholders review
        reprint
        organisation contacts_schema references claims reviewed
        reach
        layout contacts printers label_sheets logos schedules
        pictures drawn_colours
        drawings
        colours
        office_queues translations figures paper_size slot_schemas homes calls spoken hours_styles
        schedule_fields hours_text
        hours by_language
        slots
        picture_slots page_slots dated typed_places waivers
        material_problems slot_problems telephone_problems hours_problems date_problems call_missing
        day_names lookalikes mistyped_digits moments schemes site_columns words
        clock_words dates markup
        quotes
        addresses cldr condition edition folds languages names sheets slot telephones values
        digits graphemes texting
    """,
    "pipeline.compare": """
        showing
        looks
        matching wording words
        reading
        common_ends records
    """,
    "files": """
        project tablefile csv_edits
        lasting
        bytestore
        cache csvfile workbook yamlfile yaml_edits
        workbook_problems
        table yaml_lines
        yaml_writing
        yaml_spans sheet_view
        number_format csv_problems yaml_problems yaml_slips sources programs
        decoding
    """,
}
APART = {"__init__", "__main__"}

# Which rooms load a library when they run. A preflight shares no code with what it proves: what
# pydyf and `impose` write, pikepdf reads.
DOORS = {
    "weasyprint": {"pipeline.typeset"},
    "cffi": {"pipeline.typeset"},
    "tinycss2": {"pipeline.typeset"},
    "pydyf": {"pipeline.prepress"},
    # batch only loads it before it forks
    "pikepdf": {
        "pipeline.impose",
        "pipeline.preflight",
        "events.shells",
        "build.batch",
        "printing.calibration",
        "printing.cut_off",
        "printing.kept_layers",
        "printing.placing",
        "printing.reading",
    },
    "yaml": {"files.yamlfile", "files.yaml_spans", "files.yaml_writing"},
    "openpyxl": {"files.workbook"},
    "icalendar": {"cli"},
    "jinja2": {"pipeline.compose"},
    "markupsafe": {"pipeline.compose"},
    "markdown_it": {"project.markup"},
    "babel": {"project.languages", "project.cldr", "studio"},
    "phonenumbers": {"project.telephones"},
    "icu4py": {"pipeline.setting"},
    "budoux": {"pipeline.setting"},
    "pyphen": {"pipeline.setting"},
    "uharfbuzz": {"pipeline.setting", "pipeline.preflight"},  # what the fonts of any PDF draw
    "fontTools": {"pipeline.preflight"},
    "PIL": {
        "project.pictures",
        "pipeline.photographs",
        "project.logos",
        "project.drawn_colours",
        "pipeline.prepress",
        "pipeline.preflight",
        "pipeline.export",
        "pipeline.compare",
    },
    "pillow_heif": {"project.pictures"},
    "pypdf": {"pipeline.impose"},
    "pypdfium2": {
        "pipeline.preflight",
        "pipeline.export",
        "pipeline.compare",
        "printing.cut_off",
        "studio",
    },
    "segno": {"pipeline.setting"},
    "zxingcpp": {"pipeline.preflight"},
    "distributed": {"events.fulfil"},
    "starlette": {"studio"},
    "uvicorn": {"studio"},
    "click": {"cli"},
    "rich": {"cli"},
}
TALKERS = {"cli"}


def module(path: Path) -> tuple[str, ...]:
    """Return a module's name below the package, in parts; a package's own file is its folder."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def room(path: Path) -> str:
    """Return the room that a file is in: of those with an inside, the part of it."""
    parts = module(path)
    return ".".join(parts[:2]) if parts[0] in INSIDE else parts[0]


@functools.cache
def files() -> dict[Path, ast.Module]:
    """Return every module's file with its syntax tree."""
    return {path: ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))}


def rank(floors: str) -> dict[str, int]:
    """Return each room's floor, counted from the top."""
    lines = floors.split("\n")
    return {name: number for number, line in enumerate(lines) for name in line.split()}


def dotted(node: ast.AST) -> str:
    """Return a name as it is written, `a.b.c`; nothing for other expressions."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@functools.cache
def imported(tree: ast.AST) -> tuple[tuple[str, int], ...]:
    """Return the full names of all that is imported, with lines; by name at run time too."""
    return tuple(imported_by(ast.walk(tree)))


def imported_by(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield the full names of what some nodes of a tree import, with lines."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and dotted(node.func).endswith(
            ("import_module", "loading.load")
        ):
            argument = node.args[0]
            if isinstance(argument, ast.Constant):
                yield str(argument.value), node.lineno


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield a tree's nodes without what only a type checker imports."""
    yield tree
    inner: Iterable[ast.AST] = ast.iter_child_nodes(tree)
    if isinstance(tree, ast.If) and dotted(tree.test) == "TYPE_CHECKING":
        inner = tree.orelse
    for node in inner:
        yield from at_run_time(node)


def climbs(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Return whether an import goes up, or to a neighbour, in any room that both are in."""
    depth = 0
    while here[depth : depth + 1] == there[depth : depth + 1] and depth < len(here):
        depth += 1
    if not depth < min(len(here), len(there)):
        return False  # a package's own file, or the module itself
    inside = ".".join(here[:depth])
    floors = rank(INSIDE.get(inside, "") if inside else FLOORS)
    if not {here[depth], there[depth]} <= set(floors):
        return False  # a name that is no module, or a room where anything goes
    return floors[there[depth]] <= floors[here[depth]]


def climbing(name: str, tree: ast.AST) -> list[str]:
    """Return the imports of a module that do not go down."""
    complaints = []
    for target, line in imported(tree):
        parts = target.split(".")
        if parts[0] == "":
            complaints.append(f"{name}:{line} imports {target}: write it in full")
        elif parts[0] == "hrcpub" and climbs(tuple(name.split(".")), tuple(parts[1:])):
            complaints.append(f"{name}:{line} imports {target}")
    return complaints


def test_every_module_has_its_floor() -> None:
    names = {module(path)[0] for path in files()} - APART
    assert names == set(rank(FLOORS))
    for inside, floors in INSIDE.items():
        top = tuple(inside.split("."))
        within = {module(path) for path in files()} - {top}
        names = {parts[len(top)] for parts in within if parts[: len(top)] == top}
        assert names == set(rank(floors)), inside
    for floors in (FLOORS, *INSIDE.values()):
        assert len(floors.split()) == len(set(floors.split()))


def test_the_readme_shows_the_rooms_as_they_are() -> None:
    """The picture, the table of parts, and what is in the folder are one thing."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    picture = text.partition("```\n")[2].partition("```")[0]
    drawn = [line.split() for line in picture.splitlines()]
    rooms = [words[0].rstrip("/") for words in drawn[:-1]]
    below = [name.removesuffix(".py") for name in drawn[-1]]
    assert [*rooms, *below] == FLOORS.split()
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert set(rooms) == folders
    for inside, floors in INSIDE.items():
        head = f"| `{inside.replace('.', '/')}/` | "
        (row,) = (line.removeprefix(head) for line in text.splitlines() if line.startswith(head))
        shown = [set(re.findall(r"`(\w+)`", floor)) for floor in row.split(" / ")]
        # Messages stand beside what they are about, and are no part of the picture.
        parts = [{n for n in line.split() if "problems" not in n} for line in floors.splitlines()]
        assert shown == [names for names in parts if names], inside


def test_imports_go_down() -> None:
    seen = 0
    for path, tree in files().items():
        if module(path)[0] not in APART:
            assert climbing(".".join(module(path)), tree) == []
            seen += sum(target.startswith("hrcpub.") for target, _ in imported(tree))
    assert seen > 500


def test_no_class_name_means_two_things() -> None:
    """One word, one thing: classes, and types by another name, in the whole package."""
    places: dict[str, list[str]] = {}
    for path, tree in files().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                names = [node.name]
            elif isinstance(node, ast.Assign):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            else:
                continue
            for name in names:
                if name.lstrip("_")[:1].isupper() and not name.isupper():
                    places.setdefault(name.lstrip("_"), []).append(".".join(module(path)))
    assert len(places) > 200
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_the_guard_catches_an_import_that_climbs() -> None:
    table = {
        "from hrcpub.build.piece import build": True,
        "from hrcpub.build import piece": True,
        "import hrcpub.build.store as s": True,
        "def f():\n    from hrcpub.cli.show import x": True,
        "import importlib\nimportlib.import_module('hrcpub.cli')": True,
        "from hrcpub import loading\nloading.load('hrcpub.cli')": True,
        "if TYPE_CHECKING:\n    from hrcpub.events.shells import L": True,
        "from .cli import main": True,
        "from hrcpub.problems import Problem": False,
        "from hrcpub import __version__": False,
        "from hrcpub.pipeline.stages import Html": False,
        "import json": False,
    }
    for text, is_caught in table.items():
        assert bool(climbing("build.job", ast.parse(text))) is is_caught, text
    assert climbing("job", ast.parse("from .cli import x")) == [
        "job:1 imports .cli.x: write it in full"
    ]


def test_neighbours_on_a_floor_do_not_import_each_other() -> None:
    table = {
        "pipeline.prepress": "from hrcpub.pipeline.preflight import preflight",
        "pipeline.prepress.inks": "from hrcpub.pipeline.typeset.tree import tree",
        "project.layout": "from hrcpub.project import contacts",
        "pipeline.preflight.page.spaces": "from hrcpub.pipeline.preflight.ink import raster",
        "events.shells": "from hrcpub.events.fulfil.run import run",
    }
    for name, text in table.items():
        assert climbing(name, ast.parse(text)), name


def test_each_library_has_its_door() -> None:
    found: dict[str, set[str]] = {library: set() for library in DOORS}
    for path, tree in files().items():
        for target, _ in imported_by(at_run_time(tree)):
            library = target.partition(".")[0]
            if library in found:
                found[library].add(room(path))
    assert found == DOORS


def test_no_other_library_is_loaded() -> None:
    known = {*DOORS, "hrcpub", *sys.stdlib_module_names}
    used = {t.partition(".")[0] for tree in files().values() for t, _ in imported(tree)}
    assert {"weasyprint", "json"} <= used
    assert used - known == set()


def test_what_only_a_type_checker_imports_is_told_apart() -> None:
    tree = ast.parse(
        "if TYPE_CHECKING:\n    import weasyprint\nelse:\n    import json\nimport click"
    )
    assert [target for target, _ in imported_by(at_run_time(tree))] == ["json", "click"]


def talks(tree: ast.AST) -> list[str]:
    """Return what a module says to people without being asked: prints, writes to the terminal."""
    names = {"print", "input", "sys.stdout", "sys.stderr", "click.echo", "sys.stdout.write"}
    return [text for node in ast.walk(tree) if (text := dotted(node)) in names]


def test_only_the_command_line_prints() -> None:
    heard = {room(path) for path, tree in files().items() if talks(tree)}
    assert heard == TALKERS
    assert talks(ast.parse("def f():\n    print('x', file=sys.stderr)")) == ["print", "sys.stderr"]
