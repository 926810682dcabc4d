"""Every layout signs with any logo: in its place, said in words, and on the black plate alone."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from tests.judges import tools, verapdf
from tests.shared.logos import WHITE, write_logos
from tests.shared.once import made_once
from tests.shared.pages import highest, level
from tests.shared.pairs import spread
from tests.shared.project import ROOT, copy_project
from tests.whole.test_decorative_pictures import figures
from tests.whole.test_layouts import LAYOUTS, assert_right, build, pdf, sample

NAME = "Night Van"
WAYS = ("screen", "large-print")
# layout: its logo on Letter, and that on A4
LOGOS = dict(spread(LAYOUTS, (("wide", "tall"), ("many", "alpha")), 1))
ON_BLACK = ("poster", "schedule", "schedule-sheet")  # layouts that sign there


def sign(worker: BuildWorker, logo: str, name: str = NAME, *, is_on_black: bool = False) -> None:
    """Let a project be signed with a logo; a coloured one on black has another form."""
    materials = Path(worker.options.root) / "materials"
    files = write_logos(materials / "images")
    entry = f"materials/images/{files[logo]}" if logo in files else logo
    if is_on_black and logo in ("many", "alpha"):
        entry = f"{{file: {entry}, reversed: materials/images/{files['wide']}}}"
    (materials / "organisation.yaml").write_text(
        f"paper-size: letter\nname: {name}\nlogo: {entry}\n", encoding="utf-8"
    )


# logo: the editions of a card that is signed with it
SIGNED = {
    "wide": ("press",),
    "square": ("press", *WAYS),
    "tall": ("press",),
    "many": ("press", *WAYS),
    "alpha": ("press",),
    "blue": ("press", *WAYS),
}


def _make(root: Path) -> None:
    worker = BuildWorker(BatchOptions(str(copy_project(root)), str(root / "output")))
    for logo, editions in SIGNED.items():
        sign(worker, logo)
        office = ("office",) if logo == "many" else ()
        for paper, tried in (("", editions), ("stock", ("press", *office))):
            report = build(worker, "card", sample("card"), tried, paper or None)
            assert_right(report, "sample-words", made=tried)
            for edition in tried:
                pdf(worker, edition).rename(root / f"{logo}-{paper}{edition}.pdf")


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of cards that are signed with each logo; only to be read."""
    return made_once(tmp_path_factory, "cards-with-logos", _make)


@pytest.mark.slow
def test_a_logo_in_a_tagged_file_is_a_figure_that_says_the_name(cards: Path) -> None:
    files = [cards / f"{logo}-{way}.pdf" for logo in ("square", "many", "blue") for way in WAYS]
    verdicts = verapdf.judge((verapdf.PDF_UA_1, file) for file in files)
    assert len(verdicts) == 6
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []
    assert all(figures(file).count(NAME) >= 1 for file in files)


def trimmed(plate: Image.Image, trim: tuple[float, float]) -> Image.Image:
    """Return a plate's picture at 72 dpi without what lies about the trim, where the marks are."""
    left, top = ((side - cut) / 2 for side, cut in zip(plate.size, trim, strict=True))
    return plate.crop((round(left), round(top), round(left + trim[0]), round(top + trim[1])))


def backs(folder: Path, *files: Path) -> list[dict[str, Image.Image]]:
    """Return the plates of each card's back, drawn at once: Ghostscript's start takes longest."""
    joined = folder / "backs.pdf"
    with pikepdf.new() as both:
        for file in files:
            with pikepdf.open(file) as card:
                both.pages.append(card.pages[1])
        both.save(joined)
    trim = (144.0, 252.0)
    return [
        {name: trimmed(plate, trim) for name, plate in page.items()}
        for page in tools.plates(joined)
    ]


@pytest.mark.slow(but=["wide"])
@pytest.mark.parametrize("logo", SIGNED)
def test_any_logo_is_on_the_black_plate_alone(cards: Path, tmp_path: Path, logo: str) -> None:
    files = (cards / f"{logo}-stockpress.pdf", cards / f"{logo}-press.pdf")
    stock, flood = backs(tmp_path, *files)
    signed = (13, 200, 131, 240)
    for name in ("Cyan", "Magenta", "Yellow"):
        assert highest(stock[name]) == 0, name
        ground = level(flood[name], 4, 4)
        assert highest(flood[name].crop(signed)) <= ground + 2, name
    darkest = highest(stock["Black"].crop(signed))
    assert darkest > 250


