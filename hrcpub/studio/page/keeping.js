// How what is typed is kept: saved, undone, its versions, and what others wrote meanwhile.

import { get } from "./api.js";
import { dialog, told } from "./dialog.js";
import { make, once, tell } from "./dom.js";
import { labelOf } from "./labels.js";
import { slotOf } from "./piece.js";
import { language, say } from "./words.js";

export class Keeping {
  constructor(piece) {
    this.piece = piece;
    this.saved = make("span", { class: "saved", role: "status" });
    const act = (label, run, keys) => make("button", { type: "button", onclick: run, "aria-keyshortcuts": keys }, label);
    this.undo = act(say("Undo"), () => this.piece.step("undo"), "Control+Alt+Z");
    this.redo = act(say("Redo"), () => this.piece.step("redo"), "Control+Alt+Y");
    this.controls = [this.saved, this.undo, this.redo, act(say("Versions"), once(() => this.versions()))];
    this.saving("typing");
    this.keys = (event) => {
      if (!event.ctrlKey || !event.altKey) return;
      if (event.code === "KeyZ") this.piece.step("undo");
      if (event.code === "KeyY") this.piece.step("redo");
    };
    this.leaving = (event) => { if (this.piece.unsaved.length) { this.piece.save(); event.preventDefault(); } };
    addEventListener("keydown", this.keys);
    addEventListener("beforeunload", this.leaving);
  }

  saving(state, error) {
    const words = {
      typing: "", saving: say("saving…"), saved: say("saved"), lost: say("not saved"),
      refused: say("not done"), away: say("the studio was ended"),
    };
    this.saved.textContent = words[state];
    this.saved.classList.toggle("bad", ["lost", "refused", "away"].includes(state));
    this.undo.disabled = !this.piece.canUndo && !this.piece.unsaved.length;
    this.redo.disabled = !this.piece.canRedo || this.piece.unsaved.length > 0;
    if (error && error.status !== 409) this.explain(error, state === "lost" ? this.told : null);
    if (state !== "saved") return;
    this.told = null;
    this.saved.title = "";
    tell(words.saved);
  }

  // `known` was told before: what is tried again and again is told once.
  explain(error, known = null) {
    const away = say("The studio does not answer. What you typed is kept in this window: start the studio again, and it is saved.");
    const problems = error.body?.problems || [{ severity: "error", message: error.status ? error.message : away }];
    if (!error.status) {
      this.saving("away");
      if (this.saved.title !== away) tell(away); // once: it is tried again and again
      this.saved.title = away;
      return;
    }
    this.told = JSON.stringify(problems);
    if (this.told !== known) dialog(say("That was not done"), told(problems));
  }

