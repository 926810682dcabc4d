// Edits that were made on what was seen, done again on what others made of it. Rows are known by
// what they say, not by their numbers: others may have put some in, taken some out, or moved them.

import { changed } from "./edits.js";

const ALIKE = 0.3; // share of words in common from which a row is held to be one that was changed
const MOST_PAIRS = 40_000; // of rows that are compared word by word

let last = 0;
// A value's shape: of a list its rows, each with a number of its own; of a group its names.
const shape = (value) => {
  if (Array.isArray(value)) return value.map((row) => ({ id: ++last, of: shape(row) }));
  return value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)])) : null;
};

// Where a slot of what was seen is in what others made of it; null where its row is gone.
export function slotNow(slot, seen, theirs) {
  const path = slot.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) - 1 : step));
  const at = (steps) => steps.reduce((value, step) => value?.[step], seen);
  const row = path.findLastIndex((step, number) => typeof step === "number" && Array.isArray(at(path.slice(0, number))) && at(path.slice(0, number + 1)) !== undefined);
  if (row < 0) return slot;
  const now = new Meanwhile(seen, [{ do: "remove", path: path.slice(0, row + 1) }], theirs).place(0);
  return now && [...now, ...path.slice(row + 1)].map((step) => (typeof step === "number" ? step + 1 : step)).join(".");
}

export class Meanwhile {
  constructor(seen, edits, theirs) {
    this.values = structuredClone(theirs);
    this.shape = shape(theirs);
    const ours = shape(seen);
    align(seen, ours, theirs, this.shape);
    this.edits = edits.map((edit) => marked(ours, edit));
    this.places = this.edits.map(({ edit, row }) => (edit.do === "insert" ? null : this.#found(row)));
    this.now = this.places.map((path) => this.#at(path));
  }

  // Where the place of an edit is now; null where it is gone.
  place(number) {
    return this.places[number];
  }

  // What others have at the place of an edit; undefined where it is gone, or was never there.
  theirs(number) {
    return this.now[number];
  }

  // The edits as they are to be made on what others wrote, and the words that have no place there.
  again(numbers) {
    const [made, lost] = [[], []];
    for (const number of numbers) {
      const edit = this.#again(this.edits[number]);
      if (edit === null) lost.push(this.edits[number].edit);
      else for (const one of [edit].flat()) made.push(this.#done(one, this.edits[number]));
    }
    return { made, lost };
  }

  // [] where there is nothing to do, null where the place of its words is gone.
  #again(one) {
    return { put: () => this.#put(one), insert: () => this.#inserted(one), remove: () => this.#removed(one), move: () => this.#moved(one) }[one.edit.do]();
  }

  #put({ edit, marks, wasThere, holder }) {
    const path = this.#found(marks);
    if (path && this.#takes(path)) {
      const isBegun = Array.isArray(edit.value) && !wasThere && this.#at(path)?.length > 0 && Array.isArray(this.#at(path));
      return isBegun ? edit.value.map((value, at) => ({ do: "insert", path: [...path, this.#at(path).length + at], value })) : { do: "put", path, value: edit.value };
    }
    return typeof edit.path.at(-1) === "number" ? this.#row(holder, edit.value, Infinity) : null;
  }

  #inserted({ edit, holder, before }) {
    return this.#row(holder, edit.value, before);
  }

  // A row comes behind the nearest that stood before it, or to the end.
  #row(holder, value, before) {
    const path = this.#found(holder);
    if (!path || !this.#takes([...path, 0])) return null;
    const rows = this.#at(path);
    if (!rows?.length) return { do: "put", path, value: [value] };
    return { do: "insert", path: [...path, before === Infinity ? rows.length : this.#behind(path, before)], value };
  }

  #removed({ marks }) {
    const path = this.#found(marks);
    return path && this.#at(path) !== undefined ? { do: "remove", path } : [];
  }

  #moved({ holder, id, before }) {
    const path = this.#found(holder);
    const at = path ? this.#rows(path).findIndex((row) => row.id === id) : -1;
    if (at < 0) return [];
    const behind = this.#behind(path, before);
    const to = behind - (behind > at);
    return to === at ? [] : { do: "move", path, from: at, to };
  }

  #behind(path, before) {
    const rows = this.#rows(path);
    return Math.max(0, ...before.map((id) => rows.findIndex((row) => row.id === id) + 1).filter(Boolean).slice(0, 1));
  }

  #done(edit, of) {
    changed(this.values, edit);
    mirror(this.shape, edit, of.id);
    // A row that begins its list anew.
    if (edit.do === "put" && edit.path.length < of.edit.path.length) this.#rows(edit.path)[0].id = of.id;
    return edit;
  }

  #at(path) {
    return path?.reduce((value, step) => value?.[step], this.values);
  }

  #rows(path) {
    const inner = path.reduce((at, step) => inside(at, step), this.shape);
    return Array.isArray(inner) ? inner : [];
  }

  // The path of marks, names and numbers of rows, as it is now; null where a row of it is gone.
  #found(marks) {
    const path = [];
    let at = this.shape;
    for (const mark of marks) {
      const step = typeof mark === "string" ? mark : Array.isArray(at) ? at.findIndex((row) => row.id === mark.id) : -1;
      if (step === -1 || (typeof mark === "string" && Array.isArray(at))) return null;
      path.push(step);
      at = inside(at, step);
    }
    return path;
  }

  // Whether all on the way to a place are groups and lists, or can be begun.
  #takes(path) {
    return path.every((step, at) => {
      const value = this.#at(path.slice(0, at));
      if (value === undefined || value === "") return true;
      return typeof step === "number" ? Array.isArray(value) : typeof value === "object" && !Array.isArray(value);
    });
  }
}

