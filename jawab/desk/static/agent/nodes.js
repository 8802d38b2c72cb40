// Elements with text in them; texts of people go in as text, never as markup.

import { fill as fillText } from "../chat/text.js";

export function node(name, { text, className, dir, ...properties } = {}, ...children) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  if (dir) element.dir = dir;
  Object.assign(element, properties);
  element.append(...children.filter(Boolean));
  return element;
}

export function button(text, run, properties = {}) {
  const element = node("button", { type: "button", text, ...properties });
  element.addEventListener("click", async () => {
    element.disabled = true;
    try {
      await run();
    } finally {
      element.disabled = false;
    }
  });
  return element;
}

// What somebody wrote: numbers, codes and addresses stand apart, so that they keep their order in either direction.
export function said(text) {
  const element = node("div", { className: "said", dir: "auto" });
  fillText(element, text);
  return element;
}

// Names and what they say, those without a value left out: `[["Shop", "Souq"], …]`.
export function facts(pairs) {
  const rows = pairs.filter(([, value]) => value).map(([name, value]) =>
    node("div", {}, node("dt", { text: name }), node("dd", {}, node("bdi", { text: value }))),
  );
  return node("dl", { className: "facts" }, ...rows);
}

// How far a message came in the shopper's app: delivered, read, or never there.
export function fateSign(fate, words) {
  const sign = { delivered: "✓", read: "✓✓", undelivered: "⚠" }[fate];
  return node("div", { className: `under fate ${fate}`, text: `${sign} ${words[fate]}` });
}

// The files of a message or a ticket: a photo in small, a video by its name, each opening in a window of its own.
export function files(list) {
  return list.map(({ url, name, type }) => {
    const photo = type.startsWith("image/") && node("img", { src: url, alt: name, loading: "lazy" });
    return node("a", { className: "file", href: url, target: "_blank", rel: "noopener", dir: "auto" }, photo || name);
  });
}

// A text with names in it: `fill("With {agent}", { agent: "Sara" })`.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

let fields = 0;

// A labelled field with a button: `send(text)` keeps the text in the field until it has succeeded. `draft(text?)` keeps
// what is being written, `ready()` tells that something can be sent without words, `under` stands below the field.
export function writing(label, action, send, { typing, draft, ready, under = [], hint } = {}) {
  const area = node("textarea", { id: `field-${++fields}`, rows: 2, dir: "auto", value: draft?.() ?? "" });
  if (hint) area.setAttribute("aria-describedby", hint.id = `hint-${fields}`);
  const form = node(
    "form",
    { className: "row" },
    node("div", { className: "grow" }, node("label", { text: label, htmlFor: area.id }), area, ...under, hint),
    node("button", { type: "submit", className: "main", text: action }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if ((area.value.trim() === "" && !ready?.()) || form.inert) return;
    form.inert = true;
    try {
      if (await send(area.value)) {
        area.value = "";
        draft?.("");
      }
    } finally {
      form.inert = false;
      area.focus();
    }
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  });
  area.addEventListener("input", () => {
    draft?.(area.value);
    typing?.();
  });
  return { form, area };
}
