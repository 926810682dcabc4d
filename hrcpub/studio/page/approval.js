// What was approved of a piece, in words; and the dialog in which somebody approves it.

import { get, pieceAt, post } from "./api.js";
import { closing, dialog, openDialog, refusal, told } from "./dialog.js";
import { make, tell } from "./dom.js";
import { language, say } from "./words.js";

let states = null;
const all = () => (states ||= get("/api/approvals").catch(() => ({})));
export const forget = () => { states = null; };
export const stateOf = async (name) => (await all())[name];

export const day = (iso) => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));

// "page 2", "pages 1, 3"
export function pagesSaid(numbers) {
  const list = new Intl.ListFormat(language, { type: "conjunction" }).format(numbers.map(String));
  return numbers.length === 1 ? say("page {list}", { list }) : say("pages {list}", { list });
}

// "2 words, page 2; looks, page 4"
export function inShort(parts) {
  const what = {
    words: (part) => say.many(part.many, "{count} word", "{count} words"),
    moved: () => say("words moved"),
    looks: () => say("looks"),
    new: () => say("new"),
    gone: () => say("gone"),
  };
  return parts.map((part) => `${what[part.kind](part)}, ${pagesSaid(part.pages)}`).join("; ") || say("no difference");
}

export function approvalSaid(state) {
  if (!state) return "";
  if (state.state === "?") return say("What was approved cannot be read");
  const values = { day: day(state.on), name: state.by };
  if (state.state === "differs") return `${say("differs from what was approved on {day} by {name}", values)}: ${inShort(state.parts)}`;
  if (state.state === "changed") return say("changed since it was approved on {day} by {name}", values);
  return say("approved on {day} by {name}", values);
}

// A line that fills itself: nothing where nothing was approved.
export function approvalNote(name, element = make("small", { class: "approval" })) {
  stateOf(name).then((state) => {
    element.textContent = approvalSaid(state);
    element.dataset.state = state?.state || "";
  });
  return element;
}

// Ask who approves, and have it kept; `done` is called when it is.
export function approve(name, title, done) {
  const by = make("input", { type: "text", id: "approve-by", required: true, maxLength: 120, autocomplete: "name", value: localStorage.getItem("approves") || "" });
  const note = make("input", { type: "text", id: "approve-note", maxLength: 120, autocomplete: "off" });
  const said = make("div", { role: "alert" });
  openDialog(say("Approve it"), (box) => [
    make("p", {}, say("“{title}” is kept as it is now: its words, and how all pages look. From then on you see when it differs from that.", { title })),
    make("form", { method: "dialog", onsubmit: async (event) => {
      event.preventDefault();
      const button = event.submitter;
      button.disabled = true;
      said.replaceChildren(make("p", { class: "help" }, say("making sure that it is as you see it…")));
      try {
        await post(`${pieceAt(name)}/approve`, { by: by.value, note: note.value });
        localStorage.setItem("approves", by.value);
        forget();
        box.close();
        tell(say("It is approved."));
        done();
      } catch (error) {
        said.replaceChildren(...told(refusal(error)));
      } finally {
        button.disabled = false;
      }
    } },
    make("p", { class: "field" }, make("label", { for: "approve-by" }, say("Your name")), by),
    make("p", { class: "field" }, make("label", { for: "approve-note" }, say("What you want to say of it"), make("small", { class: "help" }, ` ${say("(may be left out)")}`)), note),
    said,
    make("div", { class: "buttons" }, make("button", { class: "main" }, say("Approve")), closing(box))),
  ]);
}

export async function takeBack(name, done) {
  try {
    await post(`${pieceAt(name)}/withdraw`);
    forget();
    done();
  } catch (error) {
    dialog(say("That was not done"), told(refusal(error)));
  }
}
