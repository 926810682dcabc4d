// The files of a layout, as they are typed: tabs of an editor, and their saving.

import { get, post } from "./api.js";
import { dialog } from "./dialog.js";
import { make, once, tell } from "./dom.js";
import { Editor } from "./editor.js";
import { left } from "./left.js";
import { Away } from "./returning.js";
import { language, say } from "./words.js";

const AGAIN = 1000; // milliseconds after which a save is tried again that nobody answered

export const designAt = (name) => `/api/design/${encodeURIComponent(name)}`;

const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);

export class LayoutFiles {
  // on: changed(), saving(state, error), values()
  constructor(layout, on) {
    this.layout = layout;
    this.on = on;
    this.open = new Map(); // by path: base, saved, state
    this.problems = [];
    this.editor = new Editor(say("Text"), {
      changed: () => this.changed(),
      save: () => this.save(),
      values: () => on.values(),
      complete: (path, at) => post(`${designAt(layout.name)}/complete`, { path, at, drafts: { ...this.drafts, [path]: this.editor.text } }),
    });
    this.tabs = make("div", { class: "tabs files", role: "toolbar", "aria-label": say("Files") });
    this.warning = make("p", { class: "told warning shared", hidden: true }, say("All layouts use this file: a change here changes them all."));
    this.element = make("section", { class: "coding", "aria-label": say("Files") }, this.tabs, this.warning, this.editor.element);
  }

  async start() {
    for (const { path } of this.layout.files) if (left.has(path)) await this.show(path).catch(() => {}); // it may be gone
    await this.show(this.layout.files[0].path);
  }

  get file() {
    return this.open.get(this.path);
  }

  textOf(path) {
    return path === this.path ? this.editor.text : this.open.get(path).state.doc.toString();
  }

  isUnsaved(path) {
    return this.open.has(path) && this.textOf(path) !== this.open.get(path).saved;
  }

  // All texts that are not saved, by their paths.
  get drafts() {
    return Object.fromEntries([...this.open.keys()].filter((path) => this.isUnsaved(path)).map((path) => [path, this.textOf(path)]));
  }

  async show(path) {
    this.wanted = path;
    if (this.path === path) return;
    if (!this.open.has(path)) {
      await left.get(path)?.turn; // it is still being saved
      const fields = await get(`${designAt(this.layout.name)}/file?path=${encodeURIComponent(path)}`);
      if (!this.open.has(path)) this.#begin(path, fields); // two may have asked
      if (this.wanted !== path) return; // another one was chosen meanwhile
    }
    if (this.file) this.file.state = this.editor.state;
    this.path = path;
    this.editor.show(this.file.state);
    this.warning.hidden = !this.layout.files.find((one) => one.path === path)?.is_shared;
    this.tell(this.problems);
    this.on.saving("");
  }

