// The pages as others see them: on a photocopy, without some of the eye's cones, from three metres.
//
// Colour blindness after Machado, Oliveira and Fernandes, "A Physiologically-based Model for
// Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009: their matrices for a severity of
// 1.0, which hold for linear light.

import { draw, fresh, make } from "./dom.js";
import { popup } from "./popup.js";
import { say } from "./words.js";

export const MACHADO = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
// How dark a copier prints greys from black to white: light ones fall away, dark ones close.
const TONER = "0.07 0.07 0.08 0.12 0.22 0.44 0.72 0.9 0.98 1 1";
const LIGHT = [0.2126, 0.7152, 0.0722];

const AWAY = 3; // metres
const SITTING = 0.6; // metres from a desk's screen to who sits there
const MINUTE = Math.tan(Math.PI / 180 / 60); // what an eye of 20/20 tells apart, in lengths at a length of 1
const SPREAD = 1 / (2 * Math.sqrt(2 * Math.log(2))); // a blur's sigma for its width at half its height
const SCREEN_MM = 25.4 / 96; // of a CSS pixel

const looks = () => ({
  plain: [say("As it is"), ""],
  photocopy: [say("As a photocopy"), say("grey, and light colours fall away")],
  deuteranopia: [say("Without green (deuteranopia)"), say("the most frequent colour blindness")],
  protanopia: [say("Without red (protanopia)"), say("red looks dark")],
  tritanopia: [say("Without blue (tritanopia)"), say("rare; blue and green look alike")],
  far: [say("From three metres"), say("as small as it looks from there, if you sit 60 cm from the screen")],
  acuity: [say("What can be read from three metres"), say("as large as here, as sharp as a good eye sees it from there")],
});

const row = (parts, at) => [...parts, 0, 0].join(" ") + (at < 2 ? " " : "");
const matrix = (numbers) => [0, 1, 2].map((at) => row(numbers.slice(at * 3, at * 3 + 3), at)).join(" ") + " 0 0 0 1 0";

function filters() {
  const all = Object.entries(MACHADO).map(([name, numbers]) => draw("filter", { id: `look-${name}`, "color-interpolation-filters": "linearRGB" }, draw("feColorMatrix", { values: matrix(numbers) })));
  const grey = draw("feColorMatrix", { values: matrix([...LIGHT, ...LIGHT, ...LIGHT]) });
  const toner = draw("feComponentTransfer", {}, ...["feFuncR", "feFuncG", "feFuncB"].map((name) => draw(name, { type: "table", tableValues: TONER })));
  all.push(draw("filter", { id: "look-photocopy", "color-interpolation-filters": "sRGB" }, grey, toner));
  return draw("svg", { class: "unseen", "aria-hidden": "true", width: 0, height: 0 }, ...all);
}

export class Looks {
  constructor(stage) {
    this.stage = stage;
    this.look = "plain";
    const name = fresh("look");
    const rows = Object.entries(looks()).map(([look, [label, about]]) => {
      const help = fresh("look");
      return make("label", { class: "choice" },
        make("input", { type: "radio", name, value: look, checked: look === "plain", "aria-describedby": help, onchange: () => this.choose(look) }),
        make("span", {}, label, make("small", { id: help }, about)));
    });
    const [button, sheet] = popup(say("See it as"), rows, make("p", { class: "help" }, say("Colour blindness after Machado, Oliveira and Fernandes (2009).")));
    this.button = button;
    this.controls = [button, sheet, filters()];
    this.note = make("p", { class: "looked", hidden: true });
    stage.element.prepend(this.note);
    this.inputs = sheet.querySelectorAll("input");
  }

  choose(look) {
    this.look = look;
    // Said over the pages, not on the button: a wider one would move the pages.
    this.note.hidden = look === "plain";
    this.note.replaceChildren(looks()[look][0], make("button", { type: "button", onclick: () => this.plain() }, looks().plain[0]));
    this.button.setAttribute("aria-pressed", String(look !== "plain"));
    this.stage.far = look === "far" ? SITTING / AWAY : 0;
    this.stage.fit();
    this.apply();
  }

  plain() {
    for (const one of this.inputs) one.checked = one.value === "plain";
    this.choose("plain");
    this.button.focus();
  }

  // The filter of the pages' pictures; again whenever their size changes.
  apply() {
    const blur = this.blur;
    const filter = blur ? `blur(${blur.toFixed(3)}px)` : this.look === "plain" ? "none" : `url(#look-${this.look})`;
    document.documentElement.style.setProperty("--look", filter);
    this.stage.element.dataset.look = this.look;
  }

  // How far an eye spreads a point, in CSS pixels: of the screen, or of the page as it is shown.
  get blur() {
    if (this.look === "far") return (SITTING * 1000 * MINUTE * SPREAD) / SCREEN_MM;
    const widest = Math.max(0, ...(this.stage.laid?.pages || []).map((page) => page.size[0]));
    if (this.look !== "acuity" || !widest) return 0;
    return (AWAY * 1000 * MINUTE * SPREAD * this.stage.cssWidth) / ((widest / 72) * 25.4);
  }

  close() {
    document.documentElement.style.removeProperty("--look");
  }
}
