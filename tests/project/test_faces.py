"""The faces of `faces-for:` in system.yaml as stacks of a language, and mistakes there."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import faces_lacking, read_layout, read_system
from hrcpub.project.layout.faces import keys_of
from hrcpub.project.layout.grids import Suit
from hrcpub.project.words import Words
from tests.shared.project import ROOT

SYSTEM = read_system(Sources(ROOT))
PATH = "layouts/system/system.yaml"


def families(language: str, role: str) -> list[str]:
    return [file.family for file in SYSTEM.faces_for(language).stacks[role]]


@pytest.mark.parametrize(
    ("language", "role", "expected"),
    [
        ("en", "text", ["HRC Franklin"]),
        ("en", "display", ["HRC Gothic"]),
        ("yo", "text", ["HRC Franklin"]),
        ("yo", "display", ["HRC Anton Display", "HRC Gothic"]),
        ("ru", "italic", ["HRC Franklin"]),
        ("uk-UA", "display", ["HRC Cyrillic Display", "HRC Gothic"]),
        ("ar", "text", ["HRC Franklin", "HRC Arabic"]),
        ("fa", "display", ["HRC Arabic Display", "HRC Gothic"]),
        ("ps", "display", ["HRC Arabic Black", "HRC Gothic"]),
        ("zh-Hant-TW", "medium", ["HRC Franklin", "HRC Traditional Chinese"]),
        ("zh", "black", ["HRC Franklin", "HRC Simplified Chinese"]),
        ("si", "text", ["HRC Franklin"]),
    ],
)
def test_a_language_has_its_scripts_faces_behind_ours(
    language: str, role: str, expected: list[str]
) -> None:
    assert families(language, role) == expected


def test_what_is_stressed_is_bold_where_there_is_no_italic() -> None:
    arabic, russian = SYSTEM.faces_for("ar"), SYSTEM.faces_for("ru")
    assert not arabic.has_italic
    assert arabic.stacks["italic"] == arabic.stacks["bold"]
    assert russian.has_italic
    assert russian.stacks["italic"][0].style == "italic"
    assert SYSTEM.faces_for("en").has_italic


def test_the_nearest_key_counts() -> None:
    assert keys_of("zh_Hant_TW") == ("zh-Hant-TW", "zh", "Hant")
    assert keys_of("ur") == ("ur", "Arab")


def test_sizes_and_leadings_suit_the_script() -> None:
    layout = read_layout(Sources(ROOT), "brief")
    assert layout.suited("en") is layout
    assert layout.suited("ru") is layout
    thai = layout.suited("th")
    assert thai.grid["text-size"] == pytest.approx(1.1 * layout.grid["text-size"])
    assert thai.grid["text-leading"] == pytest.approx(1.4 * layout.grid["text-leading"])
    assert thai.grid["step"] == pytest.approx(1.4 * layout.grid["step"])
    # What follows from the step follows.
    steps = (layout.trim.height - 2 * thai.grid["margin"]) / thai.grid["step"]
    assert steps == pytest.approx(round(steps))
    large = thai.form("large-print").grid
    assert large["text-leading"] == pytest.approx(1.4 * 24)


def test_nothing_is_made_smaller_than_the_least() -> None:
    suit = Suit(0.8, 1.2, 9.5)
    assert suit.suited("text-size", 12.0) == pytest.approx(9.6)
    assert suit.suited("text-size", 10.0) == 9.5
    assert suit.suited("text-size", 8.0) == 8.0  # which was smaller before
    assert suit.suited("text-leading", 15.0) == pytest.approx(18)
    assert suit.suited("margin", 15.0) == 15.0


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("  Thai:", "  thai5:", "slot-value", "script or language"),
        (
            "scale: 1.1\n    leading: 1.4",
            "scale: 3\n    leading: 1.4",
            "slot-value",
            "from 0.5 to 2",
        ),
        ("leading: 1.4\n    capital: ก", "leading: much", "slot-value", "number"),
        ("capital: ก", "capital: กก", "slot-value", "letter"),
        ("capital: ก", "capitals: ก", "slot-unknown", "capitals"),
    ],
)
def test_mistakes_in_faces_are_told(
    project: Path, old: str, new: str, code: str, said: str
) -> None:
    text = (project / PATH).read_text(encoding="utf-8")
    assert old in text
    (project / PATH).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(HrcpubError) as caught:
        read_system(Sources(project))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert said in f"{problem.message} {problem.hint}"
    assert str(problem.source).startswith(f"{PATH}:")


def lacking(language: str, root: Path) -> list[tuple[str, str | None]]:
    sources = Sources(root)
    words = Words(language, SYSTEM.faces["text"].source, "language")
    problems = faces_lacking(words, read_system(sources), sources)
    return [(problem.code, problem.hint) for problem in problems]


def test_a_language_whose_fonts_are_not_there_is_told_with_the_way_out(project: Path) -> None:
    for font in (project / "fonts/kanit").glob("*.ttf"):
        font.unlink()
    assert lacking("th", project) == [("faces-absent", "hrcpub fonts add th")]
    assert lacking("en", project) == lacking("ru", project) == []


def test_a_script_without_a_face_is_told() -> None:
    ((code, hint),) = lacking("si", ROOT)
    assert code == "language-faceless"
    assert hint
    assert "faces-for:" in hint
    assert lacking("xx", ROOT) == []  # which is not known; the design's phrases are asked next
