// The form of a piece: a field for each slot, with its help, how full it is, and what is wrong there.

import { drawnAnew, fresh, make, tell } from "./dom.js";
import { byLanguage, codes, telephones } from "./office_fields.js";
import { grid } from "./grid.js";
import { toldAs } from "./labels.js";
import { list, named, schedule } from "./lists.js";
import { logo } from "./logo.js";
import { markupTools } from "./markup.js";
import { slotNow } from "./meanwhile.js";
import { picture } from "./picture.js";
import { slotOf } from "./piece.js";
import { say } from "./words.js";

export class Form {
  constructor(piece, on) {
    this.piece = piece;
    this.on = on; // focused(slot)
    this.inputs = new Map(); // by slot
    this.notes = new Map();
    this.meters = new Map();
    this.replaced = new Set(); // slots of pictures that others took the place of
    this.dropped = []; // files that something is told of: where, and what
    this.element = make("form", { class: "form", "aria-label": say("Words"), onsubmit: (event) => event.preventDefault() });
    this.element.addEventListener("focusin", (event) => this.on.focused?.(event.target.dataset.slot || null));
    this.draw();
  }

  // The focus stays in its field: `whither` tells where the slot is now that had it.
  draw(whither = (slot) => slot) {
    const { activeElement } = document;
    const kept = this.element.contains(activeElement) && activeElement.dataset.slot && whither(activeElement.dataset.slot);
    const opened = new Set([...this.element.querySelectorAll("details[open][data-of]")].map((one) => partNow(one.dataset.of, whither)));
    this.replaced = new Set([...this.replaced].map(whither));
    const before = this.inputs;
    const scrolled = this.element.scrollTop;
    const inputs = (this.inputs = new Map());
    for (const map of [this.notes, this.meters]) map.clear();
    this.element.replaceChildren(...this.content());
    for (const one of this.element.querySelectorAll("details[data-of]")) one.open ||= opened.has(one.dataset.of);
    this.element.scrollTop = scrolled;
    for (const [slot, one] of before) drawnAnew(one, () => inputs.get(whither(slot)));
    if (kept) focusAs(activeElement, inputs.get(kept));
    this.tell(this.told || []);
    this.measure(this.measured);
  }

  content() {
    const { words, head, layout } = this.piece.form;
    return [
      make("p", { class: "help of-layout" }, layout.title, " · ", make("a", { href: `#/design/${encodeURIComponent(layout.name)}` }, say("Change its layout"))),
      ...words.map((field) => this.field(field, ["words", field.name])),
      make("details", { "data-of": "head" }, make("summary", {}, say("About the piece")), head.map((field) => this.field(field, [field.name]))),
    ];
  }

  field(field, path) {
    const slot = slotOf(path);
    const note = make("div", { id: fresh("told") });
    this.notes.set(slot, note);
    return FILLS[field.fill](this, field, path, slot, note);
  }

  // A label, help, and what fills the field.
  framed(field, slot, note, input, extra = []) {
    const id = (input.id ||= fresh("field"));
    const help = make("p", { class: "help", id: `${id}-help` }, field.about);
    input.setAttribute("aria-describedby", `${id}-help ${note.id}`);
    input.dataset.slot = slot;
    if (field.required) input.setAttribute("aria-required", "true");
    this.inputs.set(slot, input);
    // How full it is, is told of what stands on the pages.
    const meter = slot.startsWith("words.") && make("div", { class: "fill" });
    if (meter) this.meters.set(slot, meter);
    return make("div", { class: "field" }, extra,
      make("label", { for: id }, field.label, optional(field)), field.about && help, input, meter, note);
  }

  // Take over what is typed; what is emptied, and may be, goes out of the file.
  typed(field, path, value) {
    const isEntry = typeof path.at(-1) === "number";
    if (value === "" && !field.required && !isEntry) this.piece.remove(path);
    else this.piece.put(path, value);
  }

