// Keys of the page, by their place on the keyboard, so that they work in every layout; listed under `?`.

import { node } from "./nodes.js";

// code, what is written on the key, the word's key, whether with Alt (then also in a field).
const KEYS = [
  ["KeyJ", "J", "next"],
  ["KeyK", "K", "previous"],
  ["KeyU", "U", "unread"],
  ["KeyT", "T", "take"],
  ["KeyR", "R", "reply"],
  ["KeyN", "N", "note"],
  ["Digit1", "1 2 3", "suggestion"],
  ["KeyS", "Alt+S", "suggestion", true],
  ["KeyB", "B", "return"],
  ["KeyE", "E", "close"],
  ["Slash", "/", "search"],
  ["KeyM", "M", "sound"],
  ["Escape", "Esc", "leave"],
];
// Where one types. A checkbox is none: the dialog of the keys still has it in focus for a moment after it was closed.
const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export class Shortcuts {
  // `on` has a function for each key's word; `suggestion` is given the number, 0 for the next one.
  constructor(dialog, opener, words, memory, on) {
    this.dialog = dialog;
    this.memory = memory;
    this.on = on;
    this.#lay(words);
    opener.addEventListener("click", () => dialog.showModal());
    addEventListener("keydown", (event) => this.#pressed(event));
  }

  get enabled() {
    return this.memory.choice("keys") !== "off";
  }

  #pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || this.dialog.open) return;
    const typing = event.target.closest?.(FIELDS);
    if (event.key === "Escape") return typing?.blur();
    if (!this.enabled) return;
    if (event.altKey ? event.code !== "KeyS" : typing) return;
    const run = this.#action(event);
    if (!run) return;
    event.preventDefault();
    run();
  }

  #action({ code, key, altKey, shiftKey }) {
    if (altKey) return () => this.on.suggestion(0);
    if (key === "?" || key === "؟") return () => this.dialog.showModal();
    if (shiftKey) return null;
    const number = /^Digit([1-3])$/.exec(code)?.[1];
    if (number) return () => this.on.suggestion(Number(number));
    const found = KEYS.find(([place, , , alt]) => place === code && !alt);
    return found && this.on[found[2]];
  }

  #lay(words) {
    const rows = [["?", "?", "help"], ...KEYS.map(([, ...rest]) => ["", ...rest])].map(([, label, word]) =>
      node("div", {}, node("dt", {}, node("kbd", { text: label, dir: "ltr" })), node("dd", { text: words[`key_${word}`] })),
    );
    const box = node("input", { type: "checkbox", id: "keys-on", checked: this.enabled });
    box.addEventListener("change", () => this.memory.choice("keys", box.checked ? "" : "off"));
    const shut = node("button", { type: "button", text: words.dismiss, className: "main" });
    shut.addEventListener("click", () => this.dialog.close());
    this.dialog.replaceChildren(
      node("h2", { id: "keys-title", text: words.keys }),
      node("dl", { className: "keys" }, ...rows),
      node("p", { className: "hint", text: words.keys_note }),
      node("label", { className: "check" }, box, ` ${words.keys_on}`),
      shut,
    );
  }
}
