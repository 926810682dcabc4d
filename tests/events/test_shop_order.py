"""An order for a print shop: one zip, judged by other programs."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from hrcpub.events.shop_order import ShopOrder, pack
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from tests.judges import tools
from tests.shared.project import Hrcpub, copy_project

CARDS = ("contact-card", "principles-card")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("order") / "project")


def refused(root: Path, *pieces: str, printer: str | None = "digital") -> list[str]:
    with pytest.raises(HrcpubError) as error:
        pack(Project(Sources(root)), ShopOrder(pieces, 100, printer))
    return [problem.code for problem in error.value.problems]


def test_a_zip_has_files_tickets_a_verdict_and_a_letter(
    root: Path, hrcpub: Hrcpub, tmp_path: Path
) -> None:
    path = tmp_path / "order.zip"
    done = hrcpub(
        "send", *CARDS, "--quantity", "500", "--printer", "sheetfed", "--stock", "14 pt cover",
        "--due", "2027-02-03", "--contact", "Ana Reyes", "-o", str(path), folder=root,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {Path(name).name: archive.read(name) for name in archive.namelist()}
        assert {name.split("/")[0] for name in archive.namelist()} == {"order"}
    assert set(files) == {
        *(f"{name}{end}" for name in CARDS for end in (".pdf", ".xjdf")),
        "README.txt", "SHA256SUMS", "job-ticket.pdf", "preflight.json", "preflight.txt",
    }  # fmt: skip
    for name in ("contact-card.pdf", "job-ticket.pdf"):
        (tmp_path / name).write_bytes(files[name])
        subprocess.run([tools.find("qpdf"), "--check", str(tmp_path / name)], check=True)
    text = subprocess.run(
        [tools.find("pdftotext"), "-layout", str(tmp_path / "job-ticket.pdf"), "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for said in ("Ana Reyes", "14 pt cover", ["February", "3,", "2027"][0], "1,000", "sheetfed"):
        assert said in text
    letter = files["README.txt"].decode()
    assert "500 × contact-card.pdf" in letter
    assert "Needed by: Wednesday, February 3, 2027" in letter
    assert max(map(len, letter.splitlines())) <= 80
    verdict = json.loads(files["preflight.json"])
    assert [one["failed"] for one in verdict["files"]] == [False, False]
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest


def test_what_may_not_go_to_a_shop_is_refused_with_reasons(root: Path) -> None:
    assert refused(root, "overdose") == ["review-missing"]
    assert refused(root, "contact-card", printer=None) == ["shop-unsaid"]
    assert refused(root, "contact-card", printer="nobody") == ["printer-unknown"]
    assert refused(root, "none") == ["material-unknown"]


def test_where_preflight_finds_an_error_nothing_is_packed(root: Path) -> None:
    path = root / "materials/printers.yaml"
    path.write_text("printers:\n  small:\n    kind: digital\n    sheets: [1 in x 1 in]\n")
    assert refused(root, "contact-card", printer=None) == ["box-sheet"] * 2
    assert not list((root / "output").glob("shop/*"))
