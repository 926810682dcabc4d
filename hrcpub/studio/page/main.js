// Which page is shown, by what stands after the # in the address.

import { make } from "./dom.js";
import { home } from "./home.js";
import { say, speak } from "./words.js";

const bar = document.getElementById("bar");
const main = document.getElementById("main");
let open = null;

async function route() {
  open?.close();
  open = null;
  const piece = location.hash.match(/^#\/piece\/(.+)$/);
  const layout = location.hash.match(/^#\/design\/(.+)$/);
  const translation = location.hash.match(/^#\/translate\/([^/]+)\/([^/]+)$/);
  const contacts = location.hash.match(/^#\/contacts(?:\/(.+))?$/);
  try {
    // What a page needs comes with it: else the list would wait for the code editor.
    if (layout) open = await (await import("./design.js")).design(decodeURIComponent(layout[1]), bar, main);
    else if (piece) open = await (await import("./desk.js")).desk(decodeURIComponent(piece[1]), bar, main);
    else if (translation) open = await (await import("./translate.js")).translating(...translation.slice(1).map(decodeURIComponent), bar, main);
    else if (contacts) open = await (await import("./contacts.js")).contactsPage(decodeURIComponent(contacts[1] || ""), bar, main);
    else open = await home(bar, main);
  } catch (error) {
    bar.replaceChildren(make("a", { href: "#/" }, `← ${say("All pieces")}`));
    main.replaceChildren(make("div", { class: "home" }, make("p", { class: "told error" }, error.message)));
  }
}

await speak();
for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
addEventListener("hashchange", route);
await route();
