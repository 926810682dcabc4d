"""`hrcpub export`: pictures and their words, from pieces that are built where they are not."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from tests.shared.project import Hrcpub


def test_each_page_is_a_picture_with_its_words_beside_it(hrcpub: Hrcpub, project: Path) -> None:
    done = hrcpub("export", "contact-card", "--webp", "--width", "540")
    assert done.returncode == 0, done.stderr
    folder = project / "output/pictures"
    assert sorted(path.name for path in folder.iterdir()) == [
        "contact-card-1.txt", "contact-card-1.webp", "contact-card-2.txt", "contact-card-2.webp",
    ]  # fmt: skip
    with Image.open(folder / "contact-card-1.webp") as picture:
        assert picture.size == (540, 945)
    assert "(212) 213-6376\n" in (folder / "contact-card-1.txt").read_text(encoding="utf-8")
    assert "output/pictures/contact-card-1.webp  540 x 945 px" in done.stdout
    assert (project / "output/screen/contact-card.pdf").is_file(), "it was not built"


def test_pages_that_a_piece_no_longer_has_go_and_other_pieces_stay(
    hrcpub: Hrcpub, project: Path
) -> None:
    folder = project / "output/pictures"
    hrcpub("export", "what-postcard")
    for name in ("what-postcard-7.png", "what-postcard-7.txt", "what-postcard-a.png", "mine.png"):
        (folder / name).touch()
    hrcpub("export", "what-postcard", "--page", "1")
    assert (folder / "what-postcard-7.png").exists(), "one page was asked for, not all"
    hrcpub("export", "what-postcard")
    names = {path.name for path in folder.iterdir()}
    assert not any(name.startswith("what-postcard-7") for name in names)
    assert {"what-postcard-a.png", "mine.png"} <= names


def test_a_page_that_is_not_there_and_a_piece_with_a_mistake_stop_only_themselves(
    hrcpub: Hrcpub, project: Path
) -> None:
    path = project / "materials/principles.yaml"
    path.write_text(path.read_text("utf-8").replace("layout: sheet", "layout: shet"))
    done = hrcpub("export", "principles", "contact-card", "principles-poster", "--page", "2")
    assert done.returncode == 1
    assert "layout-unknown" in done.stderr
    assert "materials/principles-poster.yaml: error: there is no page 2" in done.stderr
    assert (project / "output/pictures/contact-card-2.png").is_file()


def test_programs_get_the_words_and_the_sizes(hrcpub: Hrcpub) -> None:
    done = hrcpub("export", "contact-card", "--page", "1", "--jpeg", "--json")
    (picture,) = json.loads(done.stdout)
    assert (picture["material"], picture["page"], picture["width"]) == ("contact-card", 1, 1080)
    assert picture["path"] == "output/pictures/contact-card-1.jpg"
    assert picture["words"].startswith(
        "How to Reach the Harm Reduction Coalition\nEast Coast Office:\n"
    )
