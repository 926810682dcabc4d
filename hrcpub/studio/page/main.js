// Which page is shown, by what stands after the # in the address.

import { Refused } from "./api.js";
import { refusal, told } from "./dialog.js";
import { make } from "./dom.js";
import { home } from "./home.js";
import { Away, reach } from "./returning.js";
import { settings } from "./settings.js";
import { say, speak } from "./words.js";

// Views write their own part of the bar; the settings stay.
const bar = make("div", { class: "of-view" });
const main = document.getElementById("main");
const AGAIN = 1000; // milliseconds after which a page that could not be opened is tried again
let open = null;
let shown = null; // the hash of what is open
let trying = null;

// What a page needs comes with it: else the list would wait for the code editor.
const VIEWS = [
  [/^#\/piece\/(.+)$/, async (name) => (await import("./desk.js")).desk(name, bar, main)],
  [/^#\/translate\/([^/]+)\/([^/]+)$/, async (...of) => (await import("./translate.js")).translating(...of, bar, main)],
  [/^#\/design\/(.+)$/, async (name) => (await import("./design.js")).design(name, bar, main)],
  [/^#\/compare\/(.+)$/, async (name) => (await import("./compare.js")).compare(name, bar, main)],
  [/^#\/contacts(?:\/(.+))?$/, async (what = "") => (await import("./contacts.js")).contactsPage(what, bar, main)],
  [/^#\/events$/, async () => (await import("./events.js")).events(bar, main)],
];

function view(hash) {
  for (const [address, open] of VIEWS) {
    const found = hash.match(address);
    if (found) return open(...found.slice(1).map((part) => part && decodeURIComponent(part)));
  }
  return home(bar, main);
}

// Where two hashes came soon after each other, the first turn opens what the second one wants.
function route() {
  if (open && shown === location.hash) return undefined;
  open?.close();
  open = null;
  scrollTo(0, 0);
  for (const one of document.querySelectorAll("dialog[open]")) one.close(); // they were about the view before
  return show();
}

// What keeps a page from being shown may be mended elsewhere: then it is shown by itself.
async function show(before = "") {
  clearTimeout(trying);
  try {
    await reach();
    shown = location.hash;
    open = await view(shown);
  } catch (error) {
    const problems = refusal(error);
    const now = JSON.stringify(problems);
    if (now !== before) {
      bar.replaceChildren(make("a", { href: "#/" }, `← ${say("All pieces")}`));
      main.replaceChildren(make("div", { class: "home" }, told(problems)));
    }
    if (error instanceof Refused || error instanceof Away) trying = setTimeout(() => inTurn(() => show(now)), AGAIN);
  }
}

// One after the other: a view that takes longer to open does not come over the one that is wanted.
let routing = Promise.resolve();
const inTurn = (run) => { routing = routing.then(run, run); };

await speak();
for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
document.getElementById("bar").append(bar, ...(await settings()));
addEventListener("hashchange", () => {
  clearTimeout(trying);
  inTurn(route);
});
// Who comes back to a window finds it known to a studio that was started again meanwhile.
addEventListener("focus", () => reach().catch(() => {}));
// A file that is dropped beside its place would be opened in place of the studio.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
});
inTurn(route);
await routing;
