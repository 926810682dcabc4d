// Which page is shown, by what stands after the # in the address.

import { contactsPage } from "./contacts.js";
import { desk } from "./desk.js";
import { make } from "./dom.js";
import { home } from "./home.js";
import { translating } from "./translate.js";
import { say, speak } from "./words.js";

const bar = document.getElementById("bar");
const main = document.getElementById("main");
let open = null;

async function route() {
  open?.close();
  open = null;
  const piece = location.hash.match(/^#\/piece\/(.+)$/);
  const translation = location.hash.match(/^#\/translate\/([^/]+)\/([^/]+)$/);
  const contacts = location.hash.match(/^#\/contacts(?:\/(.+))?$/);
  try {
    if (piece) open = await desk(decodeURIComponent(piece[1]), bar, main);
    else if (translation) open = await translating(...translation.slice(1).map(decodeURIComponent), bar, main);
    else if (contacts) open = await contactsPage(decodeURIComponent(contacts[1] || ""), bar, main);
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
