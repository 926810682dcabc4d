"""`impose`: any PDFs to press sheets, and a line that says how to print them."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import click

from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem, Source, stop_on_errors
from hrcpub.project.sheets import DEFAULT
from hrcpub.units import PAPER_SIZES, Size, dimensions, points, size

if TYPE_CHECKING:
    from hrcpub.pipeline.impose import Appearance, Artwork

SMALLEST, LARGEST = 72.0, 200 * 72.0  # points: an inch; the largest page that PDF 1.x allows
MOST_RUNS, MOST_OPTIONS = 12, 3  # that are printed; --json has all


def length(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Return an option's length in points; raise BadParameter if it is not a length."""
    try:
        return None if value is None else points(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


class ImposeOptions(NamedTuple):
    """How to impose files, as given on the command line; None takes the default."""

    scheme: str | None
    stocks: tuple[str, ...]
    printer: str | None
    flip: str | None
    is_marked: bool
    is_dummy: bool
    output: Path | None
    task: dict[str, Any]  # further arguments of `ImposeTask`


def impose_files(
    files: Sequence[Path], options: ImposeOptions, as_json: bool, project: Sources | None = None
) -> int:
    """Impose files together on sheets, write those, and say how to print them.

    A failure leaves an old file as it was. Returns the exit code.
    """
    try:
        return _impose(files, options, as_json, project)
    except HrcpubError as error:
        if not as_json:
            raise
        say_json({"output": None, "problems": [problem.as_json() for problem in error.problems]})
        return ExitCode.PROBLEMS


def _impose(
    files: Sequence[Path], options: ImposeOptions, as_json: bool, project: Sources | None
) -> int:
    from hrcpub.pipeline.impose import place, remarks
    from hrcpub.pipeline.impose.artwork import read

    started = time.perf_counter()
    stocks = _stocks(options, project)
    preflight = _preflight(files, options, project) if options.printer and project else []
    with _opened(files) as opened:
        artwork = read(opened)
        chosen = _Chosen(artwork, options, stocks, len(files))
        path = options.output or _path(files, chosen, options)
        _check_output(path, files)
        noticed = remarks(chosen.task, chosen.layout)
        problems = [*preflight, *artwork.problems, *noticed, *chosen.problems]
        try:
            with _whole(path) as output:
                place(artwork, chosen.layout, output, chosen.appearance(files[0].name))
        except OSError as error:
            raise HrcpubError(not_written(path, error)) from error
    _show(path, chosen, problems, time.perf_counter() - started, as_json)
    return ExitCode.DONE


def _preflight(files: Sequence[Path], options: ImposeOptions, project: Sources) -> list[Problem]:
    """Return what a print shop would find in the files; raise HrcpubError if those are errors.

    Not for sheets without a print shop: an office printer takes RGB, and pages without bleed.
    """
    from hrcpub.pipeline.preflight import Expected, guard, limits_of
    from hrcpub.project.printers import printer, read_printers

    shop = printer(options.printer, read_printers(project))
    expected = Expected(limits=limits_of(shop.kind, shop), ours=False)
    problems = [
        replace(problem, source=replace(problem.source or Source(), path=str(file)))
        for file in files
        for problem in guard.judged(guard.read(file), expected)
    ]
    return list(stop_on_errors([*shop.problems, *problems]))


class _Chosen:
    """The task, scheme and sheets that are chosen for some options."""

    def __init__(
        self, artwork: Artwork, options: ImposeOptions, stocks: Sequence[Size], files: int
    ) -> None:
        from hrcpub.pipeline.impose import Flip, ImposeTask, agree, choose, inks, laid_out
        from hrcpub.pipeline.impose import problems as impose_problems

        flip = Flip(options.flip) if options.flip else None
        self.is_marked, self.is_dummy = options.is_marked, options.is_dummy
        self.is_guessed = options.scheme is None
        task = ImposeTask(
            len(artwork.pages), artwork.piece, stocks[0], bleed=artwork.bleed, **options.task
        )
        scheme = options.scheme or choose.guessed(task, files)
        # Only a guess on several stocks may end in another scheme that gives the same pieces.
        has_choice = self.is_guessed and len(stocks) > 1
        schemes = choose.candidates(scheme, task) if has_choice else (scheme,)
        self.options = choose.options(
            lambda name, task: laid_out(name, task, flip), task, schemes, stocks
        )
        best = self.options[0]
        self.scheme, self.layout = best.scheme, best.layout
        self.task = replace(task, stock=best.stock)
        self.problems: list[Problem] = []
        if not agree(artwork):
            self.problems.append(impose_problems.files_differ(", ".join(artwork.names)))
        self.is_press = agree(artwork) and inks(artwork.readers[0]) == 4

    def appearance(self, name: str) -> Appearance:
        """Return how the sheets look. Without a CMYK output intent the marks are plain black."""
        from hrcpub.pipeline.impose import MARK_PRESS, Appearance, Marks

        slug = f"{name}  ·  {self.scheme}  ·  {self.printing}"
        marks = Marks(self.is_marked, slug=slug)
        if self.is_press:
            marks = Marks(self.is_marked, True, MARK_PRESS, slug)
        return Appearance(marks, self.is_dummy)

    @property
    def printing(self) -> str:
        """Return the settings for the person at the printer."""
        flip = self.layout.flip
        sides = f"two-sided, flip on the {flip} edge" if flip else "one-sided"
        return f"print {sides}, at actual size"


# --- Files ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(files: Sequence[Path]) -> Iterator[list[tuple[str, BinaryIO]]]:
    """Open files for reading; raise HrcpubError with all that cannot be read."""
    problems: list[Problem] = []
    with contextlib.ExitStack() as stack:
        opened: list[tuple[str, BinaryIO]] = []
        for path in files:
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a FIFO does not block
                file = stack.enter_context(os.fdopen(descriptor, "rb"))
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError("it is not an ordinary file")
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
    """Raise UsageError if the output is a folder, a device, or one of the files to impose."""
    if not path.exists():
        return
    if not path.is_file() or any(path.samefile(file) for file in files):
        raise click.UsageError(
            f"{path} is one of the files to impose, or not a file: name another with -o"
        )


def _path(files: Sequence[Path], chosen: _Chosen, options: ImposeOptions) -> Path:
    """Return a file here whose name says the scheme and how to flip."""
    parts = [files[0].stem, chosen.scheme]
    if chosen.layout.flip:
        parts.append(f"flip-{chosen.layout.flip}-edge")
    if options.is_dummy:
        parts.append("dummy")
    return Path("-".join(parts) + ".pdf")


def _stocks(options: ImposeOptions, project: Sources | None) -> list[Size]:
    """Return the sheets to choose from: those named, else the print shop's or the project's."""
    stocks = [_stock(text) for text in options.stocks]
    if not stocks and options.printer and project:
        from hrcpub.project.printers import printer, read_printers

        stocks = list(printer(options.printer, read_printers(project)).sheets)
    if stocks or not project:
        return stocks or [DEFAULT.size]
    from hrcpub.project.paper_size import project_sheet

    return [project_sheet(project).size]


def _stock(text: str) -> Size:
    from hrcpub.pipeline.impose import problems as impose_problems

    name = text.strip().lower()
    try:
        stock = PAPER_SIZES.get(name) or size(name)
    except ValueError:
        raise HrcpubError(impose_problems.stock_unknown(text, list(PAPER_SIZES))) from None
    if not SMALLEST <= min(stock) <= max(stock) <= LARGEST:
        raise HrcpubError(impose_problems.stock_unknown(text, list(PAPER_SIZES)))
    return stock


# --- What is printed -----------------------------------------------------------------------------


def _show(
    path: Path, chosen: _Chosen, problems: list[Problem], seconds: float, as_json: bool
) -> None:
    length = path.stat().st_size
    if as_json:
        say_json(_fields(path, chosen, problems, seconds, length))
        return
    show_problems(problems)
    say(f"{path}  {length / 1000:.0f} kB  {seconds:.1f} s  {chosen.printing}")
    for line in _run_lines(chosen):
        say(line, err=True)


def _run_lines(chosen: _Chosen) -> Iterator[str]:
    """Yield what the sheets are, how often to print them, what to do then, and other ways."""
    layout = chosen.layout
    guess = " (guessed: choose another with --scheme)" if chosen.is_guessed else ""
    scale = f", at {layout.scale:.0%}" if layout.scale < 1 else ""
    pages, sheets = _count(chosen.task.pages, "page"), _count(layout.sheets, "sheet")
    yield (
        f"{chosen.scheme}{guess}: {pages}{scale} on {sheets} of {dimensions(layout.sheet)}, "
        f"{layout.up} up, {_count(layout.cuts, 'cut')}, {layout.waste:.0%} waste"
    )
    if len(set(layout.copies)) > 1:
        runs = [f"sheet {i} × {copies}" for i, copies in enumerate(layout.copies, 1)]
        more = ", …" if len(runs) > MOST_RUNS else ""
        yield f"print {', '.join(runs[:MOST_RUNS])}{more}"
    elif layout.copies[0] > 1:
        yield f"print each sheet {layout.copies[0]} times"
    if layout.note:
        yield f"then: {layout.note}"
    for other in chosen.options[1 : MOST_OPTIONS + 1]:
        text = f"{_count(other.layout.sheets, 'sheet')}, {other.layout.waste:.0%} waste"
        yield f"or {other.scheme} on {dimensions(other.stock)}: {text}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _fields(
    path: Path, chosen: _Chosen, problems: list[Problem], seconds: float, length: int
) -> dict[str, object]:
    layout = chosen.layout
    return {
        "output": str(path),
        "bytes": length,
        "seconds": round(seconds, 3),
        "scheme": chosen.scheme,
        "guessed": chosen.is_guessed,
        "pages": chosen.task.pages,
        "sheet": list(layout.sheet),
        "sheets": layout.sheets,
        "copies": list(layout.copies),
        "up": layout.up,
        "scale": round(layout.scale, 4),
        "cuts": layout.cuts,
        "waste": round(layout.waste, 4),
        "flip": str(layout.flip) if layout.flip else None,
        "print": chosen.printing,
        "then": layout.note,
        "sides": list(layout.picture),
        "options": [
            {
                "scheme": option.scheme,
                "stock": list(option.stock),
                "sheets": option.layout.sheets,
                "cuts": option.layout.cuts,
                "waste": round(option.layout.waste, 4),
            }
            for option in chosen.options
        ],
        "problems": [problem.as_json() for problem in problems],
    }


def not_read(path: Path, error: Exception) -> Problem:
    """A file to be imposed does not exist, may not be read, or is not an ordinary file.

    Fix: check its name and its permissions.
    """
    reason = getattr(error, "strerror", None) or str(error)
    return Problem("file-not-read", f"the file cannot be read: {reason}", Source(str(path)))


def not_written(path: Path, error: OSError) -> Problem:
    """The press sheets could not be written: a full disk, a missing folder, or no permission.

    Fix: name another place with `-o`. What was there before is untouched.
    """
    reason = error.strerror or str(error)
    hint = "name another place with -o; what was there before is untouched"
    return Problem(
        "sheets-not-written", f"the sheets cannot be written: {reason}", Source(str(path)), hint
    )


CODES = {"file-not-read": not_read, "sheets-not-written": not_written}
