// The pages as they will be printed: pictures, and over them what a person wants to see.

import { draw, make } from "./dom.js";
import { findingBoxes, latticeLines, panelFill } from "./overlays.js";
import { say } from "./words.js";

export class Stage {
  constructor(on) {
    this.on = on; // word(slot), resized()
    this.pages = [];
    this.words = [];
    this.found = [];
    this.laid = null;
    this.wrong = []; // slots with a mistake
    this.isOther = false; // another edition was chosen: these pages are not its own
    this.overlays = new Set(["finding"]);
    this.far = 0; // how much smaller than on paper it looks; 0: it is shown as large as there is room
    this.slot = null;
    this.element = make("div", { class: "sheets", tabindex: "0", role: "region", "aria-label": say("Pages") });
    this.state = make("p", { class: "state", role: "status", hidden: true });
    this.element.append(this.state);
    this.zoom = 0; // 0: as wide as the window
    new ResizeObserver(() => this.fit()).observe(this.element);
  }

  // How wide pictures must be, in the screen's own pixels.
  get width() {
    this.asked = Math.round((this.cssWidth || 600) * devicePixelRatio);
    return this.asked;
  }

  get numbers() {
    return this.pages.map((_, number) => number + 1);
  }

  // Without pages, those of before stay: they say so.
  lay(laid) {
    if (this.isOther && !laid.pages.length) this.clear();
    this.isOther = false;
    const isStale = !laid.pages.length && this.pages.length > 0;
    this.element.classList.toggle("stale", isStale);
    this.state.textContent = isStale ? say("as it was before the mistake")
      : !laid.pages.length ? say("There is no page yet: mend what is told below.")
      : laid.is_wrong ? say("as it is now, with what is wrong: it cannot be printed yet") : "";
    this.state.hidden = !this.state.textContent;
    if (isStale) return;
    this.laid = laid;
    this.words = laid.words;
    if (!laid.pages.length) return;
    while (this.pages.length > laid.pages.length) this.pages.pop().figure.remove();
    while (this.pages.length < laid.pages.length) this.add();
    laid.pages.forEach((page, number) => {
      const caption = this.pages[number].caption;
      caption.textContent = say("page {number} of {count}", { number: number + 1, count: laid.pages.length });
      this.pages[number].canvas.setAttribute("aria-label", caption.textContent);
    });
    this.fit();
    this.mark();
  }

  clear() {
    while (this.pages.length) this.pages.pop().figure.remove();
    this.laid = null;
    this.words = [];
    this.state.hidden = true;
  }

  add() {
    const number = this.pages.length;
    const canvas = make("canvas", { role: "img" });
    const marks = draw("svg", { "aria-hidden": "true" });
    const caption = make("figcaption");
    const findings = make("div", { class: "findings" });
    const figure = make("figure", { class: "sheet" }, canvas, marks, findings, caption);
    figure.style.margin = "0";
    canvas.addEventListener("click", (event) => this.clicked(number, event));
    this.pages.push({ figure, canvas, marks, findings, caption, show: 0 });
    this.element.append(figure);
  }

  fit() {
    if (!this.laid?.pages.length) return;
    const room = this.element.clientWidth - 48;
    const widest = Math.max(...this.laid.pages.map((page) => page.size[0]));
    const tallest = Math.max(...this.laid.pages.map((page) => page.size[1]));
    const whole = ((this.element.clientHeight - 70) / tallest) * widest;
    const before = this.cssWidth;
    this.cssWidth = Math.max(220, this.zoom ? widest * (96 / 72) * this.zoom : Math.min(room, Math.max(whole, room * 0.62)));
    const shown = this.far ? widest * (96 / 72) * this.far : this.cssWidth;
    this.laid.pages.forEach(({ size }, number) => {
      const page = this.pages[number];
      if (!page) return;
      page.figure.style.width = `${(shown * size[0]) / widest}px`;
      page.figure.style.height = `${(shown * size[1]) / widest}px`;
      page.marks.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
    });
    // Only for more pixels: what is told below the pages makes them smaller and larger again.
    if (before && this.cssWidth * devicePixelRatio > this.asked * 1.02) this.on.resized();
  }

