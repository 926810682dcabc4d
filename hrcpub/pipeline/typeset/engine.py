"""WeasyPrint, loaded quickly, with the project's fonts only; the versions of its libraries.

Only this package imports WeasyPrint, and only when something is laid out. Patches of what
others wrote are here, in `coded_text.py`, `declarations.py`, `kept_rules.py` and
`mirrored_grid.py`. Each says what it is for, and the release after which it may go. What WeasyPrint
works out again and again is kept, by `matched_rules.py`, `shared_styles.py`, `plain_values.py`,
`settled_lengths.py`, `kept_lines.py`, `kept_blocks.py`, `kept_subsets.py` and `glyph_runs.py`; what
it works out for nothing is passed over, by `set_lines.py`, `bare_boxes.py` and `borderless.py`.
What it has known of a document is let go by `loose_context.py`. HTML that is well formed is parsed
by `well_formed.py`.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib
import os
import re
import shutil
import sys
import tempfile
import types
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrcpub import loading
from hrcpub.files import lasting
from hrcpub.pipeline.typeset.bare_boxes import leave_boxes_bare
from hrcpub.pipeline.typeset.borderless import pass_borderless
from hrcpub.pipeline.typeset.broken_html import Mended
from hrcpub.pipeline.typeset.coded_text import code_texts
from hrcpub.pipeline.typeset.declarations import kept_declarations
from hrcpub.pipeline.typeset.glyph_runs import pass_spaces, write_runs
from hrcpub.pipeline.typeset.kept_blocks import keep_blocks
from hrcpub.pipeline.typeset.kept_lines import keep_lines
from hrcpub.pipeline.typeset.kept_rules import HINTS, kept_rules
from hrcpub.pipeline.typeset.kept_subsets import keep_subsets
from hrcpub.pipeline.typeset.loose_context import loosen_contexts
from hrcpub.pipeline.typeset.matched_rules import find_names_first
from hrcpub.pipeline.typeset.mirrored_grid import mirror_grids
from hrcpub.pipeline.typeset.plain_values import find_plain_values
from hrcpub.pipeline.typeset.screen_colour import screen_colour
from hrcpub.pipeline.typeset.set_lines import take_set_lines
from hrcpub.pipeline.typeset.settled_lengths import settle_lengths
from hrcpub.pipeline.typeset.shared_styles import share_styles
from hrcpub.pipeline.typeset.titlecase import take_titlecase
from hrcpub.pipeline.typeset.well_formed import tree_of
from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FONTS = "fonts"
_LAB_SPACES = frozenset(("lab", "lch", "oklab", "oklch", "xyz-d50", "xyz-d65"))

# WeasyPrint 70 imports these when it starts, for variable fonts, for those packed for the web, and
# for systems without HarfBuzz's subsetter. We have none of them, and they take 90 of 580 ms
# (fontTools.ttLib.tables.otTables). May go with the release of WeasyPrint that imports them where
# it needs them.
_UNUSED = (
    "fontTools.subset",
    "fontTools.ttLib.woff2",
    "fontTools.varLib",
    "fontTools.varLib.instancer",
)


def load(root: Path) -> types.ModuleType:
    """Return WeasyPrint, with the fonts of the project in `root` only.

    Raises HrcpubError when a system library that it needs is missing.
    """
    if _folder is None:  # also where WeasyPrint is loaded already, as after a fork
        _isolate_fonts(root)
    if "weasyprint" not in sys.modules:
        with kept_declarations(), kept_rules(unread=HINTS), _postponed(_UNUSED):
            try:
                loading.load("weasyprint")
            except OSError as error:
                raise HrcpubError(library_missing(str(error))) from None
        foreign = importlib.import_module("weasyprint.text.ffi")
        if foreign.harfbuzz_subset is None:
            raise HrcpubError(library_missing("libharfbuzz-subset"))
        _hold(foreign.pangoft2)
        write_runs()  # before codes: they go over what is written
        code_texts()
        pass_spaces()
        pass_borderless()
        mirror_grids()
        take_titlecase()
        share_styles()
        find_names_first()
        find_plain_values()
        settle_lengths()
        keep_lines()
        take_set_lines()
        keep_blocks()
        leave_boxes_bare()
        keep_subsets()
        loosen_contexts()
        _let_all_colours_be_rgb()
        _let_borders_be_shaded()
        _keep_patterns(sys.modules["weasyprint"])
    return sys.modules["weasyprint"]


def _hold(library: object) -> None:
    """Have a library stay in memory until this program is gone.

    Why: Pango looks for fonts in a thread of its own, which nobody waits for. When Python takes its
    modules apart at the end, cffi closes Pango: where that thread went on just then, a command that
    had done all its work died of SIGSEGV.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))


def library_versions() -> dict[str, str]:
    """Return the versions of the system libraries that the bytes of a PDF depend on.

    It is "unknown" for a library that is not found under its usual name.
    """
    return {
        "pango": _version("pango-1.0", 0, "pango_version_string"),
        "harfbuzz": _version("harfbuzz", 0, "hb_version_string"),
        "fontconfig": _version("fontconfig", 1, "FcGetVersion"),
    }


