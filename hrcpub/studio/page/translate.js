// A piece in another language: each text at the left, its translation at the right, its page beside.

import { drawnAnew, fresh, make, tell } from "./dom.js";
import { desk } from "./desk.js";
import { focusAs, measureInto, nearest } from "./form.js";
import { unusedList, wordsOf } from "./keeping.js";
import { fieldAt, labelOf, toldAs } from "./labels.js";
import { progress } from "./languages.js";
import { markupTools } from "./markup.js";
import { say } from "./words.js";

export function translating(name, language, bar, main) {
  return desk({
    address: `/api/translation/${encodeURIComponent(name)}/${encodeURIComponent(language)}`,
    class: "translating",
    form: (piece, on) => new TranslationForm(piece, on),
    title: (piece) => `${piece.form.title} · ${piece.form.called}`,
    buttons: () => [make("a", { class: "button", href: `#/piece/${encodeURIComponent(name)}` }, say("The piece"))],
  }, bar, main);
}

const at = (passage, what) => [passage.slot, what];

// What a translator has to know of a place, in the page's language.
function toldOf(passage) {
  const field = fieldAt(passage.slot);
  const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return passage.told.map((line) => {
    const [, count] = line.match(/(\d+) characters/) || [];
    if (field?.written && line === sentence(field.written)) return sentence(field.about);
    if (line.startsWith("At most ")) return say("At most {count} characters, with spaces.", { count });
    if (line.startsWith("About ") && count) return say("About {count} characters at most, with spaces: the page decides.", { count });
    if (line.startsWith("Keep the signs")) return say("Keep the signs *, [ ]( ) and \\ where they belong: they set words off, and link.");
    if (line.includes("names a source")) return say("What is in braces names a source, and is not printed: keep it where its sentence ends.");
    return line.startsWith("What is in {") ? say("What is in braces is put in by the program: keep it as it is.") : line;
  });
}

class TranslationForm {
  constructor(piece, on) {
    this.piece = piece;
    this.on = on; // focused(slot)
    this.isOpenOnly = false;
    this.element = make("form", { class: "form", "aria-label": say("Translation"), onsubmit: (event) => event.preventDefault() });
    this.element.addEventListener("focusin", (event) => this.on.focused(event.target.dataset.slot || null));
    this.draw();
  }

  draw(whither = (slot) => slot) {
    const { activeElement } = document;
    const kept = activeElement?.dataset?.slot && whither(activeElement.dataset.slot);
    const before = this.rows ?? [];
    const rows = (this.rows = new Map());
    this.head = make("div", { class: "translated" });
    const list = make("ol", { class: "passages" }, this.piece.form.passages.map((one) => this.row(one)));
    this.element.replaceChildren(this.head, list, ...[this.unused()].filter(Boolean));
    this.count();
    this.choose();
    for (const [slot, { input }] of before) drawnAnew(input, () => rows.get(whither(slot))?.input);
    if (kept) focusAs(activeElement, this.rows.get(kept)?.input);
  }

  // What was translated of texts that are not there any more: some of it may be of use.
  unused() {
    const { unused } = this.piece.form;
    return unused.length > 0 && make("details", {}, make("summary", {}, say.many(unused.length, "{count} translation that is not used any more", "{count} translations that are not used any more")),
      make("p", { class: "help" }, say("Their texts were changed or taken out. If a text comes back, so does its translation.")), unusedList(unused, this.piece.form));
  }

  row(passage) {
    const { form } = this.piece;
    const id = fresh("translation");
    const label = passage.slot.startsWith("words.") ? labelOf(passage.slot) : `${say("About the piece")}: ${labelOf(passage.slot)}`;
    const note = make("div", { id: `${id}-told` });
    const meter = make("div", { class: "fill" });
    const state = make("span", { class: "state", id: `${id}-state` });
    const source = make("div", { class: "source", lang: form.written, dir: form.written_direction, id: `${id}-source` });
    const input = make("textarea", { id, rows: 2, lang: form.language, dir: form.direction, spellcheck: "true",
      "aria-label": say("{place} in {language}", { place: label, language: form.called }),
      "aria-describedby": `${id}-source ${id}-state ${id}-help ${id}-told`, oninput: () => this.typed(passage) });
    input.dataset.slot = passage.slot;
    input.value = this.piece.at(at(passage, "words")) ?? "";
    const done = make("button", { type: "button", class: "main", onclick: () => this.done(passage) }, say("Done with this"));
    const marks = /\*|\]\(/.test(passage.source) ? markupTools(input) : null;
    const element = make("li", { class: "passage" },
      make("div", { class: "of" }, make("h3", {}, label), source,
        make("p", { class: "help", id: `${id}-help` }, toldOf(passage).join(" ")),
        passage.notes.length > 0 && make("p", { class: "help" }, `${say("Note:")} ${passage.notes.join(" ")}`)),
      make("div", { class: "field to" }, make("div", { class: "line" }, state, marks), input, meter, note, done));
    this.rows.set(passage.slot, { element, input, note, meter, state, source, done, passage });
    this.mark(passage);
    return element;
  }

