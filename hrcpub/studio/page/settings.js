// The language of the page, and whether it is light or dark: chosen once, kept in this browser.

import { get } from "./api.js";
import { fresh, make } from "./dom.js";
import { popup } from "./popup.js";
import { language, say } from "./words.js";

const named = (tag) => {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

function keep(name, value) {
  if (value) localStorage.setItem(name, value);
  else localStorage.removeItem(name);
}

function chooser(label, value, choices, chosen) {
  const id = fresh("setting");
  return make("p", { class: "field" }, make("label", { for: id }, label),
    make("select", { id, onchange: (event) => chosen(event.target.value) },
      choices.map(([name, shown, lang]) => make("option", { value: name, selected: name === value, lang }, shown))));
}

const themes = () => [["", say("as the computer is")], ["light", say("light")], ["dark", say("dark")]];

export async function settings() {
  const languages = await get("/api/languages");
  return popup(say("Settings"),
    chooser(say("Language"), language, languages.map((tag) => [tag, named(tag), tag]), (tag) => { keep("language", tag); location.reload(); }),
    chooser(say("Colours"), localStorage.getItem("theme") || "", themes(), (theme) => { keep("theme", theme); document.documentElement.dataset.theme = theme; }),
    make("p", { class: "help" }, say("What is wrong with a piece is told in English.")));
}
