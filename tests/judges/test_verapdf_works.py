"""The judge itself is judged: it passes what is right and names the clause of what is wrong."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from tests.judges import verapdf
from tests.judges.tools import JudgeMissing

pytestmark = pytest.mark.slow  # a virtual machine is started

UA = "http://www.aiim.org/pdfua/ns/id/"
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 pdfaid:part="2" pdfaid:conformance="B"/></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_title_bar(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def without_identification(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    assert UA.encode() in metadata
    pdf.Root.Metadata.write(metadata.replace(UA.encode(), b"http://example.org/"))


def with_loose_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 10 10 re f")


def with_nameless_links(pdf: pikepdf.Pdf) -> None:
    links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    assert links
    for link in links:
        del link.Contents


def with_a_figure_that_nothing_describes(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K[0].S = Name.Figure


BREAKS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "no language é": (without_language, "7.2-34"),
    "no tags": (without_tags, "7.1-11"),
    "no title bar": (without_title_bar, "7.1-10"),
    "no identification": (without_identification, "5-1"),
    "loose content": (with_loose_content, "7.1-3"),
    "nameless links": (with_nameless_links, "7.18.5-2"),
    "a figure that nothing describes": (with_a_figure_that_nothing_describes, "7.3-1"),
}


def archived(path: Path, *, is_archival: bool) -> Path:
    """Write an empty page, as PDF/A-2b or not quite."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    if not is_archival:
        pdf.pages[0].contents_add(b"1 0 0 rg 0 0 10 10 re f")
    pdf.save(path)
    return path


@pytest.fixture(scope="module")
def judged(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, verapdf.Verdict]:
    """Return verdicts by name: a good file, the same broken in each way, and others."""
    folder = tmp_path_factory.mktemp("broken")
    good = built / "screen" / "contact-card.pdf"
    asked = {"good": (verapdf.PDF_UA_1, good)}
    for name, (broken, _) in BREAKS.items():
        asked[name] = (verapdf.PDF_UA_1, folder / f"{name}.pdf")
        with pikepdf.open(good) as pdf:
            broken(pdf)
            pdf.save(asked[name][1])
    (folder / "no.pdf").write_text("no PDF")
    asked["no PDF"] = (verapdf.PDF_UA_1, folder / "no.pdf")
    asked["no file"] = (verapdf.PDF_A_2B, folder / "nowhere.pdf")
    asked["archive"] = (verapdf.PDF_A_2B, archived(folder / "archive.pdf", is_archival=True))
    asked["red"] = (verapdf.PDF_A_2B, archived(folder / "red.pdf", is_archival=False))
    return dict(zip(asked, verapdf.judge(asked.values()), strict=True))


def test_verapdf_passes_a_good_file_of_either_standard(judged: dict[str, verapdf.Verdict]) -> None:
    for name in ("good", "archive"):
        assert judged[name].is_compliant, judged[name]
        assert judged[name].failures == ()


@pytest.mark.parametrize("name", BREAKS)
def test_verapdf_names_the_clause_that_a_broken_file_breaks(
    name: str, judged: dict[str, verapdf.Verdict]
) -> None:
    assert not judged[name].is_compliant
    assert BREAKS[name][1] in judged[name].clauses, judged[name]


def test_verapdf_says_what_is_wrong_how_often_and_where(judged: dict[str, verapdf.Verdict]) -> None:
    (failure,) = judged["red"].failures
    assert (failure.clause, failure.test, failure.times) == ("6.2.4.3", 2, 2)  # set, and used
    assert "DeviceRGB" in failure.message
    assert "pages[0]" in failure.place
    assert "6.2.4.3-2, 2 times: DeviceRGB" in str(judged["red"])


@pytest.mark.parametrize("name", ["no PDF", "no file"])
def test_what_verapdf_cannot_read_has_not_passed(
    name: str, judged: dict[str, verapdf.Verdict]
) -> None:
    assert not judged[name].is_compliant
    assert judged[name].clauses == {"unreadable-0"}


@pytest.mark.parametrize(("name", "profile"), [("good", "PDFUA-1"), ("archive", "PDFA-2B")])
def test_files_are_held_to_every_rule_of_verapdf(
    name: str, profile: str, judged: dict[str, verapdf.Verdict]
) -> None:
    with zipfile.ZipFile(verapdf.jar()) as jar:
        rules = jar.read(f"org/verapdf/pdfa/validation/{profile}.xml").count(b"<rule ")
    assert judged[name].rules == rules > 100


def test_missing_java_is_an_error_that_says_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JudgeMissing, match="apt-get install default-jre-headless"):
        verapdf.judge([(verapdf.PDF_UA_1, tmp_path / "any.pdf")])


def test_java_that_does_not_run_is_an_error_that_says_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho Unable to locate a Java Runtime >&2\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JudgeMissing, match=r"(?s)apt-get install .* locate a Java Runtime"):
        verapdf.judge([(verapdf.PDF_UA_1, tmp_path / "any.pdf")])


ANSWERS = """#!/bin/sh
echo $$ >> "$(dirname "$0")/starts"
while read -r asked; do echo '{"asked": "'"$asked"'"}'; done
"""


def test_processes_share_a_machine_and_start_another_when_it_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    java, starts = tmp_path / "java", tmp_path / "starts"
    java.write_text(ANSWERS)
    java.chmod(0o755)
    one, other = (verapdf.Machine(str(java), tmp_path / "any.jar") for _ in range(2))
    try:
        for machine in (one, other, one):
            assert machine.say("2b", tmp_path / "é.pdf") == {"asked": f"2b {tmp_path / 'é.pdf'}"}
        (number,) = starts.read_text().split()
        os.kill(int(number), signal.SIGKILL)
        for machine in (other, one):
            assert machine.say("ua1", tmp_path / "b.pdf") == {"asked": f"ua1 {tmp_path / 'b.pdf'}"}
        assert len(starts.read_text().split()) == 2
    finally:
        one.end()
        other.end()
    with pytest.raises(ProcessLookupError):
        os.kill(int(starts.read_text().split()[1]), 0)


def test_missing_verapdf_is_an_error_that_says_what_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verapdf, "PACKAGE", "a-package-that-nobody-made")
    with pytest.raises(JudgeMissing, match=r"make setup-dev .*--require-hashes"):
        verapdf.jar()
