// Which page is shown, by what stands after the # in the address.

import { compare } from "./compare.js";
import { desk } from "./desk.js";
import { make } from "./dom.js";
import { events } from "./events.js";
import { home } from "./home.js";
import { settings } from "./settings.js";
import { say, speak } from "./words.js";

// Views write their own part of the bar; the settings stay.
const bar = make("div", { class: "of-view" });
const main = document.getElementById("main");
let open = null;

async function route() {
  open?.close();
  open = null;
  const piece = location.hash.match(/^#\/piece\/(.+)$/);
  const compared = location.hash.match(/^#\/compare\/(.+)$/);
  try {
    if (compared) open = await compare(decodeURIComponent(compared[1]), bar, main);
    else if (location.hash === "#/events") open = await events(bar, main);
    else open = piece ? await desk(decodeURIComponent(piece[1]), bar, main) : await home(bar, main);
  } catch (error) {
    bar.replaceChildren(make("a", { href: "#/" }, `← ${say("All pieces")}`));
    main.replaceChildren(make("div", { class: "home" }, make("p", { class: "told error" }, error.message)));
  }
}

await speak();
for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
document.getElementById("bar").append(bar, ...(await settings()));
addEventListener("hashchange", route);
await route();
