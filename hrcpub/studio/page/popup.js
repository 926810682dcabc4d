// A button that opens a small sheet below it: closed by Escape, by a click elsewhere, by the button.

import { fresh, make } from "./dom.js";

export function popup(label, ...content) {
  const id = fresh("popup");
  const sheet = make("div", { id, popover: "auto", class: "popup", role: "group", "aria-label": label }, content);
  const button = make("button", { type: "button", popovertarget: id, class: "opens" }, label);
  const place = () => {
    const box = button.getBoundingClientRect();
    const left = Math.min(box.left, innerWidth - sheet.offsetWidth - 8);
    sheet.style.left = `${Math.max(8, left)}px`;
    sheet.style.top = `${Math.min(box.bottom + 6, Math.max(8, innerHeight - sheet.offsetHeight - 8))}px`;
  };
  sheet.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return removeEventListener("resize", place);
    place();
    addEventListener("resize", place);
    sheet.querySelector("input:checked, input, button")?.focus();
  });
  return [button, sheet];
}