def _version(name: str, major: int, function: str) -> str:
    suffix = f".{major}.dylib" if sys.platform == "darwin" else f".so.{major}"
    try:
        ask = getattr(ctypes.CDLL(f"lib{name}{suffix}"), function)
    except (OSError, AttributeError):
        return "unknown"
    if function == "FcGetVersion":  # a number: 21401 is 2.14.1
        number = ask()
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


_folder: Path | None = None  # for files that are removed when this program ends


@contextlib.contextmanager
def own_folder() -> Iterator[None]:
    """Let WeasyPrint put its copies of fonts into our folder, which is removed at the end.

    Why: WeasyPrint 70 removes them in `FontConfiguration.__del__`, which is not called when a
    forked worker ends, so each worker would leave its copies behind (WeasyPrint's #2090). May go
    with the release that has a way to remove them.
    """
    before = tempfile.tempdir
    if _folder is not None:
        tempfile.tempdir = str(_folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _isolate_fonts(root: Path) -> None:
    """Let fontconfig see the project's fonts only, so that no font of the computer gets in.

    It knows them by their own names, but CSS asks for private ones. So they are drawn this way only
    when a letter is missing in the private one, and preflight reports it. What fontconfig finds out
    of the fonts it keeps by their folder and its date, for later commands too: to look them over
    takes 1 ms a file, and several in large ones.
    """
    global _folder
    _folder = folder = Path(tempfile.mkdtemp(prefix="hrcpub-"))
    atexit.register(_remove, folder, os.getpid())
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><reset-dirs/><dir>{_escape(root / FONTS)}</dir>"
        f"<cachedir>{_escape(lasting.own_folder('fontconfig') or folder)}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # not when a forked worker ends: others still need the folder
        shutil.rmtree(folder, ignore_errors=True)


def _escape(path: Path) -> str:
    return str(path).replace("&", "&amp;").replace("<", "&lt;")


@contextlib.contextmanager
def _postponed(names: tuple[str, ...]) -> Iterator[None]:
    """Replace modules while others import from them; each is loaded when it is first called."""
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = _Postponed(name)
        parent, _, child = name.rpartition(".")
        setattr(importlib.import_module(parent), child, sys.modules[name])
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


class _Postponed(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **options: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **options)

        return call


def _let_all_colours_be_rgb() -> None:
    """Let colours of lab(), lch(), oklab(), oklch() and xyz be converted to sRGB.

    Why: WeasyPrint 70 asks for that in gradients, shadows and 3-D borders, and tinycss2 1.5 raises
    NotImplementedError. May go with the release of tinycss2 that converts them.
    """
    kind = type(importlib.import_module("weasyprint.draw.color").parse_color("black"))
    convert = kind.to

    def to(colour: Any, space: str) -> Any:
        if space == "srgb" and colour.space in _LAB_SPACES:
            return kind("srgb", screen_colour(colour).rgb, colour.alpha)
        return convert(colour, space)

    kind.to = to


def _let_borders_be_shaded() -> None:
    """Let the sides of 3-D borders be darker and lighter, and not black.

    Why: WeasyPrint 70 writes the levels of their colours, 0 to 1, as per cent. May go with the
    release that multiplies them.
    """
    colours: Any = importlib.import_module("weasyprint.draw.color")
    convert = colours.hsv_to_rgb
    colours.hsv_to_rgb = lambda *parts: tuple(100 * level for level in convert(*parts))


class _Patterns(dict[Any, "re.Pattern[str]"]):
    """Patterns of text without some characters, or, the opposite, of nothing else."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, is_opposite = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{'' if is_opposite else '^'}{codes}]+")
        return pattern


def _keep_patterns(weasyprint: types.ModuleType) -> None:
    """Let the parser of HTML find the patterns that it has made.

    Why: tinyhtml5 2.1 keeps them under the pattern, and not under what it looks for, so it makes
    each of them anew for every tag. May go with the release that finds them.
    """
    weasyprint.tinyhtml5.inputstream.characters_until_regex = _Patterns()


@contextlib.contextmanager
def heard_parser(weasyprint: types.ModuleType) -> Iterator[list[Mended]]:
    """Collect what the parser of HTML has to mend; it is not asked for what is well formed.

    Why: WeasyPrint 70 parses by itself, and drops what the parser says. May go with the release
    that logs it, or takes a tree.
    """
    module = weasyprint.tinyhtml5.parser
    parser, mended = module.HTMLParser, []

    class HeardParser(parser):  # type: ignore[misc, valid-type]
        def parse(self, stream: StringIO, **options: Any) -> Element:
            tree = tree_of(stream.getvalue())
            return super().parse(stream, **options) if tree is None else tree

        def parse_error(self, errorcode: str, datavars: dict[str, str] | None = None) -> None:
            super().parse_error(errorcode, datavars)
            mended.append(Mended(*self.errors[-1]))

    module.HTMLParser = HeardParser
    try:
        yield mended
    finally:
        module.HTMLParser = parser


def library_missing(name: str) -> Problem:
    """A system library that typesetting needs is not installed.

    Fix: run `make setup`. On Debian and Ubuntu it installs the library, elsewhere it says what to
    install. `hrcpub doctor` lists what there is. HarfBuzz's subsetter is one of them: without it
    WeasyPrint takes several times as long, and writes different bytes each time.
    """
    return Problem(
        "library-missing",
        f"a system library is missing: {name.strip().splitlines()[0]}",
        None,
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (or: make setup)",
    )


CODES = {"library-missing": library_missing}
