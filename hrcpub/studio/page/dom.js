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

let last = 0;
export const fresh = (stem) => `${stem}-${++last}`;