@pytest.mark.slow
def test_a_press_file_with_a_logo_is_archival(cards: Path) -> None:
    files = [cards / f"{logo}-press.pdf" for logo in ("wide", "many", "alpha")]
    verdicts = verapdf.judge((verapdf.PDF_A_2B, file) for file in files)
    assert len(verdicts) == 3
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []


def test_the_office_prints_a_logo_in_black_alone(cards: Path) -> None:
    [page, *_] = tools.drawn_by_poppler(cards / "many-stockoffice.pdf")
    red, green, blue = page.split()
    assert highest(ImageChops.difference(red, green)) <= 2
    assert highest(ImageChops.difference(green, blue)) <= 2


def test_a_logo_with_too_few_pixels_is_told_with_those_it_takes(worker: BuildWorker) -> None:
    sign(worker, "materials/images/small.png")
    Image.new("RGB", (200, 50), "black").save(
        Path(worker.options.root) / "materials/images/small.png"
    )
    report = build(worker, "sheet", sample("sheet"), ("screen",))
    [problem] = [problem for problem in report.all_problems if problem.is_error]
    assert problem.code == "logo-coarse"
    assert "200 px wide; where it signs it takes 353" in problem.message
    assert problem.source
    assert (problem.source.path, problem.source.line) == ("materials/organisation.yaml", 3)


def composed(project: Path, logo: str, is_reversed: bool) -> dict[str, bytes]:
    """Return the pictures of a card that is signed, on paper or on black ground."""
    template = project / "layouts/card/layout.html"
    text = (ROOT / "layouts/card/layout.html").read_text(encoding="utf-8")
    called = (
        "set.wordmark(grid.measure, reversed=true)" if is_reversed else "set.wordmark(grid.measure)"
    )
    assert "set.wordmark(grid.measure)" in text
    template.write_text(text.replace("set.wordmark(grid.measure)", called), encoding="utf-8")
    (project / "materials/organisation.yaml").write_text(
        f"name: {NAME}\nlogo: {logo}\n", encoding="utf-8"
    )
    write_logos(project / "materials/images")
    (project / "materials/images/white.svg").write_text(WHITE, encoding="utf-8")
    opened = Project(Sources(project))
    return dict(compose(read_material(opened, "contact-card"), opened).pictures)


def test_a_template_that_knows_no_logos_is_told(worker: BuildWorker) -> None:
    sign(worker, "wide")
    path = Path(worker.options.root) / "layouts/system/components.html"
    text = path.read_text(encoding="utf-8")
    assert "{% if wordmark.logo %}" in text
    path.write_text(text.replace("{% if wordmark.logo %}", "{% if false %}"), encoding="utf-8")
    report = build(worker, "card", sample("card"), ("screen",))
    [problem] = [problem for problem in report.all_problems if problem.is_error]
    assert problem.code == "text-unprinted"
    assert problem.source
    assert problem.source.path == "materials/organisation.yaml"


def test_a_drawing_in_one_colour_is_ink_on_paper_and_paper_on_black(project: Path) -> None:
    [(_, black)] = composed(project, "materials/images/wide.svg", False).items()
    assert (black.count(b"#141414"), black.count(b"#8fd3ee")) == (3, 1)
    [(_, white)] = composed(project, "materials/images/wide.svg", True).items()
    assert (white.count(b"#141414"), white.count(b"#8fd3ee")) == (1, 3)


@pytest.mark.parametrize("logo", ["many.svg", "alpha.png"])
def test_other_logos_need_a_file_for_black_ground(project: Path, logo: str) -> None:
    with pytest.raises(HrcpubError) as caught:
        composed(project, f"materials/images/{logo}", True)
    assert [problem.code for problem in caught.value.problems] == ["logo-unreversed"]
    both = f"{{file: materials/images/{logo}, reversed: materials/images/white.svg}}"
    [(_, white)] = composed(project, both, True).items()
    assert b'fill="#8fd3ee"' in white
