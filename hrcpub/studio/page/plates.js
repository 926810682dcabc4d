// The plates of a press file, one by one or all together, and how much ink is under the pointer.

import { draw, make } from "./dom.js";
import { say } from "./words.js";

const COARSE = 100; // dots an inch
const MOST = 6; // pages whose plates are kept here
const ALL = "all";
const TOTAL = "total";
const LETTER = { Cyan: "C", Magenta: "M", Yellow: "Y", Black: "K" };
const FOUR = { Cyan: "#00a0e0", Magenta: "#d6007f", Yellow: "#e8d200", Black: "#1a1a1a" };

export class Plates {
  constructor(stage, ask) {
    this.stage = stage;
    this.ask = ask; // (page, fine): have a page's plates sent
    this.view = ALL;
    this.pages = new Map(); // by number: {size, inks, levels, together, limit}
    this.tools = make("div", { class: "inks", role: "toolbar", "aria-label": say("Plates") });
    this.read = make("output", { class: "reading", "aria-live": "polite" });
    this.element = make("div", { class: "plates", hidden: true }, this.tools, this.read);
    stage.element.addEventListener("pointermove", (event) => this.pointed(event));
    stage.element.addEventListener("pointerleave", () => this.tell(""));
  }

  // Shown before the pages come, so that they need not be made again for the room that it takes.
  choose(isPress) {
    this.isOn = isPress;
    this.element.hidden = !isPress;
    if (isPress) this.drawTools();
  }

  // Another file is shown: what is known of the one before it says nothing of it.
  laid(isPress) {
    this.choose(isPress);
    this.pages = new Map();
    this.sight?.disconnect();
    this.tell(isPress ? say("the inks are being separated…") : "");
    for (const page of this.stage.pages) page.plate?.remove(), page.plate = null;
  }

