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

from hrcpub.cli.imposed import show_sheets
from hrcpub.cli.show import say_json
from hrcpub.problems import ExitCode, HrcpubError, Problem, Source, stop_on_errors
from hrcpub.project.sheets import DEFAULT
from hrcpub.units import PAPER_SIZES, Size, size

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources
    from hrcpub.pipeline.impose import Appearance, Artwork, Mixed

SMALLEST, LARGEST = 72.0, 200 * 72.0  # points: an inch; the largest page that PDF 1.x allows


class ImposeOptions(NamedTuple):
    """How to impose files, as given on the command line; None takes the default."""

    scheme: str | None
    stocks: tuple[str, ...]
    printer: str | None
    flip: str | None
    is_marked: bool
    is_dummy: bool
    output: Path | None
    mixed: Mixed
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
    started = time.perf_counter()
    stocks = _stocks(options, project)
    preflight = _preflight(files, options, project) if options.printer and project else []
    with _opened(files) as opened:
        written = _written(opened, options, stocks)
    problems = [*preflight, *written.problems]
    show_sheets(written.path, written.chosen, problems, time.perf_counter() - started, as_json)
    return ExitCode.DONE


class _ImposedFile(NamedTuple):
    """Sheets that were written."""

    path: Path
    chosen: Chosen
    problems: list[Problem]


def _written(
    opened: Sequence[tuple[str, BinaryIO]], options: ImposeOptions, stocks: Sequence[Size]
) -> _ImposedFile:
    """Impose opened files; raise HrcpubError when one is unreadable, or the sheets unwritable.

    What pages hold is read only when they are placed. If it is damaged there, files are read once
    more, as qpdf mends them.
    """
    from hrcpub.pipeline.impose import read

    try:
        return _placed(read(opened, options.mixed), options, stocks)
    except HrcpubError as error:
        if not _are_unreadable(error):
            raise
        try:
            mended = read(opened, options.mixed, are_rewritten=True)
            return _placed(mended, options, stocks)
        except HrcpubError as second:
            raise error if _are_unreadable(second) else second from None


def _are_unreadable(error: HrcpubError) -> bool:
    return [problem.code for problem in error.problems] == ["file-unreadable"]


def _placed(artwork: Artwork, options: ImposeOptions, stocks: Sequence[Size]) -> _ImposedFile:
    from hrcpub.pipeline.impose import place, remarks

    files = [Path(name) for name in artwork.names]
    chosen = Chosen(artwork, options, stocks, len(files))
    path = options.output or _path(files, chosen, options)
    _check_output(path, files)
    try:
        with _whole(path) as output:
            place(artwork, chosen.layout, output, chosen.appearance(files[0].name))
    except OSError as error:
        raise HrcpubError(not_written(path, error)) from error
    noticed = remarks(chosen.task, chosen.layout)
    return _ImposedFile(path, chosen, [*artwork.problems, *noticed, *chosen.problems])


def _preflight(files: Sequence[Path], options: ImposeOptions, project: Sources) -> list[Problem]:
    """Return what a print shop would find in the files; raise HrcpubError if those are errors.

    Not for sheets without a print shop: an office printer takes RGB, and pages without bleed.
    """
    from hrcpub.pipeline.preflight import Expected, guard, limits_of
    from hrcpub.project.printers import printer, read_printers

    shop = printer(options.printer, read_printers(project))
    expected = Expected(limits=limits_of(shop.kind, shop), ours=False)
    if len(files) > 1:
        guard.load_for_many()
    problems = [
        replace(problem, source=replace(problem.source or Source(), path=str(file)))
        for file in files
        for problem in guard.judged(guard.read(file), expected)
    ]
    return list(stop_on_errors([*shop.problems, *problems]))


class Chosen:
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
        self.is_press = agree(artwork) and inks(artwork.files[0]) == 4

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


def _path(files: Sequence[Path], chosen: Chosen, options: ImposeOptions) -> Path:
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
