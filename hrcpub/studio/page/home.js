// The first page: all pieces of the project.

import { get } from "./api.js";
import { make } from "./dom.js";
import { say } from "./words.js";

export async function home(bar, main) {
  const project = await get("/api/project");
  document.title = project.name;
  bar.replaceChildren(make("h1", {}, project.name));
  const search = make("input", { type: "search", "aria-label": say("Find a piece"), placeholder: say("Find a piece"), oninput: () => fill(search.value) });
  const list = make("ul", { class: "cards" });
  const fill = (text) => {
    const wanted = text.trim().toLowerCase();
    list.replaceChildren(...project.pieces
      .filter((one) => !wanted || `${one.title} ${one.name} ${one.layout}`.toLowerCase().includes(wanted))
      .map((one) => make("li", {}, make("a", { href: `#/piece/${encodeURIComponent(one.name)}` },
        make("strong", {}, one.title || one.name),
        make("small", {}, [one.layout, one.language, one.revised].filter(Boolean).join(" · ")),
        one.problem && make("small", { class: "told error" }, one.problem)))));
  };
  fill("");
  main.replaceChildren(make("div", { class: "home" }, make("h2", {}, say("Pieces")), make("p", { class: "field" }, search), list));
  return { close() {} };
}
