"""Templates travel as bytes, joined files are whole, and damage to them is seen."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from hrcpub.events.shells import (
    GatheredCopy,
    ImprintArea,
    ImprintForm,
    ImprintSpot,
    ShellTemplate,
    prepare,
    unpack,
    verify_copy,
    verify_run,
)
from hrcpub.problems import HrcpubError
from hrcpub.units import Size
from tests.judges import tools
from tests.shared.joined import gather, join
from tests.shared.project import ROOT

AREA = ImprintArea(Size(120, 40), 9.0, 7.0, 0.0, is_inked=False)
RED = ImprintForm(b"1 0 0 rg 0 0 120 40 re f")
BLUE = ImprintForm(b"0 0 1 rg 0 0 60 40 re f")


# As prepress writes it.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Ärger</rdf:li></rdf:Alt></dc:title>
<xmpMM:DocumentID>uuid:886313e1-3b8a-5372-9b90-0c9aee199e5d</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2</xmpMM:InstanceID>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def piece(pages: int = 2) -> bytes:
    """Return a piece: a grey line on each page, a font, and XMP."""
    pdf = pikepdf.new()
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(200, 100))
        page.TrimBox = pikepdf.Array([10, 10, 190, 90])
        # Its state is left as a careless program leaves it: scaled, and not restored.
        page.Contents = pdf.make_stream(f"q 0.5 g {number} 0 5 100 re f 3 0 0 3 7 7 cm".encode())
    pdf.Root.Metadata = pdf.make_stream(XMP, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.docinfo["/Title"] = "Ärger"
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def template(pages: int = 2, at: tuple[int, ...] = (2,)) -> ShellTemplate:
    """Return its template: the imprint's corner 20 and 30 pt into the trim."""
    spots = [ImprintSpot(page, (1, 0, 0, 1, 20, 30)) for page in at]
    return prepare(piece(pages), spots, AREA)


def test_a_template_is_the_same_after_a_journey() -> None:
    prepared = template()
    assert unpack(prepared.packed()) == prepared


HEAD = b'["", [[120, 40], 9.0, 0.0, false]]\n'


