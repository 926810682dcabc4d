// The first page: all pieces of the project.

import { get, post } from "./api.js";
import { approvalNote, forget } from "./approval.js";
import { make } from "./dom.js";
import { say } from "./words.js";

export async function home(bar, main) {
  const project = await get("/api/project");
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
        make("small", {}, [one.layout, languages(one), one.revised].filter(Boolean).join(" · ")),
        approvalNote(one.name),
        one.problem && make("small", { class: "told error" }, one.problem)))));
  };
  fill("");
  const layouts = make("ul", { class: "cards" }, project.layouts.filter((one) => !one.problem).map((one) => make("li", {},
    make("button", { type: "button", onclick: () => begin(one) }, make("strong", {}, one.title), make("small", {}, one.about)))));
  main.replaceChildren(make("div", { class: "home" },
    make("h2", {}, say("Pieces")), make("p", { class: "field" }, search), list,
    make("h2", {}, say("Begin a new piece")), layouts,
    layoutList(project.layouts)));
  return { close() {} };
}

const layoutList = (layouts) => [make("h2", {}, say("Layouts")), make("ul", { class: "cards" }, layouts.map((one) => make("li", {}, make("a", { href: `#/design/${encodeURIComponent(one.name)}` },
  make("strong", {}, one.title), make("small", {}, `layouts/${one.name}`), one.problem && make("small", { class: "told error" }, one.problem)))))];

const languages = (piece) => [piece.language, ...piece.translations.map((one) => one.language)].filter(Boolean).join(", ");

// Ask for a name, and begin.
function begin(layout) {
  const name = make("input", { type: "text", id: "new-name", required: true, pattern: "[a-z0-9][a-z0-9\\-]*", autocomplete: "off", "aria-describedby": "new-help" });
  const said = make("div");
  const box = make("dialog", { "aria-label": say("Begin a new piece"), onclose: () => box.remove() },
    make("h2", {}, layout.title), make("p", {}, layout.about),
    make("form", { method: "dialog", class: "field", onsubmit: async (event) => {
      event.preventDefault();
      try {
        const made = await post("/api/new", { layout: layout.name, name: name.value });
        box.close();
        location.hash = `#/piece/${made.name}`;
      } catch (error) {
        said.replaceChildren(make("p", { class: "told error", role: "alert" }, error.message));
      }
    } }, make("label", { for: "new-name" }, say("Its short name")), make("p", { class: "help", id: "new-help" }, say("small letters, digits and hyphens: van-hours")), name, said,
    make("div", { class: "buttons" }, make("button", { class: "main" }, say("Begin")), make("button", { type: "button", onclick: () => box.close() }, say("Close")))));
  document.body.append(box);
  box.showModal();
}
