"""What an author and a designer read when they are mistaken: whole texts, as a terminal shows them.

Each piece of bad input stands above what is said of it. Where a test needs another file than the
material, the change is named.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.shared.cards import CONTACTS, card
from tests.shared.press_files import changed
from tests.shared.project import MATERIALS, OUR_FONTS, Hrcpub

CARD = card("Ask us anything")

# what is replaced, by what, and what `hrcpub check mine` says
AUTHORS = {
    "a slot's name is misspelt": (
        ("  title: Ask", "  titel: Ask"),
        """\
materials/mine.yaml:8:3: error: there is no "titel" here [slot-unknown]
  8 |   titel: Ask us anything
    |   ^^^^^
    did you mean "title"?
materials/mine.yaml:8:3: error: "words.title" is missing [slot-missing]
  8 |   titel: Ask us anything
    |   ^
    add words.title: over the numbers, as large as they leave it room
""",
    ),
    "a layout's name is misspelt": (
        ("layout: card", "layout: crad"),
        """\
materials/mine.yaml:1:9: error: there is no layout "crad" [layout-unknown]
  1 | layout: crad
    |         ^^^^
    did you mean "card"?
""",
    ),
    "a text is over its limit": (
        ("Ask us anything", "Ask us anything " + "at any time " * 5),
        """\
materials/mine.yaml:8:10: error: "words.title" has 75 characters; its place holds 64 [slot-limit]
  8 |   title: Ask us anything at any time at any time at any time at any time at any time\x20
    |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    cut 11 characters, about 2 words
""",
    ),
    "nobody has that id": (
        ("- van", "- vna"),
        """\
materials/mine.yaml:10:7: error: there is no contact "vna" [contact-unknown]
  10 |     - vna
     |       ^^^
    did you mean "van"?
""",
    ),
    "a date is written the American way": (
        ("2026-11-22", "11/22/2026"),
        """\
materials/mine.yaml:6:10: error: "11/22/2026" is not a date [slot-value]
  6 | revised: 11/22/2026
    |          ^^^^^^^^^^
    write it like 2026-05-31 (year, month, day)
""",
    ),
    "a name stands twice": (
        ("code: C9", "code: C9\ncode: C8"),
        """\
materials/mine.yaml:5:1: error: "code" is here twice; the first one is on line 4 \
[yaml-duplicate-key]
  5 | code: C8
    | ^^^^
    keep one of the two
""",
    ),
    "a line is indented with a tab": (
        ("  title: Ask", "\ttitle: Ask"),
        """\
materials/mine.yaml:8:1: error: this line is indented with a tab [yaml-tab]
  8 |  title: Ask us anything
    | ^
    use two spaces for each step inwards
""",
    ),
    "a text has a colon": (
        ("Ask us", "Ask: us"),
        """\
materials/mine.yaml:8:13: error: this cannot be read: there is a second ": " in this line \
[yaml-syntax]
  8 |   title: Ask: us anything
    |             ^
    put the whole text in quotation marks
""",
    ),
    "a quotation mark is never closed": (
        ("Ask us", '"Ask us'),
        """\
materials/mine.yaml:8:10: error: this cannot be read: this quotation mark is never closed \
[yaml-syntax]
  8 |   title: "Ask us anything
    |          ^
    close it at the end of the text, or delete it
""",
    ),
    "text goes on after a quotation": (
        ("Ask us", '"Ask" us'),
        """\
materials/mine.yaml:8:16: error: this cannot be read: there is text after a closing quotation \
mark [yaml-syntax]
  8 |   title: "Ask" us anything
    |                ^
    put the whole text in quotation marks of the other kind
""",
    ),
    "a text begins with a sign that YAML keeps": (
        ("Ask us", "@home"),
        """\
materials/mine.yaml:8:10: error: this cannot be read: a text cannot begin with "@" [yaml-syntax]
  8 |   title: @home anything
    |          ^
    put the text in quotation marks
""",
    ),
    "a text that begins with a number sign is a comment": (
        ("Ask us", "#1 Ask us"),
        """\
materials/mine.yaml:8:10: error: "#1 Ask us anything" would be lost: after a space, # begins a \
comment [yaml-comment]
  8 |   title: #1 Ask us anything
    |          ^^^^^^^^^^^^^^^^^^
    put the whole text in quotation marks: "#1 Ask us anything"; or write a comment on a line of \
its own
""",
    ),
    "a line begins in another column": (
        ("  title", "   title"),
        """\
