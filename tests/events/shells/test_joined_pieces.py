"""A joined copy is what its piece is when typeset whole: to the eye, and to other readers."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from hrcpub.events.fulfil.jobs import CopyJob, RunJob, Shell, ShellJob
from hrcpub.events.shells import unpack
from hrcpub.pipeline.preflight import Expected, preflight
from hrcpub.project.edition import EDITIONS
from tests.judges import tools, verapdf
from tests.shared.local_sites import local
from tests.shared.once import made_once
from tests.shared.pages import glyphs, highest, links
from tests.shared.shells import MATERIALS, Shells

JOINED = [(layout, edition) for layout in MATERIALS for edition in ("press", "office")]
ESPERANZA = local(logo=True)
VAN = local(
    "Nhà Văn Hóa Đường Số 7", ("7 Example Street",), None, "(510) 555-0104", "https://example.org/7"
)
PLAIN = local("Library Table", ("5 Example Square", "Oakland, CA 94612"), None, None, None)
SITES = (ESPERANZA, VAN, PLAIN)
# What stays when slow tests wait.
PRESS, OFFICE = "postcard-press", "sheet-office"
SEPARATORS = tuple((site.name.text, "principles-press, en: 60 pieces") for site in SITES)


class Piece(NamedTuple):
    """One piece in one edition: joined, and typeset whole with the same details."""

    shell: Shell
    blank: Path  # the shell's own file
    pages: int
    run_pages: int
    joined: Path
    whole: Path
    run: Path
    parted: Path  # a run with separators


def staying(*kinds: str) -> list[str]:
    """Return which cases stay, when slow tests wait, of a test of several kinds of file."""
    return [f"{kind}-{piece}" for kind in kinds for piece in (PRESS, OFFICE)]


KINDS = ("blank", "joined", "whole", "run", "parted")
Pieces = Callable[[str, str], Piece]
Screens = Callable[[str], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Shells:
    return Shells(tmp_path_factory)


@pytest.fixture(scope="module")
def piece_of(made: Shells, tmp_path_factory: pytest.TempPathFactory) -> Pieces:
    """Return what makes a layout's piece in an edition, once for all processes of a run."""

    @cache
    def piece(layout: str, edition: str) -> Piece:
        job = ShellJob(MATERIALS[layout], edition)
        name = f"joined-{layout}-{edition}"
        folder = made_once(tmp_path_factory, name, lambda folder: _join(made, job, folder))
        pages = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
        return Piece(
            made[job], folder / "blank.pdf", *pages, *(folder / f"{k}.pdf" for k in KINDS[1:])
        )

    return piece


def _join(made: Shells, job: ShellJob, folder: Path) -> None:
    shell, maker = made[job], made.maker
    folder.mkdir()
    (folder / "blank.pdf").write_bytes(shell.pdf)
    pages = []
    for kind, template in (("whole", ""), ("joined", shell.template_digest)):
        copy = maker.copy(CopyJob("x.pdf", job, template, ESPERANZA))
        (folder / f"{kind}.pdf").write_bytes(copy.pdf)
        pages.append(copy.pages)
    for kind, separators in (("run", ()), ("parted", SEPARATORS)):
        with (folder / f"{kind}.pdf").open("wb") as file:
            run = maker.run(RunJob("x.pdf", job, shell.template_digest, SITES, separators), file)
        pages.append(run.pages)
    (folder / "pages.json").write_text(json.dumps(pages[1:3]), encoding="utf-8")


@pytest.fixture(scope="module")
def screen_of(made: Shells, tmp_path_factory: pytest.TempPathFactory) -> Screens:
    """Return what makes a layout's tagged copy, which is typeset whole for each site."""

    def screen(layout: str) -> Path:
        job = ShellJob(MATERIALS[layout], "screen")
        assert made[job].template == b""

        def make(folder: Path) -> None:
            folder.mkdir()
            copy = made.maker.copy(CopyJob("x.pdf", job, "", ESPERANZA))
            (folder / "screen.pdf").write_bytes(copy.pdf)

        return made_once(tmp_path_factory, f"joined-{layout}-screen", make) / "screen.pdf"

    return screen


@pytest.mark.slow(but=[PRESS])
@pytest.mark.parametrize(("layout", "edition"), JOINED)
def test_it_looks_the_same_and_its_imprint_is_seen(
    layout: str, edition: str, piece_of: Pieces
) -> None:
    """Two blank pieces would look the same, too."""
    piece = piece_of(layout, edition)
    joined, whole, blanks = map(drawn, (piece.joined, piece.whole, piece.blank))
    assert len(joined) == len(whole) == piece.pages
    for one, other, blank in zip(joined, whole, blanks, strict=True):
        assert one.size == other.size
        differing = ImageChops.difference(one, other).convert("L")
        levels = highest(differing)
        count = sum(differing.point(lambda level: level > 8 and 255).histogram()[255:])
        assert levels <= 120, levels  # where edges of letters are smoothed from another place
        assert count <= 600, count
        # Everywhere but in the imprint's place they are the same.
        differing.paste(0, ImageChops.difference(one, blank).getbbox() or (0, 0, 0, 0))
        assert differing.getextrema() == (0, 0)
    assert any(map(lambda *pair: tools.worst_difference(*pair) > 0.2, joined, blanks))


