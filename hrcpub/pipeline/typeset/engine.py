"""WeasyPrint, loaded fast, with the project's fonts and no others; and the versions of it all.

Only this package imports WeasyPrint, and only when something is to be laid out.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes.util
import importlib
import os
import re
import shutil
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrcpub.problems import HrcpubError, Problem

FONTS = "fonts"

# WeasyPrint 70 imports these for variable fonts and for systems without HarfBuzz's subsetter.
# We have neither, and they take a quarter of its start (fontTools.ttLib.tables.otTables).
_UNUSED = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")


def load(root: Path) -> types.ModuleType:
    """Return WeasyPrint, seeing the fonts of the project in `root` only.

    Raises HrcpubError when a system library that it stands on is missing.
    """
    if "weasyprint" not in sys.modules:
        _isolate_fonts(root)
        with _direct_dlopen(), _postponed(_UNUSED):
            try:
                weasyprint = importlib.import_module("weasyprint")
            except OSError as error:
                raise HrcpubError(library_missing(str(error))) from None
        foreign = importlib.import_module("weasyprint.text.ffi")
        if foreign.harfbuzz_subset is None:
            raise HrcpubError(library_missing("libharfbuzz-subset"))
        _parse_types_alone(foreign.ffi)
        return weasyprint
    return sys.modules["weasyprint"]


def library_versions() -> dict[str, str]:
    """Return the versions of the system libraries that a page's bytes depend on.

    One that cannot be found under its usual name counts as "unknown".
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


_folder: Path | None = None  # for files that go when this program ends


@contextlib.contextmanager
def own_folder() -> Iterator[None]:
    """Let WeasyPrint put its copies of fonts into our folder, to go with it.

    Why: WeasyPrint 70 removes them in `FontConfiguration.__del__`, which is not called at the end
    of a forked worker: each left its copies behind for good.
    """
    before = tempfile.tempdir
    if _folder is not None:
        tempfile.tempdir = str(_folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _isolate_fonts(root: Path) -> None:
    """Point fontconfig at the project's fonts: a font of some computer never gets in.

    The folder's fonts stand there under their own names, and CSS asks for private ones, so they
    are drawn only in a letter's need; and then preflight says so.
    """
    global _folder
    _folder = folder = Path(tempfile.mkdtemp(prefix="hrcpub-"))
    atexit.register(_remove, folder, os.getpid())
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><reset-dirs/><dir>{_escape(root / FONTS)}</dir>"
        f"<cachedir>{_escape(folder)}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # a forked worker ends first, and others still need it
        shutil.rmtree(folder, ignore_errors=True)


def _escape(path: Path) -> str:
    return str(path).replace("&", "&amp;").replace("<", "&lt;")


@contextlib.contextmanager
def _direct_dlopen() -> Iterator[None]:
    """Let cffi open libraries by their file names, without asking ldconfig and a compiler.

    Why: WeasyPrint 70 tries names such as `libpango-1.0-0` first, and for each of them cffi calls
    `find_library`, which starts ldconfig, gcc and ld: a third of the import. Elsewhere than on
    Linux `find_library` is how the libraries are found.
    """
    original = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = original


def _parse_types_alone(ffi: Any) -> None:
    """Let cffi parse the name of a type without all the others there are.

    Why: WeasyPrint 70 asks for a score of types by name, and before each of them cffi 2 puts a
    typedef for every one that it knows: pycparser takes 4 ms for that, and a tenth of it without.
    What a typedef stands for plays no role in parsing, only whether a word is one.
    """
    parser: Any = getattr(ffi, "_parser", None)
    if not (hasattr(parser, "_parse") and hasattr(parser, "_declarations")):
        return  # another cffi, which may have mended it
    parse = parser._parse

    def parse_alone(source: str) -> Any:
        words, every = set(re.findall(r"\w+", source)), parser._declarations
        parser._declarations = {
            name: known for name, known in every.items() if name.removeprefix("typedef ") in words
        }
        try:
            return parse(source)
        finally:
            parser._declarations = every

    parser._parse = parse_alone


@contextlib.contextmanager
def _postponed(names: tuple[str, ...]) -> Iterator[None]:
    """Stand in for modules while others import from them; each is loaded at its first call."""
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


def library_missing(name: str) -> Problem:
    """A system library that typesetting stands on is not installed.

    `make setup` installs it on Debian and Ubuntu; elsewhere it says what to install.
    `hrcpub doctor` lists what is there. HarfBuzz's subsetter counts as one: without it WeasyPrint
    takes several times as long, and makes other bytes at every run.
    """
    return Problem(
        "library-missing",
        f"a system library is missing: {name.strip().splitlines()[0]}",
        None,
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (or: make setup)",
    )


CODES = {"library-missing": library_missing}
