"""Finished pieces in scripts without spaces, and in a language of long words: their lines, copied.

A build is the proof that no line is wider than its place.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.pipeline.setting import breaks, words_of
from tests.shared.once import made_once
from tests.shared.pages import read_aloud, texts
from tests.shared.project import copy_project
from tests.shared.sentences import SENTENCES, TITLES

UNSPACED = ("th", "lo", "my")
GERMAN = (
    "Schadensminderung hilft. Überdosierungspräventionsberatungsstellen verteilen "
    "Naloxon-Nasensprays an Angehörige, Freundinnen und Nachbarschaftsinitiativen, "
    "unabhängig von Aufenthaltsgenehmigungen."
)


def piece(language: str, text: str, title: str) -> dict[str, object]:
    """Return a material: a brief, and a narrow card in German."""
    words = words_of(text, language)
    layout, items, glue = "brief", "points", ""
    if language == "de":
        layout, items, glue = "palm-card", "principles", " "
    openings = [glue.join(words[at : at + 3]) for at in range(3)]
    if language == "hi":
        openings = [title] * 3
    return {
        "layout": layout,
        "title": title,
        "language": language,
        "code": "T1",
        "revision": 1,
        "revised": "2026-01-01",
        "words": {
            "title": title,
            "lead": [text] if language == "de" else text,
            items: [{"opening": opening, "text": text} for opening in openings],
            "contacts": ["east-coast"],
        },
    }


def _build(root: Path) -> None:
    copy_project(root)
    phrases = root / "layouts/system/phrases.yaml"
    known = yaml.load(phrases.read_bytes(), yaml.CSafeLoader)
    english = re.search(r"^en:\n(?:[ #].*\n|\n)*", phrases.read_text("utf-8"), re.MULTILINE)
    assert english
    pieces = {language: (SENTENCES[language], TITLES[language]) for language in UNSPACED}
    pieces["hi"] = (SENTENCES["hi"], TITLES["hi"])
    pieces["de"] = (GERMAN, "Allgemeine Erklärung der Menschenrechte")
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))
    for language, (text, title) in pieces.items():
        if language not in known and not list(root.glob(f"layouts/system/i18n/{language}.po")):
            with phrases.open("a", encoding="utf-8") as file:
                file.write("\n" + english[0].replace("en:", f"{language}:", 1))
        material = yaml.safe_dump(piece(language, text, title), allow_unicode=True)
        (root / f"materials/lines-{language}.yaml").write_text(material, "utf-8")
        report = worker.do(Job(f"lines-{language}", ("screen",)))
        assert not report.failed, report.problems


@pytest.fixture(scope="session")
def built_pieces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "lines", _build) / "output/screen"


@pytest.mark.slow
def test_an_opening_may_have_ink_beyond_the_widths_of_its_letters(built_pieces: Path) -> None:
    """The last letter of अधिकारों reaches past its own width: its line is as wide as its ink."""
    assert "अधिकारों" in TITLES["hi"]
    assert flat(TITLES["hi"]) in flat(" ".join(texts(built_pieces / "lines-hi.pdf")))


def flat(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


@pytest.mark.parametrize("language", UNSPACED)
def test_what_is_copied_is_what_was_typed_and_lines_end_at_chances(
    built_pieces: Path, language: str
) -> None:
    text = SENTENCES[language]
    pages = texts(built_pieces / f"lines-{language}.pdf")
    assert flat(text) in flat(pages[0])
    assert flat(TITLES[language]) in flat(pages[0])
    assert flat(pages[1]).count(flat(text)) == 3
    ends = {flat(text[: place.at]) for place in breaks(text, language)} | {flat(text)}
    lines = [line.strip() for line in pages[0].splitlines() if flat(line) in flat(text)]
    assert len(lines) > 2
    so_far = ""
    for line in lines:
        so_far += flat(line)
        assert so_far in ends


def test_long_words_are_divided_and_copied_whole(built_pieces: Path) -> None:
    page = texts(built_pieces / "lines-de.pdf")[0]
    # PDFium writes U+0002 for a hyphen that is no letter of the text.
    assert "\2" in page
    assert flat(GERMAN) in flat(page.replace("\2", ""))


def test_an_address_among_arabic_goes_on_after_its_comma(worker: BuildWorker) -> None:
    assert not worker.do(Job("contact-card-ar", ("screen",))).failed
    read = read_aloud(Path(worker.options.root) / "output/screen/contact-card-ar.pdf")[1]
    lines = [line.strip("\u202a\u202b\u202c ") for line in read.splitlines()]
    assert lines.count("22 West 27th Street,") == 2
    assert lines.count("5th Floor") == 2
