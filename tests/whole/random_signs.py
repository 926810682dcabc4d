"""Everyday signs in any slot, typed in any way of YAML, against what poppler reads in the PDFs.

`python -m tests.whole.random_signs 2000` (or `make signs ROUNDS=2000`) runs so many rounds and says
what came of them; `test_random_signs` runs three for each layout. A round is made
from its number alone: a layout, an edition, a few slots, a sentence for each. It ends in one of
three ways: each character is on the page, an error says why there is no page, or something is
`lost`, which must never be.
"""

from __future__ import annotations

import copy
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.problems import Problem
from hrcpub.project.edition import EDITIONS
from tests.shared.project import DESIGNS, ROOT, copy_project, read_yaml

NAME = "signs"  # of the material of every round
LAYOUTS = tuple(sorted(DESIGNS))

SIGNS = "#_*&<>@/:-+=%$()[]{}!?'\";,.…–—€£°½×•"
_TYPED = """
    van clean needles tonight we are open ask anybody street corner safer smoking kits water
    naïve crème Łódź São Zürich œuvre Niño Đà Nẵng façade ﬁnd fjord STAFF Q&A A/B and/or he/she
    it's don't 'til '60s 'n' rock'n'roll "quoted" 'so' 24/7 9:30 9am–5pm 10:00-12:00 #1 #4b
    #harmreduction @_nightvan_ @help 0.4 mg ½ tab 2×50 5–10 µg 10% <5 mL >1 37.5°C $20 £3.50 €5
    1,000 (212) 213-6376 988 1-800-GET-HELP x12 a_b_c __init__ 2*3*4 2*3 snake_case <b> </i> &amp;
    &nbsp; &#39; 1) a) 1. - -- — … :) <3 ^ ~ | ` §4 ¿qué? ¡ya! C++ C# .5 no yes null ~ 012 1e3 0x1F
    https://example.org/_help_/now https://example.org/a?b=1&c=%20#top www.example.org/~me/a_b_
    http://example.org/a_(b) first.last_@example.org a+b@example.org key:value key: http://
"""
WORDS = _TYPED.split()
CERTAIN = "\ue000"  # an asterisk that is no markup, whatever stands beside it
# With what of it is shown; its asterisks too where the sign after them makes them part of a word.
MARKUP = (
    ("*loud*", "*loud*"),
    ("**louder**", "**louder**"),
    ("*two words*", "*two words*"),
    ("[site](https://example.org/_a_/b)", "site"),
    ("[call us](tel:+12122136376)", "call us"),
    ("[mot](lang:fr)", "mot"),
    (r"\*", CERTAIN),
    (r"\[sic\]", "[sic]"),
)


class Sentence(NamedTuple):
    """A text as it is typed into a slot, and what of it must be seen: `?` follows what may not."""

    slot: str
    typed: str
    shown: tuple[str, ...]  # a pattern for each word


class Round(NamedTuple):
    """What came of a round."""

    number: int
    layout: str
    edition: str
    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...]
    lost: tuple[Sentence, ...]  # of which a word is not on the page, though no error says so


class Rounds:
    """A project of one's own, in which one round after another is built."""

    def __init__(self, root: Path) -> None:
        """Copy this repository's project into a folder."""
        self.root = copy_project(root)
        self._worker = BuildWorker(BatchOptions(str(root), str(root / "output"), force=True))
        self._contacts = (root / "materials/contacts.yaml").read_text(encoding="utf-8")
        for layout in LAYOUTS:  # so that what is left of a sample counts as an author's own words
            self._write(f"layouts/{layout}/sample.yaml", f"layout: {layout}\nwords: {{}}\n")

    def play(self, number: int) -> Round:
        """Type, build and read one round."""
        chance = random.Random(number)
        turn, at = divmod(number, len(LAYOUTS))
        layout, edition = LAYOUTS[at], tuple(EDITIONS)[(turn + at) % len(EDITIONS)]
        if edition == "office" and not DESIGNS[layout].sheets:
            edition = "press"
        material, office, sentences = _typed(layout, chance)
        self._write(f"materials/{NAME}.yaml", material)
        self._write("materials/contacts.yaml", self._contacts + office)
        report = self._worker.do(Job(NAME, (edition,)))
        lost: list[Sentence] = []
        if not report.failed:
            page = read(self.root / "output" / edition / f"{NAME}.pdf")
            lost = [
                sentence
                for sentence in sentences
                if not is_shown(sentence, page) and not _is_left_out(sentence, layout, edition)
            ]
        return Round(number, layout, edition, tuple(sentences), tuple(report.problems), tuple(lost))

    def _write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8", newline="")


