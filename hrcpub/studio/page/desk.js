// A piece on the desk: its form at one side, its pages at the other, what is wrong below them.

import { get, Live, pieceAt, post } from "./api.js";
import { make, tell } from "./dom.js";
import { finishing } from "./finishing.js";
import { Form, told } from "./form.js";
import { editionName } from "./names.js";
import { Piece, slotOf } from "./piece.js";
import { Seeing } from "./see.js";
import { Stage } from "./stage.js";
import { language, say } from "./words.js";

export async function desk(name, bar, main) {
  const at = new Desk(bar, main);
  await at.open(name);
  return at;
}

class Desk {
  constructor(bar, main) {
    this.bar = bar;
    this.main = main;
    this.shows = 0;
    this.problems = { laid: [], proven: [] };
  }

  async open(name) {
    this.piece = await Piece.open(name, {
      edited: () => this.show(),
      loaded: () => { this.form.draw(); this.show(); },
      saving: (state, error) => this.saving(state, error),
      conflict: (body) => this.conflict(body),
    });
    this.edition = this.piece.form.editions.includes("screen") ? "screen" : this.piece.form.editions[0];
    this.stage = new Stage({ word: (slot) => this.form.focus(slot), resized: () => this.show(), painted: () => this.seeing.painted(), found: (problem) => problem.slot && this.form.focus(problem.slot) });
    this.seeing = new Seeing(this.stage, (page, fine) => this.live.plates(this.shows, page, fine));
    this.form = new Form(this.piece, { focused: (slot) => this.stage.mark(slot, true) });
    this.drawBar();
    this.drawDesk();
    this.live = new Live({
      laid: (message) => this.isNow(message) && this.laid(message),
      picture: (picture) => this.stage.paint(picture),
      plates: (message) => this.isNow(message) && this.seeing.plates.take(message),
      proven: (message) => this.isNow(message) && this.proven(message),
      changed: (message) => this.changed(message),
      refused: (message) => this.isNow(message) && this.piece.reload(),
      connected: (is) => { if (!is) this.saving("away"); },
    });
    this.show();
  }

  isNow({ show }) {
    return show === this.shows;
  }

  show() {
    this.shows += 1;
    this.verdict.className = "verdict wait";
    this.verdict.textContent = say("looking…");
    this.live?.show({
      show: this.shows, piece: this.piece.name, edition: this.edition, base: this.piece.base,
      edits: this.piece.unsaved, width: this.stage.width, pages: this.stage.numbers.length ? this.inSight() : null,
    });
  }

  // The pages that are seen come first; then the others.
  inSight() {
    const { top, bottom } = this.stage.element.getBoundingClientRect();
    const seen = (page) => { const box = page.figure.getBoundingClientRect(); return box.bottom > top && box.top < bottom; };
    const numbers = this.stage.numbers;
    return [...numbers.filter((n) => seen(this.stage.pages[n - 1])), ...numbers.filter((n) => !seen(this.stage.pages[n - 1]))];
  }

  laid(message) {
    const before = this.stage.pages.length;
    this.stage.lay(message);
    this.seeing.laid(this.edition);
    // What was found of the pages before stands until these are proven: else the list jumps.
    this.problems = { laid: message.problems, proven: message.pages.length ? this.problems.proven : [] };
    this.form.measure(message.fullness);
    this.tellProblems();
    if (message.pages.length > before && before) this.show(); // pages that nobody asked for yet
    if (!message.pages.length) this.judge();
  }

  proven(message) {
    this.problems.proven = message.problems;
    this.note = message.note;
    this.seeing.settled();
    this.tellProblems();
    this.judge();
  }

  get all() {
    const known = new Set();
    return [...this.problems.laid, ...this.problems.proven].filter((one) => {
      const key = `${one.code} ${one.message}`;
      return !known.has(key) && known.add(key);
    });
  }

  tellProblems() {
    this.form.tell(this.all);
    this.stage.found = this.all.filter((one) => one.source?.page && one.source.box);
    this.stage.mark();
    const order = { error: 0, warning: 1, note: 2 };
    const shown = this.all.toSorted((one, other) => order[one.severity] - order[other.severity]);
    this.list.replaceChildren(...shown.map((problem) => make("li", {},
      make("button", { type: "button", class: `told ${problem.severity}`, onclick: () => problem.slot && this.form.focus(problem.slot) },
        problem.message, problem.hint && make("em", {}, problem.hint)))));
  }

  judge() {
    const errors = this.all.filter((one) => one.severity === "error").length;
    this.verdict.className = `verdict ${errors ? "bad" : "good"}`;
    this.verdict.textContent = errors
      ? say.many(errors, "{count} mistake: it cannot be printed yet", "{count} mistakes: it cannot be printed yet")
      : this.note || say("ready");
    tell(this.verdict.textContent);
  }

  changed({ paths }) {
    if (paths.includes(this.piece.form.path) && !this.piece.unsaved.length && !this.piece.busy) this.piece.reload();
    else this.show();
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
    if (error && error.status !== 409) this.explain(error);
    if (state === "saved") tell(words.saved);
  }

  explain(error) {
    const problems = error.body?.problems || [{ severity: "error", message: error.message }];
    this.dialog(say("That was not done"), problems.map(told));
  }

