// The interface's words: English in the source, other languages from the server's PO files.

// `forms` says for the numbers from 0 to 199 which form they take; from 200 on they repeat.
const NOTHING = { words: {}, plurals: {}, forms: [] };
let known = NOTHING;
export let language = "en";

export async function speak(wanted) {
  const there = await fetch("/api/languages").then((r) => (r.ok ? r.json() : ["en"]));
  const tags = [wanted, localStorage.getItem("language"), ...navigator.languages].filter(Boolean);
  language = tags.map((tag) => tag.split("-")[0]).find((tag) => there.includes(tag)) || "en";
  known = language === "en" ? NOTHING : await fetch(`/api/words/${language}`).then((r) => (r.ok ? r.json() : NOTHING));
  document.documentElement.lang = language;
}

// say("room for about {count} words", {count: 11})
export function say(text, values = {}) {
  return filled(known.words[text] || text, values);
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// One word and many: say.many(1, "{count} page", "{count} pages").
say.many = (count, one, more) => {
  const number = count < 200 ? count : 100 + (count % 100);
  const said = known.plurals[one]?.[known.forms[number]] || (count === 1 ? one : more);
  return filled(said, { count: new Intl.NumberFormat(language).format(count) });
};
