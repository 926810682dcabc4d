// All events: when, for whom, how many; what of it is approved, made, and wrong.

import { get } from "./api.js";
import { day } from "./approval.js";
import { told } from "./dialog.js";
import { make } from "./dom.js";
import { editionName } from "./names.js";
import { language, say } from "./words.js";

const number = (value) => new Intl.NumberFormat(language).format(value);

export async function events(bar, main) {
  document.title = say("Events");
  bar.replaceChildren(make("a", { href: "#/" }, `← ${say("All pieces")}`), make("h1", {}, say("Events")));
  const list = make("div", { class: "events" }, make("p", { class: "help", role: "status" }, say("looking…")));
  main.replaceChildren(make("div", { class: "home" }, list));
  get("/api/events").then((found) => {
    if (!list.isConnected) return;
    list.replaceChildren(...(found.length ? found.map(card) : [make("p", {}, say("There is no event yet. Begin one in a terminal: hrcpub event new NAME"))]));
  }).catch((error) => list.replaceChildren(make("p", { class: "told error" }, error.message)));
  return { close() {} };
}

function card(event) {
  const errors = event.problems.filter((one) => one.severity === "error");
  if (!event.date) return make("article", { class: "event" }, make("h2", {}, event.title), make("p", { class: "verdict bad" }, say("It cannot be read:")), ...told(event.problems));
  const waiting = event.pieces.filter((piece) => !piece.is_approved);
  const facts = [
    day(event.date), event.place,
    event.due && say("delivered by {day}", { day: day(event.due) }),
    say.many(event.sites, "{count} site", "{count} sites"),
    say("{count} copies", { count: number(event.copies) }),
  ].filter(Boolean);
  return make("article", { class: "event" }, make("h2", {}, event.title), make("p", { class: "help" }, facts.join(" · ")),
    waiting.length
      ? make("p", { class: event.needs_approval ? "told warning" : "help" }, `${say("Not approved yet:")} `, waiting.flatMap((piece, at) => [at ? ", " : "", make("a", { href: `#/compare/${encodeURIComponent(piece.name)}` }, `${piece.title} (${piece.name})`)]))
      : make("p", { class: "verdict good" }, say("All pieces are approved.")),
    table(event), make("p", { class: `verdict ${errors.length ? "bad" : "good"}` },
      errors.length ? say.many(errors.length, "{count} mistake", "{count} mistakes") : say("no mistakes in its file")),
    event.problems.length > 0 && make("details", {}, make("summary", {}, say("What is to be known")), told(event.problems)));
}

function table(event) {
  const heads = [say("piece"), say("edition"), say("printer"), say("language"), say("for each site"), say("sites"), say("copies"), say("made")];
  const rows = event.rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.item), make("td", {}, editionName(row.edition)),
    make("td", {}, row.printer), make("td", {}, row.language), make("td", { class: "figure" }, typeof row.each === "number" ? number(row.each) : row.each),
    make("td", { class: "figure" }, number(row.sites)), make("td", { class: "figure" }, number(row.copies)), make("td", {}, madeSaid(row))));
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": say("What is printed for {event}", { event: event.title }) },
    make("table", {}, make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)));
}

function madeSaid(row) {
  if (row.made === undefined) return "";
  const open = row.stale + row.missing;
  return open ? say("{count} to make", { count: number(open) }) : say("all");
}
