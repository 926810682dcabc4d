// One open piece: its values as they are typed, the edits that are not saved yet, and their saving.

import { get, post, Refused } from "./api.js";
import { changed, joined, same } from "./edits.js";
import { localised } from "./labels.js";
import { left } from "./left.js";
import { Meanwhile, slotNow } from "./meanwhile.js";
import { following, placeNow } from "./passages.js";

const PAUSE = 900; // milliseconds without a key after which what was typed is saved
const AGAIN = 1000; // after which it is tried again where it could not be done

// words.points.2.text, as slots are named, from ["words", "points", 1, "text"].
export const slotOf = (path) => path.map((step) => (typeof step === "number" ? step + 1 : step)).join(".");

export class Piece {
  constructor(address, fields, on) {
    this.address = address;
    this.on = on; // edited(), loaded(whither), saving(state, error), conflict(body, edits, meanwhile), lost(edits, unused)
    this.name = fields.name;
    this.form = localised(fields);
    this.turn = Promise.resolve();
    this.busy = 0; // of what is asked of the server, how much is not answered yet
    this.take(fields);
  }

  static async open(address, on) {
    let [before, turn, fields] = [];
    do {
      before = left.get(address);
      turn = before?.turn;
      await turn;
      clearTimeout(before?.timer); // tried again and again, it would never be at rest
      fields = await get(address).catch((error) => {
        before?.later(AGAIN);
        throw error;
      });
    } while (left.get(address) !== before || before?.turn !== turn); // more was typed there, or it was tried again
    const piece = new Piece(address, fields, on);
    if (left.delete(address)) piece.#goOn(before);
    return piece;
  }

