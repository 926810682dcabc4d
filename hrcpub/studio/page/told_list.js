// What is to be known of a piece, below its pages: in one line, so that the pages have the room; all of it on demand.

import { post } from "./api.js";
import { make, tell } from "./dom.js";
import { hintOf, messageOf } from "./labels.js";
import { say } from "./words.js";

const ORDER = { error: 0, warning: 1, note: 2 };

export class ToldList {
  // `picked` is told which one was clicked; `said` gives its words; `more` stands in the line, too.
  constructor(verdict, picked, { said = messageOf, more = null } = {}) {
    this.picked = picked;
    this.said = said;
    this.verdict = verdict;
    this.list = make("ul", { id: "told-list", hidden: true });
    this.more = make("button", { type: "button", class: "quiet opens", "aria-expanded": "false", "aria-controls": "told-list", hidden: true,
      onclick: () => {
        this.isChosen = true;
        this.open(this.list.hidden);
        if (!this.list.hidden) this.element.scrollIntoView({ block: "nearest" }); // on a phone it opens below the window
      } });
    this.element = make("section", { class: "problems", "aria-label": say("What is to be known") }, make("div", { class: "line" }, this.verdict, more, this.more), this.list);
  }

  // `elsewhere` are those that no field of the form shows: a mistake among them opens the list.
  tell(problems, elsewhere = []) {
    const shown = problems.toSorted((one, other) => ORDER[one.severity] - ORDER[other.severity]);
    this.more.hidden = !shown.length;
    this.more.classList.toggle("warning", shown.some((one) => one.severity === "warning"));
    this.more.textContent = say.many(shown.length, "{count} thing to know", "{count} things to know");
    this.list.replaceChildren(...shown.map((problem) => make("li", {},
      make("button", { type: "button", class: `told ${problem.severity}`, onclick: () => this.picked(problem) },
        this.said(problem), problem.hint && make("em", {}, hintOf(problem))),
      problem.code === "faces-absent" && bringing(problem))));
    if (!this.isChosen) this.open(elsewhere.some((one) => one.severity === "error"));
    if (!shown.length) this.list.hidden = true;
  }

  open(is) {
    this.list.hidden = !is;
    this.more.setAttribute("aria-expanded", String(is));
  }
}

// Fonts that came with hrcpub come with one click; of others the hint has the command.
function bringing({ hint }) {
  const language = hint?.match(/fonts add (\S+)$/)?.[1];
  const button = make("button", { type: "button", class: "main", onclick: async () => {
    button.disabled = true;
    try {
      await post("/api/fonts", { language });
      tell(say("the fonts are here"));
    } catch (error) {
      button.replaceWith(make("p", { class: "told error", role: "alert" }, say("These fonts do not come with hrcpub. Whoever looks after this computer gets them with this command:"), make("code", {}, ` hrcpub fonts add ${language}`)));
    }
  } }, say("Bring its fonts"));
  return language && make("p", { class: "line end" }, button);
}
