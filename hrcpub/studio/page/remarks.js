// What is told of words stops nothing. Who wants to hear all of it presses a button, and words may
// stay as they are, with a reason that is kept at the head of their piece.

import { dialog } from "./dialog.js";
import { make } from "./dom.js";
import { messageOf } from "./labels.js";
import { say } from "./words.js";

const isRemark = (problem) => problem.severity === "note" && /^words-/.test(problem.code);
const areShown = () => Boolean(localStorage.getItem("remarks"));

// Problems without what could be plainer, unless somebody asked for it.
export const withoutRemarks = (problems) => problems.filter((one) => areShown() || !isRemark(one));

// The button that shows remarks, and says how many there are.
export class Remarks {
  constructor(changed) {
    this.element = make("button", { type: "button", class: "remarks", hidden: true, onclick: () => {
      localStorage.setItem("remarks", areShown() ? "" : "shown");
      changed();
    } });
  }

  tell(problems) {
    const count = problems.filter(isRemark).length;
    this.element.hidden = !count;
    this.element.textContent = say.many(count, "{count} remark on the words", "{count} remarks on the words");
    this.element.setAttribute("aria-pressed", String(areShown()));
  }
}

// The words that a problem is of, as it quotes them.
const quoted = (problem) => problem.message.match(/^"(.+?)( …)?": /)?.[1];

// Of a material's own words, and not of those of its translation: these are waived there.
const mayStay = (piece, problem) =>
  /^words-/.test(problem.code) && quoted(problem) && problem.slot && "layout" in piece.values && !problem.source.path.endsWith(".po");

// A button beside a problem of words that may stay; nothing beside others.
export const stayButton = (piece, problem) =>
  mayStay(piece, problem) && make("button", { type: "button", class: "stay", onclick: () => ask(piece, problem) }, say("Leave it…"));

function ask(piece, problem) {
  const reason = make("input", { type: "text", id: "stay-reason", maxLength: 200, autofocus: true });
  const kept = () => {
    const why = reason.value.trim();
    if (why) piece.insert(["waived", 0], { rule: problem.code.replace("words-", ""), word: quoted(problem), reason: why });
  };
  dialog(say("Leave these words as they are"), [
    make("p", {}, messageOf(problem)),
    make("p", { class: "field" }, make("label", { for: "stay-reason" }, say("Why are they right here? It is kept at the head of the piece.")), reason),
  ], [[say("Leave them"), kept]]);
}
