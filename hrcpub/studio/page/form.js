// The form of a piece: a field for each slot, with its help, how full it is, and what is wrong there.

import { upload } from "./api.js";
import { fresh, make } from "./dom.js";
import { slotOf } from "./piece.js";
import { say } from "./words.js";

const EMPTY = { list: () => [], group: () => ({}), picture: () => ({}), rows: () => ({ head: [], rows: [] }) };
const emptyOf = (field) => (EMPTY[field.fill] || (() => ""))();

// A new row begins with all that it must have, so that nothing is missed.
const newRow = (entry) =>
  entry.fill === "group"
    ? Object.fromEntries(entry.fields.filter((one) => one.required && one.fill !== "list").map((one) => [one.name, emptyOf(one)]))
    : emptyOf(entry);

export class Form {
  constructor(piece, on) {
    this.piece = piece;
    this.on = on; // focused(slot)
    this.inputs = new Map(); // by slot
    this.notes = new Map();
    this.meters = new Map();
    this.element = make("form", { class: "form", "aria-label": say("Words"), onsubmit: (event) => event.preventDefault() });
    this.element.addEventListener("focusin", (event) => this.on.focused(event.target.dataset.slot || null));
    this.draw();
  }

  draw() {
    const kept = document.activeElement?.dataset?.slot;
    this.inputs.clear();
    this.notes.clear();
    this.meters.clear();
    const head = make("details", {}, make("summary", {}, say("About the piece")),
      this.piece.form.head.map((field) => this.field(field, [field.name])));
    this.element.replaceChildren(
      ...this.piece.form.words.map((field) => this.field(field, ["words", field.name])), head);
    if (kept) this.inputs.get(kept)?.focus();
  }

  field(field, path) {
    const slot = slotOf(path);
    const make1 = { text: "text", line: "line", list: "list", group: "group", picture: "picture", choice: "choice", "yes-no": "yesNo", date: "date", rows: "table" }[field.fill];
    const note = make("div", { id: fresh("told") });
    this.notes.set(slot, note);
    return this[make1](field, path, slot, note);
  }

  // A label, help, and what fills the field.
  framed(field, slot, note, input, extra = []) {
    const id = (input.id ||= fresh("field"));
    const help = make("p", { class: "help", id: `${id}-help` }, field.about);
    input.setAttribute("aria-describedby", `${id}-help ${note.id}`);
    input.dataset.slot = slot;
    if (field.required) input.setAttribute("aria-required", "true");
    this.inputs.set(slot, input);
    const meter = make("div", { class: "fill" });
    this.meters.set(slot, meter);
    return make("div", { class: "field" }, extra,
      make("label", { for: id }, field.label, field.required ? null : make("small", { class: "help" }, ` ${say("(may be left out)")}`)),
      field.about && help, input, meter, note);
  }

  // Take over what is typed; what is emptied, and may be, goes out of the file.
  typed(field, path, value) {
    const isEntry = typeof path.at(-1) === "number";
    if (value === "" && !field.required && !isEntry) this.piece.remove(path);
    else this.piece.put(path, value);
  }

  line(field, path, slot, note) {
    const input = make("input", { type: "text", value: this.piece.at(path) ?? "", autocomplete: "off", spellcheck: "true",
      oninput: () => this.typed(field, path, input.value.trim()) });
    return this.framed(field, slot, note, input);
  }

  text(field, path, slot, note) {
    const input = make("textarea", { rows: 2, spellcheck: "true", oninput: () => this.typed(field, path, input.value.trim()) });
    input.value = this.piece.at(path) ?? "";
    const around = (mark) => {
      input.setRangeText(mark + input.value.slice(input.selectionStart, input.selectionEnd) + mark, input.selectionStart, input.selectionEnd, "select");
      input.focus();
      this.typed(field, path, input.value.trim());
    };
    const tools = make("div", { class: "tools", role: "group", "aria-label": say("Set apart") },
      make("button", { type: "button", title: say("Emphasis"), "aria-label": say("Emphasis"), onclick: () => around("*") }, make("em", {}, "E")),
      make("button", { type: "button", title: say("Strong"), "aria-label": say("Strong"), onclick: () => around("**") }, make("strong", {}, "S")));
    return this.framed(field, slot, note, input, field.has_markup ? [tools] : []);
  }