materials/mine.yaml:9:3: error: this cannot be read: this line is not indented like the other \
lines of its group [yaml-syntax]
  9 |   contacts:
    |   ^
    indent all lines of a group by the same number of spaces; or add the space that is missing \
after a colon in a line above
""",
    ),
    "no font has the character": (
        ("anything", "☎ anything"),
        """\
materials/mine.yaml:8:17: error: this font cannot print "☎" (U+260E, black telephone) \
[glyph-missing]
  8 |   title: Ask us ☎ anything
    |                 ^
    write it another way, or ask the designer for a font that has it
""",
    ),
    "the display face lacks what the text face has": (
        ("anything", "Ж anything"),
        """\
materials/mine.yaml:8:17: error: the font of the large words cannot print "Ж" (U+0416, \
cyrillic capital letter zhe) \
[glyph-missing]
  8 |   title: Ask us Ж anything
    |                 ^
    write it another way, or ask the designer for a font that has it
""",
    ),
    "several mistakes are told at once, in the file's order": (
        ("revised: 2026-11-22", "revised: soon\ncolour: rust\nverbatim: maybe\neditions: [offce]"),
        """\
materials/mine.yaml:6:10: error: "soon" is not a date [slot-value]
  6 | revised: soon
    |          ^^^^
    write it like 2026-05-31 (year, month, day)
materials/mine.yaml:7:9: error: there is no colour "rust" [slot-choice]
  7 | colour: rust
    |         ^^^^
    possible: act, bare, care, carry, green, how, light blue, lilac, orange, pink, what, white, why, yellow
materials/mine.yaml:8:11: error: "maybe" is neither yes nor no [slot-choice]
  8 | verbatim: maybe
    |           ^^^^^
    possible: no, yes
materials/mine.yaml:9:12: error: there is no edition "offce" [slot-choice]
  9 | editions: [offce]
    |            ^^^^^
    did you mean "office"?
""",  # noqa: E501
    ),
}

# the file, what is replaced, by what, and what `hrcpub check mine` says
DESIGNERS = {
    "a property is misspelt": (
        ("layouts/card/layout.css", None, ".front { colr: red }\n"),
        """\
layouts/card/layout.css:1:10: error: Ignored `colr: red `, unknown property [css-ignored]
  1 | .front { colr: red }
    |          ^
""",
    ),
    "a template's tag is left open": (
        ("layouts/card/layout.html", None, "{% if words.title %}\n"),
        """\
layouts/card/layout.html:1: error: the template fails here: Unexpected end of template. Jinja was \
looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be \
closed is 'if'. [template-error]
  1 | {% if words.title %}
""",
    ),
    "a template asks for words that no slot has": (
        ("layouts/card/layout.html", None, "<p>\n{{ words.titel }}\n"),
        """\
layouts/card/layout.html:2: error: the template fails here: there is no "titel" [template-error]
  2 | {{ words.titel }}
""",
    ),
    "a template divides by zero": (
        ("layouts/card/layout.html", None, "{{ 1 / 0 }}\n"),
        """\
layouts/card/layout.html:1: error: the template fails here: division by zero [template-error]
  1 | {{ 1 / 0 }}
""",
    ),
    "a trim has no unit": (
        ("layouts/card/layout.yaml", "2 in x 3.5 in", "2 x 3.5"),
        """\
layouts/card/layout.yaml:4:16: error: "2 x 3.5" is not a size [slot-value]
  4 | trim: {letter: 2 x 3.5, a4: 55 mm x 85 mm}
    |                ^^^^^^^
    write it like 8.5 in x 11 in
""",
    ),
    "a slot's kind is unknown": (
        ("layouts/card/layout.yaml", "kind: line", "kind: lien"),
        """\
layouts/card/layout.yaml:11:11: error: there is no kind "lien" [slot-choice]
  11 |     kind: lien
     |           ^^^^
    did you mean "line"?
