// The buttons that set words apart, and make links of them: *emphasis*, **strong**, [words](address).

import { dialog } from "./dialog.js";
import { asItIsNow, fresh, make } from "./dom.js";
import { say } from "./words.js";

// As if it were typed.
function put(input, text, from, to) {
  input.focus();
  input.setRangeText(text, from, to, "select");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

export function markupTools(input) {
  // The same button takes its signs away again.
  const around = (mark) => {
    let { selectionStart: from, selectionEnd: to, value } = input;
    while (from < to && value[from] === " ") from += 1;
    while (to > from && value[to - 1] === " ") to -= 1;
    const outer = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark
      && (mark !== "*" || value[from - 2] !== "*" || value[to + 1] !== "*" || value[from - 3] === "*");
    if (outer && to > from) {
      put(input, value.slice(from, to), from - mark.length, to + mark.length);
      return;
    }
    put(input, mark + value.slice(from, to) + mark, from, to);
    input.setSelectionRange(from + mark.length, to + mark.length);
  };
  const button = (label, shown, keys, run) => make("button", { type: "button", title: `${label} (${keys.replace("Control", "Ctrl")})`, "aria-label": label, "aria-keyshortcuts": keys, onclick: run }, shown);
  input.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.altKey || event.shiftKey) return;
    const run = { b: () => around("**"), i: () => around("*"), k: () => link(input) }[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
  return make("div", { class: "tools", role: "group", "aria-label": say("Set words apart") },
    button(say("Bold"), make("strong", {}, "B"), "Control+B", () => around("**")),
    button(say("Emphasis"), make("em", {}, "E"), "Control+I", () => around("*")),
    button(say("Link"), say("Link"), "Control+K", () => link(input)));
}

// Ask where the words lead: a page, an address of mail, a telephone.
function link(input) {
  const { selectionStart: from, selectionEnd: to, value } = input;
  const id = fresh("link");
  const words = make("input", { type: "text", id: `${id}-words`, value: value.slice(from, to), required: true });
  const address = make("input", { type: "text", id, autocomplete: "off", required: true, "aria-describedby": `${id}-help` });
  const box = dialog(say("Link"), make("form", { method: "dialog", id: `${id}-form`, onsubmit: (event) => {
    event.preventDefault();
    box.close();
    const made = `[${words.value.trim()}](${addressOf(address.value.trim())})`;
    const now = asItIsNow(input);
    if (!now?.isConnected) return dialog(say("These words have no place any more"), make("p", {}, made));
    if (now.value.trim() === value.trim()) return put(now, made, from, to);
    return put(now, ` ${made}`, now.value.length, now.value.length); // behind what others wrote
  } }, make("div", { class: "field" }, make("label", { for: `${id}-words` }, say("The words")), words),
  make("div", { class: "field" }, make("label", { for: id }, say("Where they lead")),
    make("p", { class: "help", id: `${id}-help` }, say("a page, an e-mail address, or a telephone: example.org, help@example.org, 212-555-0100")), address),
  make("button", { class: "main" }, say("Make the link"))));
  (words.value ? address : words).focus();
}

export function addressOf(typed) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(typed)) return typed;
  if (/^[^\s@/]+@[^\s@/]+$/.test(typed)) return `mailto:${typed}`;
  if (/^[+(\d][\d\s().-]{5,}$/.test(typed)) return `tel:${typed.replace(/[^\d+]/g, "")}`;
  return `https://${typed}`;
}
