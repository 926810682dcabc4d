"""One worker's place: what it keeps between jobs, and how it makes copies and runs of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from hrcpub.events.fulfil.jobs import CopyJob, RunJob, Shell, ShellJob
from hrcpub.events.fulfil.make_shell import LaidPiece, finish_laid, imprint_style, lay, make_stock
from hrcpub.events.imprint import (
    OVERPRINT,
    Fonts,
    Imprint,
    ImprintLine,
    PlacedLogo,
    Style,
    arrange,
    as_html,
    draw,
    in_ink,
    remarks,
)
from hrcpub.events.manifest.event import Site
from hrcpub.events.shells import (
    ImprintForm,
    ImprintFormFont,
    LogoImage,
    SeparatorPage,
    ShellTemplate,
    gather,
    join,
    lift,
    look_over,
    pack,
    unpack,
)
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose, compose_face
from hrcpub.pipeline.demands import inks_of
from hrcpub.pipeline.prepress import InkConversion
from hrcpub.pipeline.prepress.pictures import raster
from hrcpub.pipeline.stages import AuthorText, InlineImprint, Pdf
from hrcpub.pipeline.typeset import typeset, with_all_words
from hrcpub.problems import Problem
from hrcpub.project.layout import System, read_system
from hrcpub.project.markup import plain
from hrcpub.project.printers import printer, read_printers
from hrcpub.units import Size

ValueT = TypeVar("ValueT")
FACES = ("text", "bold")
# Copies come site by site: what is kept serves one site's other pieces, not the next site's.
MOST_KITS, MOST_MARKS, MOST_LAID = 64, 256, 8


class LastUsed(OrderedDict[object, ValueT]):
    """The last things that were made, up to so many."""

    def __init__(self, most: int) -> None:
        """Keep `most` things."""
        super().__init__()
        self.most = most

    def take(self, key: object, make: Callable[[], ValueT]) -> ValueT:
        """Return the thing kept under a key, made where it is not there."""
        if key not in self:
            self[key] = make()
            while len(self) > self.most:
                self.popitem(last=False)
        self.move_to_end(key)
        return self[key]


class MadeCopy(NamedTuple):
    """One site's copy, its pages, what is to be told of it, and what reads it again once written.

    `look` takes the file, or its bytes, and raises HrcpubError when it is not as it should be.
    """

    pdf: Pdf
    pages: int
    problems: tuple[Problem, ...] = ()
    look: Callable[[bytes | Path], None] = lambda pdf: None


class CopyMaker:
    """Makes stock pieces, copies and runs. For one process and one thread, as its Shelf is."""

    def __init__(
        self,
        sources: Sources,
        fetch: Callable[[ShellJob, str], bytes],
        read: Callable[[str], bytes] = lambda path: b"",
    ) -> None:
        """Work on a project; `fetch` returns a packed kit by its job and its digest.

        `read` returns a finished copy; nothing where copies stand elsewhere.
        """
        self.project = Project(sources)
        self._fetch, self._read = fetch, read
        self._kits: LastUsed[ShellTemplate] = LastUsed(MOST_KITS)
        self._drawn: LastUsed[tuple[ImprintForm, PlacedLogo | None, tuple[Problem, ...]]] = (
            LastUsed(MOST_MARKS)
        )
        self._marks: LastUsed[tuple[ImprintForm, tuple[Problem, ...]]] = LastUsed(MOST_MARKS)
        self._laid: LastUsed[LaidPiece] = LastUsed(MOST_LAID)

    def stock(self, job: ShellJob) -> Shell:
        """Return a piece typeset once; raise HrcpubError when it cannot be made."""
        return make_stock(job, self.project)

    def copy(self, job: CopyJob) -> MadeCopy:
        """Return one site's copy; raise HrcpubError with all that cannot be printed."""
        kit = self._kit(job.job, job.stock)
        if kit is None or job.site is None:
            return self._whole(job)
        mark, said = self.mark(job.job, kit, job.site)
        pages = len(kit.pages)
        look = partial(look_over, pages=pages, operators=mark.operators)
        return MadeCopy(join(kit, mark), pages, said, look)

    def run(self, job: RunJob, file: BinaryIO) -> int:
        """Write all sites' copies into one file; return how many pages it has."""
        kit = self._kit(job.job, job.stock)
        if kit is None:
            raise ValueError(f"{job.path} has nothing to join")
        return gather(kit, self._copies(job, kit), file, repr(job.slips).encode())

    def _copies(
        self, job: RunJob, kit: ShellTemplate
    ) -> Iterator[tuple[ImprintForm, SeparatorPage | None]]:
        for number, site in enumerate(job.sites):
            slip = self._slip(job.slips[number], kit) if job.slips else None
            if site is None:
                yield ImprintForm(b""), slip
            else:
                yield self._lifted(job, number, kit) or self.mark(job.job, kit, site)[0], slip

    def _lifted(self, job: RunJob, number: int, kit: ShellTemplate) -> ImprintForm | None:
        """Return a copy's imprint from its file, which takes a tenth of setting it again."""
        if not job.copies:
            return None
        try:
            return lift(kit, self._read(job.copies[number]), self._font)
        except OSError:
            return None

    def _font(self, name: str, base: bytes) -> ImprintFormFont:
        key = self.fonts.named(base)
        return name, key, self.fonts.font(key).objects

    def mark(
        self, job: ShellJob, kit: ShellTemplate, site: Site
    ) -> tuple[ImprintForm, tuple[Problem, ...]]:
        """Return what a site's imprint adds to a piece, and what is to be told of it.

        Raises HrcpubError when it has no room.
        """
        key = (site, kit.area, kit.is_inked, job.printer, kit.size, kit.label)
        return self._marks.take(key, lambda: self._mark(job, kit, site))

    def _mark(
        self, job: ShellJob, kit: ShellTemplate, site: Site
    ) -> tuple[ImprintForm, tuple[Problem, ...]]:
        def arranged() -> tuple[ImprintForm, PlacedLogo | None, tuple[Problem, ...]]:
            style = Style(kit.size, label=kit.label)
            imprint = arrange(site, kit.area, self.fonts.faces, style)
            return draw(imprint, self.fonts, "0 g"), imprint.logo, remarks(site, imprint)

        # Pieces of one form for the shop and for the office differ in their ink alone.
        plain, logo, said = self._drawn.take((site, kit.area, kit.size, kit.label), arranged)
        form = in_ink(plain, OVERPRINT if kit.is_inked else _screen(self.system.ink.screen))
        picture = None
        if logo:
            inks = self._inks(job) if kit.is_inked else None
            picture = LogoImage(*raster(self.project.sources.read(logo.picture.path), inks))
        return replace(form, picture=picture, packed=pack(form.operators)), said

    def _whole(self, job: CopyJob) -> MadeCopy:
        """Return a copy that is typeset with its imprint: a tagged one, whose tags stay right."""
        laid = self._laid.take(job.job, lambda: lay(job.job, self.project))
        said: tuple[Problem, ...] = ()
        if job.site and laid.areas:
            laid, said = self._with_imprint(laid, job.site)
        made = finish_laid(laid, job.job, self.project)
        return MadeCopy(Pdf(made.data), made.output.sides, (*said, *made.output.problems))

    def _with_imprint(self, laid: LaidPiece, site: Site) -> tuple[LaidPiece, tuple[Problem, ...]]:
        rect = laid.areas[0].rect
        faces = self.fonts.faces
        area = Size(rect.right - rect.left, rect.height)
        imprint = arrange(site, area, faces, imprint_style(laid))
        html = laid.pages.html
        inlay = InlineImprint(as_html(imprint, faces, self.system.ink.screen), _said(imprint, site))
        composed = compose(
            laid.material, self.project, laid.edition.form, html.bleed, laid.shop.safe,
            html.settings, inlay,
        )  # fmt: skip
        pages = with_all_words(typeset(composed, self.project))
        return laid._replace(pages=pages), remarks(site, imprint)

    def _slip(self, lines: tuple[str, ...], kit: ShellTemplate) -> SeparatorPage:
        """Return a page with a few lines in large letters, to part piles with."""
        left, foot, right, top = kit.trim
        size = Size(right - left, top - foot)
        space = size.width / 18
        big = min(space, 28.0)
        set_lines = []
        for number, text in enumerate(lines):
            face, wanted = ("text", big * 0.6) if number else ("bold", big)
            wide = self.fonts.faces[face].display_width(text)
            fitting = min(wanted, (size.width - 2 * space) / wide) if wide else wanted
            set_lines.append(ImprintLine(text, face, fitting, space, space + big * (1 + number)))
        ink = "0 0 0 1 k" if kit.is_inked else "0 g"
        drawn = draw(Imprint(size, tuple(set_lines)), self.fonts, ink)
        moved = f"1 0 0 1 {left:.4f} {foot:.4f} cm\n".encode()
        return SeparatorPage(moved + drawn.operators, drawn.fonts)

    def _kit(self, job: ShellJob, digest: str) -> ShellTemplate | None:
        if not digest:
            return None
        return self._kits.take(digest, lambda: unpack(self._fetch(job, digest)))

    @cached_property
    def system(self) -> System:
        """The design system, as it was when the desk was set up."""
        return self.project.parsed("system", read_system)

    @cached_property
    def fonts(self) -> Fonts:
        """The faces that imprints are set in; all of a build's are the same."""
        return Fonts(
            {
                name: (
                    compose_face(name, self.system, self.project),
                    self.project.sources.read(self.system.faces[name].file),
                )
                for name in FACES
            }
        )

    def _inks(self, job: ShellJob) -> InkConversion:
        shop = printer(job.printer, self.project.parsed("printers", read_printers))
        return inks_of(self.system, shop, self.project)


def _screen(colour: str) -> str:
    """Return the operator that fills in a colour written #rrggbb."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{part:.4f}" for part in parts) + " rg"


def _said(imprint: Imprint, site: Site) -> tuple[AuthorText, ...]:
    """Return an imprint's lines as texts that must not get lost."""
    source = site.name.source
    return tuple(AuthorText(plain(line.text), "imprint", source) for line in imprint.lines)
