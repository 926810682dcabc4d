"""Characters that a reader sees, found where they were typed in YAML."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.project.markup import one_line
from hrcpub.project.typed_places import TypedPlaces, aligned
from hrcpub.project.words import Words

# A text of YAML after `words:`, what is looked for in it, and its line and column.
TYPED = {
    "plain": (" Ask the addicts here", "addicts", (1, 16)),
    "plain, over two lines": (" Ask the\n  addicts here", "addicts", (2, 3)),
    "in single quotes": (" 'It''s the addicts'", "addicts", (1, 19)),
    "in double quotes": (' "Ask \\"the\\" addicts"', "addicts", (1, 21)),
    "with an escape before it": (' "caf\\u00e9 addicts"', "addicts", (1, 19)),
    "over two lines in quotes": (' "Ask\n  addicts"', "addicts", (2, 3)),
    "with a break that is escaped": (' "Ask \\\n  addicts"', "addicts", (2, 3)),
    "folded": (" >-\n  Ask the\n  addicts here", "addicts", (3, 3)),
    "folded, on its first line": (" >\n  Ask the addicts\n  here", "addicts", (2, 11)),
    "as it stands": (" |\n  Ask\n  the addicts", "addicts", (3, 7)),
    "with emphasis": (" Ask *the* **addicts** here", "addicts", (1, 20)),
    "in a link": (" Ask [the addicts](https://addicts.example.org) here", "addicts", (1, 17)),
    "after a link": (" Ask [us](https://addicts.example.org) addicts", "addicts", (1, 46)),
    "after quotes": (" Ask 'the' \"wise\" addicts", "addicts", (1, 25)),
    "after a dash": (" Ask -- the addicts", "addicts", (1, 19)),
    "after wide spaces": (" Ask\u2003the\u3000 addicts", "addicts", (1, 17)),
    "after a tab": (" Ask\tthe addicts", "addicts", (1, 16)),
    "after a soft hyphen": (" re\u00adhab addicts", "addicts", (1, 15)),
}


@pytest.mark.parametrize("name", TYPED)
def test_a_word_is_found_where_it_was_typed(name: str, tmp_path: Path) -> None:
    typed, word, (line, column) = TYPED[name]
    (tmp_path / "a.yaml").write_text(f"words:{typed}\n", encoding="utf-8")
    sources = Sources(tmp_path)
    node = (read_yaml(sources, "a.yaml").mapping or {})["words"]
    assert node.text
    words = Words(one_line(node.text), node.source)
    seen = words.plain()
    start = seen.rindex(word)
    place = TypedPlaces(sources).of(words, start, start + len(word), seen)
    assert (place.line, place.column, place.width) == (line, column, len(word))
    assert place.quote
    assert place.quote[column - 1 :].startswith(word)


def test_words_of_many_lines_are_shown_to_the_end_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("words: >-\n  Ask the\n  addicts\n", encoding="utf-8")
    sources = Sources(tmp_path)
    node = (read_yaml(sources, "a.yaml").mapping or {})["words"]
    words = Words(one_line(node.text or ""), node.source)
    place = TypedPlaces(sources).of(words, 4, 15, words.plain())
    assert (place.line, place.column, place.width, place.quote) == (2, 7, 3, "  Ask the")


def test_words_that_are_in_no_file_have_the_place_that_they_have(tmp_path: Path) -> None:
    from hrcpub.problems import Source

    words = Words("Ask the addicts", Source(None))
    assert TypedPlaces(Sources(tmp_path)).of(words, 0, 3, words.plain()) == words.source


def test_a_text_without_end_is_gone_over_in_a_moment() -> None:
    started = time.process_time()
    offsets = aligned("*ab* " * 40_000, 0, "ab " * 40_000)
    assert offsets
    assert offsets[3:5] == [6, 7]
    assert time.process_time() - started < 5, "it took 20 seconds"
