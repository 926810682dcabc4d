// One page that differs: its words as a word diff, its pictures in one of four ways.

import { pagesSaid } from "./approval.js";
import { draw, fresh, make } from "./dom.js";
import { say } from "./words.js";

const BLINK = 900; // milliseconds: slower than what may harm (WCAG 2.3.1), fast enough to be seen
const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const SIDES = () => ({ before: say("before"), after: say("now"), changed: say("only what changed") });

export class ComparedPage {
  constructor(number, at, page) {
    this.page = page;
    this.address = (side) => `/api/compared/${number}/${at}/${side}`;
    this.pictures = make("div", { class: "pictures" });
    this.element = make("article", { class: "compared", "data-page": String(page.after || page.before) },
      make("h2", {}, this.head()), this.words(), this.pictures);
  }

  head() {
    const { before, after } = this.page;
    if (before === null) return say("page {number} is new", { number: after });
    if (after === null) return say("page {number} is gone", { number: before });
    return before === after ? pagesSaid([after]) : say("page {number}, which was page {before}", { number: after, before });
  }

  words() {
    const { words, looks } = this.page;
    const lines = words.map((change) => make("li", {}, change.lead && make("span", { class: "around" }, `${change.lead} `),
      change.removed && [make("del", {}, make("span", { class: "unseen" }, say("gone:")), ` ${change.removed} `), " "],
      change.added && [make("ins", {}, make("span", { class: "unseen" }, say("new:")), ` ${change.added} `)],
      change.tail && make("span", { class: "around" }, ` ${change.tail}`)));
    const why = { moved: say("the same words stand elsewhere"), drawn: say("it is drawn otherwise"), size: say("the page has another size") };
    const seen = [...new Set(looks)].map((kind) => make("li", { class: "look" }, why[kind]));
    return lines.length + seen.length > 0 && make("ul", { class: "changes" }, lines, seen);
  }

  show(way) {
    this.close();
    const both = this.page.sides.includes("before") && this.page.sides.includes("after");
    const as = both ? way : "beside";
    this.pictures.className = `pictures ${as}`;
    this.pictures.replaceChildren(...this[as]());
  }

  beside() {
    return this.page.sides.filter((side) => side !== "changed").map((side) => this.picture(side));
  }

  changed() {
    return [this.picture("changed")];
  }

  blink() {
    const frame = make("div", { class: "over" }, this.picture("before"), this.picture("after"));
    const step = () => frame.classList.toggle("first");
    const run = () => { this.timer = setInterval(step, BLINK); };
    const button = make("button", { type: "button", "aria-pressed": String(!isCalm()), onclick: () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isOn));
      if (isOn) run();
      else clearInterval(this.timer);
    } }, say("Blink"));
    if (!isCalm()) run();
    return [make("div", { class: "hand" }, button, make("button", { type: "button", onclick: step }, say("The other one"))), frame];
  }

  slide() {
    const frame = make("div", { class: "over sliding" }, this.picture("before"), this.picture("after"));
    const id = fresh("slide");
    const slider = make("input", { type: "range", id, min: "0", max: "100", value: "50", oninput: () => move() });
    const move = () => frame.style.setProperty("--at", `${slider.value}%`);
    move();
    return [make("p", { class: "hand" }, make("label", { for: id }, say("how much is as it was")), slider), frame];
  }

  // A picture with outlines: broken ones around what was, whole ones around what is now.
  picture(side) {
    const isLater = side !== "before";
    const size = this.page.sizes[isLater ? 1 : 0];
    const number = isLater ? this.page.after : this.page.before;
    const outlines = side === "changed" ? [] : this.page.boxes[isLater ? 1 : 0].map(([left, top, right, foot]) =>
      draw("rect", { class: isLater ? "is-now" : "was", x: left, y: top, width: right - left, height: foot - top }));
    const figure = make("figure", { class: `side ${side}` },
      make("figcaption", {}, `${SIDES()[side]}, ${pagesSaid([number])}`),
      make("div", { class: "sheet-of" }, make("img", { src: this.address(side), alt: `${SIDES()[side]}, ${pagesSaid([number])}`, loading: "lazy" }),
        draw("svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, "aria-hidden": "true" }, ...outlines)));
    figure.querySelector(".sheet-of").style.aspectRatio = `${size[0]} / ${size[1]}`;
    return figure;
  }

  close() {
    clearInterval(this.timer);
  }
}
