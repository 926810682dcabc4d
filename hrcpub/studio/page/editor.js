// A code editor: CodeMirror, with highlighting by the kind of file, marks where something is wrong,
// and what may be typed, as the server knows it.
//
// It stands in a shadow root: there CodeMirror's own styles are adopted sheets, which a strict
// content policy allows, and not <style> elements, which it does not.

import * as code from "/vendor/codemirror.js";
import { make } from "./dom.js";

const { EditorState, EditorView, keymap, tags } = code;

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--raised)", fontSize: "14px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Code', 'DejaVu Sans Mono', monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": { backgroundColor: "var(--glow) !important" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--soft)", border: "0", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--active-line)" },
  ".cm-matchingBracket": { backgroundColor: "var(--glow) !important", outline: "1px solid var(--accent)" },
  ".cm-tooltip": { backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--strong)", borderRadius: "8px", boxShadow: "var(--shadow)", overflow: "hidden" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", maxWidth: "320px", fontFamily: "system-ui, sans-serif", whiteSpace: "normal" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "15em" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 8px !important" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: ".75", marginLeft: "1em" },
  ".cm-diagnostic": { fontFamily: "system-ui, sans-serif", padding: "6px 10px", borderLeftWidth: "4px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--accent)" },
  // CodeMirror draws these as pictures in its styles, which a strict content policy does not load.
  ".cm-lintRange": { backgroundImage: "none !important", textDecoration: "underline wavy var(--bad) 1.5px", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warn)" },
  ".cm-lintRange-info": { textDecorationColor: "var(--accent)" },
  ".cm-lint-marker": { content: "normal !important", width: "10px", height: "10px", margin: "5px 2px", borderRadius: "50%", backgroundColor: "var(--bad)" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--warn)", borderRadius: "2px" },
  ".cm-lint-marker-info": { backgroundColor: "var(--accent)" },
  ".cm-panels": { backgroundColor: "var(--ground)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panel input, .cm-panel button, .cm-button, .cm-textfield": { backgroundImage: "none", backgroundColor: "var(--raised)", color: "var(--ink)", borderColor: "var(--strong)", borderRadius: "6px" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--line)", border: "0", color: "var(--soft)", padding: "0 6px" },
  ".cm-swatch": { display: "inline-block", width: ".8em", height: ".8em", marginRight: ".4em", border: "1px solid var(--strong)", verticalAlign: "-1px" },
});

const colours = code.HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.definitionKeyword, tags.moduleKeyword], color: "var(--code-word)", fontWeight: "600" },
  { tag: [tags.tagName, tags.className, tags.typeName], color: "var(--code-tag)" },
  { tag: [tags.attributeName, tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-name)" },
  { tag: [tags.string, tags.attributeValue, tags.special(tags.string)], color: "var(--code-text)" },
  { tag: [tags.number, tags.unit, tags.color, tags.atom, tags.bool], color: "var(--code-number)" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.meta, tags.processingInstruction, tags.brace, tags.operator, tags.punctuation], color: "var(--soft)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-tag)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const languages = {
  html: () => code.jinja({ base: code.html({ autoCloseTags: false }) }),
  css: code.css,
  yaml: code.yaml,
};

// `%}` that was brought with its beginning is typed over, as other brackets are.
const percentOver = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== "%" || from !== to || view.state.sliceDoc(from, from + 2) !== "%}") return false;
  view.dispatch({ selection: { anchor: from + 1 }, userEvent: "input.type" });
  return true;
});

const kindOf = (path) => path.slice(path.lastIndexOf(".") + 1);
const SEVERITIES = { error: "error", warning: "warning", note: "info" };