const inside = (at, step) => (Array.isArray(at) ? at[step]?.of : at?.[step]);

// An edit, with the rows that it is about as they are known by; then it is made.
function marked(ours, edit) {
  const marks = [];
  let at = ours;
  for (const step of edit.path) {
    marks.push(typeof step === "string" ? step : { id: at?.[step]?.id });
    at = inside(at, step);
  }
  const one = { edit, marks, wasThere: Array.isArray(at) && at.length > 0, holder: edit.do === "move" ? marks : marks.slice(0, -1) };
  one.id = edit.do === "move" ? at[edit.from].id : edit.do === "insert" ? ++last : marks.at(-1).id;
  one.row = edit.do === "move" ? [...marks, { id: one.id }] : marks;
  mirror(ours, edit, one.id);
  if (!["insert", "move"].includes(edit.do)) return one;
  const rows = (edit.do === "move" ? edit.path : edit.path.slice(0, -1)).reduce(inside, ours);
  const now = rows.findIndex((row) => row.id === one.id);
  one.before = rows.slice(0, now).map((row) => row.id).reverse(); // the nearest first
  return one;
}

// Make an edit in the shape of values.
function mirror(shapes, edit, id) {
  const step = edit.path.at(-1);
  const holder = (edit.do === "move" ? edit.path : edit.path.slice(0, -1)).reduce((at, step) => {
    if (edit.do === "put" && typeof step === "string") at[step] ??= {};
    return inside(at, step);
  }, shapes);
  if (edit.do === "move") holder.splice(edit.to, 0, ...holder.splice(edit.from, 1));
  else if (edit.do === "insert") holder.splice(step, 0, { id: id ?? ++last, of: shape(edit.value) });
  else if (edit.do === "put") holder[step] = typeof step === "number" ? { id: holder[step]?.id ?? ++last, of: shape(edit.value) } : shape(edit.value);
  else if (Array.isArray(holder)) holder.splice(step, 1);
  else delete holder[step];
}

// Give the rows of others the numbers of those that they are, or came from.
function align(seen, ours, theirs, shapes) {
  if (Array.isArray(ours) && Array.isArray(shapes)) {
    for (const [at, other] of pairs(seen, theirs)) {
      shapes[other].id = ours[at].id;
      align(seen[at], ours[at].of, theirs[other], shapes[other].of);
    }
  } else if (ours && shapes && !Array.isArray(ours) && !Array.isArray(shapes)) {
    for (const name of Object.keys(ours)) if (name in shapes) align(seen[name], ours[name], theirs[name], shapes[name]);
  }
}

// Which rows are the same ones: those that say the same, then those that say much the same, then
// those that stand between the same ones, but for a row of fields that has none of its words.
function pairs(seen, theirs) {
  const found = new Map();
  const taken = new Set();
  const pair = (at, other) => { found.set(at, other); taken.add(other); };
  const rest = (rows, known) => [...rows.keys()].filter((at) => !known.has(at));
  const places = new Map();
  for (const [other, row] of theirs.entries()) places.set(JSON.stringify(row), [...(places.get(JSON.stringify(row)) ?? []), other]);
  for (const [at, row] of seen.entries()) {
    const other = places.get(JSON.stringify(row))?.shift();
    if (other !== undefined) pair(at, other);
  }
  for (const [at, other] of alike(seen, rest(seen, found), theirs, rest(theirs, taken))) if (!found.has(at) && !taken.has(other)) pair(at, other);
  const mayBe = (at, other) => typeof seen[at] === "string" || likeness(seen[at], theirs[other]) > 0;
  const isBetween = (at, other) => (at ? found.get(at - 1) === other - 1 : other === 0) && (at + 1 < seen.length ? found.get(at + 1) === other + 1 : other + 1 === theirs.length);
  for (const at of rest(seen, found)) {
    const other = rest(theirs, taken).find((one) => isBetween(at, one) && mayBe(at, one));
    if (other !== undefined) pair(at, other);
  }
  return found;
}

function alike(seen, these, theirs, those) {
  if (these.length * those.length > MOST_PAIRS) return these.filter((at) => those.includes(at)).map((at) => [at, at]);
  const scored = these.flatMap((at) => those.map((other) => [at, other, likeness(seen[at], theirs[other])]));
  return scored.filter((one) => one[2] >= ALIKE).toSorted((one, other) => other[2] - one[2]);
}

const wordsOf = (value) => (typeof value === "string" ? value.split(/\s+/).filter(Boolean) : Object.values(value ?? {}).flatMap(wordsOf));

function likeness(one, other) {
  const [these, those] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  return [...these].filter((word) => those.has(word)).length / Math.max(1, new Set([...these, ...those]).size);
}
