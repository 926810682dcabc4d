// Printing on this computer's printers: which, how many, a sheet to look at first; then to the end.

import { get, pieceAt, post } from "./api.js";
import { closing, openDialog, refusal, told } from "./dialog.js";
import { fresh, make, tell } from "./dom.js";
import { say } from "./words.js";

const LOOK = 700; // milliseconds between looks at a job

export function printHere(name, title) {
  const dialog = new PrintDialog(name);
  dialog.box = openDialog(say("Print here"), () => [make("p", {}, title), dialog.body], { className: "printing", onclose: () => dialog.close() });
  dialog.open();
}

class PrintDialog {
  constructor(name) {
    this.name = name;
    this.body = make("div", {}, make("p", { class: "help" }, say("looking for printers…")));
  }

  async open() {
    try {
      const { queues, problems } = await get("/api/queues");
      this.body.replaceChildren(...(queues.length ? this.form(queues) : await this.without(problems)));
      this.body.querySelector("select, a, button")?.focus();
    } catch (error) {
      this.body.replaceChildren(...told(refusal(error)), this.buttons());
    }
  }

  buttons(...more) {
    return make("div", { class: "buttons" }, more, closing(this.box));
  }

  // Without a printer of this computer: the file, and how it is printed.
  async without(problems) {
    const why = [make("p", {}, say("This computer has no printer that the studio can use. You can print the file yourself, as it says below.")),
      ...(problems.length ? [make("details", {}, make("summary", {}, say("For who looks after this computer")), told(problems))] : [])];
    try {
      const made = await post(`${pieceAt(this.name)}/office`);
      return [...why, make("p", { class: "told note" }, make("strong", {}, say("When you print it:")), ` ${made.note || ""}`),
        make("p", {}, make("a", { href: made.file, download: "" }, say("Save the file for the office"))), this.buttons()];
    } catch (error) {
      return [...why, ...told(refusal(error)), this.buttons()];
    }
  }

  form(queues) {
    this.queues = queues;
    this.queue = make("select", { id: fresh("print"), onchange: () => this.about() }, queues.map((one) => make("option", { value: one.name, selected: one.is_default }, one.about || one.name)));
    this.copies = make("input", { type: "number", id: fresh("print"), min: "1", max: "9999", value: "1", required: true, inputMode: "numeric" });
    this.proof = make("input", { type: "checkbox", checked: true });
    this.help = make("p", { class: "help" });
    this.said = make("div", { role: "status" });
    this.about();
    return [make("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); this.plan(event.submitter); } },
      make("p", { class: "field" }, make("label", { for: this.queue.id }, say("Printer")), this.queue), this.help,
      make("p", { class: "field" }, make("label", { for: this.copies.id }, say("Copies")), this.copies),
      make("label", { class: "choice" }, this.proof, make("span", {}, say("One sheet first"), make("small", {}, say("you look at it, then the rest is printed")))),
      this.said,
      this.buttons(make("button", { class: "main" }, say("Go on"))))];
  }

  about() {
    const queue = this.queues.find((one) => one.name === this.queue.value);
    const facts = [
      queue.is_two_sided ? say("prints both sides") : say("prints one side at a time"),
      queue.is_colour ? say("in colour") : say("in black"),
      ...(queue.loaded.length ? [say("holds {paper}", { paper: queue.loaded.join(", ") })] : []),
      ...queue.matters,
    ];
    this.help.textContent = facts.join(" · ");
  }

  // What paper is wanted, and what is to be known, before anything is printed.
  async plan(button) {
    button.disabled = true;
    this.said.replaceChildren(make("p", { class: "help" }, say("making the file…")));
    try {
      const plan = await post(`${pieceAt(this.name)}/print`, { queue: this.queue.value, copies: Number(this.copies.value) });
      this.body.replaceChildren(...this.planned(plan));
      this.body.querySelector("button")?.focus();
    } catch (error) {
      this.said.replaceChildren(...told(refusal(error)));
    } finally {
      button.disabled = false;
    }
  }

  planned(plan) {
    const paper = plan.paper ? `${plan.paper} ${plan.sheet}` : plan.sheet;
    const lines = [
      say.many(plan.sheets, "{count} sheet", "{count} sheets"),
      say("load {paper} paper", { paper }),
      plan.edge ? say("printed on both sides") : say("printed on one side"),
      ...(plan.turns ? [say("you turn the pile in between: you will be told how")] : []),
    ];
    const start = make("button", { type: "button", class: "main", onclick: ({ target }) => this.begin(plan.number, target) }, this.proof.checked ? say("Print one sheet") : say("Print"));
    return [
      plan.can_print ? make("ul", { class: "plan" }, lines.map((line) => make("li", {}, line))) : make("p", { class: "told error" }, say("It would not come out right:")),
      ...told(plan.problems),
      this.buttons(plan.can_print && start),
    ];
  }

  async begin(number, button) {
    button.disabled = true;
    try {
      this.see(number, await post(`/api/printing/${number}/begin`, { proof: this.proof.checked }));
    } catch (error) {
      this.body.replaceChildren(...told(refusal(error)), this.buttons());
    }
  }

  see(number, run) {
    const kind = `${run.state} ${run.problems.length}`;
    if (kind !== this.kind) {
      this.kind = kind;
      this.draw(number, run);
    }
    this.progress(run);
    if (["done", "failed"].includes(run.state) || this.isClosed) return;
    this.timer = setTimeout(async () => {
      try {
        this.see(number, await get(`/api/printing/${number}`));
      } catch (error) {
        this.body.replaceChildren(...told(refusal(error)), this.buttons());
      }
    }, LOOK);
  }

  draw(number, run) {
    const act = (what, label, kind = "main") => make("button", { type: "button", class: kind, onclick: async ({ target }) => {
      target.disabled = true; // said twice, it may answer what is asked next
      try {
        await post(`/api/printing/${number}/${what}`);
      } catch (error) {
        target.disabled = false;
        this.matters.replaceChildren(...told(refusal(error)));
      }
    } }, label);
    this.bar = make("progress", { max: run.all, "aria-label": say("Sheets") });
    this.line = make("p", { role: "status" });
    this.matters = make("div", { role: "alert" });
    const stop = act("stop", say("Stop it"), "");
    const asks = {
      printing: [stop],
      proof: [make("p", {}, say("Look at the sheet. Is it right?")), act("go-on", say("It is right: print the rest")), stop],
      turn: [make("p", {}, say("Now the other side:")), make("ol", {}, run.steps.map((step) => make("li", {}, step))), act("go-on", say("The pile is in: print the backs")), stop],
      done: [], failed: [],
    }[run.state];
    this.body.replaceChildren(this.bar, this.line, this.matters, ...told(run.problems), ...asks.filter((one) => one.tagName !== "BUTTON"), this.buttons(asks.filter((one) => one.tagName === "BUTTON")));
    this.body.querySelector("button")?.focus();
  }

  progress(run) {
    this.bar.value = run.sheets;
    const said = {
      printing: say("printing: {done} of {all} sheets", { done: run.sheets, all: run.all }),
      proof: say("one sheet is printed"), turn: say("the fronts are printed"),
      done: say("All of it is printed."), failed: say("It was not printed to the end."),
    }[run.state];
    if (this.line.textContent !== said) this.line.textContent = said;
    if (run.state === "done") tell(said);
    const wanted = run.matters.map((one) => (one.todo ? `${one.words}: ${one.todo}` : one.words)).join("; ");
    if (this.matters.textContent !== wanted) this.matters.replaceChildren(...(wanted ? [make("p", { class: "told warning" }, wanted)] : []));
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.timer);
  }
}
