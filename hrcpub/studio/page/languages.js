// The languages of a piece: how far each translation is, and a new one.

import { get, pieceAt, post } from "./api.js";
import { refusal, told } from "./dialog.js";
import { fresh, make } from "./dom.js";
import { popup } from "./popup.js";
import { say } from "./words.js";

export function languagesMenu(piece) {
  const inner = make("div", { class: "languages" });
  const [button, sheet] = popup(say("Languages"), inner);
  sheet.addEventListener("beforetoggle", async (event) => {
    if (event.newState !== "open") return;
    const looking = make("p", { class: "help" }, say("looking…"));
    inner.replaceChildren(looking);
    const found = await content(piece.name).catch((error) => told(refusal(error)));
    if (!looking.isConnected) return; // it was opened again: somebody may type in it by now
    inner.replaceChildren(...found);
    inner.querySelector("a, input")?.focus();
  });
  return [button, sheet];
}

async function content(name) {
  const { languages, offered } = await get(`${pieceAt(name)}/languages`);
  const rows = languages.map((one) => make("li", {}, make("a", { href: `#/translate/${encodeURIComponent(name)}/${one.language}` },
    make("strong", { lang: one.language }, one.called), make("small", {}, stateOf(one)), progress(one.per_cent))));
  return [
    languages.length ? make("ul", { class: "choices" }, rows) : make("p", { class: "help" }, say("It is in its own language alone.")),
    adding(name, offered),
  ];
}

const stateOf = (one) => {
  if (one.problem) return one.problem;
  const open = one.open_places - one.fuzzy_places;
  const parts = [
    open && say.many(open, "{count} place to translate", "{count} places to translate"),
    one.fuzzy_places && say.many(one.fuzzy_places, "{count} to look over", "{count} to look over"),
  ];
  return parts.filter(Boolean).join(", ") || say("all is translated");
};

export function progress(perCent) {
  const bar = make("b");
  bar.style.width = `${perCent}%`;
  return make("i", { class: "progress", role: "img", "aria-label": `${perCent} %` }, bar);
}

function adding(name, offered) {
  const list = fresh("offered");
  const id = fresh("language");
  const said = make("div");
  const input = make("input", { type: "text", id, list, autocomplete: "off", "aria-describedby": `${id}-help`, required: true });
  return make("form", { class: "field", onsubmit: async (event) => {
    event.preventDefault();
    const button = event.submitter;
    button.disabled = true;
    try {
      const made = await post(`${pieceAt(name)}/languages`, { language: input.value.trim() });
      if (button.isConnected) location.hash = `#/translate/${encodeURIComponent(name)}/${made.language}`;
    } catch (error) {
      said.replaceChildren(...refusal(error).map((one) => make("p", { class: "told error", role: "alert" }, one.message, one.hint && make("em", {}, one.hint))));
    } finally {
      button.disabled = false;
    }
  } }, make("label", { for: id }, say("Add a language")),
  make("p", { class: "help", id: `${id}-help` }, say("its name, or its tag: Spanish, ht, zh-Hans")), input,
  make("datalist", { id: list }, offered.map((one) => make("option", { value: one.language }, one.called))), said,
  make("p", { class: "buttons" }, make("button", { class: "main" }, say("Add it"))));
}
