"""Saving in a real browser, mostly without a view: nothing is lost, doubled, or saved too early."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Route, expect

from tests.shared.windows import held, saved, until

pytestmark = pytest.mark.slow  # a browser is driven

PIECE = "overdose-wallet"
TRANSLATED = "overdose"
SAVE = "**/save"
FIRST = "    - Does not wake up or answer\n"
TITLE = ["words", "title"]

OPENED = """async (address) => {
  const { Piece } = await import("/piece.js");
  window.said = { states: [], asked: [], lost: [], unused: [] };
  window.opened = () => Piece.open(address, {
    edited() {}, loaded() {},
    saving: (state) => said.states.push(state),
    conflict: (body, edits) => said.asked.push([body, edits]),
    lost: (edits, unused) => {
      said.lost.push(...edits.map((edit) => edit.value));
      said.unused.push(...unused.map((one) => one.words));
    },
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
    window.wait_for_selector(".cards a")  # what is opened before closes all dialogs


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
        if (asked[0] !== piece.address) return ask(...asked);
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


def test_a_piece_that_cannot_be_saved_is_opened_again_though_that_takes_long(
    window: Page, files: Files
) -> None:
    """It is tried again every second, and not while it is read: else it never were at rest."""
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.route(SAVE, lambda route: route.abort())
    put(window, "Mine", TITLE)
    window.evaluate("async () => { await piece.save(); piece.leave(); }")
    with held(window, f"**/piece/{PIECE}") as asked:
        window.evaluate("() => { opened().then((again) => { window.again = again; }); }")
        until(window, lambda: bool(asked))
        window.wait_for_timeout(1500)
        asked[0].continue_()
        until(window, lambda: len(asked) > 1 or bool(window.evaluate("'again' in window")))
        assert len(asked) == 1
    assert window.evaluate("again.values.words.title") == "Mine"
    window.unroute_all()
    until(window, lambda: "title: Mine" in files.piece.read_text())
    assert "title: Mine" in files.piece.read_text()


def test_what_is_typed_while_its_page_gives_way_to_another_is_kept_too(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.evaluate("piece.leave()")
    put(window, "Mine", TITLE)
    window.evaluate("async () => { window.piece = await opened(); }")
    assert window.evaluate("piece.values.words.title") == "Mine"
    assert window.evaluate("piece.save()") is True
    assert "title: Mine" in files.piece.read_text()
    assert window.evaluate("said.asked") == []
    assert window.evaluate("() => import('/left.js').then(({ left }) => left.size)") == 0


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


def test_a_translation_whose_passage_is_another_one_elsewhere_is_told_and_kept(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/translation/{TRANSLATED}/es")
    put(window, "No contesta", ["words.signs.1", "words"])
    window.evaluate("piece.save()")
    source, last = files.original.read_text(), "    - Gurgling or snoring sounds\n"
    files.original.write_text(without_first(source).replace(last, f"{last}    - Cold, heavy\n"))
    put(window, "Otra cosa", ["words.title", "words"])
    window.evaluate("piece.save()")
    assert window.evaluate("[said.lost, said.unused]") == [[], ["No contesta"]]
    assert window.evaluate("piece.values['words.signs.4'].words") == ""
    text = files.translation.read_text()
    assert '#~ msgstr "No contesta"' in text
    assert 'msgstr "Otra cosa"' in text
    files.original.write_text(source)
    window.evaluate("piece.reload()")
    assert window.evaluate("piece.values['words.signs.1'].words") == "No contesta"
    assert window.evaluate("[said.unused.length, piece.form.unused]") == [1, []]


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


def test_an_undo_that_still_runs_is_waited_for_where_its_piece_is_opened_again(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    put(window, "Mine", TITLE)
    window.evaluate("piece.save()")
    window.evaluate("""async () => {
      const ask = fetch;
      const waited = new Promise((done) => { window.undone = done; });
      window.fetch = async (...asked) => {
        if (String(asked[0]).endsWith("/undo")) await waited;
        return ask(...asked);
      };
      const before = piece;
      before.step("undo");
      before.leave();
      const again = opened();
      await new Promise((done) => setTimeout(done, 50));
      undone();
      window.piece = await again;
    }""")
    assert window.evaluate("piece.values.words.title") == "Overdose?"
    assert "title: Overdose?" in files.piece.read_text()
    put(window, "Again", TITLE)
    assert window.evaluate("piece.save()") is True
    assert window.evaluate("said.asked") == []


def test_what_is_typed_while_an_undo_runs_is_saved_after_it(window: Page, files: Files) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    put(window, "Mine", TITLE)
    window.evaluate("piece.save()")
    window.evaluate("""async () => {
      const ask = fetch;
      window.fetch = async (...asked) => {
        window.fetch = ask;
        const answer = await ask(...asked);
        piece.put(["words", "steps", 0, "verb"], "Shake");
        return answer;
      };
      await piece.step("undo");
      await piece.save();
    }""")
    text = files.piece.read_text()
    assert "title: Overdose?" in text
    assert "verb: Shake" in text
    assert window.evaluate("[piece.values.words.title, piece.unsaved]") == ["Overdose?", []]


def test_versions_are_told_to_be_away_with_the_studio_and_there_with_it(
    window: Page, files: Files
) -> None:
    window.evaluate(OPENED, f"/api/piece/{PIECE}")
    window.evaluate("""async () => {
      const { Keeping } = await import("/keeping.js");
      const keeping = new Keeping(piece);
      piece.on.saving = (...what) => keeping.saving(...what);
      document.body.prepend(...keeping.controls);
    }""")
    window.click("button:text-is('Versions')")
    what = window.locator(".versions button:text-is('What changed')").first
    window.route("**/version/*", lambda route: route.abort(), times=1)
    what.click()
    expect(window.locator(".saved")).to_have_text("the studio was ended")
    expect(what).to_have_attribute("aria-expanded", "false")
    what.click()
    expect(what).to_have_attribute("aria-expanded", "true")
    window.locator("dialog button:text-is('Close')").click()
    window.route("**/versions", lambda route: route.abort(), times=1)
    window.click("button:text-is('Versions')")
    expect(window.locator(".saved")).to_have_text("the studio was ended")
    expect(window.locator("dialog")).to_have_count(0)
    window.click("button:text-is('Versions')")
    window.wait_for_selector(".versions li")
    window.locator("dialog button:text-is('Close')").click()


def test_what_others_mend_is_shown_and_what_could_not_be_saved_is(
    window: Page, files: Files
) -> None:
    text = files.piece.read_text()
    broken = f"{text}  title: [\n"
    files.piece.write_text(broken)
    window.goto(f"{window.url.split('#')[0]}#/piece/{PIECE}")
    window.wait_for_selector(".home .told.error")
    files.piece.write_text(text)
    window.wait_for_selector(".verdict.good")
    files.piece.write_text(broken)
    window.wait_for_selector(".verdict.bad")
    window.locator("[data-slot='words.title']").fill("Mine")
    refused = window.get_by_role("dialog", name="That was not done")
    refused.locator("button:text-is('Close')").click()
    files.piece.write_text(text)
    saved(window)
    until(window, lambda: "title: Mine" in files.piece.read_text())
    assert "title: Mine" in files.piece.read_text()
    window.wait_for_selector(".verdict.good")
    window.evaluate("location.hash = '#/'")
    window.wait_for_selector(".cards a")
