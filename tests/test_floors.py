"""Imports go down: the floors of the house, and the one door that each library has."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from pathlib import Path

import hrcpub

PACKAGE = Path(hrcpub.__file__).parent

# From the top. A room imports from the floors below its own and from itself; never from its
# neighbours. Within a package anything goes. `hrcpub` itself holds the version and is below all.
FLOORS = """
cli
fulfil
batch watch
build
demand copyfit fullness paperwork
compose typeset prepress preflight impose imprint stock
event
material
layout contacts printers
slots store
setting
edition stages condition folds
job crew
yamlfile csvfile cache markup
sources
problems units unseen decoding
"""
APART = {"__init__", "__main__"}

# Which rooms load a library when they run. A preflight shares no code with what it proves: what
# pydyf and pypdf write, pikepdf reads.
DOORS = {
    "weasyprint": {"typeset"},
    "pydyf": {"prepress"},
    "pypdf": {"impose"},
    "pikepdf": {"preflight", "stock", "batch"},  # batch only loads it before it forks
    "yaml": {"yamlfile"},
    "jinja2": {"compose"},
    "markupsafe": {"compose"},
    "markdown_it": {"markup"},
    "uharfbuzz": {"setting", "preflight"},  # what the fonts of any PDF draw
    "PIL": {"event", "material", "prepress", "preflight"},
    "pypdfium2": {"preflight"},
    "segno": {"imprint"},
    "distributed": {"fulfil"},
    "click": {"cli"},
    "rich": {"cli"},
}
TALKERS = {"cli"}


def room(path: Path) -> str:
    """Return the room that a file under the package is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@functools.cache
def files() -> dict[Path, ast.Module]:
    """Return every module's file with its syntax tree."""
    return {path: ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))}


def rank() -> dict[str, int]:
    """Return each room's floor, counted from the top."""
    lines = FLOORS.strip().splitlines()
    return {name: number for number, line in enumerate(lines) for name in line.split()}


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the full names of all that is imported, with lines; by `import_module` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            argument = node.args[0]
            if isinstance(argument, ast.Constant):
                yield str(argument.value), node.lineno


def at_run_time(tree: ast.Module) -> ast.Module:
    """Return a tree without what only a type checker imports."""

    class Cut(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
            self.generic_visit(node)
            return node.orelse if ast.unparse(node.test) == "TYPE_CHECKING" else node

    return Cut().visit(ast.parse(ast.unparse(tree)))


def climbing(name: str, tree: ast.AST) -> list[str]:
    """Return the imports of a room's module that do not go down."""
    floors = rank()
    found = []
    for target, line in imported(tree):
        parts = target.split(".")
        if parts[0] == "":
            found.append(f"{name}:{line} imports {target}: write it in full")
        if parts[0] != "hrcpub" or len(parts) < 2 or parts[1] == name:
            continue
        if parts[1] in floors and floors[parts[1]] <= floors[name]:
            found.append(f"{name}:{line} imports {target}")
    return found


def test_every_module_has_its_floor() -> None:
    names = {room(path) for path in files()} - APART
    assert names == set(rank())
    assert len(FLOORS.split()) == len(set(FLOORS.split()))


def test_imports_go_down() -> None:
    seen = 0
    for path, tree in files().items():
        if room(path) not in APART:
            assert climbing(room(path), tree) == []
            seen += sum(target.startswith("hrcpub.") for target, _ in imported(tree))
    assert seen > 100


def test_the_guard_catches_an_import_that_climbs() -> None:
    table = {
        "from hrcpub.build import build": ["job:1 imports hrcpub.build.build"],
        "from hrcpub import build": ["job:1 imports hrcpub.build"],
        "import hrcpub.stages as s": ["job:1 imports hrcpub.stages"],
        "def f():\n    from hrcpub.cli.show import x": ["job:2 imports hrcpub.cli.show.x"],
        "import importlib\nimportlib.import_module('hrcpub.cli')": ["job:2 imports hrcpub.cli"],
        "if TYPE_CHECKING:\n    from hrcpub.layout import L": ["job:2 imports hrcpub.layout.L"],
        "from .cli import main": ["job:1 imports .cli.main: write it in full"],
        "from hrcpub.problems import Problem": [],
        "from hrcpub import __version__": [],
        "from hrcpub.job import Job": [],
        "import json": [],
    }
    for text, caught in table.items():
        assert climbing("job", ast.parse(text)) == caught, text


def test_neighbours_on_a_floor_do_not_import_each_other() -> None:
    assert climbing("prepress", ast.parse("from hrcpub.preflight import preflight"))
    assert climbing("layout", ast.parse("from hrcpub import contacts"))


def test_each_library_has_its_door() -> None:
    found: dict[str, set[str]] = {library: set() for library in DOORS}
    for path, tree in files().items():
        for target, _ in imported(at_run_time(tree)):
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
    assert [target for target, _ in imported(at_run_time(tree))] == ["json", "click"]


def talks(tree: ast.AST) -> list[str]:
    """Return what a module says to people without being asked: prints, writes to the terminal."""
    names = {"print", "input", "sys.stdout", "sys.stderr", "click.echo", "sys.stdout.write"}
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute))
    return [text for node in nodes if (text := ast.unparse(node)) in names]


def test_only_the_command_line_prints() -> None:
    heard = {room(path) for path, tree in files().items() if talks(tree)}
    assert heard == TALKERS
    assert talks(ast.parse("def f():\n    print('x', file=sys.stderr)")) == ["print", "sys.stderr"]