  // What is wrong, each at its field, with what `beside` gives to do about it; the others are returned.
  tell(problems, beside = this.beside) {
    this.told = problems;
    this.beside = beside;
    for (const [slot, note] of this.notes) {
      note.replaceChildren();
      this.inputs.get(slot)?.removeAttribute("aria-invalid");
    }
    for (const { slot, said } of this.dropped) this.notes.get(slot())?.append(...said);
    const placed = new Set();
    for (const problem of problems) {
      const slot = nearest(problem.slot, this.notes);
      if (!slot) continue;
      placed.add(problem);
      this.notes.get(slot).append(toldAs(problem), beside?.(problem) || "");
      if (problem.severity === "error") this.inputs.get(slot)?.setAttribute("aria-invalid", "true");
    }
    for (const summary of this.element.querySelectorAll("summary")) closed(summary);
    return problems.filter((problem) => !placed.has(problem));
  }

  // A file was dropped at a slot. What is told of it stays there, with its row, however often the
  // rest is told and drawn meanwhile: until it is kept, or another takes its place.
  dropAt(place) {
    const seen = structuredClone(this.piece.values);
    const one = { slot: () => slotNow(place, seen, this.piece.values), said: [] };
    const isHere = (other) => other.slot() === one.slot();
    this.dropped = [...this.dropped.filter((other) => !isHere(other)), one];
    one.isLast = () => this.dropped.includes(one);
    one.tell = (...said) => {
      one.said = said;
      if (!said.length) this.dropped = this.dropped.filter((other) => other !== one);
      this.tell(this.told || []);
    };
    return one;
  }

  // How full each place is.
  measure(fullness) {
    this.measured = fullness;
    measureInto(this.meters, fullness);
  }

