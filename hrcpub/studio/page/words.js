// The interface's words: English in the source, other languages from the server's PO files.

let known = {};
export let language = "en";

export async function speak(wanted) {
  const tags = wanted ? [wanted] : navigator.languages;
  language = tags.map((tag) => tag.split("-")[0]).find((tag) => tag === "en" || tag === "es") || "en";
  known = language === "en" ? {} : await fetch(`/api/words/${language}`).then((r) => (r.ok ? r.json() : {}));
  document.documentElement.lang = language;
}

// say("room for about {count} words", {count: 11})
export function say(text, values = {}) {
  return (known[text] || text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// One word and many: say.many(1, "{count} page", "{count} pages").
say.many = (count, one, more) => say(count === 1 ? one : more, { count });
