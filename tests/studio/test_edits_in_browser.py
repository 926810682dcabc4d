"""The page's own account of edits, tried at random: what is one thing, and where rows are later."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.slow  # a browser is driven

# Edits of a text, of rows that are texts and of rows with fields and a list of their own.
EDITING = """
let seed = 7;
const any = (most) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor(seed / 65536) % most;
};
let number = 0;
const word = () => `w${++number}`;
const begun = () => ({ title: word(), list: [word(), word(), word()], group: { one: word() },
  rows: [{ head: word() }, { head: word() }, { head: word(), inner: [word(), word()] }] });
const at = (values, path) => path.reduce((value, step) => value?.[step], values);

function edit(values) {
  const inner = (values.rows || []).flatMap((row, n) => (row?.inner ? [["rows", n, "inner"]] : []));
  const lists = [["list"], ["rows"], ...inner].filter((path) => Array.isArray(at(values, path)));
  const path = lists[any(lists.length)];
  const count = path ? at(values, path).length : 0;
  const ofFields = path?.at(-1) === "rows";
  const kind = any(8);
  if (kind === 0) {
    const path = [["title"], ["group", "one"], ["group", "two"]][any(3)];
    const holder = at(values, path.slice(0, -1));
    const isNew = holder ? holder[path.at(-1)] === undefined : undefined;
    return { do: "put", path, value: word(), isNew };
  }
  if (kind === 1) {
    const path = [["group", "two"], ["title"], ["group"]][any(3)];
    return at(values, path) === undefined ? null : { do: "remove", path };
  }
  if (!count) return null;
  const row = any(count);
  if (kind < 4) return { do: "insert", path: [...path, any(count + 1)],
    value: ofFields ? [{}, { head: "", inner: [""] }][any(2)] : "" };
  if (kind === 4) return count > 1 ? { do: "remove", path: [...path, row] } : null;
  if (kind === 5) return { do: "move", path, from: row, to: any(count) };
  const place = ofFields ? [...path, row, "head"] : [...path, row];
  return { do: "put", path: place, value: word(), isNew: false };
}

// What values say, whatever the order of their names.
const isGroup = (one) => one && typeof one === "object" && !Array.isArray(one);
const sorted = (one) =>
  Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
const said = (value) => JSON.stringify(value, (_, one) => (isGroup(one) ? sorted(one) : one));
const wordsIn = (value) => JSON.stringify(value).match(/w\\d+/g) || [];