  date(field, path, slot, note) {
    const input = make("input", { type: "date", value: this.piece.at(path) ?? "", onchange: () => this.typed(field, path, input.value) });
    return this.framed(field, slot, note, input);
  }

  choice(field, path, slot, note) {
    const now = this.piece.at(path) ?? "";
    const known = field.choices.some(([value]) => value === now);
    const input = make("select", { onchange: () => this.typed(field, path, input.value) },
      known && field.required ? null : make("option", { value: known ? "" : now }, known || !now ? "—" : now),
      field.choices.map(([value, shown]) => make("option", { value, selected: value === now }, shown)));
    if (known) input.value = now;
    return this.framed(field, slot, note, input);
  }

  yesNo(field, path, slot, note) {
    return this.choice({ ...field, fill: "choice", choices: [["yes", say("yes")], ["no", say("no")]] }, path, slot, note);
  }

  group(field, path, slot, note) {
    const isThere = this.piece.at(path) !== undefined;
    const inner = field.fields.map((one) => this.field(one, [...path, one.name]));
    const legend = make("legend", {}, field.label);
    const frame = make("fieldset", { class: "field" }, legend, field.about && make("p", { class: "help" }, field.about), note);
    if (typeof path.at(-1) === "number") return make("div", {}, inner, note);
    const box = make("details", { class: "group", open: isThere || field.required }, make("summary", {}, isThere ? say("Change") : say("Add")), inner);
    if (isThere && !field.required) {
      box.append(make("button", { type: "button", onclick: () => { this.piece.remove(path); this.draw(); } }, say("Leave it out")));
    }
    frame.append(box);
    return frame;
  }

