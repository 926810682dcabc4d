// A piece on the desk: its form at one side, its pages at the other, what is wrong below them.

import { Live, pieceAt } from "./api.js";
import { make, tell } from "./dom.js";
import { finishing } from "./finishing.js";
import { Form } from "./form.js";
import { Keeping } from "./keeping.js";
import { languagesMenu } from "./languages.js";
import { editionName } from "./names.js";
import { Piece } from "./piece.js";
import { Remarks, stayButton, withoutRemarks } from "./remarks.js";
import { Seeing } from "./see.js";
import { Stage } from "./stage.js";
import { ToldList } from "./told_list.js";
import { say } from "./words.js";

// What is on the desk: a piece, by its name.
const PIECE = (name) => ({
  address: pieceAt(name),
  form: (piece, on) => new Form(piece, on),
  title: (piece) => piece.values.title || piece.name,
  buttons: (at) => [
    languagesMenu(at.piece),
    finishing(at.piece, at.piece.values.title),
  ].flat(),
});

export async function desk(what, bar, main) {
  const at = new Desk(bar, main);
  await at.open(typeof what === "string" ? PIECE(what) : what);
  return at;
}

class Desk {
  constructor(bar, main) {
    this.bar = bar;
    this.main = main;
    this.shows = 0;
    this.problems = { laid: [], proven: [] };
  }

  async open(kind) {
    this.kind = kind;
    const loaded = (whither) => { this.form.draw(whither); this.show(); };
    this.piece = await Piece.open(kind.address, {
      edited: () => this.show(),
      loaded,
      saving: (state, error) => this.keeping.saving(state, error),
      conflict: (...what) => this.keeping.conflict(...what),
      lost: (...what) => this.keeping.lost(...what),
    });
    this.keeping = new Keeping(this.piece);
    this.edition = this.piece.form.editions.includes("screen") ? "screen" : this.piece.form.editions[0];
    this.stage = new Stage({ word: (slot) => this.form.focus(slot), resized: () => this.show(), painted: () => this.seeing.painted(), found: (problem) => problem.slot && this.form.focus(problem.slot) });
    this.seeing = new Seeing(this.stage, (page, fine) => this.live.plates(this.shows, page, fine));
    this.form = kind.form(this.piece, { focused: (slot) => this.stage.mark(slot, true) });
    this.drawBar();
    this.drawDesk();
    this.live = new Live({
      laid: (message) => this.isNow(message) && this.laid(message),
      picture: (picture) => this.stage.paint(picture),
      plates: (message) => this.isNow(message) && this.seeing.plates.take(message),
      proven: (message) => this.isNow(message) && this.proven(message),
      changed: (message) => this.changed(message),
      refused: (message) => this.isNow(message) && (this.piece.unsaved.length ? this.piece.save() : this.piece.reload()),
      connected: (is) => this.connected(is),
    });
    this.show();
  }

  // What was typed while the studio was away is saved as soon as it is back.
  connected(is) {
    if (!is) this.keeping.saving("away");
    else if (this.piece.unsaved.length) this.piece.save();
    else {
      this.keeping.saving("typing");
      if (this.isAway) this.piece.reload(); // what others wrote while nobody told of it
    }
    this.isAway = !is;
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
      edits: this.piece.sinceBase, width: this.stage.width, pages: this.stage.numbers.length ? this.inSight() : null,
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
    const isWhole = message.pages.length && !message.is_wrong;
    this.problems = { laid: message.problems, proven: isWhole ? this.problems.proven : [] };
    this.form.measure(message.fullness);
    this.tellProblems();
    if (message.pages.length > before && before) this.show(); // pages that nobody asked for yet
    if (!isWhole) this.judge();
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
    const all = withoutRemarks([...this.problems.laid, ...this.problems.proven]);
    // What stops an edition says again what is doubtful in all: "not ready for the press: …".
    const isSaidAgain = (one) => one.severity !== "error" && all.some((other) => other.severity === "error" && other.message.endsWith(`: ${one.message}`));
    return all.filter((one) => {
      const key = `${one.code} ${one.message}`;
      return !known.has(key) && known.add(key) && !isSaidAgain(one);
    });
  }

