// What is done with a piece once it is written: compare and approve it, print it, send it to a shop.

import { approvalNote } from "./approval.js";
import { make, once } from "./dom.js";
import { printHere } from "./print.js";
import { sendToShop } from "./shop.js";
import { say } from "./words.js";

// `piece` has a name, and save(), which is done first: what is printed is what was typed. Where that
// is not saved, the window says why, and nothing else is opened; nor is it where somebody has gone on.
export function finishing(piece, title = piece.name) {
  const after = (run) => once(async ({ target }) => {
    await piece.save();
    if (!piece.unsaved.length && target.isConnected) run();
  });
  return [make("div", { class: "finishing" },
    make("button", { type: "button", onclick: after(() => { location.hash = `#/compare/${encodeURIComponent(piece.name)}`; }) }, say("Compare and approve")),
    make("button", { type: "button", onclick: after(() => printHere(piece.name, title)) }, say("Print here…")),
    make("button", { type: "button", onclick: after(() => sendToShop(piece.name, title)) }, say("Send to the shop…"))),
    approvalNote(piece.name, make("p", { class: "approval in-bar" })),
  ];
}