  // All of a picture, or rows of it where the others are as in that of the show `base`.
  paint({ show, page, width, height, top, base, data }) {
    const place = this.pages[page - 1];
    if (!place || show < place.show) return true;
    if (base && base !== place.show) return false;
    if (!base) Object.assign(place.canvas, { width, height });
    place.show = show;
    if (data.length) place.canvas.getContext("2d").putImageData(new ImageData(data, width), 0, top);
    place.figure.dataset.show = show;
    this.on.painted?.(show, page);
    return true;
  }

  clicked(number, event) {
    const { size, origin } = this.laid.pages[number];
    const box = event.target.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * size[0] - origin[0];
    const y = ((event.clientY - box.top) / box.height) * size[1] - origin[1];
    const far = ([left, top, right, foot]) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - foot));
    const [nearest] = this.words.filter((word) => word.page === number + 1)
      .map((word) => [far(word.box), word]).sort((one, other) => one[0] - other[0]);
    if (nearest && nearest[0] < 14) this.on.word(nearest[1].slot);
  }

  // The words of a field, and the overlays that are chosen.
  mark(slot = this.slot, jump = false) {
    this.slot = slot;
    this.laid?.pages.forEach(({ size, trim, origin }, number) => {
      const page = this.pages[number];
      if (!page) return;
      const at = ([left, top, right, foot], name) => draw("rect", { class: name, x: left + origin[0], y: top + origin[1], width: right - left, height: foot - top });
      const around = (by, name) => at([-by, -by, trim[0] + by, trim[1] + by], name);
      const has = (name) => this.overlays.has(name);
      const ours = this.words.filter((word) => word.page === number + 1 && slot && isOf(word.slot, slot));
      page.marks.replaceChildren(
        ...(has("trim") ? [around(0, "trim")] : []),
        ...(has("bleed") ? [around(this.laid.bleed, "bleed")] : []),
        ...(has("safe") ? [around(-this.laid.safe, "safe")] : []),
        ...(has("fold") ? (this.laid.folds[number] || []).map((x) => draw("path", { class: "fold", d: `M${x + origin[0]} ${origin[1]}v${trim[1]}` })) : []),
        ...(has("panel") ? this.laid.panels.filter((one) => one.page === number + 1).flatMap((one) => [at(one.box, "panel"), ...panelFill(one, this.laid.fullness, origin)]) : []),
        ...(has("lattice") && this.laid.lattice ? [latticeLines(this.laid.lattice, trim, origin)] : []),
        ...(has("slot") ? this.words.filter((word) => word.page === number + 1).map((word) => at(word.box, "slot")) : []),
        ...this.laid.panels.filter((one) => one.page === number + 1 && this.laid.overset?.includes(one.panel)).map((one) => at(one.box, "overset")),
        ...(has("finding") ? this.words.filter((word) => word.page === number + 1 && this.wrong.some((one) => isOf(word.slot, one))).map((word) => at(word.box, "wrong")) : []),
        draw("g", { class: "marks" }, ...ours.map((word) => at(word.box, "mark"))),
      );
      // Findings are told of the pages, not of the sheets that they are imposed on.
      const found = has("finding") && !this.laid.is_imposed ? this.found.filter((one) => one.source.page === number + 1) : [];
      page.findings.replaceChildren(...findingBoxes(found, { size, origin }, this.on.found));
      if (jump && ours.length) page.marks.querySelector(".mark").scrollIntoView({ block: "nearest" });
    });
  }
}

const isOf = (slot, field) => slot === field || slot.startsWith(`${field}.`) || (field.startsWith("words.contacts") && slot.startsWith("offices."));
