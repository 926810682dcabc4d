// A dialog with a title, what it tells, and its buttons; closed by Escape too.

import { make } from "./dom.js";
import { say } from "./words.js";

export function dialog(title, content, buttons = []) {
  const before = document.activeElement;
  const box = make("dialog", { "aria-label": title, onclose: () => { box.remove(); before?.focus?.(); } }, make("h2", {}, title), content,
    make("div", { class: "buttons" }, buttons.map(([label, run]) => make("button", { type: "button", class: "main", onclick: () => { run(); box.close(); } }, label)),
      make("button", { type: "button", onclick: () => box.close() }, say("Close"))));
  document.body.append(box);
  box.showModal();
  return box;
}