  // Edits that touch none of these places are kept in any case.
  conflict(body, edits, meanwhile) {
    const all = [...edits.keys()];
    const isAsked = (number) => edits[number].do !== "remove" || meanwhile.theirs(number) !== undefined; // else both took it out
    const asked = body.conflicts.map((one) => one.edit).filter(isAsked);
    const wanted = new Set(all.filter((number) => !asked.includes(number)));
    const settle = () => this.settle(body, edits, all.filter((number) => wanted.has(number)));
    this.asking?.close();
    if (!asked.length) return settle();
    const rows = asked.map((number) => make("tr", {}, make("th", { scope: "row" }, placeOf(edits[number])),
      make("td", {}, textOf(meanwhile.theirs(number))), make("td", {}, oursOf(edits[number])),
      make("td", {}, make("label", {}, make("input", { type: "checkbox", onchange: (event) => wanted[event.target.checked ? "add" : "delete"](number) }), ` ${say("take mine")}`))));
    this.asking = dialog(say("Somebody else changed the same words"), [
      make("p", {}, say("Nothing was overwritten. Theirs is kept, unless you take yours.")),
      make("table", {}, make("thead", {}, make("tr", {}, ["", say("theirs"), say("yours"), ""].map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)),
    ], [[say("Go on"), settle]]);
    return undefined;
  }

  async settle(body, edits, wanted) {
    const lost = await this.piece.settle(body, edits, wanted);
    if (lost.length) this.lost(lost);
  }

  // Words that can be put nowhere are shown, so that they can be copied; so are translations that
  // are of use no more.
  lost(edits, unused = []) {
    dialog(say("These words have no place any more"), [
      edits.length > 0 && make("p", {}, say("Somebody else took out what they belong to. Copy what you still need.")),
      edits.map((edit) => make("p", { class: "field" }, make("b", {}, placeOf(edit)), make("textarea", { rows: 3, readOnly: true, "aria-label": placeOf(edit) }, textOf(edit.value)))),
      unused.length > 0 && make("p", {}, say("Somebody else changed what these are translations of. They stay in the file, and are shown below the others.")),
      unusedList(unused, this.piece.form),
    ]);
  }

  async versions() {
    await this.piece.save();
    const versions = await get(`${this.piece.address}/versions`).catch((error) => this.explain(error));
    if (!versions || !this.saved.isConnected) return; // or somebody went on to something else
    const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const box = dialog(say("Versions"), [
      make("p", { class: "help" }, say("Each is the whole file as it was saved. To go back is a change of its own, and can be undone.")),
      make("ol", { class: "versions" }, versions.map((one, at) => this.version(one, when, () => box.close(), at === versions.length - 1)))]);
  }

  version(one, when, close, isFirst) {
    const changes = make("div", { hidden: true });
    const what = one.by === "studio" ? whatOf(one.what) : isFirst ? say("as it was when it was first opened here") : say("written by another program");
    return make("li", {}, make("span", {}, make("b", {}, when.format(new Date(one.at))), " ", what, changes),
      make("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: once(async ({ target }) => {
        const of = changes.firstChild || await get(`${this.piece.address}/version/${one.id}`).catch((error) => this.explain(error));
        if (!of) return;
        if (!changes.firstChild) changes.append(...changesOf(of));
        changes.hidden = !changes.hidden;
        target.setAttribute("aria-expanded", String(!changes.hidden));
      }) }, say("What changed")),
      one.is_now ? make("em", {}, say("now")) : make("button", { type: "button", onclick: async () => {
        close();
        await this.piece.step(`version/${one.id}/go-back`);
      } }, say("Go back to it")));
  }

  close() {
    this.piece.leave();
    removeEventListener("keydown", this.keys);
    removeEventListener("beforeunload", this.leaving);
  }
}

// Translations whose texts are not there any more, each below its text.
export const unusedList = (unused, { written, language: into }) => unused.length > 0 && make("dl", { class: "unused" },
  unused.map(({ source, words }) => [make("dt", { lang: written }, source), make("dd", { lang: into, dir: "auto" }, words)]));

const placeOf = (edit) => labelOf(slotOf(edit.do === "move" ? [...edit.path, edit.from] : edit.path));

// A value in words: those of a row with fields one after the other.
function textOf(value) {
  const words = (one) => (typeof one === "string" ? one : Object.values(one ?? {}).map(words).filter(Boolean).join(" · "));
  return words(value) || say("(nothing)");
}

const oursOf = (edit) => (edit.do === "move" ? say("to place {number}", { number: edit.to + 1 }) : textOf(edit.value));

function whatOf(what) {
  const version = what.match(/^version (\d+)$/);
  if (version) return say("went back to an earlier version");
  if (what === "new") return say("begun");
  const slots = what.split(", ").filter(Boolean);
  return [...new Set(slots.map(labelOf))].slice(0, 4).join("; ") + (slots.length > 4 ? " …" : "");
}

// A version's changes, word by word; where it is the first one, its text.
function changesOf({ changes, text }) {
  if (!changes) return [make("pre", {}, text)];
  if (!changes.length) return [make("p", { class: "help" }, say("No words differ from the version before it: remarks, order or spacing do."))];
  return changes.map(({ slot, parts }) => make("p", { class: "change" }, make("b", {}, `${labelOf(slot)}: `), wordsOf(parts)));
}

// Parts of a text: what is the same, went out, came in.
export function wordsOf(parts) {
  const long = (text) => (text.length > 160 ? `${text.slice(0, 60)} … ${text.slice(-60)}` : text);
  return parts.flatMap(([kind, text]) => (kind === "same" ? [long(text), " "] : [make(kind === "out" ? "del" : "ins", {}, text.trim()), " "]));
}