  // A picture is dropped in, or chosen; then it is said what it shows.
  picture(field, path, slot, note) {
    const frame = this.group(field, path, slot, note);
    const file = this.piece.at([...path, "file"]);
    const input = make("input", { type: "file", accept: "image/*", id: fresh("picture"), class: "unseen",
      onchange: () => input.files[0] && take(input.files[0]) });
    const take = async (one) => {
      try {
        const { file: kept } = await upload(one);
        this.piece.put([...path, "file"], kept);
        this.draw();
        this.inputs.get(`${slot}.alt`)?.focus();
      } catch (error) {
        note.replaceChildren(told({ severity: "error", message: error.message }));
      }
    };
    const drop = make("label", { class: "drop", for: input.id,
      ondragover: (event) => { event.preventDefault(); drop.classList.add("over"); },
      ondragleave: () => drop.classList.remove("over"),
      ondrop: (event) => { event.preventDefault(); drop.classList.remove("over"); if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]); } },
      file && make("img", { src: `/api/picture?file=${encodeURIComponent(file)}`, alt: this.piece.at([...path, "alt"]) || "" }),
      make("span", {}, file ? say("Drop another picture here, or choose one") : say("Drop a picture here, or choose one")), input);
    frame.querySelector("details").before(drop);
    return frame;
  }

  list(field, path, slot, note) {
    const entries = this.piece.at(path);
    const rows = Array.isArray(entries) ? entries : [];
    const count = rows.length;
    const act = (run, focus) => () => { run(); this.draw(); this.inputs.get(focus)?.focus(); };
    const first = (number) => {
      const inner = field.entry.fill === "group" ? `.${field.entry.fields[0]?.name}` : "";
      return `${slot}.${number + 1}${inner}`;
    };
    const row = (number) => make("li", { class: "row" },
      make("div", { class: "head" }, make("b", {}, `${say(field.entry.label)} ${number + 1}`),
        make("button", { type: "button", class: "quiet", disabled: number === 0, "aria-label": say("Move up {number}", { number: number + 1 }),
          onclick: act(() => this.piece.move(path, number, number - 1), first(number - 1)) }, "↑"),
        make("button", { type: "button", class: "quiet", disabled: number === count - 1, "aria-label": say("Move down {number}", { number: number + 1 }),
          onclick: act(() => this.piece.move(path, number, number + 1), first(number + 1)) }, "↓"),
        make("button", { type: "button", class: "quiet", disabled: count <= field.fewest, "aria-label": say("Take out {number}", { number: number + 1 }),
          onclick: act(() => (count === 1 ? this.piece.remove(path) : this.piece.remove([...path, number])), first(Math.max(0, number - 1))) }, "✕")),
      this.field({ ...field.entry, name: String(number + 1), label: `${say(field.entry.label)} ${number + 1}` }, [...path, number]));
    const isFull = field.most !== null && count >= field.most;
    const more = make("button", { type: "button", disabled: isFull,
      onclick: act(() => this.piece.insert([...path, count], newRow(field.entry)), first(count)) },
      isFull ? say("It has room for {most}", { most: field.most }) : say("Add one"));
    return make("fieldset", { class: "field" }, make("legend", {}, field.label),
      field.about && make("p", { class: "help" }, field.about), note,
      make("ol", { class: "rows" }, rows.map((_, number) => row(number))), make("p", {}, more));
  }

  // A table is a line of heads and lines of cells.
  table(field, path, slot, note) {
    const value = this.piece.at(path) || { head: [], rows: [] };
    const lines = [value.head || [], ...(value.rows || [])];
    const input = make("textarea", { rows: lines.length + 1, spellcheck: "true",
      oninput: () => {
        const [head, ...rows] = input.value.split("\n").filter((line) => line.trim()).map((line) => line.split("|").map((cell) => cell.trim()));
        if (head) this.piece.put(path, { head, rows });
      } });
    input.value = lines.filter((line) => line.length).map((line) => line.join(" | ")).join("\n");
    return this.framed({ ...field, about: `${field.about} — ${say("a line for each row, | between cells")}` }, slot, note, input);
  }

  // What a piece's problems say, each at its field; the others are returned.
  tell(problems) {
    for (const [slot, note] of this.notes) {
      note.replaceChildren();
      this.inputs.get(slot)?.removeAttribute("aria-invalid");
    }
    const placed = new Set();
    for (const problem of problems) {
      const slot = this.nearest(problem.slot, this.notes);
      if (!slot) continue;
      placed.add(problem);
      this.notes.get(slot).append(told(problem));
      if (problem.severity === "error") this.inputs.get(slot)?.setAttribute("aria-invalid", "true");
    }
    return problems.filter((problem) => !placed.has(problem));
  }

  // How full each place is.
  measure(fullness) {
    for (const meter of this.meters.values()) meter.replaceChildren();
    for (const fill of fullness?.fills || []) {
      const meter = this.meters.get(fill.slot);
      if (!meter || !fill.holds) continue;
      const share = fill.used / fill.holds;
      meter.className = `fill ${share > 1 ? "full" : share > 0.93 ? "tight" : ""}`;
      const bar = make("b");
      bar.style.width = `${Math.min(100, share * 100)}%`;
      const room = fill.words === null ? "" : fill.words === 0 ? say("no room for another word") : say.many(fill.words, "room for about {count} word", "room for about {count} words");
      meter.append(make("i", { "aria-hidden": "true" }, bar), make("span", {}, room));
    }
  }

  nearest(slot, known) {
    let at = slot;
    while (at && !known.has(at)) at = at.includes(".") ? at.slice(0, at.lastIndexOf(".")) : null;
    return at;
  }

  focus(slot) {
    const own = slot.startsWith("offices.") ? "words.contacts.1" : slot;
    const input = this.inputs.get(this.nearest(own, this.inputs)) || this.inputs.get("words.contacts");
    if (!input) return;
    for (let box = input.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    input.focus();
    input.scrollIntoView({ block: "center", behavior: "auto" });
  }
}

export function told(problem) {
  return make("p", { class: `told ${problem.severity}` }, problem.message, problem.hint && make("em", {}, problem.hint));
}