  tellProblems() {
    const elsewhere = this.form.tell(this.all, (problem) => stayButton(this.piece, problem));
    this.stage.wrong = this.problems.laid.filter((one) => one.severity === "error" && one.slot).map((one) => one.slot);
    this.stage.found = this.all.filter((one) => one.source?.page && one.source.box);
    this.stage.mark();
    this.remarks.tell([...this.problems.laid, ...this.problems.proven]);
    this.told.tell(this.all, this.stage.pages.length ? elsewhere : this.all);
  }

  // To its field; what another file says is mended there.
  goTo({ slot, source }) {
    const [, layout] = source?.path?.match(/^layouts\/([\w-]+)\//) || [];
    if (slot) this.form.focus(slot);
    else if (/^materials\/(contacts\.yaml|organisation\.yaml|[\w-]+\.csv)$/.test(source?.path || "")) location.hash = `#/contacts/${encodeURIComponent(source.path)}`;
    else if (layout && layout !== "system") location.hash = `#/design/${layout}`;
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
    const own = [this.piece.form.path, ...(this.piece.form.beside || [])];
    const isOwn = paths.some((path) => own.includes(path));
    const isIdle = !this.piece.unsaved.length && !this.piece.busy;
    if (isOwn && !this.piece.edits.length) this.piece.reload(); // else it comes in when they are saved
    if (!isOwn || !isIdle) this.show();
  }

  drawBar() {
    document.title = this.kind.title(this.piece);
    this.bar.replaceChildren(
      make("a", { href: "#/" }, `← ${say("All pieces")}`),
      make("h1", { title: this.kind.title(this.piece) }, this.kind.title(this.piece)),
      ...this.keeping.controls,
      ...(this.kind.buttons?.(this) || []),
    );
  }

  drawDesk() {
    this.verdict = make("p", { class: "verdict wait", role: "status" });
    this.remarks = new Remarks(() => this.tellProblems());
    this.told = new ToldList(this.verdict, (problem) => this.goTo(problem), { more: this.remarks.element });
    const tabs = make("div", { class: "tabs", role: "toolbar", "aria-label": say("Editions") },
      this.piece.form.editions.map((name) => make("button", { type: "button", "aria-pressed": String(name === this.edition),
        onclick: (event) => this.choose(name, event.target) }, editionName(name))),
      make("span", { class: "gap" }), ...this.seeing.controls, this.zoomMenu());
    const stage = make("section", { class: "stage", "aria-label": say("Pages") }, tabs, this.seeing.bar, this.stage.element,
      this.told.element);
    this.main.replaceChildren(make("div", { class: `desk ${this.kind.class || ""}` }, this.form.element, stage, this.jump(stage)));
  }

  // In a narrow window the pages are below the words: one button goes there and back.
  jump(stage) {
    let isThere = false;
    const button = make("button", { type: "button", class: "main jump", onclick: () => (isThere ? this.form.element : stage).scrollIntoView({ block: "start" }) });
    this.watch = new IntersectionObserver(([{ boundingClientRect }]) => {
      isThere = boundingClientRect.top < innerHeight / 2;
      button.textContent = isThere ? say("To the words") : say("To the pages");
    }, { threshold: [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5] });
    this.watch.observe(stage);
    return button;
  }

  choose(name, button) {
    this.edition = name;
    this.seeing.choose(name);
    for (const one of button.parentElement.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === button));
    this.problems = { laid: [], proven: [] };
    this.stage.isOther = true;
    this.show();
  }

  zoomMenu() {
    return make("label", {}, make("span", { class: "unseen" }, say("Size")), make("select", { onchange: (event) => {
      this.stage.zoom = Number(event.target.value);
      this.stage.fit();
      this.show();
    } }, make("option", { value: "0" }, say("fit")), [0.5, 1, 2, 4].map((zoom) => make("option", { value: String(zoom) }, `${zoom * 100} %`))));
  }

  close() {
    this.keeping.close();
    this.watch.disconnect();
    this.live.close();
    this.seeing.close();
  }
}
