"""`hrcpub preflight`: any PDF, judged from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from tests.shared.press_files import changed, drawn, press, saved
from tests.shared.project import MATERIALS, Hrcpub, pages_of

RED = drawn(b"1 0 0 rg 72 176 36 72 re f 0 1 1 0 K .1 w 20 20 m 90 20 l S")


@pytest.fixture
def red(project: Path) -> Path:
    """Return a file with one error, in RGB, and one warning, a hairline."""
    path = project / "red.pdf"
    path.write_bytes(RED)
    return path


def test_a_right_file_passes(hrcpub: Hrcpub, project: Path) -> None:
    (project / "right.pdf").write_bytes(changed())
    done = hrcpub("preflight", "right.pdf")
    assert (done.returncode, done.stdout, done.stderr) == (0, "right.pdf: nothing found\n", "")


def test_findings_name_file_page_place_object_and_figure(hrcpub: Hrcpub, red: Path) -> None:
    done = hrcpub("preflight", red.name)
    assert done.returncode == 1
    assert "red.pdf: do not print (1 error, 1 warning)" in done.stdout
    assert "red.pdf page 1 at 25.4, 25.4 mm: error: an area is in RGB [colour-rgb]" in done.stderr
    assert "a line is 0.1 pt" in done.stderr


def test_json_has_every_finding_with_its_place(hrcpub: Hrcpub, red: Path) -> None:
    answer = json.loads(hrcpub("preflight", "--json", red.name).stdout)
    assert answer["variant"] == "sheetfed"
    (file,) = answer["files"]
    assert file["failed"] is True
    first, *_ = [p for p in file["problems"] if p["code"] == "colour-rgb"]
    assert first["source"]["box"] == [25.4, 25.4, 38.1, 50.8]
    assert first["source"]["page"] == 1
    assert first["rules"] == ["GWG 2022 R0027", "GWG 2022 R0028"]


def test_what_is_ignored_is_recorded(hrcpub: Hrcpub, red: Path) -> None:
    done = hrcpub("preflight", "--json", "--ignore", "colour-rgb", red.name)
    assert done.returncode == 0
    (file,) = json.loads(done.stdout)["files"]
    assert [problem["code"] for problem in file["ignored"]] == ["colour-rgb"]
    assert "1 ignored" in hrcpub("preflight", "--ignore", "colour-rgb", red.name).stdout


def test_a_variant_and_a_printer_have_their_own_figures(hrcpub: Hrcpub, project: Path) -> None:
    red = drawn(b"1 0 0 rg 72 176 36 72 re f")
    (project / "red.pdf").write_bytes(red)
    assert hrcpub("preflight", "red.pdf").returncode == 1
    assert hrcpub("preflight", "--variant", "digital", "red.pdf").returncode == 0
    (project / "small.pdf").write_bytes(changed(lambda pdf: None))
    assert hrcpub("preflight", "--printer", "europe", "small.pdf").returncode == 0
    wrong = hrcpub("preflight", "--printer", "nobody", "small.pdf")
    assert wrong.returncode == 1
    assert "printer-unknown" in wrong.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("preflight",),
        ("preflight", "--variant", "letterpress", "a.pdf"),
        ("preflight", "--ignore", "nothing-such", "a.pdf"),
        ("preflight", "--size", "8.5 x 11", "a.pdf"),
        ("preflight", "--fold", "middle", "a.pdf"),
    ],
)
def test_wrong_usage_has_its_own_exit_code(hrcpub: Hrcpub, arguments: tuple[str, ...]) -> None:
    done = hrcpub(*arguments)
    assert done.returncode == 2
    assert "Error" in done.stderr


def test_size_folds_and_binding_are_held_to(hrcpub: Hrcpub, project: Path) -> None:
    (project / "a.pdf").write_bytes(saved(press(b"BT /F1 12 Tf 119 40 Td (A) Tj ET", 3)))
    asked = ("--size", "100 mm x 100 mm", "--fold", "120 pt", "--binding", "saddle")
    done = hrcpub("preflight", *asked, "a.pdf")
    assert done.returncode == 1
    for code in ("pdf-boxes", "text-folded", "pdf-pages"):
        assert f"[{code}]" in done.stderr


def test_what_is_no_pdf_gets_a_problem_and_no_traceback(hrcpub: Hrcpub, project: Path) -> None:
    (project / "words.pdf").write_text("words")
    (project / "empty.pdf").write_bytes(b"")
    (project / "folder.pdf").mkdir()
    os.mkfifo(project / "fifo.pdf")
    names = ("words.pdf", "empty.pdf", "folder.pdf", "fifo.pdf", "none.pdf")
    done = hrcpub("preflight", *names)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in names:
        assert f"{name}: error:" in done.stderr


def test_a_proof_boxes_each_finding(hrcpub: Hrcpub, red: Path, project: Path) -> None:
    done = hrcpub("preflight", "--proof", "proof.png", red.name)
    assert "proof: proof.png" in done.stdout
    with Image.open(project / "proof.png") as picture:
        red_pixels = sum(n for n, c in picture.getcolors(1 << 24) if c == (214, 0, 60))
        assert red_pixels > 200
    hrcpub("preflight", "--proof", "proof.pdf", red.name)
    document = pypdfium2.PdfDocument(project / "proof.pdf")
    assert len(document) == 1
    document.close()


def test_several_files_have_their_proofs_in_a_folder(hrcpub: Hrcpub, red: Path) -> None:
    (red.parent / "other.pdf").write_bytes(changed())
    hrcpub("preflight", "--proof", "proofs", red.name, "other.pdf")
    made = {path.name for path in (red.parent / "proofs").iterdir()}
    assert made == {"red.proof.pdf", "other.proof.pdf"}


def test_it_works_outside_a_project(program: Hrcpub, tmp_path: Path) -> None:
    (tmp_path / "right.pdf").write_bytes(changed())
    done = program("preflight", "right.pdf", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "right.pdf: nothing found\n")


def test_the_press_edition_passes_every_check(hrcpub: Hrcpub, built: Path) -> None:
    files = [str(path) for path in sorted(built.glob("press/*.pdf"))]
    assert len(files) == len(MATERIALS)
    answer = json.loads(hrcpub("preflight", "--json", *files).stdout)
    assert [file["problems"] for file in answer["files"]] == [[]] * len(files)
    for file in files:
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) == pages_of(Path(file).stem, "press")
