// One zip for a print shop: which shop, how many, on what; then what was packed, or why it was not.

import { get, pieceAt, post } from "./api.js";
import { closing, openDialog, refusal, told } from "./dialog.js";
import { fresh, make, tell } from "./dom.js";
import { say } from "./words.js";

export async function sendToShop(name, title) {
  const body = make("div", {}, make("p", { class: "help" }, say("looking…")));
  const box = openDialog(say("Send to the shop"), () => body, { className: "sending" });
  const [shops, wrong] = await get("/api/shops").then((found) => [found, []], (error) => [[], refusal(error)]);
  body.replaceChildren(...form(box, name, title, shops, wrong));
  body.querySelector("select, input").focus();
}

const field = (label, input, help) => {
  const id = (input.id ||= fresh("order"));
  return make("p", { class: "field" }, make("label", { for: id }, label), help && make("small", { class: "help" }, help), input);
};

function form(box, name, title, shops, wrong) {
  const printer = make("select", { required: true }, shops.length > 1 && make("option", { value: "" }, say("choose one")),
    shops.map((shop) => make("option", { value: shop.name }, shop.about ? `${shop.name}: ${shop.about}` : shop.name)));
  const quantity = make("input", { type: "number", min: "1", max: "10000000", required: true, inputMode: "numeric" });
  const stock = make("input", { type: "text", maxLength: 120, autocomplete: "off" });
  const due = make("input", { type: "date" });
  const contact = make("input", { type: "text", maxLength: 120, autocomplete: "name", value: localStorage.getItem("shop-contact") || "" });
  const said = make("div", { role: "status" });
  return [
    make("p", {}, say("You get one zip with all that a print shop needs for “{title}”: the press files, what was found when they were checked, and a job ticket. You send it yourself.", { title })),
    ...told(wrong),
    make("form", { method: "dialog", onsubmit: async (event) => {
      event.preventDefault();
      const button = event.submitter;
      button.disabled = true;
      said.replaceChildren(make("p", { class: "help" }, say("making and checking the files…")));
      try {
        localStorage.setItem("shop-contact", contact.value);
        const packed = await post(`${pieceAt(name)}/pack`, { printer: printer.value, quantity: Number(quantity.value), stock: stock.value, due: due.value, contact: contact.value });
        said.replaceChildren(...ready(packed));
        said.querySelector("a").focus();
        tell(say("The zip is ready."));
      } catch (error) {
        said.replaceChildren(make("p", { class: "told error" }, say("It was not packed:")), ...told(refusal(error)));
      } finally {
        button.disabled = false;
      }
    } },
    shops.length ? field(say("Print shop"), printer) : make("p", { class: "help" }, say("No print shop is named in materials/printers.yaml: the file is made as most shops ask for it.")),
    field(say("How many"), quantity),
    field(say("Paper"), stock, say("as the shop calls it: 80 lb text, yellow")),
    field(say("Needed by"), due),
    field(say("Whom the shop asks"), contact, say("a name and a telephone")),
    said,
    make("div", { class: "buttons" }, make("button", { class: "main" }, say("Pack it")), closing(box))),
  ];
}

function ready(packed) {
  const size = Math.max(0.1, packed.size / 1e6).toFixed(1);
  return [
    make("p", { class: "verdict good" }, say("The zip is ready.")),
    make("p", {}, make("a", { href: `/api/shop/${packed.file}`, download: packed.file }, say("Save {file} ({size} MB)", { file: packed.file, size }))),
    make("details", {}, make("summary", {}, say("What is in it")), make("ul", {}, packed.files.map((file) => make("li", {}, file)))),
    ...told(packed.problems),
  ];
}
