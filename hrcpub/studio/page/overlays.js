// What may be shown over the pages, each with the line that it is drawn in; and what is wrong, in boxes.

import { draw, fresh, make } from "./dom.js";
import { popup } from "./popup.js";
import { say } from "./words.js";

// Their classes are those of the lines in the pages.
export const OVERLAYS = () => ({
  trim: [say("Trim"), say("where it is cut")],
  bleed: [say("Bleed"), say("how far colour must reach beyond the cut")],
  safe: [say("Safe area"), say("words stay inside it")],
  fold: [say("Folds"), say("where it is folded")],
  panel: [say("Panels"), say("the parts that the layout fills")],
  lattice: [say("Lattice"), say("the lines that text stands on")],
  slot: [say("Fields"), say("where the words of each field are")],
  finding: [say("What is wrong"), say("hold the pointer over a box to read it")],
});

export function overlayMenu(stage) {
  const rows = Object.entries(OVERLAYS()).map(([name, [label, about]]) => {
    const help = fresh("overlay");
    return make("label", { class: "choice" },
      make("input", { type: "checkbox", checked: stage.overlays.has(name), "aria-describedby": help, onchange: (event) => {
        stage.overlays[event.target.checked ? "add" : "delete"](name);
        stage.mark();
      } }),
      sample(name), make("span", {}, label, make("small", { id: help }, about)));
  });
  return popup(say("Show"), rows);
}

const sample = (name) => {
  const line = name === "finding" || name === "slot" ? draw("rect", { class: name === "finding" ? "found" : name, x: 2, y: 3, width: 24, height: 10 }) : draw("path", { class: name, d: "M1 8h26" });
  return draw("svg", { class: "sample", viewBox: "0 0 28 16", width: 28, height: 16, "aria-hidden": "true" }, line);
};

// How full a panel is, above its corner; nothing where its pages grow with the words.
export function panelFill({ panel, box: [left, top] }, fullness, [across, down]) {
  const fill = fullness?.fills.find((one) => one.panel === panel && !one.slot);
  if (!fill?.holds) return [];
  return [draw("text", { class: "panel-fill", x: left + across, y: top + down - 2 }, say("{share} % full", { share: Math.round((100 * fill.used) / fill.holds) }))];
}

// Lines of the lattice inside a trim, as one path.
export function latticeLines([first, step], [width, height], [left, top]) {
  let lines = "";
  for (let y = first; y < height; y += step) lines += `M${left} ${(top + y).toFixed(2)}h${width}`;
  return draw("path", { class: "lattice", d: lines });
}

// Boxes over a page that can be pointed at, and reached by the keyboard.
export function findingBoxes(problems, { size, origin }, picked) {
  const share = (points, of) => `${(points / of) * 100}%`;
  return problems.map((problem) => {
    const [left, top, right, foot] = problem.source.box.map((mm) => (mm / 25.4) * 72);
    const id = fresh("finding");
    const said = make("span", { class: `said ${problem.severity}`, id, role: "tooltip" }, problem.message, problem.hint && make("em", {}, problem.hint));
    const box = make("button", { type: "button", class: `finding ${problem.severity}`, "aria-label": say("what is wrong here"), "aria-describedby": id, onclick: () => picked(problem) }, said);
    const x = left + origin[0];
    const y = top + origin[1];
    box.style.left = share(x, size[0]);
    box.style.top = share(y, size[1]);
    box.style.width = share(right - left, size[0]);
    box.style.height = share(foot - top, size[1]);
    // What is told stays on the page: to the other side, or above, where there is no room.
    box.classList.toggle("late", x > size[0] / 2);
    box.classList.toggle("low", y > size[1] * 0.7);
    return box;
  });
}
