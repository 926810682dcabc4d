// Elements in a few words: make("button", {class: "main", onclick}, "Save").

export function make(name, attributes = {}, ...inner) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inner.flat(9).filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

export function draw(name, attributes = {}, ...inner) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
}

// For who hears the page: what happened, without a move of the focus.
export function tell(text) {
  document.getElementById("said").textContent = text;
}

// What a press begins, once: who presses again while it is not done yet wants no second one.
export function once(run) {
  let isRunning = false;
  return async (...of) => {
    if (isRunning) return;
    isRunning = true;
    try {
      await run(...of);
    } finally {
      isRunning = false;
    }
  };
}

// Fields that were drawn anew: what a dialog is about may be another element when it is answered.
const anew = new WeakMap();
export const drawnAnew = (element, find) => anew.set(element, find);
export const asItIsNow = (element) => (element?.isConnected || !anew.has(element) ? element : asItIsNow(anew.get(element)()));

let last = 0;
export const fresh = (stem) => `${stem}-${++last}`;
