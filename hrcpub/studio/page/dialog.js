// A dialog over the page: the focus stays in it, Escape closes it, and goes back to where it was.

import { asItIsNow, fresh, make } from "./dom.js";
import { toldAs } from "./labels.js";
import { say } from "./words.js";

// `fill(box)` gives what is in it; `onclose` is told when it is gone.
export function openDialog(title, fill, { className = "", onclose = () => {} } = {}) {
  const id = fresh("dialog");
  const before = document.activeElement;
  const box = make("dialog", { class: className, "aria-labelledby": id, onclose: () => { box.remove(); back(before); onclose(); } });
  box.append(make("h2", { id }, title), ...[fill(box)].flat(9).filter(Boolean));
  box.addEventListener("keydown", (event) => event.key === "Tab" && around(event, box));
  document.body.append(box);
  box.showModal();
  return box;
}

// The focus goes back to where it was, unless what was chosen has sent it elsewhere.
function back(before) {
  if (document.activeElement === document.body) asItIsNow(before)?.focus?.();
}

// After the last of a dialog comes its first again; Chromium would go out of the window between.
function around(event, box) {
  const all = [...box.querySelectorAll("button, a[href], input, select, textarea, summary")].filter((one) => !one.disabled && one.checkVisibility());
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to.focus();
}

// One with a title, what it tells, and its buttons, each of which closes it.
export const dialog = (title, content, buttons = []) => openDialog(title, (box) => [content, make("div", { class: "buttons" },
  buttons.map(([label, run]) => make("button", { type: "button", class: "main", onclick: () => { run(); box.close(); } }, label)), closing(box))]);

export const closing = (box) => make("button", { type: "button", onclick: () => box.close() }, say("Close"));

// Problems as they stand in a dialog.
export const told = (problems) => problems.map(toldAs);

// What the server refused, as Problems.
export const refusal = (error) => error.body?.problems || [{ severity: "error", message: error.message }];
