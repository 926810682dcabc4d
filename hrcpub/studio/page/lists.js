// Rows to add, move and take out: in a list, in a group whose names are free, in a schedule.

import { dialog } from "./dialog.js";
import { fresh, make, tell } from "./dom.js";
import { say } from "./words.js";

const EMPTY = { list: () => [], group: () => ({}), picture: () => ({}), rows: () => ({ head: [], rows: [] }) };
const emptyOf = (field) => (EMPTY[field.fill] || (() => ""))();

// A new row begins with all that it must have, so that nothing is missed.
const newRow = (entry) =>
  entry.fill === "group"
    ? Object.fromEntries(entry.fields.filter((one) => one.required && one.fill !== "list").map((one) => [one.name, emptyOf(one)]))
    : emptyOf(entry);

export function list(form, field, path, slot, note) {
  const entries = form.piece.at(path);
  const count = Array.isArray(entries) ? entries.length : 0;
  const label = field.entry.label;
  const rows = make("ol", { class: "rows" });
  // After a change the rows are drawn anew: the focus goes on in the row that it was about.
  const act = (run, number, said) => {
    run();
    form.draw();
    intoRow(form, slot, number);
    tell(said);
  };
  const move = (from, to) => to >= 0 && to < count && act(() => form.piece.move(path, from, to), to, say("{row} is now number {number}", { row: label, number: to + 1 }));
  const remove = (number) => act(() => (count === 1 && !field.required ? form.piece.remove(path) : form.piece.remove([...path, number])), Math.max(0, number - 1), say("taken out"));
  const insert = (number) => act(() => form.piece.insert([...path, number], newRow(field.entry)), number, say("added"));
  const isFull = field.most !== null && count >= field.most;
  const isFew = count <= field.fewest;
  for (let number = 0; number < count; number += 1) {
    const name = `${label} ${number + 1}`;
    const button = (sign, what, disabled, run) => make("button", { type: "button", class: "quiet", disabled, "aria-label": `${what}: ${name}`, title: what, onclick: run }, sign);
    const isSmall = !["group", "picture", "list"].includes(field.entry.fill);
    rows.append(make("li", { class: isSmall ? "row small" : "row", "data-row": `${slot}.${number + 1}`, onkeydown: (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || !event.altKey || event.target.closest("li.row") !== event.currentTarget) return;
      event.preventDefault();
      move(number, number + by);
    } },
    make("div", { class: "head" }, !isSmall && make("b", {}, name),
      button("↑", say("Move up (Alt ↑)"), number === 0, () => move(number, number - 1)),
      button("↓", say("Move down (Alt ↓)"), number === count - 1, () => move(number, number + 1)),
      button("✕", say("Take out"), isFew, () => remove(number))),
    form.field({ ...field.entry, name: String(number + 1), label: name }, [...path, number])));
  }
  const more = make("button", { type: "button", disabled: isFull, onclick: () => insert(count) }, say("Add one"));
  form.inputs.set(slot, more);
  return make("fieldset", { class: "field" }, make("legend", {}, field.label, !field.required && make("small", { class: "help" }, ` ${say("(may be left out)")}`)),
    make("p", { class: "help" }, [field.about, howMany(field)].filter(Boolean).join(" — ")), note, rows, make("p", {}, more, isFull && make("span", { class: "help" }, ` ${say("it has room for {most}", { most: field.most })}`)));
}

// How many rows there may be, in words.
function howMany({ fewest, most }) {
  if (fewest && fewest === most) return say("just {count}", { count: most });
  if (fewest && most) return say("from {fewest} to {most}", { fewest, most });
  if (most) return say("up to {most}", { most });
  return fewest > 1 ? say("at least {fewest}", { fewest }) : "";
}