@pytest.mark.parametrize(
    "data", [b"", b"\xff" * 40, b"{}\n", b"[" * 9999, HEAD, HEAD + b"%PDF-1.7", HEAD + piece()]
)
def test_what_is_not_a_template_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        unpack(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", piece()], ids=["damaged", "no place"])
def test_a_piece_that_no_imprint_can_join_is_told(data: bytes) -> None:
    with pytest.raises(HrcpubError) as told:
        prepare(data, [], AREA)
    assert told.value.problems[0].code == "stock-unreadable"


def test_the_imprint_lies_where_it_was_planned(tmp_path: Path) -> None:
    """From the trim's corner, whatever state the page's own content leaves behind."""
    file = tmp_path / "joined.pdf"
    file.write_bytes(join(template(), RED))
    assert tools.qpdf_complaints(file) == ""
    first, second = (page.convert("RGB") for page in tools.drawn_by_poppler(file, 72))
    assert first.getpixel((60, 50)) == (255, 255, 255)
    red = [
        (x, y)
        for x in range(second.width)
        for y in range(second.height)
        if second.getpixel((x, y)) == (255, 0, 0)
    ]
    assert (min(red), max(red)) == ((30, 20), (149, 59))  # y from the page's upper edge


def test_imprints_lie_turned_on_a_sheet(tmp_path: Path) -> None:
    spots = [ImprintSpot(1, (0, 1, -1, 0, 60, 0))]  # a quarter to the left
    area = AREA._replace(size=Size(40, 20))
    prepared = prepare(piece(1), spots, area)
    file = tmp_path / "turned.pdf"
    file.write_bytes(join(prepared, ImprintForm(b"1 0 0 rg 0 0 40 20 re f")))
    (page,) = tools.drawn_by_poppler(file, 72)
    red = [
        (x, y)
        for x in range(page.width)
        for y in range(page.height)
        if page.getpixel((x, y)) == (255, 0, 0)
    ]
    assert (min(red), max(red)) == ((50, 50), (69, 89))


def cut(data: bytes) -> bytes:
    return data[: len(data) * 3 // 4]


def without_table(data: bytes) -> bytes:
    return data[: data.rindex(b"startxref")]


def astray(data: bytes) -> bytes:
    place = data.rindex(b"startxref\n") + 10
    return data[:place] + b"7" + data[place + 1 :]


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def without_form(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            if "/XObject" in page.Resources:
                del page.Resources.XObject["/Imprint"]
        return saved(pdf)


def other_page_count(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[0]
        return saved(pdf)


def without_update(data: bytes) -> bytes:
    """Leave the piece alone: a reader that stopped at the first end would see that."""
    return data[: data.index(b"%%EOF\n") + 6]


def spoilt_stream(data: bytes) -> bytes:
    """Spoil the packed operators of the imprint."""
    start = data.index(b"stream\n", data.index(b"/Subtype/Form")) + 7
    return (
        data[: start + 4]
        + bytes(byte ^ 0x55 for byte in data[start + 4 : start + 12])
        + (data[start + 12 :])
    )


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        without_table,
        without_update,
        astray,
        without_form,
        other_page_count,
        spoilt_stream,
        lambda data: b"",
    ],
)
def test_damage_to_a_joined_copy_is_seen(damage: Callable[[bytes], bytes]) -> None:
    sound = join(template(), RED)
    verify_copy(sound, 2, RED.operators)
    spoilt = damage(sound)
    assert spoilt != sound
    with pytest.raises(HrcpubError) as told:
        verify_copy(spoilt, 2, RED.operators)
    assert {problem.code for problem in told.value.problems} == {"joint-broken"}


def test_another_sites_imprint_is_seen() -> None:
    with pytest.raises(HrcpubError):
        verify_copy(join(template(), BLUE), 2, RED.operators)


def test_a_run_repeats_a_copys_pages_and_not_what_they_draw(tmp_path: Path) -> None:
    once, often = (tmp_path / name for name in ("once.pdf", "often.pdf"))
    for path, times in ((once, 1), (often, 30)):
        with path.open("wb") as file:
            pages = gather(template(), [GatheredCopy(RED, None, times), GatheredCopy(BLUE)], file)
        assert pages == 2 * (times + 1)
        verify_run(path, pages, [RED.operators, BLUE.operators])
    assert tools.qpdf_complaints(often) == ""
    texts = tools.text(often).split("\f")[:-1]
    assert texts == 30 * tools.text(once).split("\f")[:2] + tools.text(once).split("\f")[2:4]
    assert often.stat().st_size < once.stat().st_size + 29 * 2 * 600


@pytest.mark.parametrize(
    "damage", [cut, without_update, without_form, other_page_count, spoilt_stream]
)
def test_damage_to_a_run_is_seen(damage: Callable[[bytes], bytes]) -> None:
    file = io.BytesIO()
    pages = gather(template(), [GatheredCopy(RED), GatheredCopy(BLUE)], file)
    sound = file.getvalue()
    both = [RED.operators, BLUE.operators]
    verify_run(sound, pages, both)
    for spoilt, copies in ((damage(sound), both), (sound, both[:1]), (sound, both[::-1])):
        with pytest.raises(HrcpubError):
            verify_run(spoilt, pages, copies)


def gathered(prepared: ShellTemplate, *imprints: ImprintForm) -> bytes:
    file = io.BytesIO()
    gather(prepared, map(GatheredCopy, imprints), file)
    return file.getvalue()


def test_each_file_says_that_it_is_a_document_of_its_own() -> None:
    """Its XMP has identifiers of its own, and its /ID a second half; the first stays (§14.4)."""
    prepared = template()
    files = [
        prepared.base,
        join(prepared, RED),
        join(prepared, BLUE),
        gathered(prepared, RED, BLUE),
        gathered(prepared, BLUE, RED),
    ]
    named, halves = set(), set()
    for data in files:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            first, second = (bytes(half) for half in pdf.trailer.ID)
            halves |= {(0, first), (1, second)}
            assert str(pdf.docinfo["/Title"]) == "Ärger"
            with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
                assert xmp["dc:title"] == "Ärger"
                named |= {xmp["xmpMM:DocumentID"], xmp["xmpMM:InstanceID"]}
    assert len(halves) == 1 + len(files)
    assert len(named) == 2 * len(files)


def test_a_piece_without_metadata_can_be_joined(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    file = io.BytesIO()
    pdf.save(file)
    spots = [ImprintSpot(1, (1, 0, 0, 1, 20, 30))]
    (tmp_path / "bare.pdf").write_bytes(join(prepare(file.getvalue(), spots, AREA), RED))
    assert tools.qpdf_complaints(tmp_path / "bare.pdf") == ""
    verify_copy((tmp_path / "bare.pdf").read_bytes(), 1, RED.operators)


def test_pages_of_one_branch_and_of_another_are_all_in_a_run(tmp_path: Path) -> None:
    """With what they have from their branch: a run's pages all hang at the tree's root."""
    pdf = pikepdf.open(io.BytesIO(piece(3)))
    first, *rest = (page.obj for page in pdf.pages)
    size = first.MediaBox
    branch = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Pages, Parent=pdf.Root.Pages, Kids=rest, Count=2, MediaBox=size
        )
    )
    for page in rest:
        page.Parent = branch
        del page["/MediaBox"]
    pdf.Root.Pages.Kids = pikepdf.Array([first, branch])
    file = io.BytesIO()
    pdf.save(file)
    prepared = prepare(file.getvalue(), [ImprintSpot(3, (1, 0, 0, 1, 20, 30))], AREA)
    for name, data in (("one", join(prepared, RED)), ("two", gathered(prepared, RED, BLUE))):
        (tmp_path / f"{name}.pdf").write_bytes(data)
        assert tools.qpdf_complaints(tmp_path / f"{name}.pdf") == ""
    one, two = (tools.drawn_by_poppler(tmp_path / f"{name}.pdf") for name in ("one", "two"))
    assert [page.size for page in two] == [(200, 100)] * 6
    assert [page.tobytes() for page in two[:3]] == [page.tobytes() for page in one]


def test_a_run_is_its_copies_one_after_the_other(tmp_path: Path) -> None:
    prepared = template()
    with (tmp_path / "run.pdf").open("wb") as file:
        assert gather(prepared, map(GatheredCopy, (RED, BLUE, RED)), file) == 6
    assert tools.qpdf_complaints(tmp_path / "run.pdf") == ""
    singles = []
    for name, mark in (("red", RED), ("blue", BLUE), ("red", RED)):
        (tmp_path / f"{name}.pdf").write_bytes(join(prepared, mark))
        singles += tools.drawn_by_poppler(tmp_path / f"{name}.pdf")
    pages = tools.drawn_by_poppler(tmp_path / "run.pdf")
    assert [page.tobytes() for page in pages] == [page.tobytes() for page in singles]


SEEDED = """
import hashlib, io, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:]
from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import CopyJob, RunJob, ShellJob
from hrcpub.files.sources import Sources
from tests.shared.local_sites import local
from tests.shared.project import ROOT

templates = {}
maker = CopyMaker(Sources(ROOT), templates.__getitem__)
job = ShellJob("what-postcard", "press")
shell = maker.shell(job)
templates[shell.template_digest] = shell.template
run = io.BytesIO()
sites = (local(logo=True), local("Nhà Văn Hóa"))
maker.run(RunJob("x", job, shell.template_digest, sites, (("a", "b"), ("c",))), run)
pdf, *_ = maker.copy(CopyJob("x", job, shell.template_digest, sites[0]))
for data in (shell.pdf, shell.template, run.getvalue(), pdf):
    print(hashlib.sha256(data).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.usefixtures("cold")  # neither takes what the other has kept
def test_the_same_goes_in_and_the_same_comes_out_whatever_the_seed() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SEEDED],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone in (("1", "UTC"), ("77", "Asia/Tokyo"))
    ]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert len(said[0].split()) == 4
    assert said[0] == said[1]