def drawn(file: Path) -> list[Image.Image]:
    return tools.drawn_by_poppler(file, 75)


@pytest.mark.slow(but=[PRESS, OFFICE])
@pytest.mark.parametrize(("layout", "edition"), JOINED)
def test_it_has_the_same_words(layout: str, edition: str, piece_of: Pieces) -> None:
    piece = piece_of(layout, edition)
    joined, whole = (Counter(tools.text(file).split()) for file in (piece.joined, piece.whole))
    assert joined == whole
    said = flat(tools.text(piece.joined))
    for words in ("Clínica Esperanza & Señales", "(510) 555-0103", "example.org/esperanza"):
        assert flat(words) in said


@pytest.mark.slow(but=staying("joined", "run", "parted"))
@pytest.mark.parametrize(("layout", "edition"), JOINED)
@pytest.mark.parametrize("kind", ["joined", "run", "parted"])
def test_qpdf_and_preflight_find_nothing_wrong(
    layout: str, edition: str, kind: str, piece_of: Pieces
) -> None:
    piece = piece_of(layout, edition)
    file = getattr(piece, kind)
    assert tools.qpdf_complaints(file) == ""
    if kind == "joined":
        assert preflight(file.read_bytes(), Expected(EDITIONS[edition], piece.pages)) == []


@pytest.mark.slow
def test_verapdf_finds_nothing_wrong(piece_of: Pieces, screen_of: Screens) -> None:
    pieces = [piece_of(layout, "press") for layout in MATERIALS]
    press = [file for one in pieces for file in (one.joined, one.whole, one.run, one.parted)]
    pairs = [(verapdf.PDF_A_2B, file) for file in press]
    pairs += [(verapdf.PDF_UA_1, file) for file in map(screen_of, MATERIALS)]
    verdicts = verapdf.judge(pairs)
    assert len(verdicts) == 5 * len(MATERIALS)
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []


@pytest.mark.slow(but=[PRESS, OFFICE])
@pytest.mark.parametrize(("layout", "edition"), JOINED)
def test_a_telephone_reads_the_code_off_the_page(
    layout: str, edition: str, piece_of: Pieces
) -> None:
    file = piece_of(layout, edition).joined
    found = [
        code.text
        for page in tools.scanned_by_poppler(file, 150)
        for code in zxingcpp.read_barcodes(
            page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    ]
    assert ESPERANZA.url.text in found
    up = piece_of(layout, edition).shell.facts.up
    assert len(found) % up == 0
    assert set(found) == {ESPERANZA.url.text}


# --- All sites in one file -----------------------------------------------------------------------


@pytest.mark.slow(but=[PRESS, OFFICE])
@pytest.mark.parametrize(("layout", "edition"), JOINED)
def test_a_run_has_each_sites_words_on_its_own_pages(
    layout: str, edition: str, piece_of: Pieces
) -> None:
    piece = piece_of(layout, edition)
    texts = tools.text(piece.run).split("\f")[:-1]
    assert len(texts) == piece.run_pages == piece.pages * len(SITES)
    for number, site in enumerate(SITES):
        own = " ".join(texts[number * piece.pages : (number + 1) * piece.pages])
        assert flat(site.name.text) in flat(own)
        assert not any(flat(other.name.text) in flat(own) for other in SITES if other is not site)


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow(but=[PRESS, OFFICE])
@pytest.mark.parametrize(("layout", "edition"), JOINED)
def test_a_separator_lies_before_each_sites_pages(
    layout: str, edition: str, piece_of: Pieces
) -> None:
    piece = piece_of(layout, edition)
    texts = tools.text(piece.parted).split("\f")[:-1]
    each = piece.pages + 2  # a separator has two sides, as all these pieces: none begins on a back
    assert len(texts) == each * len(SITES)
    for number, separator in enumerate(SEPARATORS):
        for text in texts[number * each : number * each + 2]:
            assert flat(text) == flat("".join(separator))


def test_a_long_name_lies_inside_its_separator(
    made: Shells, piece_of: Pieces, tmp_path: Path
) -> None:
    shell = piece_of("postcard", "press").shell
    name = "East Wing Drop-in and Syringe Services, Upper Lakeshore " * 2
    job = RunJob("x.pdf", shell.job, shell.template_digest, (PLAIN,), ((name, "60 pieces"),))
    with (tmp_path / "run.pdf").open("wb") as file:
        made.maker.run(job, file)
    trim = tools.boxes(tmp_path / "run.pdf")[0]["trim"]
    right = max(glyph.ink[2] for glyph in glyphs(tmp_path / "run.pdf")[0])
    assert trim.right - 40 < right < trim.right - 10


@pytest.mark.slow(but=staying("run", "parted"))
@pytest.mark.parametrize(("layout", "edition"), JOINED)
@pytest.mark.parametrize("kind", ["run", "parted"])
def test_a_run_holds_what_is_shared_once(
    layout: str, edition: str, kind: str, piece_of: Pieces
) -> None:
    piece = piece_of(layout, edition)
    for file, most in ((piece.joined, 1), (getattr(piece, kind), 2)):
        with pikepdf.open(file) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            fonts = [one for one in streams if "/Length1" in one]
            profiles = [one for one in streams if one.get("/N") is not None and "/First" not in one]
            contents = {one.read_raw_bytes() for one in fonts}
        assert len(contents) == len(fonts)  # none twice
        assert len(profiles) <= most
    grown = getattr(piece, kind).stat().st_size
    assert grown < piece.joined.stat().st_size * 1.8 + 40_000


# --- On the screen -------------------------------------------------------------------------------


@pytest.mark.slow(but=["postcard"])
@pytest.mark.parametrize("layout", MATERIALS)
def test_what_is_tagged_says_and_links_the_sites_details(layout: str, screen_of: Screens) -> None:
    file = screen_of(layout)
    with pikepdf.open(file) as pdf:
        alternatives = [str(one.Alt) for one in figures(pdf.Root.StructTreeRoot)]
    assert {"tel:+15105550103", "https://example.org/esperanza"} <= links(file)
    assert "QR code: https://example.org/esperanza" in alternatives
    assert "Clínica Esperanza & Señales" in " ".join(tools.text(file).split())


def figures(root: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the tags under one that have an alternative text."""
    found: list[pikepdf.Object] = []
    left = [root]
    while left:
        tag = left.pop()
        if isinstance(tag, pikepdf.Array):
            left += list(tag)
        elif isinstance(tag, pikepdf.Dictionary):
            if "/Alt" in tag:
                found.append(tag)
            if "/K" in tag:
                left.append(tag.K)
    return found


def by_pdfium(file: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(file) as pdf:
        return [page.render(scale=1).to_pil() for page in pdf]


@pytest.mark.slow
@pytest.mark.parametrize("reader", [tools.drawn_by_ghostscript, by_pdfium])
def test_pages_are_drawn_by_other_readers(
    reader: Callable[[Path], list[Image.Image]], piece_of: Pieces
) -> None:
    """An update's objects are found by them too: each reads a file by rules of its own."""
    piece = piece_of("postcard", "press")
    whole, joined, run = map(reader, (piece.whole, piece.joined, piece.run))
    assert len(run) == len(SITES) * len(joined)
    for pages in (joined, run[: len(joined)]):  # a run's first copy is the same site's
        for page, other in zip(pages, whole, strict=True):
            assert tools.mean_difference(page, other) < 0.002


@pytest.mark.slow(but=[f"run-{PRESS}", f"joined-{OFFICE}", f"parted-{OFFICE}"])
@pytest.mark.parametrize(("layout", "edition"), JOINED)
@pytest.mark.parametrize("kind", ["joined", "run", "parted"])
def test_pypdf_reads_every_page(layout: str, edition: str, kind: str, piece_of: Pieces) -> None:
    """It reads tables by itself, and strictly: imposing begins with it."""
    file = getattr(piece_of(layout, edition), kind)
    pages = pypdf.PdfReader(file, strict=True).pages
    contents = [page.get_contents() for page in pages]
    assert all(content is not None and content.get_data() for content in contents)
    assert len(contents) == len(tools.text(file).split("\f")[:-1])
    own = [page for page in pages if has_imprint(page)]
    each, rest = divmod(len(own), 1 if kind == "joined" else len(SITES))
    assert rest == 0
    # Text is taken from a site's own pages alone: from all of them it takes five times as long.
    assert flat(ESPERANZA.name.text) in flat("".join(page.extract_text() for page in own[:each]))


def has_imprint(page: pypdf.PageObject) -> bool:
    """Return whether a site's details are drawn on a page."""
    resources = cast(dict[str, dict[str, object]], page["/Resources"])
    return "/Imprint" in resources.get("/XObject", {})


def test_a_copy_is_its_template_and_an_update(piece_of: Pieces) -> None:
    """All sites' copies begin with the same bytes, so they pack and travel well together."""
    piece = piece_of("postcard", "press")
    base = unpack(piece.shell.template).base
    for file in (piece.joined, piece.run, piece.parted):
        data = file.read_bytes()
        assert data.startswith(base)
        assert data.count(b"startxref") == base.count(b"startxref") + 1


def test_an_imprint_is_black_ink_that_overprints(piece_of: Pieces) -> None:
    with pikepdf.open(io.BytesIO(piece_of("postcard", "press").joined.read_bytes())) as pdf:
        forms = [
            page.Resources.XObject["/Imprint"]
            for page in pdf.pages
            if "/Imprint" in page.Resources.get("/XObject", {})
        ]
        assert forms
        for form in forms:
            steps = pikepdf.parse_content_stream(form)
            inks = [
                [float(operand) for operand in step.operands]
                for step in steps
                if str(step.operator) == "k"
            ]
            assert inks == [[0, 0, 0, 1]]
            assert form.Resources.ExtGState.Overprint.op
            assert not any(
                str(step.operator) in ("rg", "g", "RG", "G", "sc", "scn") for step in steps
            )