  // What could not be saved when it was left.
  #goOn(before) {
    clearTimeout(before.timer);
    const { base, made, seen, values, edits, unsure } = before;
    Object.assign(this, { base, made, seen, values, edits, unsure });
    if (before.form.of !== this.form.of) this.form = before.form; // they follow their passages from there
    before.edits = [];
    this.later(PAUSE);
  }

  take(state) {
    this.base = state.digest;
    this.made = []; // edits that are saved, but not in the text that `base` names: others' words came in with them
    this.values = state.values;
    this.seen = structuredClone(state.values); // as it was when `edits` was empty
    this.canUndo = state.can_undo;
    this.canRedo = state.can_redo;
    this.edits = [];
    this.unsure = 0; // how many of them may be saved: nobody answered
    this.flying = [];
  }

  get unsaved() {
    return [...this.flying, ...this.edits];
  }

  // All edits since the text that `base` names.
  get sinceBase() {
    return [...this.made, ...this.unsaved];
  }

  at(path) {
    return path.reduce((value, step) => (value === undefined || value === null ? undefined : value[step]), this.values);
  }

  put(path, value) {
    const holder = this.at(path.slice(0, -1));
    const isNew = holder !== null && typeof holder === "object" ? holder[path.at(-1)] === undefined : undefined;
    this.#edit({ do: "put", path, value, isNew });
  }

  remove(path) {
    const holder = this.at(path.slice(0, -1));
    if (holder === undefined || holder[path.at(-1)] === undefined) return;
    this.#edit({ do: "remove", path });
  }

  insert(path, value) {
    const holder = this.at(path.slice(0, -1));
    if (!Array.isArray(holder) || holder.length === 0) this.put(path.slice(0, -1), [value]);
    else this.#edit({ do: "insert", path, value });
  }

  move(path, from, to) {
    if (to < 0 || to >= this.at(path).length) return;
    this.#edit({ do: "move", path, from, to });
  }

  // A put of what takes a while to come: it goes to the row that it was meant for. Its path then.
  putLater(path) {
    const seen = structuredClone(this.values);
    return (value) => {
      const { made, lost } = new Meanwhile(seen, [{ do: "put", path, value }], this.values).again([0]);
      for (const edit of made) this.put(edit.path, edit.value);
      if (lost.length) this.on.lost(lost);
      return made[0]?.path;
    };
  }

  #edit(edit) {
    if (this.isLeft) left.set(this.address, this); // its fields are there until another page is
    changed(this.values, edit);
    this.edits = joined(this.edits, structuredClone(edit), this.unsure);
    this.on.edited();
    this.on.saving("typing");
    this.later(PAUSE);
  }

  later(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.unsaved.length ? this.save() : this.#isAsBefore()), time);
  }

  // What was typed was taken back: what others wrote while it stood comes in now.
  #isAsBefore() {
    this.#isLeftNoMore();
    this.on.saving("saved");
    this.reload(this.base);
  }

  // What is asked of the server goes one after the other.
  #inTurn(run) {
    this.busy += 1;
    const turn = this.turn.then(run).finally(() => { this.busy -= 1; });
    this.turn = turn.catch(() => {});
    return turn;
  }

  // Save what is not saved; the promise is kept when what was typed until then is, or was refused.
  save() {
    clearTimeout(this.timer);
    return this.#inTurn(() => this.#sent());
  }

  async #sent() {
    if (!this.edits.length) return true;
    clearTimeout(this.timer);
    [this.flying, this.edits] = [this.edits, []];
    const wanted = structuredClone(this.values);
    if (!this.isTriedAgain) this.on.saving("saving"); // what is tried again is told when it is done
    let state;
    try {
      state = await post(`${this.address}/save`, { base: this.base, made: this.made, edits: this.flying, unsure: this.unsure, of: this.form.of });
    } catch (error) {
      return this.#refused(error);
    }
    this.#saved(state, wanted);
    return true;
  }

  #saved(state, wanted) {
    const others = !same(state.values, wanted); // their words came in with it
    const shown = this.#shown();
    if (others && this.edits.length) {
      // What was typed meanwhile was not typed on theirs: it is said so when it is saved.
      this.made.push(...this.flying);
      this.seen = wanted;
    } else {
      this.base = state.digest;
      this.made = [];
      this.seen = structuredClone(state.values);
      if (others) this.values = state.values;
    }
    Object.assign(this, { canUndo: state.can_undo, canRedo: state.can_redo, flying: [], unsure: 0, isTriedAgain: false });
    if (!this.edits.length) this.#isLeftNoMore();
    if (others && !this.edits.length) this.#loaded(shown);
    this.on.saving(this.edits.length ? "typing" : "saved"); // more may have been typed meanwhile
  }

  #refused(error) {
    const hasAnswered = error instanceof Refused;
    this.#areMade(this.flying.splice(0, error.body?.saved ?? 0));
    const sent = this.flying;
    const all = [...sent, ...this.edits];
    if (!hasAnswered) this.unsure = sent.length;
    else if (error.status === 409) this.unsure = 0;
    this.edits = hasAnswered ? all.reduce((edits, edit) => joined(edits, edit, this.unsure), []) : all;
    this.flying = [];
    if (error.status === 409 && !error.body.conflicts?.length) return this.#followed();
    if (error.status === 409 && !same(this.edits, sent)) return this.#sent(); // as it is now, it is to be judged
    this.on.saving("lost", error);
    if (error.status === 409) this.on.conflict(error.body, this.edits, new Meanwhile(this.seen, this.edits, error.body.values));
    else this.later(AGAIN); // others may mend the file
    this.isTriedAgain = error.status !== 409;
    return false;
  }

  // Edits that were saved when nobody answered.
  #areMade(edits) {
    this.made.push(...edits);
    this.seen = edits.reduce(changed, structuredClone(this.seen));
  }

  // The file changed a moment ago, or, of a translation, its piece: then the edits go to where their
  // passages are now.
  async #followed() {
    const fields = await get(this.address).catch(() => null);
    if (!fields?.passages || fields.of === this.form.of) return this.#sent();
    const shown = this.#shown();
    const { kept, lost } = following(this.edits, this.form.passages, fields.passages);
    this.made = following(this.made, this.form.passages, fields.passages).kept;
    const unused = this.#renewed(fields);
    if (kept.length) {
      this.edits = kept;
      this.values = [...this.made, ...kept].reduce(changed, fields.values);
      this.seen = structuredClone(fields.values);
    } else this.take(fields);
    this.#loaded(shown);
    if (lost.length || unused.length) this.on.lost(lost, unused);
    if (kept.length) return this.#sent();
    this.#isLeftNoMore();
    this.on.saving("saved"); // nothing is left to save
    return true;
  }

  // What others wrote stays, but for those of the edits, by number, that are wanted. The words that
  // have no place there are returned.
  async settle({ digest, values }, edits, wanted) {
    const shown = this.#shown();
    const lost = await this.#inTurn(() => {
      if (edits !== this.edits) return null; // others by now: they are asked about anew
      const again = new Meanwhile(this.seen, edits, values);
      const { made, lost } = again.again(wanted);
      this.take({ digest, values, can_undo: this.canUndo, can_redo: this.canRedo });
      Object.assign(this, { values: again.values, edits: made });
      return lost;
    });
    if (!lost) return [];
    if (!this.edits.length) this.#isLeftNoMore();
    this.#loaded(shown);
    this.on.saving(this.edits.length ? "typing" : "saved");
    await this.save();
    return lost;
  }

  // Undo, redo, or go back to a version: of what is saved, so all of it is saved before.
  step(what) {
    return this.#inTurn(async () => {
      while (this.edits.length) if (!await this.#sent()) return;
      try {
        this.#taken(await post(`${this.address}/${what}`));
        this.on.saving(this.edits.length ? "typing" : "saved");
      } catch (error) {
        this.on.saving("refused", error);
      }
    });
  }

  // As it is now; what was typed until it came is not lost for it. `known` is no news.
  reload(known = null) {
    return this.#inTurn(async () => {
      const fields = await get(this.address).catch(() => null);
      if (fields && fields.digest === known) return undefined;
      if (this.isLeft) return undefined; // nobody looks at it: it is read when it is opened again
      if (!fields) return this.on.edited(); // what is wrong with it is told where it is shown
      const shown = this.#shown();
      const unused = this.edits.length ? [] : this.#renewed(fields);
      this.#taken(fields, shown);
      if (unused.length) this.on.lost([], unused);
      return undefined;
    });
  }

  // The form as it is now; returned are the translations that have no place in it any more.
  #renewed(fields) {
    const known = new Set(this.form.unused?.map((one) => JSON.stringify(one)));
    this.form = localised(fields);
    return (fields.unused ?? []).filter((one) => !known.has(JSON.stringify(one)));
  }

  #taken(state, shown = this.#shown()) {
    if (this.edits.length) return; // it comes in when they are saved
    this.take(state);
    this.#loaded(shown);
  }

  #shown() {
    return { values: this.values, passages: this.form.passages };
  }

  // Other values are to be shown. Where a slot of those before is now, is told to who asks.
  #loaded({ values, passages }) {
    const now = this.#shown(); // it may be asked later
    this.on.loaded((slot) => (passages ? placeNow(slot, passages, now.passages)?.slot : slotNow(slot, values, now.values)));
  }

  // The window goes on to something else: what cannot be saved yet is kept for when it comes back.
  async leave() {
    this.isLeft = true;
    if (this.unsaved.length || this.busy) left.set(this.address, this);
    await this.save();
    if (!this.unsaved.length) this.#isLeftNoMore();
  }

  #isLeftNoMore() {
    if (left.get(this.address) === this) left.delete(this.address);
  }
}