function typed(seen, joined, changed) {
  const now = structuredClone(seen);
  let edits = [], count = 0;
  for (let times = 1 + any(9); times; times -= 1) {
    const one = edit(now);
    if (!one) continue;
    changed(now, one);
    edits = joined(edits, structuredClone(one));
    count += 1;
  }
  return { now, edits, count };
}
"""

JOINED = """async () => {
  const { joined, changed } = await import("/edits.js");
  const { Meanwhile } = await import("/meanwhile.js");
  EDITING
  const wrong = [];
  let [all, few] = [0, 0];
  for (let round = 0; round < 3000; round += 1) {
    const seen = begun();
    const { now, edits, count } = typed(seen, joined, changed);
    all += count;
    few += edits.length;
    const again = new Meanwhile(seen, edits, seen);
    const { lost } = again.again([...edits.keys()]);
    const both = [edits.reduce(changed, structuredClone(seen)), again.values];
    const isSame = both.every((one) => said(one) === said(now));
    if (!isSame || lost.length) wrong.push({ seen, edits, now });
  }
  return { wrong, all, few };
}"""

MEANWHILE = """async () => {
  const { joined, changed } = await import("/edits.js");
  const { Meanwhile } = await import("/meanwhile.js");
  EDITING
  const wrong = [];
  for (let round = 0; round < 3000; round += 1) {
    const seen = begun();
    const { edits } = typed(seen, joined, changed);
    const theirs = structuredClone(seen);
    for (let times = any(6); times; times -= 1) {
      const one = edit(theirs);
      if (one) changed(theirs, one);
    }
    if (any(9) === 0) delete theirs[["list", "rows", "group"][any(3)]];
    const again = new Meanwhile(seen, edits, theirs);
    const wanted = edits.at(-1) ? [edits.length - 1] : [];
    const { made, lost } = again.again(wanted);
    // What is made of their values is what it says, with all words of the edit, if none are lost.
    const values = made.reduce(changed, structuredClone(theirs));
    const mine = wanted.flatMap((one) => wordsIn(edits[one].value ?? ""));
    const has = new Set(wordsIn([values, lost]));
    // Of theirs nothing goes but what the edit took out, or put its own words in the place of.
    const gone = wordsIn(theirs).filter((one) => !wordsIn(values).includes(one));
    const own = wanted.length ? edits[wanted[0]] : {};
    const most = { put: Array.isArray(own.value) ? 9 : 1, remove: 9 }[own.do] ?? 0;
    const isSame = said(values) === said(again.values);
    const isLost = !mine.every((one) => has.has(one)) || gone.length > most;
    if (!isSame || isLost) wrong.push({ seen, edits, theirs, made });
  }
  return wrong;
}"""

LATER = """async () => {
  const { Piece } = await import("/piece.js");
  const values = { rows: [{ alt: "a van" }, { alt: "a kit" }] };
  const lost = [];
  const on = { edited() {}, saving() {}, lost: (edits) => lost.push(...edits) };
  const piece = new Piece("/nowhere", { values }, on);
  const [first, second] = [0, 1].map((row) => piece.putLater(["rows", row, "file"]));
  piece.move(["rows"], 0, 1);
  first("van.png");
  piece.remove(["rows", 0]);
  second("kit.png");
  clearTimeout(piece.timer);
  return [piece.values, lost.map((edit) => edit.value)];
}"""


FOLLOWING = """async () => {
  const { following } = await import("/passages.js");
  const said = (sources) => Object.entries(sources).map(([slot, source]) => ({ slot, source }));
  const edits = ["a", "b", "c", "d", "e"].flatMap((slot) => [
    { do: "put", path: [slot, "words"], value: slot },
    { do: "put", path: [slot, "fuzzy"], value: "no" }]);
  const before = said({ a: "One", b: "Two", c: "Three", d: "Yes", e: "Yes" });
  const now = said({ a: "New", b: "One", c: "Three!", f: "Yes", e: "Yes" });
  const { kept, lost } = following(edits, before, now);
  return [kept, lost].map((list) => list.map(({ path, value }) => `${path.join(" ")}: ${value}`));
}"""


def test_words_of_a_passage_whose_source_changed_are_still_to_be_looked_over(window: Page) -> None:
    kept, lost = window.evaluate(FOLLOWING)
    same = ["f words: d", "f fuzzy: no", "e words: e", "e fuzzy: no"]  # their source stands twice
    assert kept == ["b words: a", "b fuzzy: no", "c words: c", "c fuzzy: yes", *same]
    assert lost == ["b words: b"]


def test_edits_that_are_one_thing_say_the_same_as_one_after_the_other(window: Page) -> None:
    found = window.evaluate(JOINED.replace("EDITING", EDITING))
    assert found["wrong"] == []
    assert found["few"] < found["all"] * 0.95


def test_an_edit_on_what_others_made_of_its_rows_loses_no_word(window: Page) -> None:
    assert window.evaluate(MEANWHILE.replace("EDITING", EDITING)) == []


def test_a_picture_that_comes_late_goes_to_the_row_that_it_was_dropped_on(window: Page) -> None:
    rows = [{"alt": "a van", "file": "van.png"}]
    assert window.evaluate(LATER) == [{"rows": rows}, ["kit.png"]]
    window.reload()  # it called its fields by none
