"""Saving in a real browser, mostly without a view: nothing is lost, doubled, or saved too early."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Route

from tests.shared.windows import go_to, saved, settled, until

PIECE = "overdose-wallet"
TRANSLATED = "overdose"
SAVE = "**/save"
FIRST = "    - Does not wake up or answer\n"
TITLE = ["words", "title"]

OPENED = """async (address) => {
  const { Piece } = await import("/piece.js");
  window.said = { states: [], asked: [], lost: [] };
  window.opened = () => Piece.open(address, {
    edited() {}, loaded() {},
    saving: (state) => said.states.push(state),
    conflict: (body, edits) => said.asked.push([body, edits]),
    lost: (edits) => said.lost.push(...edits.map((edit) => edit.value)),
  });
  window.piece = await opened();
}"""


class Files(NamedTuple):
    """A piece; another one, and its translation."""

    piece: Path
    original: Path
    translation: Path


@pytest.fixture
def files(window: Page, project: Path) -> Iterator[Files]:
    """Return files that are as before when the test is over."""
    names = (f"{PIECE}.yaml", f"{TRANSLATED}.yaml", f"i18n/es/{TRANSLATED}.po")
    files = Files(*(project / "materials" / name for name in names))
    before = [path.read_bytes() for path in files]
    yield files
    for path, data in zip(files, before, strict=True):
        path.write_bytes(data)
    window.unroute_all()
    window.reload()  # it has fields of none by now


def put(window: Page, value: str, path: Sequence[str | int]) -> None:
    window.evaluate("([path, value]) => piece.put(path, value)", [path, value])


def test_an_answer_to_what_is_asked_anew_is_no_answer_to_what_was_asked_before(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    put(window, "Mine", TITLE)
    files.piece.write_text(files.piece.read_text().replace("title: Overdose?", "title: Theirs"))
    window.evaluate("""async () => {
      await piece.save();
      const again = piece.save();
      await piece.settle(...said.asked[0], []);
      await again;
    }""")
    assert window.evaluate("[said.asked.length, piece.values.words.title]") == [2, "Mine"]
    window.evaluate("piece.settle(...said.asked[1], [0])")
    assert window.evaluate("said.states.at(-1)") == "saved"
    assert "title: Mine" in files.piece.read_text()


def test_what_is_saved_while_its_piece_is_opened_again_is_saved_once(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.route(SAVE, lambda route: route.abort(), times=1)
    window.evaluate("piece.insert(['words', 'signs', 0], 'Cold'); piece.leave()")
    until(window, lambda: bool(window.evaluate("said.states.includes('lost')")))
    window.evaluate("""async () => {
      const [before, ask] = [piece, fetch];
      window.fetch = async (...asked) => {
        window.fetch = ask;
        const answer = await ask(...asked);
        await before.save(); // as it does by itself after a while
        return answer;
      };
      window.piece = await opened();
      piece.put(["words", "signs", 0], "Cold hands");
      await piece.save();
    }""")
    assert window.evaluate("said.asked") == []
    assert f"  signs:\n    - Cold hands\n{FIRST}" in files.piece.read_text()


def test_others_words_come_in_where_what_was_typed_is_taken_back(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    put(window, "New", ["words", "steps", 0, "note"])
    files.piece.write_text(files.piece.read_text().replace("title: Overdose?", "title: Theirs"))
    window.evaluate("piece.remove(['words', 'steps', 0, 'note'])")
    title = "piece.values.words.title"
    until(window, lambda: bool(window.evaluate(title) == "Theirs"))
    assert window.evaluate(f"[{title}, piece.unsaved, said.states.at(-1)]") == [
        "Theirs",
        [],
        "saved",
    ]


def without_first(text: str) -> str:
    return text.replace(FIRST, "")


def test_words_that_were_left_follow_their_passage(window: Page, files: Files) -> None:
    window.evaluate(OPENED, f"/api/translation/{TRANSLATED}/es")
    window.route(SAVE, lambda route: route.abort())
    put(window, "Azul", ["words.signs.3", "words"])
    window.evaluate("piece.leave()")
    files.original.write_text(without_first(files.original.read_text()))
    window.unroute_all()
    window.evaluate("async () => { window.piece = await opened(); await piece.save(); }")
    assert window.evaluate("piece.values['words.signs.2'].words") == "Azul"
    assert window.evaluate("[piece.unsaved, said.lost]") == [[], []]
    assert files.translation.read_text().count("Azul") == 1


def test_nothing_is_left_to_save_where_all_passages_are_gone(window: Page, files: Files) -> None:
    window.evaluate(OPENED, f"/api/translation/{TRANSLATED}/es")
    put(window, "No contesta", ["words.signs.1", "words"])
    files.original.write_text(without_first(files.original.read_text()))
    window.evaluate("piece.save()")
    assert window.evaluate("[piece.unsaved, said.lost, said.states.at(-1)]") == [
        [],
        ["No contesta"],
        "saved",
    ]


def test_an_answer_that_is_cut_off_is_none(window: Page, files: Files) -> None:
    def cut_off(route: Route) -> None:
        whole = route.fetch().text()
        assert json.loads(whole)["digest"]
        route.fulfill(status=200, content_type="application/json", body=whole[:-9])

    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.route(SAVE, cut_off, times=1)
    put(window, "Mine", TITLE)
    assert window.evaluate("piece.save()") is False
    assert window.evaluate("[piece.unsaved.length, said.states.at(-1)]") == [1, "lost"]
    assert window.evaluate("piece.save()") is True
    assert window.evaluate("[piece.unsaved, said.states.at(-1)]") == [[], "saved"]
    assert "title: Mine" in files.piece.read_text()


def test_a_row_whose_save_was_not_answered_is_there_once_though_others_write_on(
    window: Page, files: Files
) -> None:
    def unanswered(route: Route) -> None:
        route.fetch()
        files.piece.write_text(files.piece.read_text().replace(FIRST, f"    - Asleep\n{FIRST}"))
        route.abort()

    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.route(SAVE, unanswered, times=1)
    window.evaluate("piece.insert(['words', 'signs', 0], 'Cold')")
    assert window.evaluate("piece.save()") is False
    put(window, "Mine", TITLE)
    assert window.evaluate("piece.save()") is True
    assert window.evaluate("said.asked") == []
    assert f"  signs:\n    - Cold\n    - Asleep\n{FIRST}" in files.piece.read_text()
    assert "title: Mine" in files.piece.read_text()


def test_a_row_that_was_tried_before_is_one_thing_to_ask_about(window: Page, files: Files) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.route(SAVE, lambda route: route.abort(), times=1)
    window.evaluate("piece.insert(['words', 'signs', 0], '')")
    assert window.evaluate("piece.save()") is False
    put(window, "Cold", ["words", "signs", 0])
    files.piece.write_text(without_first(files.piece.read_text()))
    assert window.evaluate("piece.save()") is False
    (body, edits), *more = window.evaluate("said.asked")
    assert [one["edit"] for one in body["conflicts"]] == [0]
    assert [one["value"] for one in edits] == ["Cold"]
    assert more == []


def test_what_could_not_be_saved_is_when_others_mend_the_file(window: Page, files: Files) -> None:
    go_to(window, f"#/piece/{PIECE}")
    settled(window)
    text = files.piece.read_text()
    files.piece.write_text(f"{text}  title: [\n")
    window.locator("[data-slot='words.title']").fill("Mine")
    refused = window.get_by_role("dialog", name="That was not done")
    refused.locator("button:text-is('Close')").click()
    files.piece.write_text(text)
    saved(window)
    until(window, lambda: "title: Mine" in files.piece.read_text())
    assert "title: Mine" in files.piece.read_text()
    window.evaluate("location.hash = '#/'")
    window.wait_for_selector(".cards a")
