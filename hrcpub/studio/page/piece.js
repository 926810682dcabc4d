// One open piece: its values as they are typed, the edits that are not saved yet, and their saving.

import { get, post, Refused } from "./api.js";
import { localised } from "./labels.js";

const PAUSE = 900; // milliseconds without a key after which what was typed is saved

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// words.points.2.text, as slots are named, from ["words", "points", 1, "text"].
export const slotOf = (path) => path.map((step) => (typeof step === "number" ? step + 1 : step)).join(".");

export class Piece {
  constructor(address, fields, on) {
    this.address = address;
    this.on = on; // edited(), loaded(), saving(state), conflict(body)
    this.name = fields.name;
    this.form = localised(fields);
    this.take(fields);
  }

  static async open(address, on) {
    return new Piece(address, await get(address), on);
  }

  take(state) {
    this.base = state.digest;
    this.values = state.values;
    this.canUndo = state.can_undo;
    this.canRedo = state.can_redo;
    this.edits = [];
    this.flying = [];
  }

  // All edits since the text that `base` names.
  get unsaved() {
    return [...this.flying, ...this.edits];
  }

  at(path) {
    return path.reduce((value, step) => (value === undefined || value === null ? undefined : value[step]), this.values);
  }

  put(path, value) {
    const last = this.edits.at(-1);
    if (last?.do === "put" && same(last.path, path)) last.value = value;
    else this.edits.push({ do: "put", path, value });
    let holder = this.values;
    path.slice(0, -1).forEach((step) => {
      if (typeof step === "string" && (holder[step] === undefined || holder[step] === "")) holder[step] = {};
      holder = holder[step];
    });
    holder[path.at(-1)] = value;
    this.changed();
  }

  remove(path) {
    const holder = this.at(path.slice(0, -1));
    if (holder === undefined || holder[path.at(-1)] === undefined) return;
    this.edits.push({ do: "remove", path });
    if (Array.isArray(holder)) holder.splice(path.at(-1), 1);
    else delete holder[path.at(-1)];
    this.changed();
  }

  insert(path, value) {
    const holder = this.at(path.slice(0, -1));
    if (!Array.isArray(holder) || holder.length === 0) return this.put(path.slice(0, -1), [value]);
    this.edits.push({ do: "insert", path, value });
    holder.splice(path.at(-1), 0, structuredClone(value));
    return this.changed();
  }

  move(path, from, to) {
    const holder = this.at(path);
    if (to < 0 || to >= holder.length) return;
    this.edits.push({ do: "move", path, from, to });
    holder.splice(to, 0, ...holder.splice(from, 1));
    this.changed();
  }

  changed() {
    this.on.edited();
    this.on.saving("typing");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  // Save what is not saved; the promise is kept when all of it is, or was refused.
  async save() {
    clearTimeout(this.timer);
    if (this.busy) {
      await this.busy;
      return this.edits.length ? this.save() : undefined;
    }
    if (!this.edits.length) return undefined;
    this.busy = this.#sent().finally(() => { this.busy = null; });
    return this.busy;
  }

  async #sent() {
    this.flying = this.edits;
    this.edits = [];
    this.on.saving("saving");
    try {
      const state = await post(`${this.address}/save`, { base: this.base, edits: this.flying });
      this.base = state.digest;
      this.canUndo = state.can_undo;
      this.canRedo = state.can_redo;
      this.flying = [];
      const merged = !this.edits.length && !same(state.values, this.values);
      if (merged) {
        this.values = state.values; // others' words came in with it
        this.on.loaded();
      }
      this.on.saving(this.edits.length ? "typing" : "saved"); // more may have been typed meanwhile
    } catch (error) {
      this.edits = [...this.flying, ...this.edits];
      this.flying = [];
      this.on.saving("lost", error);
      if (error instanceof Refused && error.status === 409) this.on.conflict(error.body);
    }
  }

  // What others wrote stays, but for the places where ours is wanted.
  async settle(body, ours) {
    const kept = this.edits.filter((edit) => ours.has(slotOf(edit.path)));
    this.base = body.digest;
    this.values = body.values;
    this.edits = [];
    for (const edit of kept) {
      if (edit.do === "put") this.put(edit.path, edit.value);
      else if (edit.do === "remove") this.remove(edit.path);
    }
    this.on.loaded();
    await this.save();
  }

  async step(what) {
    await this.save();
    try {
      this.take(await post(`${this.address}/${what}`));
      this.on.loaded();
      this.on.saving("saved");
    } catch (error) {
      this.on.saving("refused", error);
    }
  }

  async reload() {
    this.form = localised(await get(this.address));
    this.take(this.form);
    this.on.loaded();
  }
}
