// A piece in the hand: a dialog in which it is opened and closed, by a slider, and turned by dragging.

import { make } from "./dom.js";
import { say } from "./words.js";

// CSS pixels for a point: what is made small by a transform is drawn as sharply as it is seen.
export const FINE = 2.5;
export const px = (points) => `${points * FINE}px`;

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// `model` has: element (its 3D), most (the slider's end), at(value), said(value), size(value) and list.
export class Turning {
  constructor(title, model, onclose) {
    this.model = model;
    this.value = 0;
    this.turn = [14, 0];
    this.world = make("div", { class: "world" }, model.element);
    this.scene = make("div", { class: "scene", "aria-hidden": "true", onpointerdown: (event) => this.grab(event) }, this.world);
    this.slider = make("input", { type: "range", min: "0", max: String(model.most), step: "0.01", value: "0", "aria-label": model.labels[0],
      oninput: () => this.show(Number(this.slider.value)), onkeydown: (event) => this.key(event) });
    this.status = make("p", { class: "help", role: "status" });
    const act = (label, run, extra = {}) => make("button", { type: "button", onclick: run, ...extra }, label);
    this.back = act(say("See its back"), () => this.flip(), { "aria-pressed": "false" });
    this.dialog = make("dialog", { class: "turning", "aria-label": title, onclose: () => { cancelAnimationFrame(this.frame); this.watch.disconnect(); this.dialog.remove(); onclose(); } },
      make("header", {}, make("h2", {}, title), act(say("Close"), () => this.dialog.close())),
      this.scene,
      make("div", { class: "hand" },
        act(model.labels[1], () => this.go(this.value - this.step)), this.slider, act(model.labels[2], () => this.go(this.value + this.step)), this.back),
      this.status, model.list);
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.watch = new ResizeObserver(() => this.show(this.value));
    this.watch.observe(this.scene);
    this.slider.focus();
    this.show(0);
  }

  paint() {
    for (const one of this.dialog.querySelectorAll(".face")) one.paint?.();
  }

  get step() {
    return this.model.step;
  }

  show(value) {
    this.value = Math.min(this.model.most, Math.max(0, value));
    this.slider.value = String(this.value);
    const said = this.model.said(this.value);
    this.slider.setAttribute("aria-valuetext", said);
    if (this.status.textContent !== said) this.status.textContent = said;
    this.model.at(this.value);
    const { width, height, x, y } = this.model.size(this.value);
    const scale = Math.min((this.scene.clientWidth * 0.86) / width, (this.scene.clientHeight * 0.84) / height) / FINE;
    this.world.style.transform = `rotateX(${this.turn[0]}deg) rotateY(${this.turn[1]}deg) scale3d(${scale}, ${scale}, ${scale}) translate(${px(-x)}, ${px(-y)})`;
  }

  // Move there in a second, or at once for who wants no motion.
  go(value, turn = this.turn) {
    cancelAnimationFrame(this.frame);
    const to = Math.min(this.model.most, Math.max(0, value));
    const [from, begun, before] = [this.value, performance.now(), this.turn];
    const lasts = isCalm() ? 0 : 420 + 500 * Math.min(2, Math.abs(to - from) / this.model.step);
    const move = (now) => {
      const part = lasts ? Math.min(1, (now - begun) / lasts) : 1;
      const eased = part * part * (3 - 2 * part);
      this.turn = before.map((old, at) => old + (turn[at] - old) * eased);
      this.show(from + (to - from) * eased);
      if (part < 1) this.frame = requestAnimationFrame(move);
    };
    move(begun);
  }

  flip() {
    const isBack = this.back.getAttribute("aria-pressed") !== "true";
    this.back.setAttribute("aria-pressed", String(isBack));
    this.go(this.value, [14, isBack ? 180 : 0]);
  }

  key(event) {
    const to = { PageUp: this.value + this.step, PageDown: this.value - this.step, ArrowUp: this.value + this.step / 10, ArrowRight: this.value + this.step / 10, ArrowDown: this.value - this.step / 10, ArrowLeft: this.value - this.step / 10 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (event.key.startsWith("Page")) this.go(Math.round(to / this.step) * this.step);
    else this.show(to);
  }

  grab(event) {
    const [x, y, before] = [event.clientX, event.clientY, this.turn];
    this.scene.setPointerCapture(event.pointerId);
    const move = (now) => {
      this.turn = [Math.max(-80, Math.min(80, before[0] - (now.clientY - y) / 3)), before[1] + (now.clientX - x) / 2];
      this.show(this.value);
    };
    this.scene.onpointermove = move;
    this.scene.onpointerup = this.scene.onpointercancel = () => { this.scene.onpointermove = null; };
  }
}

// A part of a page's picture as a face of paper; `part` is left, top, right, foot in points of the trim.
export function face(stage, number, part, className, name) {
  const canvas = make("canvas", { class: `face ${className}`, "data-face": name });
  const [width, height] = [part[2] - part[0], part[3] - part[1]];
  // Pages come one after the other: a face may be made before its picture is there.
  canvas.paint = () => {
    const page = stage.laid?.pages[number];
    const picture = stage.pages[number]?.canvas;
    if (!page || !stage.pages[number].show) return;
    const scale = picture.width / page.size[0];
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d").drawImage(picture, (part[0] + page.origin[0]) * scale, (part[1] + page.origin[1]) * scale, width * scale, height * scale, 0, 0, canvas.width, canvas.height);
  };
  canvas.paint();
  return canvas;
}
