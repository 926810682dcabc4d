// The first page: all pieces of the project.

import { get, post } from "./api.js";
import { approvalNote, day, forget } from "./approval.js";
import { closing, openDialog, refusal, told } from "./dialog.js";
import { make } from "./dom.js";
import { layoutSaid } from "./labels.js";
import { language, say } from "./words.js";

export async function home(bar, main) {
  const project = await get("/api/project");
  for (const layout of project.layouts) Object.assign(layout, layoutSaid(layout));
  for (const list of [project.layouts, project.pieces]) list.sort(byTitle);
  const layoutOf = new Map(project.layouts.map((one) => [one.name, one.title]));
  document.title = project.name;
  forget();
  bar.replaceChildren(make("h1", {}, project.name), make("a", { href: "#/contacts" }, say("Contacts and sites")), make("a", { href: "#/events" }, say("Events")));
  const search = make("input", { type: "search", "aria-label": say("Find a piece"), placeholder: say("Find a piece"), oninput: () => fill(search.value) });
  const list = make("ul", { class: "cards" });
  const fill = (text) => {
    const wanted = text.trim().toLowerCase();
    list.replaceChildren(...project.pieces
      .filter((one) => !wanted || `${one.title} ${one.name} ${one.layout}`.toLowerCase().includes(wanted))
      .map((one) => make("li", {}, make("a", { href: `#/piece/${encodeURIComponent(one.name)}` },
        make("strong", {}, one.title || one.name),
        make("small", {}, [layoutOf.get(one.layout) || one.layout, languages(one), dayOf(one.revised)].filter(Boolean).join(" · ")),
        approvalNote(one.name),
        one.problem && make("small", { class: "told error" }, one.problem)))));
  };
  fill("");
  const layouts = make("ul", { class: "cards" }, project.layouts.filter((one) => !one.problem).map((one) => make("li", {},
    make("button", { type: "button", onclick: () => begin(one, project.pieces) }, make("strong", {}, one.title), make("small", {}, one.about)))));
  main.replaceChildren(make("div", { class: "home" },
    make("h2", {}, say("Pieces")), make("p", { class: "field" }, search), list,
    make("h2", {}, say("Begin a new piece")), layouts,
    layoutList(project.layouts)));
  return { close() {} };
}

// For designers: who writes begins a piece above, with the same names.
const layoutList = (layouts) => [make("details", { open: layouts.some((one) => one.problem) }, make("summary", {}, make("h2", {}, say("Layouts, for designers"))), make("ul", { class: "cards" }, layouts.map((one) => make("li", {}, make("a", { href: `#/design/${encodeURIComponent(one.name)}` },
  make("strong", {}, one.title), make("small", {}, `layouts/${one.name}`), one.problem && make("small", { class: "told error" }, one.problem))))))];

const byTitle = (one, other) => (one.title || one.name).localeCompare(other.title || other.name, language);

let spoken = null;
function called(tag) {
  try {
    spoken ||= new Intl.DisplayNames([language], { type: "language" });
    return spoken.of(tag);
  } catch {
    return tag; // what is no language is told where the piece is open
  }
}
const languages = (piece) => [piece.language, ...piece.translations.map((one) => one.language)].filter(Boolean).map(called).join(", ");
const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? day(text) : text);

// A title as the name of a file: "Café: when?" to cafe-when.
const fileName = (title) => title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

// The name of a new file; of a title in other letters, that of its layout with a number.
function freeName(title, layout, pieces) {
  const known = new Set(pieces.map((one) => one.name));
  let number = 1;
  while (known.has(`${layout.name}-${number}`)) number += 1;
  return fileName(title) || `${layout.name}-${number}`;
}

// Ask what it is called, and begin.
function begin(layout, pieces) {
  const name = make("input", { type: "text", id: "new-name", required: true, autocomplete: "off", maxLength: 80, "aria-describedby": "new-help", oninput: () => show() });
  const file = make("p", { class: "help", id: "new-help" });
  const said = make("div", { role: "alert" });
  const show = () => {
    const isNamed = name.value.trim();
    file.textContent = isNamed ? say("it is kept in {file}", { file: `materials/${freeName(name.value, layout, pieces)}.yaml` }) : say("in a few words, as you will look for it");
    name.setCustomValidity(isNamed ? "" : say("Write what it is called."));
  };
  show();
  openDialog(layout.title, (box) => [make("p", {}, layout.about),
    make("form", { method: "dialog", class: "field", onsubmit: async (event) => {
      event.preventDefault();
      try {
        const made = await post("/api/new", { layout: layout.name, name: freeName(name.value, layout, pieces), title: name.value });
        if (!box.open) return; // somebody has gone on
        box.close();
        location.hash = `#/piece/${made.name}`;
      } catch (error) {
        said.replaceChildren(...told(refusal(error)));
      }
    } }, make("label", { for: "new-name" }, say("What it is called")), name, file, said,
    make("div", { class: "buttons" }, make("button", { class: "main" }, say("Begin")), closing(box)))]);
}
