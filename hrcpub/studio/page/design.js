// A layout on the desk: its files at one side, its sample or a piece at the other.

import { get, Live, post } from "./api.js";
import { dialog, refusal, told } from "./dialog.js";
import { make, once, tell } from "./dom.js";
import { designAt, LayoutFiles } from "./layoutfiles.js";
import { editionName } from "./names.js";
import { Away } from "./returning.js";
import { Seeing } from "./see.js";
import { Stage } from "./stage.js";
import { ToldList } from "./told_list.js";
import { say } from "./words.js";

export async function design(name, bar, main) {
  const at = new Design(await get(designAt(name)), bar, main);
  try {
    await at.open();
  } catch (error) {
    at.close(); // what was typed in it before is kept
    throw error;
  }
  return at;
}

// A Problem with the place where it is mended.
const said = ({ message, source }) => [message, source?.path && make("small", {}, ` ${[source.path, source.line, source.column].filter(Boolean).join(":")}`)];

class Design {
  constructor(layout, bar, main) {
    this.layout = layout;
    this.bar = bar;
    this.main = main;
    this.shows = 0;
    this.piece = "";
    this.values = {};
    this.problems = { laid: [], proven: [] };
    this.edition = layout.editions.includes("screen") ? "screen" : layout.editions[0];
    document.title = layout.title;
  }

  async open() {
    this.files = new LayoutFiles(this.layout, { changed: () => this.show(), saving: (state, error) => this.saving(state, error), values: () => this.values });
    this.stage = new Stage({ word: (slot) => this.goToSlot(slot), resized: () => this.show(), painted: () => this.seeing.painted(), found: (problem) => this.goTo(problem) });
    this.seeing = new Seeing(this.stage, (page, fine) => this.live.plates(this.shows, page, fine));
    this.drawBar();
    this.drawDesk();
    await this.files.start();
    this.live = new Live({
      laid: (message) => this.isNow(message) && this.laid(message),
      picture: (picture) => this.stage.paint(picture),
      plates: (message) => this.isNow(message) && this.seeing.plates.take(message),
      proven: (message) => this.isNow(message) && this.proven(message),
      changed: (message) => this.changed(message),
      refused: (message) => this.isNow(message) && this.judge(message.why),
      connected: (is) => this.connected(is),
    });
    this.show();
  }

  connected(is) {
    if (!is) this.saving("away");
    else if (this.isAway) this.files.goOn();
    this.isAway = !is;
  }

  isNow({ show }) {
    return show === this.shows;
  }

  show() {
    this.shows += 1;
    this.verdict.className = "verdict wait";
    this.verdict.textContent = say("looking…");
    this.live?.show({ show: this.shows, design: this.layout.name, piece: this.piece, edition: this.edition, drafts: this.files.drafts, width: this.stage.width, pages: this.stage.numbers.length ? this.stage.numbers : null });
  }

  laid(message) {
    const before = this.stage.pages.length;
    this.stage.lay(message);
    const isWhole = message.pages.length && !message.is_wrong;
    if (message.pages.length) this.seeing.laid(this.edition);
    this.values = message.values || this.values;
    this.problems = { laid: message.problems, proven: isWhole ? this.problems.proven : [] };
    this.tellProblems();
    if (message.pages.length > before && before) this.show(); // pages that nobody asked for yet
    if (!isWhole) this.judge();
  }

  proven(message) {
    this.problems.proven = message.problems;
    this.seeing.settled();
    this.tellProblems();
    this.judge();
  }

  get all() {
    const known = new Set();
    return [...this.problems.laid, ...this.problems.proven].filter((one) => {
      const key = `${one.code} ${one.message} ${one.source?.path} ${one.source?.line}`;
      return !known.has(key) && known.add(key);
    });
  }

  tellProblems() {
    this.files.tell(this.all);
    this.stage.found = this.all.filter((one) => one.source?.page && one.source.box);
    this.stage.mark();
    this.told.tell(this.all, this.all);
  }

  judge(why) {
    const errors = this.all.filter((one) => one.severity === "error").length;
    this.verdict.className = `verdict ${errors || why ? "bad" : "good"}`;
    this.verdict.textContent = why || (errors ? say.many(errors, "{count} mistake", "{count} mistakes") : say("no mistakes"));
    tell(this.verdict.textContent);
  }

  goTo({ source }) {
    if (source?.path && source.line) this.files.go(source.path, source.line, source.column || 1);
  }

