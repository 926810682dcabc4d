// What pieces share: the offices, the organisation, the tables of sites.

import { get, post } from "./api.js";
import { refusal, told } from "./dialog.js";
import { make } from "./dom.js";
import { Form } from "./form.js";
import { grid } from "./grid.js";
import { Keeping } from "./keeping.js";
import { Piece } from "./piece.js";
import { say } from "./words.js";

const CHECK = 300; // milliseconds without a key after which it is checked

// `wanted` is the file that is shown: materials/week.csv; "": the offices.
export async function contactsPage(wanted, bar, main) {
  const files = await get("/api/shared");
  const chosen = files.find((one) => one.file === wanted) || files[0];
  const at = new Shared(files, chosen, bar, main);
  await at.open();
  return at;
}

class Shared {
  constructor(files, chosen, bar, main) {
    Object.assign(this, { files, chosen, bar, main });
  }

  async open() {
    document.title = say("Contacts and sites");
    this.list = make("div", { "aria-live": "polite" });
    const tabs = make("nav", { class: "tabs", "aria-label": say("Contacts and sites") }, this.files.map((one) => make("a", {
      class: "button", href: `#/contacts/${encodeURIComponent(one.file)}`, "aria-current": one === this.chosen ? "page" : false }, titleOf(one))));
    if (!this.chosen) {
      this.bar.replaceChildren(back(), make("h1", {}, say("Contacts and sites")));
      this.main.replaceChildren(make("div", { class: "home" }, make("p", {}, say("There are no contacts yet: write materials/contacts.yaml."))));
      return;
    }
    const loaded = (whither) => { this.form.draw(whither); this.check(); };
    try {
      this.piece = await Piece.open(`/api/${this.chosen.address}`, {
        edited: () => this.later(),
        loaded,
        saving: (state, error) => this.keeping.saving(state, error),
        conflict: (...what) => this.keeping.conflict(...what),
        lost: (...what) => this.keeping.lost(...what),
      });
    } catch (error) { // the others can still be chosen
      this.bar.replaceChildren(back(), make("h1", {}, titleOf(this.chosen)));
      this.main.replaceChildren(make("div", { class: "shared" }, tabs, make("div", { class: "sharing" }, told(refusal(error)))));
      return;
    }
    this.keeping = new Keeping(this.piece);
    this.form = this.piece.form.fields.length ? new SharedForm(this.piece, {}) : new TableForm(this.piece, {});
    this.bar.replaceChildren(back(), make("h1", {}, titleOf(this.chosen)), ...this.keeping.controls);
    this.main.replaceChildren(make("div", { class: "shared" }, tabs, make("div", { class: "sharing" }, intro(this.piece.form), this.list, this.form.element)));
    this.form.draw();
    this.check();
    this.watch();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK);
  }

  // What is wrong, as it is typed; what no field shows stands above them all.
  async check() {
    const edits = this.piece.sinceBase;
    const asked = (this.asked = (this.asked || 0) + 1);
    try {
      const problems = await post(`${this.piece.address}/check`, { base: this.piece.base, edits });
      if (asked !== this.asked) return;
      const left = this.form.tell(problems);
      this.list.replaceChildren(...left.map((one) => make("p", { class: `told ${one.severity}` }, one.message, one.hint && make("em", {}, one.hint))));
      this.element?.classList.toggle("bad", problems.some((one) => one.severity === "error"));
    } catch { /* it is asked again at the next key; what was lost is told by the saving */ }
  }

  // Another program may write the file too: it is read again when the window is looked at.
  watch() {
    this.look = async () => {
      if (document.hidden || this.piece.unsaved.length || this.piece.busy) return;
      await this.piece.reload(this.piece.base);
    };
    addEventListener("focus", this.look);
  }

  close() {
    clearTimeout(this.timer);
    this.keeping?.close();
    removeEventListener("focus", this.look);
  }
}

const back = () => make("a", { href: "#/" }, `← ${say("All pieces")}`);

const titleOf = ({ address, file }) => address === "offices" ? say("Offices") : address === "organisation" ? say("Organisation") : file.replace(/^materials\//, "");

function intro({ path, used_by, fields }) {
  const words = path.endsWith("contacts.yaml") ? say("Each office once: all pieces that name it print what stands here.")
    : fields.length ? say("Who signs all pieces, and what they have in common.")
      : say("A row for each site. Type in the last line to add one. Alt with an arrow key moves a row.");
  return make("p", { class: "help" }, words, used_by.length > 0 && [" ", say("Used by:"), " ", used_by.flatMap((name, number) => [number ? ", " : "", make("a", { href: `#/piece/${encodeURIComponent(name)}` }, name)])]);
}

class SharedForm extends Form {
  content() {
    const [own, others] = [[], []];
    for (const field of this.piece.form.fields) (field.fill === "named" ? own : others).push(this.field(field, [field.name]));
    if (!own.length) return others;
    return [...own, make("details", { "data-of": "head" }, make("summary", {}, say("About all of them")), others)];
  }
}

class TableForm extends Form {
  content() {
    return [grid(this, [], "", { canSort: true, headIsFixed: true, label: this.piece.form.path })];
  }
}
