// What fields are called, and what they tell, in the page's language: as their layout says it in
// several, else by the words that the page knows. Slots are called by the fields that they fill.

import { make } from "./dom.js";
import { language, say } from "./words.js";

let roots = []; // the fields at the head of the form that is open

const chosen = (texts) => texts?.[language];

function localise(field) {
  field.written = field.about; // as the layout says it
  field.label = chosen(field.labels) ?? say(field.label);
  field.about = chosen(field.abouts) ?? say(field.about);
  field.choices = field.choices.map(([value, shown]) => [value, say(shown)]);
  field.fields.forEach(localise);
  if (field.entry) localise(field.entry);
}

// Put a form's fields into the page's language, once. Later messages call its slots as it does.
export function localised(form) {
  const { head = [], words = [], fields = [], layout } = form;
  for (const field of [...head, ...words, ...fields]) localise(field);
  if (layout) Object.assign(layout, layoutSaid(layout));
  roots = [...head, ...fields, { name: "words", fields: words, isHidden: true }];
  return form;
}

export const layoutSaid = (layout) => ({ title: say(layout.title), about: chosen(layout.abouts) ?? say(layout.about || "") });

// The fields on the way to a slot: words.points.2.text is points, its second entry, text.
function way(slot) {
  let among = roots;
  let field = null;
  const found = [];
  for (const step of slot.split(".")) {
    if (/^\d+$/.test(step) && field?.entry) found.push({ number: step });
    field = /^\d+$/.test(step) ? field?.entry : among.find((one) => one.name === step);
    if (!field) return found.length ? found : null;
    among = field.fields;
    if (field.name && !/^\d+$/.test(step) && !field.isHidden) found.push(field);
  }
  return found;
}

export const fieldAt = (slot) => way(slot)?.at(-1);

// words.points.2.text as people read it: Points 2, text.
export function labelOf(slot) {
  const parts = [];
  const last = (number) => { if (parts.length) parts[parts.length - 1] += ` ${number}`; };
  const named = way(slot.replace(/\.words$/, ""));
  if (named?.length) for (const one of named) one.number ? last(one.number) : parts.push(one.label);
  else for (const step of slot.replace(/^words\./, "").replace(/\.words$/, "").split(".")) /^\d+$/.test(step) ? last(step) : parts.push(step.replaceAll("-", " "));
  return parts.map((part, at) => (at ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1)).join(", ");
}

const listed = (slot) => (labelOf(slot).includes(",") ? `“${labelOf(slot)}”` : labelOf(slot));

// What is to be done in a file is here done in a field.
export function hintOf({ hint, code }) {
  if (hint === "write the words after it") return say("write the words here");
  if (code === "consent-missing") return say("say who agreed, or that nobody is seen: under “More about the picture”, at “Consent”");
  return hint?.replace(/, in quotation marks$/, "").replace(/^add (words(?:\.[\w-]+)+):/, (_, slot) => say("fill in “{field}”:", { field: labelOf(slot) }));
}

// A message names places as files do; here they are called as their fields are.
export function messageOf(problem) {
  const message = problem.message.replace(/"(words(?:\.[\w-]+)+)"/g, (_, slot) => `"${labelOf(slot)}"`);
  if (problem.code !== "sample-words" && problem.code !== "placeholder-left") return message;
  return message.replace(/[a-z][\w-]*(?:\.[\w-]+)*(?=,| and \d|$)/g, (name) => (way(`words.${name}`)?.length ? listed(`words.${name}`) : name));
}

// A problem as it stands at its field, and in a dialog.
export const toldAs = (problem) => make("p", { class: `told ${problem.severity}` }, messageOf(problem), problem.hint && make("em", {}, hintOf(problem)));