  // A word on the page: where the template asks for its slot.
  goToSlot(slot) {
    const template = { "large-print": "large-print.html", phone: "large-print.html", specimen: "specimen.html" }[this.edition] || "layout.html";
    const path = `layouts/${this.layout.name}/${template}`;
    const [, name] = slot.match(/^words\.([\w-]+)/) || [];
    const wanted = name ? new RegExp(`\\bwords(?:\\.${name}\\b|\\["${name}"\\])`) : slot.startsWith("offices.") ? /\bcontacts?\b|\boffices?\b/ : /\bmaterial\b/;
    this.files.choose(path).then(() => {
      if (this.files.path !== path) return;
      const line = this.files.textOf(path).split("\n").findIndex((text) => wanted.test(text));
      if (line >= 0) this.files.editor.go(line + 1, 1);
    });
  }

  changed({ paths }) {
    Promise.all(paths.map((path) => this.files.reload(path))).catch(() => {}).then(() => this.show()); // one may be gone
  }

  saving(state, error) {
    const words = { "": "", unsaved: say("not saved"), saving: say("saving…"), saved: say("saved"), lost: say("not saved"), away: say("the studio was ended") };
    this.saved.textContent = words[state];
    this.saved.classList.toggle("bad", ["lost", "away"].includes(state));
    this.save.disabled = !Object.keys(this.files.drafts).length;
    this.undo.disabled = !this.files.file?.canUndo;
    this.redo.disabled = !this.files.file?.canRedo;
    if (error && error.status !== 409) this.explain(error);
  }

  explain(error) {
    if (error instanceof Away) return this.saving("away");
    return dialog(say("That was not done"), told(refusal(error)));
  }

  drawBar() {
    const act = (label, run, extra = {}) => make("button", { type: "button", onclick: run, ...extra }, label);
    this.saved = make("span", { class: "saved", role: "status" });
    this.save = act(say("Save"), () => this.files.save(), { class: "main", "aria-keyshortcuts": "Control+S" });
    this.undo = act(say("Undo what was saved"), () => this.files.step("undo"));
    this.redo = act(say("Redo"), () => this.files.step("redo"));
    this.bar.replaceChildren(make("a", { href: "#/" }, `← ${say("All pieces")}`), make("h1", {}, this.layout.title), this.saved, this.save, this.undo, this.redo,
      act(say("Versions"), once(() => this.files.versions())), act(say("New layout from this one"), () => this.copy()));
    this.leaving = (event) => { if (Object.keys(this.files.drafts).length) event.preventDefault(); };
    addEventListener("beforeunload", this.leaving);
  }

  drawDesk() {
    this.verdict = make("p", { class: "verdict wait", role: "status" });
    this.told = new ToldList(this.verdict, (problem) => this.goTo(problem), { said });
    const shown = make("label", {}, make("span", { class: "unseen" }, say("Shown with")), make("select", { onchange: (event) => { this.piece = event.target.value; this.again(); } },
      make("option", { value: "" }, say("the layout's sample")), this.layout.pieces.map((name) => make("option", { value: name }, name))));
    const tabs = make("div", { class: "tabs", role: "toolbar", "aria-label": say("Editions") },
      this.layout.editions.map((name) => make("button", { type: "button", "aria-pressed": String(name === this.edition), onclick: (event) => this.choose(name, event.target) }, editionName(name))),
      make("span", { class: "gap" }), shown, ...this.seeing.controls);
    this.main.replaceChildren(make("div", { class: "desk design" }, this.files.element, make("section", { class: "stage", "aria-label": say("Pages") },
      tabs, this.seeing.bar, this.stage.element, this.told.element)));
  }

  choose(name, button) {
    this.edition = name;
    this.seeing.choose(name);
    for (const one of button.parentElement.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === button));
    this.again();
  }

  again() {
    this.problems = { laid: [], proven: [] };
    this.stage.isOther = true;
    this.show();
  }

  copy() {
    const name = make("input", { type: "text", id: "layout-name", required: true, pattern: "[a-z0-9][a-z0-9\\-]*", autocomplete: "off" });
    const said = make("div");
    const box = dialog(say("New layout from this one"), make("form", { class: "field", onsubmit: async (event) => {
      event.preventDefault();
      try {
        await this.files.save();
        const made = await post(`${designAt(this.layout.name)}/copy`, { name: name.value });
        if (!box.open) return; // somebody has gone on
        box.close();
        location.hash = `#/design/${made.name}`;
      } catch (error) {
        said.replaceChildren(make("p", { class: "told error", role: "alert" }, error.message));
      }
    } }, make("label", { for: "layout-name" }, say("Its short name")), make("p", { class: "help" }, say("small letters, digits and hyphens: van-hours")), name, said,
    make("div", { class: "buttons" }, make("button", { class: "main" }, say("Begin")))));
  }

  close() {
    this.live?.close();
    this.seeing.close();
    this.files.close();
    removeEventListener("beforeunload", this.leaving);
  }
}