function intoRow(form, slot, number) {
  const row = form.element.querySelector(`[data-row="${CSS.escape(slot)}.${number + 1}"]`);
  const first = row?.querySelector("input:not([type=file]), textarea, select") || row?.querySelector("button:not(:disabled)") || form.inputs.get(slot);
  first?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

// A group whose names are free: an office for each id.
export function named(form, field, path, slot, note) {
  const entries = form.piece.at(path) || {};
  const names = Object.keys(entries);
  const box = (name) => make("details", { class: "row", "data-of": `${slot}.${name}` },
    make("summary", {}, titleOf(entries[name], name), make("small", { class: "help" }, ` ${name}`)),
    field.fields.map((one) => form.field(one, [...path, name, one.name])),
    make("p", { class: "line end" }, make("button", { type: "button", onclick: () => asked(form, name, () => {
      form.piece.remove([...path, name]);
      form.draw();
      tell(say("taken out"));
      form.inputs.get(slot)?.focus();
    }) }, say("Take {name} out", { name }))));
  const more = make("button", { type: "button", class: "main", onclick: () => naming(form, path, slot) }, say("Add an office"));
  form.inputs.set(slot, more);
  return make("div", { class: "named" }, note, names.map(box), make("p", {}, more));
}

// What pieces name is not taken out unasked: they could not be printed without it.
function asked(form, name, run) {
  const pieces = form.piece.form.named_by?.[name] || [];
  if (!pieces.length) return run();
  return dialog(say("Take {name} out", { name }), [make("p", {}, say("These pieces name it, and cannot be printed without it:")),
    make("ul", {}, pieces.map((one) => make("li", {}, make("a", { href: `#/piece/${encodeURIComponent(one)}` }, one))))], [[say("Take it out"), run]]);
}

const titleOf = (entry, name) => {
  const said = entry?.name;
  return (typeof said === "string" ? said : said && Object.values(said)[0]) || name;
};

// Ask for the id by which pieces name it.
function naming(form, path, slot) {
  const id = fresh("id");
  const said = make("div");
  const input = make("input", { type: "text", id, autocomplete: "off", required: true, "aria-describedby": `${id}-help` });
  const box = dialog(say("Add an office"), make("form", { method: "dialog", class: "field", onsubmit: (event) => {
    event.preventDefault();
    const name = idOf(input.value);
    if (!name || Object.hasOwn(form.piece.at(path) ?? {}, name)) {
      said.replaceChildren(make("p", { class: "told error", role: "alert" }, name ? say("there is one of that name") : say("write its name")));
      return;
    }
    box.close();
    form.piece.put([...path, name], { name: input.value.trim(), lines: [""] });
    form.draw();
    const made = form.element.querySelector(`[data-of="${CSS.escape(slot)}.${CSS.escape(name)}"]`);
    made.open = true;
    form.inputs.get(`${slot}.${name}.lines.1`)?.focus();
  } }, make("label", { for: id }, say("Its name")), make("p", { class: "help", id: `${id}-help` }, say("as people know it; pieces find it by it")), input, said,
  make("p", { class: "buttons" }, make("button", { class: "main" }, say("Add it")))));
  input.focus();
}

const idOf = (name) => name.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

// Sites: in a table that other pieces use too, or written here.
export function schedule(form, field, path, slot, note) {
  const now = form.piece.at(path);
  const tables = form.piece.form.tables || [];
  const isTable = typeof now === "string";
  const select = make("select", { id: fresh("sites"), "aria-describedby": note.id, onchange: () => {
    form.piece.put(path, select.value || [newRow(field.entry)]);
    form.draw();
    form.inputs.get(slot)?.focus();
  } }, make("option", { value: "" }, say("written here")),
  [...new Set([...tables, ...(isTable && now ? [now] : [])])].map((one) => make("option", { value: one, selected: one === now }, one)));
  select.dataset.slot = slot;
  form.inputs.set(slot, select);
  const where = make("div", { class: "field" }, make("label", { for: select.id }, field.label), field.about && make("p", { class: "help" }, field.about), select,
    isTable && now && make("p", {}, make("a", { href: `#/contacts/${encodeURIComponent(now)}` }, say("Change the table"))), note);
  if (isTable) return where;
  const inner = list(form, { ...field, label: say("Sites"), about: "" }, path, slot, make("div"));
  form.inputs.set(slot, select);
  return make("div", {}, where, inner);
}
