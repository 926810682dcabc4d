// A folded piece in 3D: leaves of two faces that hang on each other, as the folding says.

import { make } from "./dom.js";
import { face, px } from "./turning.js";
import { say } from "./words.js";

const LAYER = 0.9; // how far closed layers lie apart, in points: paper is a third of that

export class FoldedModel {
  constructor(stage) {
    const { folding, pages } = stage.laid;
    this.shape = folding;
    this.trim = pages[0].trim;
    this.most = this.step = 1;
    this.labels = [say("How far it is open"), say("Close it"), say("Open it")];
    this.leaves = new Map();
    for (const leaf of folding.leaves) this.hang(stage, leaf);
    this.root = folding.leaves[0];
    this.element = this.leaves.get(this.root.name);
    this.list = this.listed();
  }

  hang(stage, leaf) {
    const on = leaf.on && this.shape.leaves.find((one) => one.name === leaf.on);
    const [left, top, right, foot] = leaf.place;
    const element = make("div", { class: "leaf", "data-leaf": leaf.name },
      face(stage, 1, leaf.place, "near", leaf.inside_name), face(stage, 0, leaf.outside, "behind", leaf.name));
    element.style.left = px(left - (on ? on.place[0] : 0));
    element.style.top = px(top - (on ? on.place[1] : 0));
    element.style.width = px(right - left);
    element.style.height = px(foot - top);
    if (on) {
      element.style.transformOrigin = leaf.axis === "y" ? `${px(leaf.at - left)} 0px` : `0px ${px(leaf.at - top)}`;
      this.leaves.get(leaf.on).append(element);
    }
    this.leaves.set(leaf.name, element);
  }

  // Folds are closed in the order of their steps, and opened the other way round.
  closed(leaf, value) {
    const done = (1 - value) * this.shape.steps - (leaf.step - 1);
    return Math.min(1, Math.max(0, done));
  }

  // A zigzag stands on the table like a screen: what stays is turned a little too.
  lean(value) {
    const isZigzag = this.shape.steps === 1 && this.shape.leaves.some((leaf) => leaf.lift < 0);
    const first = this.shape.leaves[1];
    return isZigzag ? -Math.sign(first.angle * first.lift) * 40 * Math.sin(Math.PI * value) : 0;
  }

  at(value) {
    this.element.style.transform = `rotateY(${this.lean(value)}deg)`;
    for (const leaf of this.shape.leaves.slice(1)) {
      const part = this.closed(leaf, value);
      const turn = leaf.axis === "y" ? "rotateY" : "rotateX";
      const element = this.leaves.get(leaf.name);
      element.style.transform = `translateZ(${px(leaf.lift * LAYER * part)}) ${turn}(${leaf.angle * part}deg)`;
      const light = 1 - 0.28 * Math.sin(Math.PI * part);
      for (const one of element.querySelectorAll(":scope > .face")) one.style.setProperty("--light", light.toFixed(3));
    }
  }

  // What is seen at once: the whole sheet when it is open, its root when it is closed.
  size(value) {
    const [left, top, right, foot] = this.root.place;
    const mix = (closed, open) => closed + (open - closed) * value;
    return {
      width: mix((right - left) * 1.5, this.trim[0]), height: mix(foot - top, this.trim[1]),
      x: mix((left + right) / 2, this.trim[0] / 2), y: mix((top + foot) / 2, this.trim[1] / 2),
    };
  }

  said(value) {
    const names = (key, order) => [...new Map(this.shape.leaves.toSorted((a, b) => a[order] - b[order]).map((leaf) => [leaf[key], say(leaf[key])])).values()].join(", ");
    if (value <= 0.001) return say("closed: you see the {panel}", { panel: say(this.cover) });
    if (value >= 0.999) return say("open: you see {panels}", { panels: names("inside_name", "inside_order") });
    return say("{percent} % open", { percent: Math.round(value * 100) });
  }

  get cover() {
    return this.shape.leaves.toSorted((one, other) => one.order - other.order)[0].name;
  }

  listed() {
    const faces = new Map();
    for (const leaf of this.shape.leaves) faces.set(leaf.order, leaf.name).set(leaf.inside_order, leaf.inside_name);
    const sorted = [...faces].toSorted(([one], [other]) => one - other);
    return make("details", { class: "reading-order" }, make("summary", {}, say("Its panels, in the order in which they are read")),
      make("ol", {}, sorted.map(([, name]) => make("li", {}, say(name)))));
  }
}
