// The ways to look at a piece: what lies over its pages, as who sees it, its plates, in the hand.

import { make } from "./dom.js";
import { BoundModel } from "./bound.js";
import { FoldedModel } from "./folded.js";
import { Looks } from "./looks.js";
import { overlayMenu } from "./overlays.js";
import { Plates } from "./plates.js";
import { Turning } from "./turning.js";
import { say } from "./words.js";

export class Seeing {
  constructor(stage, ask) {
    this.stage = stage;
    this.looks = new Looks(stage);
    this.plates = new Plates(stage, ask);
    this.hand = make("button", { type: "button", hidden: true, onclick: () => this.turn() }, say("Fold it"));
    this.controls = [...overlayMenu(stage), ...this.looks.controls, this.hand];
    this.bar = this.plates.element;
  }

  choose(edition) {
    this.plates.choose(edition === "press");
  }

  laid(edition) {
    if (!this.stage.laid) return;
    const { folding, spine, pages } = this.stage.laid;
    this.plates.laid(edition === "press" && pages.length > 0);
    this.hand.hidden = !folding && !spine;
    this.hand.textContent = folding ? say("Fold it") : pages.length > 2 ? say("Leaf through it") : say("Turn it over");
    this.looks.apply();
  }

  settled() {
    this.plates.settled();
  }

  turn() {
    const folding = this.stage.laid.folding;
    const model = folding ? new FoldedModel(this.stage) : new BoundModel(this.stage);
    this.turning = new Turning(this.hand.textContent, model, () => { this.turning = null; this.hand.focus(); });
  }

  painted() {
    this.turning?.paint();
  }

  close() {
    this.turning?.dialog.close();
    this.looks.close();
  }
}
