// A booklet, a zine or a card in 3D: leaves that turn about the spine.

import { make } from "./dom.js";
import { face, px } from "./turning.js";
import { say } from "./words.js";

const LAYER = 0.8; // points between closed leaves

export class BoundModel {
  constructor(stage) {
    const { pages, spine } = stage.laid;
    this.trim = pages[0].trim;
    this.count = pages.length;
    this.isFromRight = spine === "right";
    this.most = Math.ceil(pages.length / 2);
    this.step = 1;
    this.labels = this.most === 1
      ? [say("How far it is turned"), say("Turn it back"), say("Turn it over")]
      : [say("How far it is leafed through"), say("Page before"), say("Next page")];
    this.element = make("div", { class: "book" });
    this.leaves = Array.from({ length: this.most }, (_, at) => this.leaf(stage, at));
    this.element.append(...this.leaves);
    this.list = null;
  }

  leaf(stage, at) {
    const [width, height] = this.trim;
    const whole = [0, 0, width, height];
    const back = 2 * at + 1 < this.count ? face(stage, 2 * at + 1, whole, "behind", String(2 * at + 2)) : make("canvas", { class: "face behind blank" });
    const leaf = make("div", { class: "leaf", "data-leaf": String(at + 1) }, face(stage, 2 * at, whole, "near", String(2 * at + 1)), back);
    leaf.style.width = px(width);
    leaf.style.height = px(height);
    leaf.style.left = this.isFromRight ? px(-width) : "0px";
    leaf.style.transformOrigin = this.isFromRight ? `${px(width)} 0px` : "0px 0px";
    return leaf;
  }

  at(value) {
    this.leaves.forEach((leaf, at) => {
      const part = Math.min(1, Math.max(0, value - at));
      const [before, after] = [(this.most - at) * LAYER, (at + 1) * LAYER];
      const angle = (this.isFromRight ? 180 : -180) * part;
      leaf.style.transform = `translateZ(${px(before + (after - before) * part)}) rotateY(${angle}deg)`;
      const light = 1 - 0.28 * Math.sin(Math.PI * part);
      for (const one of leaf.children) one.style.setProperty("--light", light.toFixed(3));
    });
  }

  // The spine is at 0. A closed book has one side of it, an open one both.
  size(value) {
    const [width, height] = this.trim;
    const side = this.isFromRight ? -1 : 1;
    const front = Math.max(0, 1 - value);
    const back = Math.max(0, value - (this.most - 1));
    return { width: width * 2.1, height, x: (side * width * (front - back)) / 2, y: height / 2 };
  }

  said(value) {
    const turned = Math.round(value);
    if (Math.abs(value - turned) > 0.05) return say("a leaf is being turned");
    const seen = [2 * turned, 2 * turned + 1].filter((page) => page >= 1 && page <= this.count);
    if (seen.length === 2) return say("pages {one} and {other} of {count}", { one: seen[0], other: seen[1], count: this.count });
    return say("page {number} of {count}", { number: seen[0], count: this.count });
  }
}