def _is_left_out(sentence: Sentence, layout: str, edition: str) -> bool:
    """Return whether a layout prints an office's name and number alone: large print has all."""
    text = (ROOT / f"layouts/{layout}/layout.yaml").read_text(encoding="utf-8")
    is_called = "only: call" in text and edition not in ("large-print", "phone")
    return is_called and sentence.slot == "office.line"


def read(pdf: Path) -> str:
    """Return the letters of all pages, as poppler reads them, in the order of the content."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    return folded(subprocess.run(command, capture_output=True, check=True).stdout.decode())


def folded(text: str) -> str:
    """Return a text as it is compared: quotes are one, a dash is `--`, no capitals, no spaces.

    What a layout may add or leave out is no part of it: hyphens of lines, marks of direction.
    """
    text = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    return "".join(text.split())


_ALIKE = str.maketrans(
    {
        **dict.fromkeys('‘’“”"', "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\u0307"),
        "—": "--",
    }
)


def is_shown(sentence: Sentence, page: str) -> bool:
    """Return whether a sentence stands on a page: in one piece, or each of its words somewhere."""
    if re.search("".join(sentence.shown), page):
        return True
    for word in sorted(sentence.shown, key=len, reverse=True):
        page, count = re.subn(word, " ", page, count=1)
        if not count:
            return False
    return True


# --- What is typed -------------------------------------------------------------------------------


def _typed(layout: str, chance: random.Random) -> tuple[str, str, list[Sentence]]:
    """Return a material's YAML, an office's, and the sentences that stand in them."""
    sample = copy.deepcopy(read_yaml(f"layouts/{layout}/sample.yaml"))  # a date is a text, too
    words = sample.pop("words")
    sentences: list[Sentence] = []
    office = ""
    if "contacts" in words:
        sentences += [_sentence(chance, f"office.{part}", 28) for part in ("name", "line")]
        words["contacts"] = ["corner"]
        office = _OFFICE + "".join(
            f"{key}{_scalar(sentence.typed, chance, 8)}\n"
            for key, sentence in zip(("    name: ", "    lines:\n      - "), sentences, strict=True)
        )
    rooms = {slot: room for slot in _slots(words) if (room := _room(layout, slot)) >= SHORTEST}
    for slot in chance.sample([*rooms], min(len(rooms), chance.randint(1, 3))):
        sentence = _sentence(chance, ".".join(map(str, slot)), rooms[slot])
        sentences.append(sentence)
        _put(words, slot, sentence)
    head = "".join(f'{key}: "{value}"\n' for key, value in sample.items())
    return head + "words:\n" + _yaml(words, 2, chance), office, sentences


_OFFICE = """
  corner:
    historical: no
    verified: 2026-11-22
    review-by: 2030-01-01
    tel: (212) 213-6376
"""

Slot = tuple[str | int, ...]


def _slots(value: object, at: Slot = ()) -> Iterator[Slot]:
    """Yield the places of all texts."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _slots(inner, (*at, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _slots(inner, (*at, number))
    else:
        yield at


SHORTEST = 20  # characters, of a place for a sentence: a verb and a number have fewer