export class Editor {
  // on: changed(), save(), complete(path, at) -> {from, options}, values() -> {name: value}
  constructor(label, on) {
    this.on = on;
    this.label = label;
    this.element = make("div", { class: "code" });
    const root = this.element.attachShadow({ mode: "open" });
    this.view = new EditorView({ root, parent: root, state: EditorState.create({}) });
    const whole = new CSSStyleSheet();
    whole.insertRule(":host { display: block; min-height: 0; overflow: hidden; }");
    whole.insertRule(".cm-editor { height: 100%; }");
    whole.insertRule(":host(:focus-within) { outline: 2px solid var(--accent); outline-offset: -2px; }");
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, whole];
  }

  // A file as it is opened: its own state, with its own undo.
  begin(path, text) {
    return EditorState.create({
      doc: text,
      extensions: [
        code.lineNumbers(), code.foldGutter({ openText: "–", closedText: "+" }), code.lintGutter(), code.highlightActiveLineGutter(), code.highlightActiveLine(),
        code.highlightSpecialChars(), code.history(), code.drawSelection(), code.indentOnInput(), code.bracketMatching(),
        code.closeBrackets(), percentOver, code.highlightSelectionMatches(), code.indentUnit.of("  "), EditorState.tabSize.of(2), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": `${this.label}: ${path}`, spellcheck: "false", tabindex: "0" }),
        code.autocompletion({ override: [(context) => this.#options(path, context)], activateOnTypingDelay: 60 }),
        code.syntaxHighlighting(colours), look, languages[kindOf(path)]?.() || [],
        // Not Tab: it leads on to what stands beside the editor, unless there is something to complete.
        keymap.of([
          { key: "Mod-s", preventDefault: true, run: () => { this.on.save(); return true; } },
          { key: "Tab", run: code.acceptCompletion },
          ...code.closeBracketsKeymap, ...code.completionKeymap, ...code.searchKeymap, ...code.historyKeymap,
          ...code.foldKeymap, ...code.lintKeymap, ...code.defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => { if (update.docChanged) this.on.changed(); }),
      ],
    });
  }

  show(state) {
    this.view.setState(state);
  }

  get state() {
    return this.view.state;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  // Another text in the place of all: what both have stays, and so does the place in it.
  replace(text) {
    const old = this.text;
    let start = 0;
    while (start < old.length && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
    this.view.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) } });
  }

  mark(problems) {
    const marks = problems.map((problem) => ({ ...placeIn(this.state.doc, problem.source), severity: SEVERITIES[problem.severity],
      message: problem.message, renderMessage: () => told(problem) }));
    marks.sort((one, other) => one.from - other.from);
    this.view.dispatch(code.setDiagnostics(this.state, marks));
  }

  go(line, column = 1) {
    const at = placeIn(this.state.doc, { line, column }).from;
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
  }

  async #options(path, context) {
    const before = context.matchBefore(/[\w-]*/);
    const behind = context.state.sliceDoc(Math.max(0, context.pos - 400), context.pos);
    const opens = /[.|"'[({%\s:<-]$/.test(behind) || before.text.length > 0;
    if (!context.explicit && !opens) return null;
    if (kindOf(path) === "css" && /--[\w-]*$/.test(behind)) return this.#values(context);
    // An answer to what was typed before is of no use. (6.20.4 asks no further after one of nothing.)
    context.addEventListener("abort", () => {}, { onDocChange: true });
    const found = await this.on.complete(path, context.pos).catch(() => null);
    if (!found?.options.length) return null;
    // What a space or a colon opens is told when it is asked for: else the list is always there.
    if (!context.explicit && found.from === context.pos && !/[.|"'[:]\s?$/.test(behind) && !/^\s+$/.test(behind.split("\n").at(-1))) return null;
    const options = found.options.map((one) => ({ label: one.label, apply: one.text || one.label, detail: one.detail, info: one.about || undefined, type: one.kind }));
    // Behind another full stop there is something else to type.
    return { from: found.from, options, validFor: options.some((one) => one.label.includes(".")) ? /^[\w./-]*$/ : /^[\w-]*$/ };
  }

  #values(context) {
    const options = Object.entries(this.on.values()).map(([name, value]) => ({ label: `--${name}`, detail: value.slice(0, 40), type: "constant" }));
    return { from: context.matchBefore(/--[\w-]*/).from, options, validFor: /^--[\w-]*$/ };
  }

  close() {
    this.view.destroy();
  }
}

function placeIn(doc, { line, column, width }) {
  const at = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
  const lead = at.text.length - at.text.trimStart().length;
  const from = column ? Math.min(at.from + column - 1, at.to) : at.from + lead;
  const to = column && width > 1 ? Math.min(from + width, at.to) : column ? wordEnd(at, from) : at.to;
  return { from, to: Math.max(to, Math.min(from + 1, at.to)) };
}

const wordEnd = (line, from) => from + (line.text.slice(from - line.from).match(/^[\w-]+/)?.[0].length || 1);

const told = (problem) => make("div", {}, problem.message, problem.hint && make("div", {}, make("em", {}, problem.hint)));