  // Typing has come to rest: now the plates are worth their second.
  settled() {
    if (!this.isOn) return;
    // A page's plates are drawn when it comes into sight: each takes a second.
    const figures = this.stage.pages.map((page) => page.figure);
    this.sight = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        this.sight.unobserve(target);
        this.ask(figures.indexOf(target) + 1, this.isClose);
      }
    }, { root: this.stage.element, rootMargin: "200px" });
    for (const figure of figures) this.sight.observe(figure);
  }

  // Whether a page is shown with more dots than the coarse plates have.
  get isClose() {
    const widest = Math.max(...this.stage.laid.pages.map((page) => page.size[0]));
    return (this.stage.asked / widest) * 72 > COARSE * 1.15;
  }

  async take(head) {
    if (head.problems.length) return this.tell(head.problems[0].message);
    const { pages } = this;
    const stream = new Blob([head.packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const data = new Uint8Array(await new Response(stream).arrayBuffer());
    if (this.pages !== pages) return undefined; // another file is shown by now
    const dots = head.size[0] * head.size[1];
    const levels = head.inks.map((_, at) => data.subarray(at * dots, (at + 1) * dots));
    this.pages.set(head.page, { ...head, levels, together: data.subarray(head.inks.length * dots) });
    if (this.pages.size === 1) this.tell(say("drawn by {program}: point at the page to read its inks", { program: head.drawn_by }));
    if (head.unknown.length) this.tell(say("without Ghostscript this is guessed: {what}", { what: head.unknown.join(", ") }));
    this.drawTools();
    this.paint(head.page);
    if (this.pages.size > MOST) this.forget(this.pages.keys().next().value);
  }

  // A page's plates have up to 55 MB: those seen longest ago are drawn again when they are seen again.
  forget(number) {
    this.pages.delete(number);
    const place = this.stage.pages[number - 1];
    place.plate.remove();
    place.plate = null;
    this.sight.observe(place.figure);
  }

  get inks() {
    const names = new Map(Object.entries(FOUR));
    for (const page of this.pages.values()) for (const ink of page.inks) names.set(ink.name, ink.colour);
    return names;
  }

  drawTools() {
    if (![ALL, TOTAL, ...this.inks.keys()].includes(this.view)) this.view = ALL;
    const names = [...this.inks.keys()].join("\n");
    if (names === this.drawn) return;
    this.drawn = names;
    const button = (view, label, colour) => make("button", { type: "button", "data-view": view, "aria-pressed": String(this.view === view), onclick: () => this.look(view) },
      colour && draw("svg", { viewBox: "0 0 10 10", width: 12, height: 12, "aria-hidden": "true" }, draw("circle", { cx: 5, cy: 5, r: 4.5, fill: colour, stroke: "#8888" })), ` ${label}`);
    this.tools.replaceChildren(button(ALL, say("All inks")), ...[...this.inks].map(([name, colour]) => button(name, LETTER[name] ? say(name) : name, colour)), button(TOTAL, say("Total ink")));
  }

  look(view) {
    this.view = view;
    for (const one of this.tools.children) one.setAttribute("aria-pressed", String(one.dataset.view === view));
    for (const number of this.pages.keys()) this.paint(number);
    const limit = [...this.pages.values()][0]?.limit;
    this.tell(view === TOTAL && limit ? say("red: more than {limit} % of ink", { limit }) : "");
  }

  paint(number) {
    const place = this.stage.pages[number - 1];
    const page = this.pages.get(number);
    if (!place || !page) return;
    place.plate ||= this.added(place, number);
    const [width, height] = page.size;
    const picture = new ImageData(width, height);
    fill(picture.data, page, this.view);
    place.plate.width = width;
    place.plate.height = height;
    place.plate.getContext("2d").putImageData(picture, 0, 0);
    place.figure.dataset.plate = this.view;
  }

  added(place, number) {
    const label = say("inks of page {number}: the arrow keys move the point that is measured", { number });
    const plate = make("canvas", { class: "plate", role: "img", tabindex: "0", "aria-label": label, onkeydown: (event) => this.moved(event, number), onfocus: () => this.measure(number, ...this.point), onclick: (event) => this.stage.clicked(number - 1, event) });
    place.canvas.after(plate);
    return plate;
  }

  point = [0.5, 0.5];

  moved(event, number) {
    const by = event.shiftKey ? 0.002 : 0.01;
    const step = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    if (!step) return;
    event.preventDefault();
    this.measure(number, ...this.point.map((part, at) => Math.min(0.999, Math.max(0, part + step[at]))));
  }

  pointed(event) {
    if (!this.isOn || !event.target.classList?.contains("plate")) return;
    const number = this.stage.pages.findIndex((page) => page.plate === event.target) + 1;
    const box = event.target.getBoundingClientRect();
    this.measure(number, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  // Say the inks at a point of a page, which is given in shares of it.
  measure(number, x, y) {
    const page = this.pages.get(number);
    if (!page || x < 0 || y < 0 || x >= 1 || y >= 1) return;
    this.point = [x, y];
    const [width, height] = page.size;
    const at = Math.floor(y * height) * width + Math.floor(x * width);
    const parts = page.levels.map((plate) => Math.round(plate[at] / 2.55));
    const total = parts.reduce((sum, part) => sum + part, 0);
    const each = page.inks.map((ink, index) => (parts[index] ? `${LETTER[ink.name] || ink.name} ${parts[index]}` : "")).filter(Boolean);
    this.tell([...each, say("total {total} %", { total })].join(" · "), page.limit !== null && total > page.limit);
    for (const one of this.stage.pages) one.figure.querySelector(".aim")?.remove();
    if (document.activeElement === this.stage.pages[number - 1].plate) this.aim(number, x, y);
  }

  aim(number, x, y) {
    const mark = make("i", { class: "aim", "aria-hidden": "true" });
    mark.style.left = `${x * 100}%`;
    mark.style.top = `${y * 100}%`;
    this.stage.pages[number - 1].figure.append(mark);
  }

  tell(text, isTooMuch = false) {
    this.read.textContent = text;
    this.read.classList.toggle("bad", isTooMuch);
  }
}

// Dots of a picture, four bytes each: all inks, one plate as grey, or the total.
function fill(dots, { inks, levels, together, limit }, view) {
  const plate = levels[inks.findIndex((ink) => ink.name === view)];
  const most = limit || 400;
  for (let at = 0, to = 0; to < dots.length; at += 1, to += 4) {
    dots[to + 3] = 255;
    if (plate) {
      dots[to] = dots[to + 1] = dots[to + 2] = 255 - plate[at];
    } else if (view === TOTAL) {
      let total = 0;
      for (const one of levels) total += one[at];
      const isOver = limit && total / 2.55 > limit + 1; // one level is what rounding adds up to
      const grey = 255 - Math.min(1, total / 2.55 / most) * 200;
      dots[to] = isOver ? 220 : grey;
      dots[to + 1] = dots[to + 2] = isOver ? 0 : grey;
    } else {
      dots[to] = together[at * 3];
      dots[to + 1] = together[at * 3 + 1];
      dots[to + 2] = together[at * 3 + 2];
    }
  }
}