def _room(layout: str, slot: Slot) -> int:
    """Return how many characters of a sentence may stand in a slot: 0 where none may.

    Display lines are short: nobody sets a sentence of random signs across a page.
    """
    fields, described = read_yaml(f"layouts/{layout}/layout.yaml")["slots"], {}
    for name in slot:
        if isinstance(name, str) and name in fields:
            described = fields[name]
            fields = described.get("fields", {})
    if described["kind"] == "code":
        return 40 if slot[-1] == "about" else 0
    if described["kind"] == "rows":
        return 22  # its cells hold 24
    limit = int(described.get("limit", 0))
    return min(limit, 22 if described["kind"] == "line" else min(110, limit * 9 // 10))


def _put(words: object, slot: Slot, sentence: Sentence) -> None:
    for step in slot[:-1]:
        words = words[step]  # type: ignore[index]
    words[slot[-1]] = sentence  # type: ignore[index]


def _sentence(chance: random.Random, slot: str, most: int) -> Sentence:
    """Return a sentence of words, signs and markup in any order; signs may touch words."""
    typed, shown = "", ""
    while True:
        token, seen = _token(chance)
        space = "" if typed and len(token) == 1 and chance.random() < 0.5 else " "
        if len(typed + space + token) > most:
            break
        typed, shown = typed + space + token, shown + space + seen
        if chance.random() < 0.08:
            break
    typed, shown = typed.strip() or "van", shown.strip() or "van"
    return Sentence(slot, typed, tuple(_patterns(shown)))


def _token(chance: random.Random) -> tuple[str, str]:
    """Return what is typed, and what of it is shown."""
    if chance.random() < 0.1:
        return chance.choice(MARKUP)
    if chance.random() < 0.4:
        sign = chance.choice(SIGNS)
        return sign, sign
    word = chance.choice(WORDS)
    return word, re.sub(r"(?<=\w)\*(?=\w)", CERTAIN, word)


def _patterns(shown: str) -> Iterator[str]:
    """Yield a pattern for each word. An asterisk that touches something may be markup."""
    for word in shown.split():
        if word == "*":
            yield r"\*"
        else:
            yield "".join(
                r"\*?" if sign == "*" else r"\*" if sign == CERTAIN else re.escape(folded(sign))
                for sign in unicodedata.normalize("NFC", word)
            )


def _yaml(value: object, indent: int, chance: random.Random) -> str:
    """Return words as YAML; what is not a Sentence stands in double quotes."""
    if isinstance(value, dict):
        return "".join(
            f"{' ' * indent}{name}:{_entry(inner, indent, chance)}" for name, inner in value.items()
        )
    assert isinstance(value, list)
    lines = []
    for inner in value:
        if isinstance(inner, dict):
            lines.append(f"{' ' * indent}- " + _yaml(inner, indent + 2, chance).lstrip())
        else:
            lines.append(f"{' ' * indent}-{_entry(inner, indent, chance)}")
    return "".join(lines)


def _entry(value: object, indent: int, chance: random.Random) -> str:
    if isinstance(value, Sentence):
        return f" {_scalar(value.typed, chance, indent + 2)}\n"
    if isinstance(value, str):
        return f' "{value}"\n'
    return "\n" + _yaml(value, indent + 2, chance)


def _scalar(text: str, chance: random.Random, indent: int) -> str:
    """Return a text as somebody types it: most know when to quote, some do not."""
    lines = _wrapped(text, chance, "\n" + " " * indent)
    single = "'" + text.replace("'", "''") + "'"
    double = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    blocks = [f"{head}\n{' ' * indent}{lines}" for head in (">-", ">", "|", "|-")]
    if chance.random() < 0.05:
        return chance.choice([text, f'"{text}"', f"'{text}'", lines])
    if _is_plain(text):
        return chance.choice([text, lines, single, double, *blocks])
    return chance.choice([single, double, *blocks, blocks[0], blocks[0]])


def _wrapped(text: str, chance: random.Random, break_: str) -> str:
    return "".join(
        break_ if part == " " and chance.random() < 0.2 else part for part in re.split("( )", text)
    )


def _is_plain(text: str) -> bool:
    """Return whether a text needs no quotation marks, as docs/writers/index.md has it."""
    return not re.search(r"""^[-*&!\[\]{}"'#@%|>?:,`=]|: | #|:$""", text)


# --- By hand -------------------------------------------------------------------------------------


def main() -> None:
    """Run as many rounds as the command line says, and tell what came of them."""
    count, first = (int(text) for text in (sys.argv[1:] + ["100", "0"][len(sys.argv) - 1 :]))
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        rounds = Rounds(Path(folder) / "project")
        for number in range(first, first + count):
            ends += told(rounds.play(number))
    for what, times in ends.most_common():
        say(f"{times:6} {what}")
    sys.exit(1 if ends["LOST"] else 0)


def say(line: str) -> None:
    """Print a line at once: a long run is looked at while it goes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def told(one: Round) -> Counter[str]:
    """Print what is to be looked at in a round, and return how it ended."""
    where = f"round {one.number} {one.layout} {one.edition}"
    for sentence in one.lost:
        say(f"{where} LOST {sentence.slot}: {sentence.typed}")
    errors = [problem for problem in one.problems if problem.is_error]
    for error in errors:
        quote = error.source.quote if error.source else ""
        say(f"{where} {error.code}: {error.message} | {quote}")
    if one.lost:
        return Counter(["LOST"])
    return Counter({error.code for error in errors} or ["on the page"])


if __name__ == "__main__":
    main()
