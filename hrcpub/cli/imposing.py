"""`impose`: any PDFs to press sheets, and a line that says how to print them."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import click

from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem, Source, stop_on_errors
from hrcpub.units import PAPER_SIZES, Size, inches, points, size

SMALLEST, LARGEST = 72.0, 200 * 72.0  # points: an inch; what PDF readers took for the largest page


def length(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Return an option's length in points; raise BadParameter when it is none."""
    try:
        return None if value is None else points(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


class ImposeOptions(NamedTuple):
    """How files are to be imposed, as asked on the command line."""

    scheme: str | None
    stocks: tuple[str, ...]
    printer: str | None
    flip: str | None
    is_marked: bool
    is_dummy: bool
    output: Path | None
    task: dict[str, Any]  # what `ImposeTask` takes


def impose_files(
    files: Sequence[Path], wish: ImposeOptions, as_json: bool, project: Sources | None = None
) -> int:
    """Impose files together on sheets; write them, whole or not at all, and say how to print."""
    try:
        return _impose(files, wish, as_json, project)
    except HrcpubError as error:
        if not as_json:
            raise
        say_json({"output": None, "problems": [one.as_json() for one in error.problems]})
        return ExitCode.PROBLEMS


def _impose(
    files: Sequence[Path], wish: ImposeOptions, as_json: bool, project: Sources | None
) -> int:
    from hrcpub.pipeline.impose import place, remarks
    from hrcpub.pipeline.impose.artwork import read

    started = time.perf_counter()
    stocks = _stocks(wish, project)
    judged = _judged(files, wish, project) if wish.printer and project else []
    with _opened(files) as opened:
        artwork = read(opened)
        found = _Found(artwork, wish, stocks, len(files))
        path = wish.output or _path(files, found, wish)
        _check_output(path, files)
        problems = [*judged, *artwork.problems, *remarks(found.task, found.layout), *found.problems]
        try:
            with _whole(path) as output:
                place(artwork, found.layout, output, found.look(files[0].name))
        except OSError as error:
            raise HrcpubError(not_written(path, error)) from error
    seconds = time.perf_counter() - started
    _tell(path, found, problems, seconds, as_json)
    return ExitCode.DONE


def _judged(files: Sequence[Path], wish: ImposeOptions, project: Sources) -> list[Problem]:
    """Return what a shop would find in the files; raise HrcpubError when it would not print them.

    Only where the sheets are for a shop: an office printer takes RGB, and pages without bleed.
    """
    from hrcpub.pipeline.preflight import Wanted, guard, limits_of
    from hrcpub.project.printers import printer, read_printers

    shop = printer(wish.printer, read_printers(project))
    wanted = Wanted(limits=limits_of(shop.kind, shop), ours=False)
    found = [
        replace(problem, source=replace(problem.source or Source(), path=str(file)))
        for file in files
        for problem in guard.judged(guard.read(file), wanted)
    ]
    return list(stop_on_errors([*shop.problems, *found]))


class _Found:
    """What is made of a wish: the task, the scheme, the sheets."""

    def __init__(
        self, artwork: Any, wish: ImposeOptions, stocks: Sequence[Size], files: int
    ) -> None:
        from hrcpub.pipeline.impose import Flip, ImposeTask, agree, choose, inks, laid_out
        from hrcpub.pipeline.impose import problems as impose_problems

        flip = Flip(wish.flip) if wish.flip else None
        self.wish = wish
        self.task = ImposeTask(
            len(artwork.pages), artwork.piece, stocks[0], bleed=artwork.bleed, **wish.task
        )
        self.is_guessed = wish.scheme is None
        scheme = wish.scheme or choose.guessed(self.task, files)
        several = self.is_guessed and len(stocks) > 1
        schemes = choose.candidates(scheme, self.task) if several else (scheme,)
        self.options = choose.options(
            lambda name, task: laid_out(name, task, flip), self.task, schemes, stocks
        )
        best = self.options[0]
        self.scheme, self.stock, self.layout = best.scheme, best.stock, best.layout
        self.task = _with_stock(self.task, best.stock)
        self.problems: list[Problem] = []
        if not agree(artwork):
            self.problems.append(impose_problems.files_differ(", ".join(artwork.names)))
        self.is_press = agree(artwork) and inks(artwork.readers[0]) == 4

    def look(self, name: str) -> Any:
        """Return how the sheets come out; a file without an output intent is marked in black."""
        from hrcpub.pipeline.impose import MARK_PRESS, Appearance, Marks

        marks = Marks(self.wish.is_marked, slug=f"{name}  ·  {self.scheme}  ·  {self.printing}")
        if self.is_press:
            marks = Marks(self.wish.is_marked, True, MARK_PRESS, marks.slug)
        return Appearance(marks, self.wish.is_dummy)

    @property
    def printing(self) -> str:
        """Return what the person at the printer must set."""
        flip = self.layout.flip
        sides = f"two-sided, flip on the {flip} edge" if flip else "one-sided"
        return f"print {sides}, at actual size"


def _with_stock(task: Any, stock: Size) -> Any:
    return replace(task, stock=stock)


# --- Files ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(files: Sequence[Path]) -> Iterator[list[tuple[str, BinaryIO]]]:
    """Open files to be read; raise HrcpubError with every one that cannot be."""
    problems: list[Problem] = []
    with contextlib.ExitStack() as stack:
        opened: list[tuple[str, BinaryIO]] = []
        for path in files:
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a FIFO does not block
                file = stack.enter_context(os.fdopen(descriptor, "rb"))
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError("it is no ordinary file")
            except (OSError, ValueError) as error:
                problems.append(not_read(path, error))
                continue
            opened.append((str(path), file))
        if problems:
            raise HrcpubError(*problems)
        yield opened


def _whole(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    from hrcpub.files.cache import whole

    return whole(path)


def _check_output(path: Path, files: Sequence[Path]) -> None:
    """Raise UsageError for a place that is something else: a folder, a device, one of the files."""
    if not path.exists():
        return
    if not path.is_file() or any(path.samefile(file) for file in files):
        said = f"{path} is one of the files, or no file: name another with -o"
        raise click.UsageError(said)


def _path(files: Sequence[Path], found: _Found, wish: ImposeOptions) -> Path:
    """Return a name that says the scheme and how to flip, here."""
    parts = [files[0].stem, found.scheme]
    if found.layout.flip:
        parts.append(f"flip-{found.layout.flip}-edge")
    if wish.is_dummy:
        parts.append("dummy")
    return Path("-".join(parts) + ".pdf")


def _stocks(wish: ImposeOptions, project: Sources | None) -> list[Size]:
    """Return the sheets to choose from: those named, else a printer's, else Letter."""
    found = [_stock(text) for text in wish.stocks]
    if not found and wish.printer and project:
        from hrcpub.project.printers import printer, read_printers

        found = list(printer(wish.printer, read_printers(project)).sheets)
    return found or [PAPER_SIZES["letter"]]


def _stock(text: str) -> Size:
    from hrcpub.pipeline.impose import problems as impose_problems

    name = text.strip().lower()
    try:
        found = PAPER_SIZES.get(name) or size(name)
    except ValueError:
        raise HrcpubError(impose_problems.stock_unknown(text, list(PAPER_SIZES))) from None
    if not SMALLEST <= min(found) <= max(found) <= LARGEST:
        raise HrcpubError(impose_problems.stock_unknown(text, list(PAPER_SIZES)))
    return found


# --- What is said --------------------------------------------------------------------------------


def _tell(
    path: Path, found: _Found, problems: list[Problem], seconds: float, as_json: bool
) -> None:
    layout, length = found.layout, path.stat().st_size
    if as_json:
        say_json(_fields(path, found, problems, seconds, length))
        return
    show_problems(problems)
    say(f"{path}  {length / 1000:.0f} kB  {seconds:.1f} s  {found.printing}")
    guess = " (guessed: --scheme takes another)" if found.is_guessed else ""
    scale = f", at {layout.scale:.0%}" if layout.scale < 1 else ""
    pages, sheets = _many(found.task.pages, "page"), _many(layout.sheets, "sheet")
    say(
        f"{found.scheme}{guess}: {pages}{scale} on {sheets} of {inches(layout.sheet)}, "
        f"{layout.up} up, {_many(layout.cuts, 'cut')}, {layout.waste:.0%} waste",
        err=True,
    )
    if len(set(layout.copies)) > 1:
        runs = ", ".join(f"sheet {i} × {many}" for i, many in enumerate(layout.copies[:12], 1))
        more = ", …" if len(layout.copies) > 12 else ""
        say(f"print {runs}{more}", err=True)
    elif layout.copies[0] > 1:
        say(f"print each sheet {layout.copies[0]} times", err=True)
    if layout.note:
        say(f"then: {layout.note}", err=True)
    for other in found.options[1:4]:
        text = f"{_many(other.layout.sheets, 'sheet')}, {other.layout.waste:.0%} waste"
        say(f"or {other.scheme} on {inches(other.stock)}: {text}", err=True)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _fields(
    path: Path, found: _Found, problems: list[Problem], seconds: float, length: int
) -> dict[str, Any]:
    layout = found.layout
    return {
        "output": str(path),
        "bytes": length,
        "seconds": round(seconds, 3),
        "scheme": found.scheme,
        "guessed": found.is_guessed,
        "pages": found.task.pages,
        "sheet": list(layout.sheet),
        "sheets": layout.sheets,
        "copies": list(layout.copies),
        "up": layout.up,
        "scale": round(layout.scale, 4),
        "cuts": layout.cuts,
        "waste": round(layout.waste, 4),
        "flip": str(layout.flip) if layout.flip else None,
        "print": found.printing,
        "then": layout.note,
        "sides": list(layout.picture),
        "options": [
            {
                "scheme": one.scheme,
                "stock": list(one.stock),
                "sheets": one.layout.sheets,
                "cuts": one.layout.cuts,
                "waste": round(one.layout.waste, 4),
            }
            for one in found.options
        ],
        "problems": [problem.as_json() for problem in problems],
    }


def not_read(path: Path, error: Exception) -> Problem:
    """A file to be imposed does not exist, may not be read, or is not an ordinary file.

    Fix: check its name and its permissions.
    """
    said = getattr(error, "strerror", None) or str(error)
    return Problem("file-not-read", f"the file cannot be read: {said}", Source(str(path)))


def not_written(path: Path, error: OSError) -> Problem:
    """The press sheets could not be written: a full disk, a missing folder, or no permission.

    Fix: name another place with `-o`. What was there before is untouched.
    """
    said = error.strerror or str(error)
    hint = "name another place with -o; what stood there is untouched"
    return Problem(
        "sheets-not-written", f"the sheets cannot be written: {said}", Source(str(path)), hint
    )


CODES = {"file-not-read": not_read, "sheets-not-written": not_written}