  drawBar() {
    const act = (what, label, run, extra = {}) => make("button", { type: "button", onclick: run, ...extra }, label);
    this.saved = make("span", { class: "saved", role: "status" });
    this.undo = act("undo", say("Undo"), () => this.piece.step("undo"), { "aria-keyshortcuts": "Control+Alt+Z" });
    this.redo = act("redo", say("Redo"), () => this.piece.step("redo"), { "aria-keyshortcuts": "Control+Alt+Y" });
    this.bar.replaceChildren(
      make("a", { href: "#/" }, `← ${say("All pieces")}`),
      make("h1", {}, this.piece.values.title || this.piece.name),
      this.saved, this.undo, this.redo,
      act("versions", say("Versions"), () => this.versions()),
      ...finishing(this.piece, this.piece.values.title),
    );
    this.saving("typing");
    this.keys = (event) => {
      if (!event.ctrlKey || !event.altKey) return;
      if (event.code === "KeyZ") this.piece.step("undo");
      if (event.code === "KeyY") this.piece.step("redo");
    };
    addEventListener("keydown", this.keys);
    this.leaving = (event) => { if (this.piece.unsaved.length) { this.piece.save(); event.preventDefault(); } };
    addEventListener("beforeunload", this.leaving);
  }

  drawDesk() {
    this.verdict = make("p", { class: "verdict wait", role: "status" });
    this.list = make("ul");
    const tabs = make("div", { class: "tabs", role: "toolbar", "aria-label": say("Editions") },
      this.piece.form.editions.map((name) => make("button", { type: "button", "aria-pressed": String(name === this.edition),
        onclick: (event) => this.choose(name, event.target) }, editionName(name))),
      make("span", { class: "gap" }), ...this.seeing.controls, this.zoomMenu());
    const stage = make("section", { class: "stage", "aria-label": say("Pages") }, tabs, this.seeing.bar, this.stage.element,
      make("section", { class: "problems", "aria-label": say("What is to be known") }, this.verdict, this.list));
    this.main.replaceChildren(make("div", { class: "desk" }, this.form.element, stage));
  }

  choose(name, button) {
    this.edition = name;
    this.seeing.choose(name);
    for (const one of button.parentElement.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === button));
    this.problems = { laid: [], proven: [] };
    this.show();
  }

  zoomMenu() {
    return make("label", {}, make("span", { class: "unseen" }, say("Size")), make("select", { onchange: (event) => {
      this.stage.zoom = Number(event.target.value);
      this.stage.fit();
      this.show();
    } }, make("option", { value: "0" }, say("as wide as here")), [0.5, 1, 2, 4].map((zoom) => make("option", { value: String(zoom) }, `${zoom * 100} %`))));
  }

  dialog(title, content, buttons = []) {
    const box = make("dialog", { "aria-label": title, onclose: () => box.remove() }, make("h2", {}, title), content,
      make("div", { class: "buttons" }, buttons.map(([label, run]) => make("button", { type: "button", class: "main", onclick: () => { run(); box.close(); } }, label)),
        make("button", { type: "button", onclick: () => box.close() }, say("Close"))));
    document.body.append(box);
    box.showModal();
    return box;
  }

  conflict(body) {
    const ours = new Set();
    const text = (value) => (value === null || value === undefined ? say("(nothing)") : typeof value === "string" ? value : JSON.stringify(value));
    const rows = body.conflicts.map((one) => make("tr", {}, make("th", { scope: "row" }, one.slot),
      make("td", {}, text(one.theirs)), make("td", {}, text(one.ours)),
      make("td", {}, make("label", {}, make("input", { type: "checkbox", onchange: (event) => ours[event.target.checked ? "add" : "delete"](one.slot) }), ` ${say("take mine")}`))));
    // Edits that touch none of these places are kept in any case.
    for (const edit of this.piece.edits) if (!body.conflicts.some((one) => one.slot === slotOf(edit.path))) ours.add(slotOf(edit.path));
    this.dialog(say("Somebody else changed the same words"), [
      make("p", {}, say("Nothing was overwritten. Theirs is kept, unless you take yours.")),
      make("table", {}, make("thead", {}, make("tr", {}, ["", say("theirs"), say("yours"), ""].map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)),
    ], [[say("Go on"), () => this.piece.settle(body, ours)]]);
  }

  async versions() {
    await this.piece.save();
    const versions = await get(`${pieceAt(this.piece.name)}/versions`);
    const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const box = this.dialog(say("Versions"), make("ol", { class: "versions" }, versions.map((one) => {
      const what = one.what || (one.by === "studio" ? "" : say("written by another program"));
      const text = make("pre", { hidden: true });
      return make("li", {}, make("span", {}, make("b", {}, when.format(new Date(one.at))), ` ${what}`, text),
        make("button", { type: "button", class: "quiet", onclick: async () => {
          text.textContent ||= (await get(`${pieceAt(this.piece.name)}/version/${one.id}`)).text;
          text.hidden = !text.hidden;
        } }, say("Look")),
        one.is_now ? make("em", {}, say("now")) : make("button", { type: "button", onclick: async () => {
          this.piece.take(await post(`${pieceAt(this.piece.name)}/version/${one.id}/go-back`));
          this.form.draw();
          this.show();
          box.close();
        } }, say("Go back to it")));
    })));
  }

  close() {
    this.piece.save();
    this.live.close();
    this.seeing.close();
    removeEventListener("keydown", this.keys);
    removeEventListener("beforeunload", this.leaving);
  }
}
