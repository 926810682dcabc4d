// A dialog over the page: the focus stays in it, Escape closes it, and goes back to where it was.

import { fresh, make } from "./dom.js";
import { say } from "./words.js";

// `fill(box)` gives what is in it; `onclose` is told when it is gone.
export function openDialog(title, fill, { className = "", onclose = () => {} } = {}) {
  const id = fresh("dialog");
  const before = document.activeElement;
  const box = make("dialog", { class: className, "aria-labelledby": id, onclose: () => { box.remove(); before?.focus?.(); onclose(); } });
  box.append(make("h2", { id }, title), ...[fill(box)].flat(9).filter(Boolean));
  document.body.append(box);
  box.showModal();
  return box;
}

// One with a title, what it tells, and its buttons, each of which closes it.
export const dialog = (title, content, buttons = []) => openDialog(title, (box) => [content, make("div", { class: "buttons" },
  buttons.map(([label, run]) => make("button", { type: "button", class: "main", onclick: () => { run(); box.close(); } }, label)), closing(box))]);

export const closing = (box) => make("button", { type: "button", onclick: () => box.close() }, say("Close"));

// Problems as they stand in a dialog.
export const told = (problems) => problems.map((one) =>
  make("p", { class: `told ${one.severity}` }, one.message, one.hint && make("em", {}, one.hint)));

// What the server refused, as Problems.
export const refusal = (error) => error.body?.problems || [{ severity: "error", message: error.message }];
