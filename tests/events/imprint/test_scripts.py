"""Details of sites in other scripts than ours: shaped, read back, and from the right."""

from __future__ import annotations

import itertools
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import CopyJob, ShellJob
from hrcpub.events.fulfil.plan import said_of
from hrcpub.events.imprint import Style, arrange, draw, separator_lines
from hrcpub.events.imprint.blocks import is_from_the_right
from hrcpub.events.manifest.event import Site
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting import Face
from hrcpub.project.words import Words
from hrcpub.units import Size
from tests.judges import tools
from tests.shared.local_sites import local, words
from tests.shared.project import ROOT

# A site's name and the first line of its address.
SITES = {
    "ar": ("مركز صحة المجتمع", "شارع السلام"),
    "he": ("מרכז הבריאות", "רחוב הדוגמה"),
    "hi": ("सामुदायिक स्वास्थ्य केंद्र", "उदाहरण मार्ग"),
    "km": ("មជ្ឈមណ្ឌលសុខភាពសហគមន៍", "ផ្លូវលេខ 12"),
    "my": ("ကျန်းမာရေးစင်တာ", "လမ်း ၁၂"),
    "am": ("የማህበረሰብ ጤና ማዕከል", "ምሳሌ ጎዳና"),
    "ru": ("Центр «Надежда» № 5", "ул. Примерная, 12"),
    "g̃": ("Mba'e g̃uarã Óga", "Tape 12"),  # two characters, one glyph or three
}
MAKER = CopyMaker(Sources(ROOT), lambda digest: b"")
AREA, STYLE = Size(260, 60), Style(10.0, 6.0)


def site(code: str) -> Site:
    name, street = SITES[code]
    return local(name, (street, "Oakland, CA 94601"), None)


def faces(language: str, texts: tuple[Words, ...]) -> dict[str, Face]:
    return {name: stack.face for name, stack in MAKER.letters.stacks(language, texts).items()}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a postcard for a site of each script, as a shop gets it."""
    templates: dict[str, bytes] = {}
    maker = CopyMaker(Sources(ROOT), templates.__getitem__)
    job = ShellJob("what-postcard", "press")
    shell = maker.shell(job)
    templates[shell.template_digest] = shell.template
    folder = tmp_path_factory.mktemp("scripts")
    files = {}
    for code in SITES:
        copy = maker.copy(CopyJob("x", job, shell.template_digest, site(code)))
        copy.verify(copy.pdf)
        files[code] = folder / f"{code}.pdf"
        files[code].write_bytes(copy.pdf)
        own = len(copy.pdf) - len(maker.template(shell.template_digest).base)
        assert own < (45_000 if code != "g̃" else 90_000), "more than a copy should add"
    return files


@pytest.mark.parametrize("code", SITES)
def test_readers_find_a_sites_name_again(code: str, copies: dict[str, Path]) -> None:
    with pypdfium2.PdfDocument(copies[code]) as pdf:
        by_pdfium = "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    # Not -raw, which turns words from right to left to pieces.
    read = tools.say("pdftotext", "-enc", "UTF-8", copies[code], "-")
    by_poppler = "".join(read.split())
    for text in SITES[code]:
        # Poppler puts marks of direction between words that are read from the right.
        for part in text.split() if code in ("ar", "he") else [text]:
            said = "".join(part.split())
            assert said in by_pdfium
            assert said in by_poppler


def test_a_font_has_the_glyphs_of_its_site_alone(copies: dict[str, Path]) -> None:
    with pikepdf.open(copies["km"]) as pdf:
        form = next(
            page.Resources.XObject["/Imprint"]
            for page in pdf.pages
            if "/Imprint" in page.Resources.get("/XObject", {})
        )
        files = [
            font.DescendantFonts[0].FontDescriptor.FontFile2
            for font in form.Resources.Font.as_dict().values()
        ]
        sizes = [len(file.read_raw_bytes()) for file in files]
        assert len(sizes) == 4, "our text and bold, and those of Khmer"
        assert sum(sizes) < 35_000


def test_drawn_from_the_cache_or_anew_an_imprint_is_the_same() -> None:
    texts = said_of(site("km"))
    stacks = MAKER.letters.stacks("en", texts)
    imprint = arrange(site("km"), AREA, faces("en", texts), STYLE)
    form, again = (draw(imprint, MAKER.letters.fonts, "0 g", stacks) for _ in range(2))
    assert form.operators == again.operators
    for (_, key, make), (_, other, make_again) in zip(form.fonts, again.fonts, strict=True):
        assert key == other
        assert make(1) == make_again(1)


def test_what_is_read_from_the_right_begins_there() -> None:
    texts = said_of(site("ar"))
    left = arrange(site("ar"), AREA, faces("en", texts), STYLE)
    right_faces = faces("ar", texts)
    right = arrange(site("ar"), AREA, right_faces, STYLE)
    assert {line.text for line in left.lines} == {line.text for line in right.lines}
    assert min(line.x for line in left.lines) == 0
    ends = [
        line.x + right_faces[line.face].display_width(line.text) * line.size for line in right.lines
    ]
    assert max(ends) == pytest.approx(AREA.width)
    assert left.code
    assert right.code
    assert right.code.x < left.code.x
    assert {line.text: line.is_right_to_left for line in right.lines} == {
        SITES["ar"][0]: True,
        SITES["ar"][1]: True,
        "Oakland, CA 94601": False,
        "(510) 555-0103": False,
        "example.org/esperanza": False,
    }


def test_lines_in_stacked_letters_stay_clear_of_each_other() -> None:
    shown = local("ផ្លូវមជ្ឈមណ្ឌល", ("ផ្លូវលេខ", "ម៉ោងស្ត្រី", "Oakland"), None, None, None)
    known = faces("en", said_of(shown))
    imprint = arrange(shown, Size(200, 90), known, STYLE)
    inks = [(line.y, known[line.face].display_ink(line.text), line.size) for line in imprint.lines]
    for (y, ink, size), (below, other, its) in itertools.pairwise(inks):
        assert y - ink.bottom * size < below - other.top * its


def test_a_long_name_without_spaces_is_broken_between_words() -> None:
    shown = local("មជ្ឈមណ្ឌលសុខភាពសហគមន៍សម្រាប់គ្រួសារ", (), None, None, None)
    imprint = arrange(shown, Size(90, 120), faces("km", said_of(shown)), Style(12.0, 11.0))
    assert len(imprint.lines) > 1
    assert "".join(line.text for line in imprint.lines) == shown.name.text


@pytest.mark.parametrize(
    ("text", "language", "is_right"),
    [("شارع 12", "en", True), ("12 Main", "ar", False), ("12", "ar", True), ("12", "en", False)],
)
def test_a_line_is_read_in_the_direction_of_its_first_letter(
    text: str, language: str, is_right: bool
) -> None:
    assert is_from_the_right(text, language) is is_right


def test_a_separator_has_a_name_in_any_script() -> None:
    lines = (SITES["ar"][0], "200", "Principles sheet, Arabic", "principles")
    set_lines = separator_lines(lines, Size(612, 792), faces("en", (words(lines[0]),)))
    assert [line.is_right_to_left for line in set_lines] == [True, False, False, False]
    assert set_lines[0].y < set_lines[1].y
