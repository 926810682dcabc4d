// A table to write in: cells, rows to add, move and take out, columns to sort by.

import { fresh, make, tell } from "./dom.js";
import { say } from "./words.js";

// At `path` there are `head`, a list of the columns' names, and `rows`, a list of lists of cells.
export function grid(form, path, slot, { canSort = false, headIsFixed = false, label = say("Table") } = {}) {
  const value = () => form.piece.at(path) || {};
  const head = value().head || [];
  const rows = value().rows || [];
  const at = (...steps) => [...path, ...steps];
  const slotAt = (...steps) => [slot, ...steps].filter((one) => one !== "").join(".");
  const redraw = (row, column, said) => {
    form.draw();
    form.inputs.get(slotAt("rows", row + 1, column + 1))?.focus();
    if (said) tell(said);
  };
  const cell = (row, column) => {
    const note = make("div", { id: fresh("told") });
    const its = slotAt("rows", row + 1, column + 1);
    const now = rows[row]?.[column] ?? "";
    // As tall as its text: an address has several lines.
    const input = make("textarea", { rows: 1, spellcheck: "true", "aria-describedby": note.id,
      "aria-label": say("{column}, row {row}", { column: head[column] || column + 1, row: row + 1 }),
      oninput: () => typed(row, column, input.value) });
    input.value = now;
    input.dataset.slot = its;
    form.inputs.set(its, input);
    form.notes.set(its, note);
    return make("td", {}, input, note);
  };
  // The last line is empty: who types in it has a new row.
  const typed = (row, column, text) => {
    const now = value().rows || [];
    if (row < now.length) {
      form.piece.put(at("rows", row, column), text);
      return;
    }
    if (!text.trim()) return;
    const cells = head.map((_, number) => (number === column ? text : ""));
    form.piece.insert(at("rows", row), cells);
    const cursor = form.inputs.get(slotAt("rows", row + 1, column + 1)).selectionStart;
    redraw(row, column, say("row {row} was added", { row: row + 1 }));
    form.inputs.get(slotAt("rows", row + 1, column + 1)).setSelectionRange(cursor, cursor);
  };
  const move = (row, by, column) => {
    if (row >= rows.length || row + by < 0 || row + by >= rows.length) return;
    form.piece.move(at("rows"), row, row + by);
    redraw(row + by, column, say("row {row} is now row {number}", { row: row + 1, number: row + by + 1 }));
  };
  const remove = (row) => {
    form.piece.remove(at("rows", row));
    redraw(Math.max(0, row - 1), 0, say("row {row} was taken out", { row: row + 1 }));
  };
  const keys = (event) => {
    const [row, column] = (event.target.dataset.slot || "").slice(slotAt("rows").length + 1).split(".").map((one) => Number(one) - 1);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && by) {
      event.preventDefault();
      move(row, by, column);
    } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) {
      event.preventDefault();
      form.inputs.get(slotAt("rows", row + 2, column + 1))?.focus();
    }
  };
  const line = (row) => {
    const isNew = row === rows.length;
    const note = make("div", { id: fresh("told") });
    if (!isNew) form.notes.set(slotAt("rows", row + 1), note);
    const button = (sign, what, disabled, run) => make("button", { type: "button", class: "quiet", disabled, "aria-label": `${what}: ${say("row {row}", { row: row + 1 })}`, title: what, onclick: run }, sign);
    return make("tr", { class: isNew ? "new" : "" }, make("th", { scope: "row" }, isNew ? "+" : String(row + 1), note),
      head.map((_, column) => cell(row, column)),
      make("td", { class: "acts" }, !isNew && [
        button("↑", say("Move up (Alt ↑)"), row === 0, () => move(row, -1, 0)),
        button("↓", say("Move down (Alt ↓)"), row === rows.length - 1, () => move(row, 1, 0)),
        button("✕", say("Take out"), false, () => remove(row))]));
  };
  const name = (text, column) => {
    const its = slotAt("head", column + 1);
    const note = make("div", { id: fresh("told") });
    form.notes.set(its, note);
    if (!headIsFixed) {
      const input = make("input", { type: "text", value: text, "aria-label": say("name of column {number}", { number: column + 1 }), "aria-describedby": note.id, oninput: () => form.piece.put(at("head", column), input.value.trim()) });
      input.dataset.slot = its;
      form.inputs.set(its, input);
      return make("th", { scope: "col" }, input, note);
    }
    const sort = canSort && make("button", { type: "button", class: "quiet", title: say("Sort by this column"), onclick: () => sorted(column) }, text, " ↕");
    return make("th", { scope: "col" }, sort || text, note);
  };
  const sorted = (column) => {
    const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    const by = (one, other) => order.compare(one[column] ?? "", other[column] ?? "");
    const isSorted = rows.every((row, number) => number === 0 || by(rows[number - 1], row) <= 0);
    const wanted = rows.toSorted(isSorted ? (one, other) => by(other, one) : by);
    form.piece.put(at("rows"), wanted);
    redraw(0, column, say("sorted by {column}", { column: head[column] }));
  };
  const table = make("table", { class: "grid", "aria-label": label, onkeydown: keys },
    make("thead", {}, make("tr", {}, make("td"), head.map(name), make("td"))),
    make("tbody", {}, rows.map((_, row) => line(row)), line(rows.length)));
  const columns = headIsFixed ? [] : [
    make("button", { type: "button", onclick: () => {
      form.piece.put(path, { head: [...head, say("Column {number}", { number: head.length + 1 })], rows: (rows.length ? rows : [[]]).map((row) => [...row, "–"]) });
      form.draw();
      form.inputs.get(slotAt("head", head.length + 1))?.focus();
    } }, say("Add a column")),
    make("button", { type: "button", disabled: head.length < 2, onclick: () => {
      form.piece.put(path, { head: head.slice(0, -1), rows: rows.map((row) => row.slice(0, head.length - 1)) });
      form.draw();
    } }, say("Take the last column out")),
  ];
  return make("div", { class: "gridded" }, make("div", { class: "scrolls", tabindex: "-1" }, table), make("p", { class: "line" }, columns));
}
