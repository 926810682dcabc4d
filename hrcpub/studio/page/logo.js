// The organisation's logo: dropped in or chosen, shown as it signs, and told how large it may be.

import { get } from "./api.js";
import { refusal, told } from "./dialog.js";
import { fresh, make, tell } from "./dom.js";
import { asWritten, optional } from "./form.js";
import { dropZone } from "./picture.js";
import { language, say } from "./words.js";

const ACCEPT = ".svg,.png,.jpg,.jpeg,.webp,.avif,.heic,image/svg+xml,image/*";

const counted = (number) => number.toLocaleString(language);

// It may be written as its file alone, or as a group: file, reversed, alt.
export function logo(form, field, path, slot, note) {
  const now = form.piece.at(path) ?? {};
  if (typeof now !== "string" && (typeof now !== "object" || Array.isArray(now))) return asWritten(form, field, path, slot, note);
  const parts = () => { const is = form.piece.at(path) ?? {}; return typeof is === "string" ? { file: is } : is; };
  const put = (changed) => form.piece.put(path, { ...parts(), ...changed });
  const { file } = parts();
  const frame = make("fieldset", { class: "field" }, make("legend", {}, field.label, optional(field)), make("p", { class: "help" }, field.about), note);
  const drop = taking(form, slot, file, note, (kept) => put({ file: kept }), "logo");
  if (!file) return frame.append(make("p", { class: "help" }, say("Best is a drawing in one colour (SVG): it is sharp at any size. A PNG takes 1,744 pixels where it is as wide as a page.")), drop), frame;
  const [reversed, alt] = field.fields;
  const out = make("button", { type: "button", onclick: () => {
    form.piece.remove(path);
    form.draw();
    tell(say("left out"));
    form.inputs.get(slot)?.focus();
  } }, say("Leave the logo out"));
  const more = make("details", { "data-of": slot }, make("summary", {}, say("More about the logo")),
    onBlack(form, reversed, `${slot}.reversed`, parts, put, path), saying(form, alt, path, slot, parts, put));
  frame.append(shown(file, "logo", more, parts().reversed), drop, more, out);
  return frame;
}

function taking(form, slot, file, note, put, use) {
  const words = file ? say("Drop another logo here, or choose one") : say("Drop a logo here, or choose one");
  const drop = dropZone(form, slot, words, note, () => (kept) => {
    put(kept);
    form.draw();
    tell(say("the logo is in"));
    return form.inputs.get(slot);
  }, { use, accept: ACCEPT });
  const input = drop.querySelector("input");
  input.dataset.slot = slot;
  form.inputs.set(slot, input);
  return drop;
}

// As it is printed, and what is to be known of it.
function shown(file, use, more, isReversed) {
  const asked = new URLSearchParams({ file, use });
  const facts = make("div", { "aria-live": "polite" });
  const image = make("img", { src: `/api/logo/picture?${asked}`, alt: say("the logo, as it is printed"), onerror: () => image.remove() });
  get(`/api/logo?${asked}`).then((known) => {
    facts.replaceChildren(...saidOf(known, use));
    if (use === "logo" && !known.is_flat && !isReversed) {
      more.querySelector("summary").after(make("p", { class: "help" }, say("Some layouts sign on black ground, and need a light one there.")));
      more.open = true;
    }
  }, (error) => facts.replaceChildren(...told(refusal(error))));
  return make("div", { class: `chosen logo ${use}` }, image, make("small", { class: "help" }, file), facts);
}

function saidOf({ is_drawing, is_flat, width, height, wanted }, use) {
  if (is_drawing && (is_flat || use === "reversed")) return [make("p", { class: "help" }, say("A drawing: it is sharp at any size."))];
  if (is_drawing) return [make("p", { class: "help" }, say("A drawing in several colours: it is sharp at any size, and printed in greys."))];
  const size = say("{width} × {height} pixels, without the white around it.", { width: counted(width), height: counted(height) });
  if (width >= wanted) return [make("p", { class: "help" }, size, " ", say("That is enough to sign a page."))];
  return [make("p", { class: "told warning" }, size, " ", say("Where it signs a page it takes {wanted} across, or its edges have steps.", { wanted: counted(wanted) }),
    make("em", {}, say("Ask for the drawing (SVG), or for a larger PNG: enlarging this one does not help.")))];
}

function onBlack(form, field, slot, parts, put, path) {
  const note = make("div", { id: fresh("told") });
  form.notes.set(slot, note);
  const { reversed } = parts();
  const drop = taking(form, slot, reversed, note, (kept) => put({ reversed: kept }), "reversed");
  const out = reversed && make("button", { type: "button", onclick: () => {
    form.piece.remove([...path, "reversed"]);
    form.draw();
    tell(say("left out"));
    form.inputs.get(slot)?.focus();
  } }, say("Leave it out"));
  return make("fieldset", { class: "field" }, make("legend", {}, field.label, optional(field)), make("p", { class: "help" }, field.about), note,
    reversed && shown(reversed, "reversed"), drop, out);
}

function saying(form, field, path, slot, parts, put) {
  const { alt } = parts();
  if (typeof form.piece.at(path) === "object") return form.field(field, [...path, "alt"]);
  const note = make("div", { id: fresh("told") });
  form.notes.set(`${slot}.alt`, note);
  const input = make("input", { type: "text", value: alt ?? "", autocomplete: "off", oninput: () => {
    const { alt: _, ...others } = parts();
    form.piece.put(path, input.value.trim() ? { ...others, alt: input.value.trim() } : others);
  } });
  return form.framed(field, `${slot}.alt`, note, input);
}
