// What an office has that pieces do not: names in several languages, telephones with what they are for.

import { fresh, make, tell } from "./dom.js";
import { asWritten } from "./form.js";
import { say } from "./words.js";

// A text that is the same in all languages, or one for each.
export function byLanguage(form, field, path, slot, note) {
  const now = form.piece.at(path);
  if (now === undefined || typeof now === "string") {
    const input = make("input", { type: "text", value: now ?? "", autocomplete: "off", oninput: () => form.typed(field, path, input.value.trim()) });
    const more = make("button", { type: "button", class: "quiet", onclick: () => {
      form.piece.put(path, { en: input.value.trim() });
      form.draw();
      form.inputs.get(`${slot}.en`)?.focus();
    } }, say("In several languages"));
    return form.framed(field, slot, note, input, [make("div", { class: "tools" }, more)]);
  }
  const texts = Object.keys(now).map((tag) => {
    const inner = make("div", { id: fresh("told") });
    form.notes.set(`${slot}.${tag}`, inner);
    const input = make("input", { type: "text", value: now[tag], lang: tag, dir: "auto", autocomplete: "off", "aria-label": `${field.label}, ${tag}`, "aria-describedby": inner.id,
      oninput: () => form.piece.put([...path, tag], input.value.trim()) });
    input.dataset.slot = `${slot}.${tag}`;
    form.inputs.set(`${slot}.${tag}`, input);
    return make("div", { class: "tongue" }, make("b", {}, tag), input,
      make("button", { type: "button", class: "quiet", disabled: Object.keys(now).length < 2, "aria-label": say("Take out: {name}", { name: `${field.label}, ${tag}` }), onclick: () => {
        form.piece.remove([...path, tag]);
        form.draw();
        tell(say("taken out"));
      } }, "✕"), inner);
  });
  const tag = make("input", { type: "text", size: 6, placeholder: "es", "aria-label": say("the language to add: es, ht, zh-Hans") });
  const add = () => {
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag.value.trim())) return tag.focus();
    form.piece.put([...path, tag.value.trim()], "");
    form.draw();
    return form.inputs.get(`${slot}.${tag.value.trim()}`)?.focus();
  };
  tag.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
  return make("fieldset", { class: "field tongues" }, make("legend", {}, field.label), field.about && make("p", { class: "help" }, field.about), note, texts,
    make("div", { class: "line" }, tag, make("button", { type: "button", onclick: add }, say("Add a language"))));
}

// Codes with commas between them: en, es.
export function codes(form, field, path, slot, note) {
  const now = form.piece.at(path) ?? "";
  if (Array.isArray(now) && now.some((one) => typeof one !== "string")) return asWritten(form, field, path, slot, note);
  const input = make("input", { type: "text", value: Array.isArray(now) ? now.join(", ") : now, autocomplete: "off", oninput: () => {
    const typed = input.value.split(/[,;]\s*/).map((one) => one.trim()).filter(Boolean);
    if (typed.length) form.piece.put(path, typed);
    else form.piece.remove(path);
  } });
  return form.framed(field, slot, note, input);
}

// The ways in which telephones are written, as rows: {label, number, extension}.
function telephonesOf(value) {
  if (value === undefined || value === "") return [];
  const rowsOf = (entry) => {
    if (typeof entry === "string") return [{ number: entry }];
    if (["number", "label", "extension"].some((name) => name in entry)) return [{ ...entry }];
    return Object.entries(entry).map(([label, number]) => ({ label, number }));
  };
  return (Array.isArray(value) ? value : [value]).flatMap(rowsOf);
}

const entryOf = ({ label, number = "", extension }) => {
  if (extension) return { number, ...(label ? { label } : {}), extension };
  if (!label) return number;
  return typeof label === "string" && !["number", "label", "extension"].includes(label) ? { [label]: number } : { number, label };
};

function writtenOf(rows) {
  const entries = rows.map(entryOf);
  if (entries.length === 1) return entries[0];
  const labels = rows.map((row) => row.label);
  const areNames = entries.every((entry, number) => typeof entry === "object" && typeof labels[number] === "string" && labels[number] in entry);
  return areNames && new Set(labels).size === labels.length ? Object.assign({}, ...entries) : entries;
}

export function telephones(form, field, path, slot, note) {
  const rows = telephonesOf(form.piece.at(path));
  // A row in which nothing stands yet is in no file.
  const put = (changed) => {
    const written = changed.filter((row) => row.number || row.label || row.extension);
    if (written.length) form.piece.put(path, writtenOf(written));
    else form.piece.remove(path);
  };
  const input = (number, name, about, value) => {
    const one = make("input", { type: "text", value: typeof value === "object" ? Object.values(value)[0] : value || "", readOnly: typeof value === "object", autocomplete: "off", placeholder: about,
      "aria-label": `${field.label} ${number + 1}: ${about}`, "aria-describedby": note.id, oninput: () => {
        rows[number] = { ...rows[number], [name]: one.value.trim() };
        put(rows);
      } });
    one.dataset.slot = `${slot}.${number + 1}.${name}`;
    if (name === "number") form.inputs.set(number ? `${slot}.${number + 1}` : slot, one);
    return one;
  };
  const line = (row, number) => make("div", { class: "telephone" },
    input(number, "number", say("number"), row.number), input(number, "label", say("what it is for"), row.label), input(number, "extension", say("extension"), row.extension),
    make("button", { type: "button", class: "quiet", "aria-label": say("Take out: {name}", { name: `${field.label} ${number + 1}` }), onclick: () => {
      put(rows.filter((_, one) => one !== number));
      form.draw();
      tell(say("taken out"));
      form.inputs.get(slot)?.focus();
    } }, "✕"));
  const more = make("button", { type: "button", onclick: () => {
    rows.push({ number: "" });
    last.before(line(rows.at(-1), rows.length - 1));
    form.inputs.get(rows.length > 1 ? `${slot}.${rows.length}` : slot).focus();
  } }, say("Add a telephone"));
  const last = make("p", {}, more);
  if (!rows.length) form.inputs.set(slot, more);
  return make("fieldset", { class: "field" }, make("legend", {}, field.label), field.about && make("p", { class: "help" }, field.about), note, rows.map(line), last);
}
