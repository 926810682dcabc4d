// A picture: dropped in or chosen, told to who cannot see it, and the place that is never cut off.

import { upload } from "./api.js";
import { refusal, told } from "./dialog.js";
import { fresh, make, tell } from "./dom.js";
import { slotOf } from "./piece.js";
import { say } from "./words.js";

const FIRST = ["alt", "decorative"];
const NOT_NEEDED = "not needed"; // as files say it

export function picture(form, field, path, slot, note) {
  const file = form.piece.at([...path, "file"]);
  const wanted = field.fields.filter((one) => one.name !== "file");
  const drop = dropping(form, path, slot, note, file);
  if (!file) {
    const frame = make("fieldset", { class: "field" }, make("legend", {}, field.label, !field.required && make("small", { class: "help" }, ` ${say("(may be left out)")}`)),
      field.about && make("p", { class: "help" }, field.about), note, drop);
    form.inputs.set(slot, drop.querySelector("input"));
    return frame;
  }
  const first = wanted.filter((one) => FIRST.includes(one.name)).map((one) => form.field({ ...one, required: one.name === "alt" }, [...path, one.name]));
  const others = wanted.filter((one) => !FIRST.includes(one.name)).map((one) => (one.name === "consent" ? consent(form, one, [...path, one.name], `${slot}.consent`) : form.field(one, [...path, one.name])));
  const out = make("button", { type: "button", onclick: () => {
    form.replaced.delete(slot);
    form.piece.remove(path);
    form.draw();
    tell(say("left out"));
    form.inputs.get(slot)?.focus();
  } }, say("Leave the picture out"));
  return make("fieldset", { class: "field" }, make("legend", {}, field.label), field.about && make("p", { class: "help" }, field.about), note,
    focusPoint(form, path, file, wanted.some((one) => one.name === "focus")), drop,
    make("div", { class: "group" }, form.replaced.has(slot) && ofTheOther(form, slot), first,
      make("details", { "data-of": slot, open: form.replaced.has(slot) }, make("summary", {}, say("More about the picture")), others), !field.required && out));
}

// A larger file of the same picture keeps all that is said of it. Of another one, it must be looked at:
// who agreed to be shown did not agree for somebody else.
const ofTheOther = (form, slot) => make("div", { class: "told warning" }, say("What is said here is of the picture before: what it shows, who agreed to be shown, what must not be cut off. Is it so of this one too?"),
  make("p", {}, make("button", { type: "button", onclick: () => {
    form.replaced.delete(slot);
    form.draw();
    form.inputs.get(`${slot}.alt`)?.focus();
  } }, say("It is right"))));

// Who agreed to be shown; or that nobody had to, which no field of a group could say.
function consent(form, field, path, slot) {
  const change = (to) => () => {
    if (to) form.piece.put(path, to);
    else form.piece.remove(path);
    form.draw();
    document.getElementById(`${slot}-needed`)?.focus();
  };
  const said = form.piece.at(path);
  const button = (label, to) => make("p", {}, make("button", { type: "button", id: `${slot}-needed`, onclick: change(to) }, label));
  if (said === NOT_NEEDED) {
    const note = make("div", { id: fresh("told") });
    form.notes.set(slot, note);
    return make("fieldset", { class: "field" }, make("legend", {}, field.label), make("p", {}, say("Not needed: nobody is seen.")), note, button(say("Somebody is seen"), null));
  }
  const frame = form.field({ ...field, about: say("who agreed to be shown") }, path);
  if (said === undefined) frame.append(button(say("Nobody is seen: not needed"), NOT_NEEDED));
  return frame;
}