""",
    ),
}

SUMMARY = re.compile(r"^\d+ right, \d+ with mistakes in \d+\.\d s\n\Z", re.MULTILINE)


@pytest.fixture
def mine(project: Path) -> Path:
    """Return a material without a mistake: a card with an office of today."""
    (project / "materials" / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    path = project / "materials" / "mine.yaml"
    path.write_text(CARD, encoding="utf-8")
    return path


def test_a_card_without_a_mistake_has_nothing_said_of_it(mine: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("check", "mine")
    assert (done.returncode, SUMMARY.sub("", done.stderr)) == (0, "")


@pytest.mark.parametrize("name", AUTHORS)
def test_an_author_reads(name: str, mine: Path, hrcpub: Hrcpub) -> None:
    (old, new), expected = AUTHORS[name]
    mine.write_text(CARD.replace(old, new), encoding="utf-8")
    done = hrcpub("check", "mine")
    assert SUMMARY.sub("", done.stderr) == expected
    assert done.returncode == 1


@pytest.mark.parametrize("name", DESIGNERS)
def test_a_designer_reads(name: str, mine: Path, project: Path, hrcpub: Hrcpub) -> None:
    (file, old, new), expected = DESIGNERS[name]
    path = project / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
    done = hrcpub("check", "mine")
    assert SUMMARY.sub("", done.stderr) == expected
    assert done.returncode == 1


def test_a_missing_font_is_told_where_it_is_named(
    mine: Path, project: Path, hrcpub: Hrcpub
) -> None:
    fonts = [font for family in OUR_FONTS for font in (project / "fonts" / family).glob("*.ttf")]
    for font in fonts:
        font.unlink()
    done = hrcpub("check", "mine")
    assert len(fonts) > 1
    assert done.stderr.count("layouts/system/system.yaml:") == len(fonts)
    assert done.stderr.count("error: there is no file fonts/") == len(fonts)


def test_a_font_that_is_cut_short_is_hrcpub(mine: Path, project: Path, hrcpub: Hrcpub) -> None:
    font = next((project / "fonts").rglob("LeagueGothic-Regular.ttf"))
    font.write_bytes(font.read_bytes()[:3000])
    done = hrcpub("check", "mine")
    assert f"error: the font {font.relative_to(project)} cannot be read" in done.stderr
    assert done.returncode == 1


DELETED = {  # a value that compose asks the design system for, and what is said without it
    "    step: ": '"grids.letter.step" is missing',
    "  bare: ": '"papers.bare" is missing',
    "  display: ": '"faces.display" is missing',
}


@pytest.mark.parametrize("value", DELETED)
def test_a_value_deleted_from_the_design_system_is_hrcpub(
    value: str, mine: Path, project: Path, hrcpub: Hrcpub
) -> None:
    path = project / "layouts" / "system" / "system.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for line in lines if not line.startswith(value)]
    assert len(left) < len(lines)
    path.write_text("".join(left), encoding="utf-8")
    done = hrcpub("check", "mine")
    assert f"error: {DELETED[value]} [slot-missing]" in done.stderr
    assert done.returncode == 1


def test_all_mistakes_of_all_files_are_told_in_one_go(
    mine: Path, project: Path, hrcpub: Hrcpub
) -> None:
    for name in {*MATERIALS} - {"principles"}:  # to find them right takes long
        (project / "materials" / f"{name}.yaml").unlink()
    shutil.rmtree(project / "materials" / "i18n")
    mine.write_text(CARD.replace("- van", "- vna"), encoding="utf-8")
    (project / "materials" / "Spring Fair.yaml").write_text(CARD, encoding="utf-8")
    (project / "materials" / "folder.yaml").mkdir()
    (project / "materials" / "empty.yaml").write_text("", encoding="utf-8")
    (project / "materials" / "other.yaml").write_bytes(CARD.encode("utf-16"))
    (project / "layouts" / "sheet" / "layout.yaml").write_text("sides: two\n", encoding="utf-8")
    done = hrcpub("check")
    codes = set(re.findall(r"error: .*\[([a-z-]+)\]$", done.stderr, re.MULTILINE))
    assert codes == {
        "contact-unknown", "name-unfit", "file-refused", "yaml-empty", "file-encoding",
        "slot-missing", "slot-value",
    }  # fmt: skip
    assert done.returncode == 1


def test_a_problem_that_many_share_is_told_once(mine: Path, project: Path, hrcpub: Hrcpub) -> None:
    (project / "materials" / "other.yaml").write_text(CARD, encoding="utf-8")
    (project / "layouts" / "card" / "layout.css").unlink()
    done = hrcpub("check", "mine", "other")
    assert done.stderr.count("there is no file layouts/card/layout.css") == 1
    assert "0 right, 2 with mistakes" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("preflight", "file.pdf"),
        ("build", "contact-card", "two-please", "--jobs", "2", "--edition", "screen"),
    ],
    ids=["preflight", "build"],
)
def test_a_process_that_the_system_refuses_is_no_mistake_of_ours(
    words: tuple[str, ...], hrcpub: Hrcpub, project: Path, full: None
) -> None:
    (project / "file.pdf").write_bytes(changed())
    done = hrcpub(*words)
    assert done.returncode == 1
    assert "[process-refused]" in done.stderr
    assert "close other programs" in done.stderr
