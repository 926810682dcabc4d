// A piece beside what it was: page by page, side by side, blinking, by a slider, or only what changed.

import { get, pieceAt, post } from "./api.js";
import { approvalSaid, approve, day, forget, inShort, stateOf, takeBack } from "./approval.js";
import { refusal, told } from "./dialog.js";
import { fresh, make, once, tell } from "./dom.js";
import { wordsOf } from "./keeping.js";
import { labelOf, localised } from "./labels.js";
import { ComparedPage } from "./compared_page.js";
import { editionName } from "./names.js";
import { language, say } from "./words.js";

export async function compare(name, bar, main) {
  const view = new CompareView(name, bar, main);
  await view.open();
  return view;
}

const WAYS = () => [["beside", say("Side by side")], ["blink", say("Blink")], ["slide", say("Slider")], ["changed", say("Only what changed")]];

class CompareView {
  constructor(name, bar, main) {
    this.name = name;
    this.bar = bar;
    this.main = main;
    this.way = "beside";
    this.pages = [];
  }

  async open() {
    const choices = await get(`${pieceAt(this.name)}/compare`);
    if (this.isClosed) return; // it was left while somebody's approval was kept
    this.choices = choices;
    document.title = this.choices.title;
    this.state = make("p", { class: "approval" });
    this.bar.replaceChildren(
      make("a", { href: `#/piece/${encodeURIComponent(this.name)}` }, `← ${this.choices.title}`),
      make("h1", {}, say("Compare and approve")),
      this.withdrawn = make("button", { type: "button", class: "quiet", onclick: once(() => takeBack(this.name, () => this.open())) }, say("Take the approval back")),
      make("button", { type: "button", class: "main", onclick: () => approve(this.name, this.choices.title, () => this.open()) }, say("Approve…")));
    const { editions } = this.choices;
    if (!editions.includes(this.edition)) this.edition = editions.includes("screen") ? "screen" : editions[0];
    this.found = make("div", { class: "found-changes" });
    this.short = make("p", { class: "short", role: "status" });
    this.ways = make("div", { class: "ways", role: "toolbar", "aria-label": say("How it is shown"), hidden: true },
      WAYS().map(([way, label]) => make("button", { type: "button", "data-way": way, "aria-pressed": String(way === this.way), onclick: () => this.choose(way) }, label)),
      this.outlines = make("label", { class: "choice" }, make("input", { type: "checkbox", checked: true, onchange: (event) => this.found.classList.toggle("plain", !event.target.checked) }), make("span", {}, say("Outline what changed"))));
    const head = make("div", { class: "comparing" }, this.state,
      make("div", { class: "row-of-fields" }, this.sides = make("div", { class: "field" }),
        this.picker(say("Edition"), editions.map((one) => [one, editionName(one)]), (value) => { this.edition = value; this.begin(); }, this.edition)),
      this.short, this.ways, this.found);
    this.main.replaceChildren(make("div", { class: "home" }, head));
    this.tellState();
    this.begin();
  }

  // With what this edition can be compared.
  begin() {
    this.asked = {};
    const against = this.against();
    if (!against.some(([how]) => how === this.how)) this.how = against[0]?.[0];
    this.sides.hidden = !against.length;
    this.sides.replaceChildren(this.picker(say("Compare it with"), against, (value) => { this.how = value; this.look(); }, this.how));
    if (this.how) this.look();
    else this.short.textContent = say("There is nothing to compare it with yet: it was not approved, built or changed here.");
  }

  async told() {
    forget();
    this.choices.approval = await stateOf(this.name);
    this.tellState();
  }

  tellState() {
    const { approval } = this.choices;
    this.state.textContent = approval ? approvalSaid(approval) : say("Nobody has approved it yet.");
    this.state.dataset.state = approval?.state || "";
    this.withdrawn.hidden = !approval;
  }

  picker(label, choices, chosen, value) {
    const id = fresh("pick");
    return make("p", { class: "field" }, make("label", { for: id }, label),
      make("select", { id, onchange: (event) => chosen(event.target.value) }, choices.map(([name, shown]) => make("option", { value: name, selected: name === value }, shown))));
  }

  // With what it can be compared: as it was approved first, then the newest.
  against() {
    const { approved, built, versions, revisions } = this.choices;
    const who = approved[this.edition];
    const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    return [
      ...(who ? [["approved", say("what was approved on {day} by {name}", { day: day(who.on), name: who.by })]] : []),
      ...(built.includes(this.edition) ? [["built", say("the last built file")]] : []),
      ...versions.map((one) => [`version ${one.id}`, say("the version of {day}", { day: when.format(new Date(one.at)) })]),
      ...revisions.map((one) => [`revision ${one.name}`, `git ${one.name}, ${day(one.on)}: ${one.what}`]),
    ];
  }

  async look() {
    const [how, which] = this.how.split(" ");
    const asked = (this.asked = {});
    this.clear();
    this.short.textContent = say("looking…");
    this.found.replaceChildren();
    this.ways.hidden = true;
    try {
      const found = await post(`${pieceAt(this.name)}/compare`, { how, which, edition: this.edition });
      const form = found.problems && await get(pieceAt(this.name));
      if (this.asked !== asked) return;
      if (form) this.showWords(found, form);
      else this.show(found);
      if (how === "approved") this.told(); // now it is known in what it differs
    } catch (error) {
      if (this.asked !== asked) return;
      this.short.textContent = say("It cannot be compared:");
      this.found.replaceChildren(...told(refusal(error)));
    }
  }

  // Its pages cannot be drawn: why, and what its words say otherwise.
  showWords({ problems, changes }, form) {
    localised(form); // so that places are called as in the form
    this.short.textContent = say("Its pages cannot be compared:");
    this.found.replaceChildren(make("div", {}, told(problems)),
      make("article", { class: "compared" }, make("h2", {}, changes.length ? say("What its words say otherwise") : say("Its words say the same.")),
        changes.map(({ slot, parts }) => make("p", { class: "change" }, make("b", {}, `${labelOf(slot)}: `), wordsOf(parts)))));
    tell(this.short.textContent);
  }

  show(found) {
    const same = found.same ? ` ${say.many(found.same, "{count} other page is the same.", "{count} other pages are the same.")}` : "";
    this.short.textContent = found.pages.length ? `${inShort(found.parts)}.${same}` : say("Nothing differs.");
    tell(this.short.textContent);
    this.pages = found.pages.map((page, number) => new ComparedPage(found.number, number, page));
    this.found.replaceChildren(...this.pages.map((page) => page.element));
    this.ways.hidden = !found.pages.length;
    this.choose(this.way);
  }

  choose(way) {
    this.way = way;
    for (const one of this.ways.querySelectorAll("[data-way]")) one.setAttribute("aria-pressed", String(one.dataset.way === way));
    for (const page of this.pages) page.show(way);
  }

  clear() {
    for (const page of this.pages) page.close();
    this.pages = [];
  }

  close() {
    this.isClosed = true;
    this.asked = {};
    this.clear();
  }
}