function dropping(form, path, slot, note, file) {
  const begin = () => {
    const put = form.piece.putLater([...path, "file"]);
    return (kept) => {
      const place = put(kept);
      if (place && file && kept !== file) form.replaced.add(slotOf(place.slice(0, -1)));
      form.draw();
      if (!place) return undefined; // its row was taken out meanwhile
      tell(say("the picture is in; say what it shows"));
      return form.inputs.get(slotOf([...place.slice(0, -1), "alt"]));
    };
  };
  return dropZone(form, slot, file ? say("Drop another picture here, or choose one") : say("Drop a picture here, or choose one"), note, begin);
}

// Where a file is dropped or chosen. `begin` is called when it comes, and gives what takes its path
// when it is kept, and gives where the focus goes on then: but not where somebody writes by now.
// `use` is what it is for, where that is no picture of a piece.
export function dropZone(form, slot, label, note, begin, { use = "", accept = "image/*" } = {}) {
  const take = async (one) => {
    const dropped = form.dropAt(slot);
    dropped.tell(make("p", { class: "help" }, say("keeping {name} …", { name: one.name })));
    const put = begin();
    const before = written();
    try {
      const { file } = await upload(one, use);
      if (!dropped.isLast()) return; // another one was dropped meanwhile
      dropped.tell();
      const isIdle = written() === before;
      const next = put(file);
      if (isIdle) next?.focus();
    } catch (error) {
      dropped.tell(...told(refusal(error)));
    }
  };
  // The same file may be chosen again, after it was mended.
  const input = make("input", { type: "file", accept, id: fresh("picture"), class: "unseen", "aria-describedby": note.id,
    onchange: () => { const [one] = input.files; input.value = ""; if (one) take(one); } });
  const drop = make("label", { class: "drop", for: input.id,
    ondragover: (event) => { event.preventDefault(); drop.classList.add("over"); },
    ondragleave: () => drop.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); drop.classList.remove("over"); if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]); } },
  make("span", {}, label), input);
  return drop;
}

// Where somebody writes, and what.
function written() {
  const { dataset, value } = document.activeElement;
  return `${dataset.slot} ${value ?? ""}`;
}

// What must not be cut off: a click on it, or the arrow keys.
function focusPoint(form, path, file, hasFocus) {
  const image = make("img", { src: `/api/picture?file=${encodeURIComponent(file)}`, alt: form.piece.at([...path, "alt"]) || "" });
  if (!hasFocus) return make("div", { class: "chosen" }, image);
  const place = [...path, "focus"];
  const mark = make("i", { "aria-hidden": "true" });
  const said = make("span", { class: "help", id: fresh("focus") });
  const now = () => (form.piece.at(place) || "").match(/(\d+(?:\.\d+)?)\s*%\s+(\d+(?:\.\d+)?)\s*%/)?.slice(1, 3).map(Number);
  const show = () => {
    const [x, y] = now() || [50, 50];
    mark.style.left = `${x}%`;
    mark.style.top = `${y}%`;
    mark.hidden = !now();
    said.textContent = now() ? say("never cut off: {x} % from the left, {y} % from the top", { x, y }) : say("Click on what must not be cut off, such as a face.");
  };
  const put = (x, y) => {
    const within = (share) => Math.round(Math.min(100, Math.max(0, share)));
    form.piece.put(place, `${within(x)}% ${within(y)}%`);
    const field = form.inputs.get([...place].map((step) => (typeof step === "number" ? step + 1 : step)).join("."));
    if (field) field.value = form.piece.at(place);
    show();
    tell(said.textContent);
  };
  const button = make("button", { type: "button", class: "focus", "aria-label": say("What must not be cut off: the arrow keys move the mark"), "aria-describedby": said.id,
    onclick: (event) => {
      if (!event.detail) return; // Enter: the keys move it
      const box = button.getBoundingClientRect();
      put(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
    },
    onkeydown: (event) => {
      const by = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, -5], ArrowDown: [0, 5] }[event.key];
      if (!by) return;
      event.preventDefault();
      const [x, y] = now() || [50, 50];
      put(x + by[0], y + by[1]);
    } }, image, mark);
  show();
  return make("div", { class: "chosen" }, button, said);
}