  stateOf(passage) {
    const words = (this.piece.at(at(passage, "words")) ?? "").trim();
    if (!words) return "open";
    return this.piece.at(at(passage, "fuzzy")) === "yes" ? "fuzzy" : "done";
  }

  // What is to be done at a place, and what changed in its source since it was translated.
  mark(passage) {
    const row = this.rows.get(passage.slot);
    const state = this.stateOf(passage);
    row.element.dataset.state = state;
    row.state.textContent = { open: say("not translated yet"), fuzzy: say("to be looked over"), done: say("translated") }[state];
    row.done.hidden = state !== "fuzzy";
    const isChanged = state === "fuzzy" && passage.changes;
    row.source.replaceChildren(...(isChanged ? wordsOf(passage.changes) : [passage.source]));
  }

  typed(passage) {
    const { input } = this.rows.get(passage.slot);
    this.piece.put(at(passage, "words"), input.value.trim().replace(/\s*\n\s*/g, " "));
    this.mark(passage);
    this.count();
  }

  // Looked over: it may be printed. The next place that is open is chosen.
  done(passage) {
    this.piece.put(at(passage, "fuzzy"), "no");
    this.mark(passage);
    this.count();
    tell(say("translated"));
    const { passages } = this.piece.form;
    const here = passages.indexOf(passage);
    const next = [...passages.slice(here + 1), ...passages.slice(0, here)].find((one) => this.stateOf(one) !== "done");
    (next ? this.rows.get(next.slot).input : this.rows.get(passage.slot).input).focus();
    this.choose();
  }

  count() {
    const { passages } = this.piece.form;
    const words = (list) => list.reduce((sum, one) => sum + one.words, 0);
    const done = passages.filter((one) => this.stateOf(one) === "done");
    const open = passages.length - done.length;
    const share = passages.length ? Math.floor((100 * words(done)) / Math.max(1, words(passages))) : 100;
    const only = make("label", { class: "line" }, make("input", { type: "checkbox", checked: this.isOpenOnly, onchange: (event) => {
      this.isOpenOnly = event.target.checked;
      this.choose();
    } }), say("only what is open"));
    const before = this.head.contains(document.activeElement);
    this.head.replaceChildren(
      make("p", { class: "line" }, progress(open ? Math.min(share, 99) : 100), make("strong", { role: "status" }, open
        ? say.many(open, "{count} place is open", "{count} places are open") : say("all is translated"))),
      only);
    if (before) only.querySelector("input").focus();
  }

  choose() {
    for (const { element, passage } of this.rows.values()) element.hidden = this.isOpenOnly && this.stateOf(passage) === "done" && !element.contains(document.activeElement);
  }

  tell(problems) {
    for (const { note, input } of this.rows.values()) {
      note.replaceChildren();
      input.removeAttribute("aria-invalid");
    }
    const elsewhere = [];
    for (const problem of problems) {
      const row = this.rows.get(nearest(problem.slot, this.rows));
      if (!row) { elsewhere.push(problem); continue; }
      row.note.append(toldAs(problem));
      if (problem.severity === "error") row.input.setAttribute("aria-invalid", "true");
    }
    return elsewhere;
  }

  measure(fullness) {
    measureInto(new Map([...this.rows].filter(([, row]) => this.stateOf(row.passage) !== "open").map(([slot, row]) => [slot, row.meter])), fullness);
  }

  focus(slot) {
    const row = this.rows.get(nearest(slot, this.rows));
    if (!row) return;
    row.element.hidden = false;
    row.input.focus();
    row.element.scrollIntoView({ block: "center", behavior: "auto" });
  }
}
