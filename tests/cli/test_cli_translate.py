"""`hrcpub translate`: from new files to finished pieces, as translators and their agency go."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from hrcpub.project.translations.po_reading import parse
from tests.judges import tools
from tests.shared.project import Hrcpub

PATH = "materials/i18n/es/what-postcard.po"


@pytest.fixture(autouse=True)
def untranslated(project: Path) -> None:
    """Take the samples away that this repository has."""
    for folder in ("materials/i18n", "layouts/system/i18n"):
        shutil.rmtree(project / folder, ignore_errors=True)


def fill(path: Path) -> None:
    """Translate what is open in a PO file: each text to itself, which keeps its signs."""
    catalog, problems = parse(path.read_text(encoding="utf-8"), str(path))
    assert problems == []
    text = path.read_text(encoding="utf-8")
    head, *entries = text.rstrip("\n").split("\n\n")
    done = []
    for entry in entries:
        source = entry.partition("\nmsgid ")[2].partition("\nmsgstr ")[0]
        done.append(entry.removesuffix('""') + source if entry.endswith('msgstr ""') else entry)
    path.write_text("\n\n".join([head, *done]) + "\n", encoding="utf-8")
    assert catalog


def test_from_new_to_a_finished_piece(hrcpub: Hrcpub, project: Path) -> None:
    begun = hrcpub("translate", "new", "es", "what-postcard")
    assert begun.returncode == 0, begun.stderr
    assert f"wrote {PATH}" in begun.stdout
    phrases = project / "layouts/system/i18n/es.po"
    for path in (project / PATH, phrases):
        assert tools.say("msgfmt", "--check", "-o", "/dev/null", path) == ""
        assert tools.say("msgcat", path) == path.read_text(encoding="utf-8")

    status = hrcpub("translate", "status", "es", "--json")
    rows = {row["material"]: row for row in json.loads(status.stdout)["translations"]}
    row = rows["what-postcard"]
    assert row["open_words"] == row["words"] > 30
    assert row["per_cent"] == 0

    asked = hrcpub("build", "what-postcard-es", "--edition", "screen")
    assert asked.returncode == 1
    assert f"{row['words']} words in {row['places']} places" in asked.stderr
    assert not (project / "output/screen/what-postcard-es.pdf").exists()

    draft = hrcpub("build", "what-postcard-es", "--edition", "screen", "--draft")
    assert draft.returncode == 0, draft.stderr
    title = tools.say("pdfinfo", project / "output/screen/what-postcard-es.pdf")
    assert "[What Is Harm Reduction?]" in title

    fill(project / PATH)
    fill(phrases)
    built = hrcpub("build", "what-postcard-es", "--edition", "screen")
    assert built.returncode == 0, built.stderr
    assert hrcpub("translate", "check", "es").returncode == 0
    listed = hrcpub("list").stdout
    assert re.search(r"what-postcard-es +postcard +es ", listed)


def test_what_is_open_is_a_warning_where_nobody_asked_for_it(hrcpub: Hrcpub, project: Path) -> None:
    """So a whole project is built while its translators work."""
    for path in (project / "materials").glob("*.yaml"):
        if path.stem not in ("contact-card", "contacts", "organisation", "printers"):
            path.unlink()
    hrcpub("translate", "new", "es")
    done = hrcpub("build", "--edition", "screen")
    assert done.returncode == 0, done.stderr
    (line,) = (line for line in done.stderr.splitlines() if "translation-open" in line)
    assert line.startswith(
        "materials/i18n/es/contact-card.po: warning: contact-card-es is not made"
    )
    assert (project / "output/screen/contact-card.pdf").exists()
    assert "contact-card-es" in hrcpub("list").stdout
    again = hrcpub("build", "--edition", "screen")
    assert "translation-open" in again.stderr
    assert "0 made, 1 already up to date" in again.stderr


def test_changes_of_the_original_are_brought_over(hrcpub: Hrcpub, project: Path) -> None:
    hrcpub("translate", "new", "es", "overdose")
    path = project / "materials/i18n/es/overdose.po"
    fill(path)
    before = path.read_bytes()
    assert "up to date" in hrcpub("translate", "update", "es").stdout
    assert path.read_bytes() == before
    source = project / "materials/overdose.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Shout. Shake them.", "Shout! Shake them well."), "utf-8")
    done = hrcpub("translate", "update")
    assert "overdose.po  1 to look over" in done.stdout
    catalog, _ = parse(path.read_text(encoding="utf-8"), "x.po")
    message = catalog.by_slot["words.steps.1.text"]
    assert message.is_fuzzy
    assert message.previous[1].startswith("Shout. Shake them.")
    assert message.words.startswith("Shout. Shake them.")
    status = hrcpub("translate", "status").stdout
    assert re.search(r"overdose +\d+ +\d+ \(8\d %\)", status), status


def test_sentences_that_are_translated_elsewhere_are_filled_in(
    hrcpub: Hrcpub, project: Path
) -> None:
    hrcpub("translate", "new", "es", "principles")
    fill(project / "materials/i18n/es/principles.po")
    hrcpub("translate", "new", "es", "principles-card")
    text = (project / "materials/i18n/es/principles-card.po").read_text(encoding="utf-8")
    catalog, _ = parse(text, "x.po")
    known = [message for message in catalog.messages if message.words]
    assert len(known) > 10
    assert all(message.is_fuzzy and message.words == message.source for message in known)


def test_an_agency_gets_xliff_and_sends_it_back(hrcpub: Hrcpub, project: Path) -> None:
    done = hrcpub("translate", "export", "es", "what-postcard", "--xliff", "out/es.xlf")
    assert done.returncode == 0, done.stderr
    file = project / "out/es.xlf"
    text = file.read_text(encoding="utf-8")
    assert 'name="words.title"' in text
    back = re.sub(
        r'state="initial">(\s*)<source>(.*?)</source>',
        r'state="translated">\1<source>\2</source><target>\2</target>',
        text,
        flags=re.DOTALL,
    )
    head, _, tail = back.rpartition("</target>")
    file.write_text(f"{head}.</target>{tail}", encoding="utf-8")
    taken = hrcpub("translate", "import", "out/es.xlf")
    assert taken.returncode == 0, taken.stderr
    assert re.search(rf"{PATH}  (\d+) of \1 taken, \1 to look over", taken.stdout)
    catalog, _ = parse((project / PATH).read_text(encoding="utf-8"), "x.po")
    assert all(message.is_fuzzy for message in catalog.messages)
    file.write_text(back.replace('"translated"', '"final"'), encoding="utf-8")
    hrcpub("translate", "import", "out")
    catalog, _ = parse((project / PATH).read_text(encoding="utf-8"), "x.po")
    assert not any(message.is_open for message in catalog.messages)
    noted = [message.notes for message in catalog.messages if message.notes]
    assert len(noted) == 1
    assert noted[0][0].startswith("Before the import: ")
    file.write_text("<!DOCTYPE x>" + back, encoding="utf-8")
    refused = hrcpub("translate", "import", "out/es.xlf")
    assert refused.returncode == 1
    assert "xliff-" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("new", "spanish"), "language-tag", "write es"),
        (("new", "klingonese"), "language-tag", "did you mean"),
        (("new", "en"), "translation-itself", "another language"),
        (("new", "es", "overdoes"), "material-unknown", "overdose"),
    ],
)
def test_mistakes_are_told(
    arguments: tuple[str, ...], code: str, hint: str, hrcpub: Hrcpub, project: Path
) -> None:
    done = hrcpub("translate", *arguments)
    assert done.returncode == 1
    assert f"[{code}]" in done.stderr
    assert hint in done.stderr or code == "language-tag"


def test_what_is_not_there_is_not_checked_in_silence(hrcpub: Hrcpub, project: Path) -> None:
    assert hrcpub("translate", "new", "es", "what-postcard").returncode == 0
    unknown = hrcpub("translate", "check", "es", "what-postcrad")
    assert (unknown.returncode, "[material-unknown]" in unknown.stderr) == (1, True)
    none = hrcpub("translate", "check", "fr")
    assert "to begin: hrcpub translate new fr" in none.stderr
    build = hrcpub("build", "what-postcard-fr")
    assert "hrcpub translate new fr what-postcard" in build.stderr


@pytest.mark.parametrize(("folder", "hint"), [("ES", "rename the folder es"), ("spanish", "pt-BR")])
def test_a_folder_that_no_language_is_named_so_is_told(
    hrcpub: Hrcpub, project: Path, folder: str, hint: str
) -> None:
    assert hrcpub("translate", "new", "es", "what-postcard").returncode == 0
    (project / "materials/i18n/es").rename(project / "materials/i18n" / folder)
    for command in (("check", "es"), ("check",), ("update",), ("status",)):
        told = hrcpub("translate", *command)
        assert told.returncode == 1, command
        assert told.stderr.count("[translation-misplaced]") == 1, command
        assert hint in told.stderr
    assert "[translation-misplaced]" in hrcpub("check", f"what-postcard-{folder.lower()}").stderr


def test_what_cannot_be_exchanged_is_told(hrcpub: Hrcpub, project: Path) -> None:
    piece = project / "materials/two-please.yaml"
    piece.write_text(piece.read_text("utf-8").replace("language: en", "language: fr", 1), "utf-8")
    pieces = ("what-postcard", "two-please")
    both = hrcpub("translate", "export", "es", *pieces, "--xliff", "both.xlf")
    assert (both.returncode, "[xliff-languages]" in both.stderr) == (1, True)
    hrcpub("translate", "export", "es", *pieces, "--xliff", "each")
    assert {file.name for file in (project / "each").iterdir()} >= {
        f"{name}.es.xlf" for name in pieces
    }
    file = project / "each/what-postcard.es.xlf"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r'<file id="[^"]+"', '<file id="other"', text), encoding="utf-8")
    taken = hrcpub("translate", "import", "each/what-postcard.es.xlf")
    assert "[xliff-original]" in taken.stderr
    assert 'this project has no material "other"' in taken.stderr
    assert not (project / PATH).exists()


def test_a_folder_without_xliff_is_told(hrcpub: Hrcpub, tmp_path: Path) -> None:
    (tmp_path / "from-agency").mkdir()
    told = hrcpub("translate", "import", str(tmp_path / "from-agency"))
    assert (told.returncode, "there is no .xlf" in told.stderr) == (1, True)