  #begin(path, fields) {
    const typed = left.get(path);
    this.open.set(path, { state: this.editor.begin(path, typed?.text ?? fields.text) });
    this.take(path, fields);
    if (typed) Object.assign(this.open.get(path), { base: typed.base, saved: typed.saved });
    left.delete(path);
  }

  // Show a file that somebody chose; what stops it is told.
  choose(path) {
    return this.show(path).catch((error) => this.on.saving("lost", error));
  }

  take(path, fields) {
    Object.assign(this.open.get(path), { base: fields.digest, saved: fields.text, canUndo: fields.can_undo, canRedo: fields.can_redo });
  }

  changed() {
    this.drawTabs();
    this.on.saving(this.isUnsaved(this.path) ? "unsaved" : "");
    this.on.changed();
  }

  // Go to a place, whatever file it is in.
  async go(path, line, column) {
    if (!this.layout.files.some((one) => one.path === path)) return;
    await this.choose(path);
    if (this.path === path) this.editor.go(line, column);
  }

  tell(problems) {
    this.problems = problems;
    this.editor.mark(problems.filter((one) => one.source?.path === this.path));
    this.drawTabs();
  }

  drawTabs() {
    const tab = ({ path }) => {
      const wrong = this.problems.filter((one) => one.source?.path === path && one.severity === "error").length;
      const state = [this.isUnsaved(path) && say("not saved"), wrong && say.many(wrong, "{count} mistake", "{count} mistakes")].filter(Boolean).join(", ");
      return make("button", { type: "button", "aria-pressed": String(path === this.path), "data-path": path, "aria-label": [nameOf(path), state].filter(Boolean).join(": "), onclick: () => this.choose(path) },
        nameOf(path), this.isUnsaved(path) && make("b", { class: "dot", "aria-hidden": "true" }, " •"), wrong > 0 && make("b", { class: "count", "aria-hidden": "true" }, String(wrong)));
    };
    const isTab = (one) => !one.is_shared || this.open.has(one.path);
    const shared = make("label", {}, make("span", { class: "unseen" }, say("Files of all layouts")),
      make("select", { onchange: (event) => event.target.value && this.choose(event.target.value) },
        make("option", { value: "" }, say("Files of all layouts")),
        this.layout.files.filter((one) => !isTab(one)).map((one) => make("option", { value: one.path }, nameOf(one.path)))));
    const focused = this.tabs.contains(document.activeElement) && document.activeElement.dataset.path;
    this.tabs.replaceChildren(...this.layout.files.filter(isTab).map(tab), make("span", { class: "gap" }), shared);
    if (focused) this.tabs.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus();
  }

  // One after the other: a second save is made on what the first one left.
  save() {
    clearTimeout(this.timer);
    return this.#inTurn(async () => {
      for (const [path, text] of Object.entries(this.drafts)) await this.#sent("save", path, { base: this.open.get(path).base, text });
    });
  }

  #inTurn(run) {
    this.turn = (this.turn ?? Promise.resolve()).then(run);
    return this.turn;
  }

  async #sent(what, path, fields) {
    this.on.saving("saving");
    try {
      const made = await post(`${designAt(this.layout.name)}/${what}`, { path, ...fields });
      if (made.conflict) {
        this.on.saving("lost");
        return this.isClosed || this.conflict(path, made.conflict);
      }
      this.take(path, made);
      this.on.saving(this.isUnsaved(path) ? "unsaved" : "saved");
      if (!this.isUnsaved(path)) tell(say("saved"));
    } catch (error) {
      if (what === "save" && error instanceof Away && !this.isClosed) this.timer = setTimeout(() => this.save(), AGAIN); // it was asked for
      this.on.saving("lost", error);
    }
    return this.drawTabs();
  }

  // The studio was away: what others wrote meanwhile comes in.
  async goOn() {
    this.on.saving(this.isUnsaved(this.path) ? "unsaved" : "");
    for (const path of this.open.keys()) await this.reload(path).catch(() => {}); // it may be gone
  }

  // Undo or redo what was saved; what is typed since then is saved first.
  step(what) {
    const { path } = this;
    this.save();
    return this.#inTurn(async () => {
      if (this.isUnsaved(path)) return;
      const before = this.textOf(path);
      await this.#sent(what, path, {});
      if (this.textOf(path) === before) this.#replace(path, this.open.get(path).saved);
    });
  }

  // Another text of a file, in the editor or behind it.
  #replace(path, text) {
    if (this.isClosed) return;
    if (path === this.path) this.editor.replace(text);
    else this.open.get(path).state = this.editor.begin(path, text);
  }

  conflict(path, { digest, text }) {
    const file = this.open.get(path);
    const mine = this.textOf(path);
    const side = (title, words) => make("section", {}, make("h3", {}, title), make("pre", { class: "side", tabindex: "0" }, words));
    dialog(say("Another program changed {file}", { file: nameOf(path) }), [
      make("p", {}, say("Nothing was overwritten. If you keep yours, theirs stays in the list of versions. If you take theirs, Ctrl+Z brings yours back.")),
      make("div", { class: "sides" }, side(say("theirs"), different(text, mine)), side(say("yours"), different(mine, text))),
    ], [
      [say("Take theirs"), async () => { Object.assign(file, { base: digest, saved: text }); await this.show(path); this.editor.replace(text); }],
      [say("Keep mine"), () => { Object.assign(file, { base: digest, saved: text }); this.#inTurn(() => this.#sent("save", path, { base: digest, text: mine })); }],
    ]);
  }

  // A file that another program wrote: taken where nothing was typed, else told when it is saved.
  async reload(path) {
    if (!this.open.has(path) || this.isUnsaved(path)) return;
    const file = this.open.get(path);
    const { base } = file;
    const fields = await get(`${designAt(this.layout.name)}/file?path=${encodeURIComponent(path)}`);
    if (this.isUnsaved(path) || fields.text === file.saved || file.base !== base) return; // or it was saved meanwhile
    this.take(path, fields);
    this.#replace(path, fields.text);
  }

  async versions() {
    const path = this.path, address = (tail) => `${designAt(this.layout.name)}/${tail}?path=${encodeURIComponent(path)}`;
    const asked = (tail) => get(address(tail)).catch((error) => this.on.saving("lost", error));
    await this.save();
    const versions = await asked("versions");
    if (!versions || this.isClosed) return;
    const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const box = dialog(say("Versions of {file}", { file: nameOf(path) }), make("ol", { class: "versions" }, versions.map((one, at) => {
      const text = make("pre", { hidden: true });
      const words = async () => (await asked(`version/${one.id}`))?.text;
      const look = async () => { text.textContent ||= different((await words()) ?? "", this.textOf(path)); text.hidden = !text.hidden; };
      const goBack = async () => {
        const of = await words();
        if (of === undefined || !box.open) return; // nobody waits for it any more
        this.#replace(path, of);
        box.close();
        await this.save();
      };
      return make("li", {}, make("span", {}, make("b", {}, when.format(new Date(one.at))), ` ${one.what || (one.by === "studio" ? "" : at === versions.length - 1 ? say("as it was when it was first opened here") : say("written by another program"))}`, text),
        make("button", { type: "button", class: "quiet", onclick: once(look) }, say("Look")),
        one.is_now ? make("em", {}, say("now")) : make("button", { type: "button", onclick: goBack }, say("Go back to it")));
    })));
  }

  // What is not saved is kept for when the layout is opened again; of what is being saved it is
  // known then what became of it.
  close() {
    clearTimeout(this.timer);
    this.isClosed = true;
    const { turn } = this;
    const known = (path) => ({ base: this.open.get(path).base, saved: this.open.get(path).saved });
    const kept = Object.entries(this.drafts).map(([path, text]) => [path, { text, turn, ...known(path) }]);
    for (const [path, one] of kept) left.set(path, one);
    turn?.then(() => {
      for (const [path, one] of kept) if (Object.assign(one, known(path)).saved === one.text && left.get(path) === one) left.delete(path);
    });
    this.editor.close();
  }
}

// The lines of a text that another one lacks, with a few around them.
function different(text, other) {
  const known = new Set(other.split("\n")), lines = text.split("\n");
  const near = (at) => lines.slice(Math.max(0, at - 2), at + 3).some((line) => !known.has(line));
  const shown = lines.map((line, at) => (near(at) ? `${known.has(line) ? " " : "›"} ${line}` : null));
  return shown.filter((line, at) => line !== null || shown[at - 1] !== null).map((line) => line ?? "…").join("\n");
}