  focus(slot) {
    const own = slot.startsWith("offices.") && this.piece.form.words ? "words.contacts.1" : slot;
    const input = this.inputs.get(nearest(own, this.inputs)) || this.inputs.get("words.contacts");
    if (!input) return;
    for (let box = input.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    input.focus();
    input.scrollIntoView({ block: "center", behavior: "auto" });
  }
}

// What is told in a part that is closed is not seen: its head says how much that is.
function closed(summary) {
  const before = summary.querySelector(":scope > .within");
  before?.previousSibling.remove(); // the space before it
  before?.remove();
  const within = [...summary.parentElement.querySelectorAll(".told.error, .told.warning")];
  const weight = within.some((one) => one.classList.contains("error")) ? "error" : "warning";
  if (within.length) summary.append(" ", make("small", { class: `within ${weight}` }, say.many(within.length, "{count} thing to know", "{count} things to know")));
}

// A part that may be opened is known by its slot, and by what of it it is.
const partNow = (of, whither) => {
  const [slot, ...what] = of.split(" ");
  return [whither(slot), ...what].join(" ");
};

// The focus goes on in another field, with the cursor at the same place in the same words. A space
// at their end is in no file: there may be another word to come.
export function focusAs(before, now) {
  now?.focus();
  if (now?.value && now.value === before.value?.trim()) now.value = before.value;
  if (now?.value === before.value && typeof before.selectionStart === "number") now.setSelectionRange(before.selectionStart, before.selectionEnd);
}

export const optional = (field) => (field.required ? null : make("small", { class: "help" }, ` ${say("(may be left out)")}`));

function line(form, field, path, slot, note) {
  const now = form.piece.at(path) ?? "";
  if (typeof now !== "string") return asWritten(form, field, path, slot, note);
  const input = make("input", { type: "text", value: now, autocomplete: "off", spellcheck: "true",
    oninput: () => form.typed(field, path, input.value.trim()) });
  return form.framed(field, slot, note, input);
}

// What a form cannot show: it stays as it is in the file.
export function asWritten(form, field, path, slot, note) {
  const input = make("textarea", { rows: 2, readOnly: true });
  input.value = JSON.stringify(form.piece.at(path), null, 1);
  return form.framed({ ...field, about: `${field.about} — ${say("written in a way that is changed in the file alone")}` }, slot, note, input);
}

function text(form, field, path, slot, note) {
  const input = make("textarea", { rows: 2, spellcheck: "true", oninput: () => form.typed(field, path, input.value.trim()) });
  input.value = form.piece.at(path) ?? "";
  return form.framed(field, slot, note, input, field.has_markup ? [markupTools(input)] : []);
}

function date(form, field, path, slot, note) {
  const input = make("input", { type: "date", value: form.piece.at(path) ?? "", onchange: () => form.typed(field, path, input.value) });
  return form.framed(field, slot, note, input);
}

export function choice(form, field, path, slot, note) {
  const now = form.piece.at(path) ?? "";
  const known = field.choices.some(([value]) => value === now);
  const input = make("select", { onchange: () => form.typed(field, path, input.value) },
    known && field.required ? null : make("option", { value: known ? "" : now }, known || !now ? "—" : now),
    field.choices.map(([value, shown]) => make("option", { value, selected: value === now }, shown)));
  if (known) input.value = now;
  return form.framed(field, slot, note, input);
}

const MANY = 4; // fields of a group that may be empty, and are: more than these wait for who wants them

// All fields of a group; those that are empty and may be so stand behind "More".
function fieldsOf(form, field, path, slot) {
  const now = form.piece.at(path) || {};
  const isOpen = (one, number) => one.required || number < 2 || (now[one.name] ?? "") !== "";
  const shown = (list) => list.map((one) => form.field(one, [...path, one.name]));
  const later = field.fields.filter((one, number) => !isOpen(one, number));
  if (later.length < MANY) return shown(field.fields);
  return [...shown(field.fields.filter(isOpen)), make("details", { "data-of": `${slot} more` }, make("summary", {}, say("More fields")), shown(later))];
}

const yesNo = (form, field, ...rest) => choice(form, { ...field, choices: [["yes", say("yes")], ["no", say("no")]] }, ...rest);

export function group(form, field, path, slot, note, inner = null) {
  const now = form.piece.at(path);
  if (typeof now === "string" && now !== "") return line(form, field, path, slot, note);
  const isThere = now !== undefined && now !== "";
  const fields = inner || fieldsOf(form, field, path, slot);
  if (typeof path.at(-1) === "number") return make("div", {}, fields, note);
  const about = [field.about, field.one_of && say("just one of these")].filter(Boolean).join(" — ");
  const frame = make("fieldset", { class: "field" }, make("legend", {}, field.label, optional(field)), about && make("p", { class: "help" }, about), note);
  if (field.required) return frame.append(make("div", { class: "group" }, fields)), frame;
  const box = make("details", { class: "group", open: isThere, "data-of": slot }, make("summary", {}, isThere ? say("Change") : say("Add")), fields);
  if (isThere) box.append(make("button", { type: "button", onclick: () => {
    form.piece.remove(path);
    form.draw();
    tell(say("left out"));
  } }, say("Leave it out")));
  frame.append(box);
  return frame;
}

function rows(form, field, path, slot, note) {
  const frame = make("fieldset", { class: "field" }, make("legend", {}, field.label, optional(field)), field.about && make("p", { class: "help" }, field.about), note);
  frame.append(grid(form, path, slot));
  return frame;
}

// Each way to fill a field: (form, field, path, slot, note) to its element.
const FILLS = {
  line, text, date, choice, "yes-no": yesNo, group, rows, list, named, schedule, picture, logo, "by-language": byLanguage, telephones, codes,
};

export function nearest(slot, known) {
  let at = slot;
  while (at && !known.has(at)) at = at.includes(".") ? at.slice(0, at.lastIndexOf(".")) : null;
  return at;
}

export function measureInto(meters, fullness) {
  for (const meter of meters.values()) meter.replaceChildren();
  for (const fill of fullness?.fills || []) {
    const meter = meters.get(fill.slot);
    if (!meter || !fill.holds) continue;
    const share = fill.used / fill.holds;
    meter.className = `fill ${share > 1 ? "full" : share > 0.93 ? "tight" : ""}`;
    const bar = make("b");
    bar.style.width = `${Math.min(100, share * 100)}%`;
    const room = share > 1 ? say("too much: some of it must go") : fill.words === null ? "" : fill.words === 0 ? say("no room for another word") : say.many(fill.words, "room for about {count} word", "room for about {count} words");
    meter.append(make("i", { "aria-hidden": "true" }, bar), make("span", {}, room));
  }
}
