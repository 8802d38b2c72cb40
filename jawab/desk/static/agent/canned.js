// Ready answers: "/" at the beginning of a reply opens a list, what follows narrows it, Enter or a click puts one in.

import { node } from "./nodes.js";

let lists = 0;

export class Canned {
  #at = 0;
  #found = [];

  // `load()` gives the answers once they are wanted; `put(text)` takes the chosen one.
  constructor(area, words, load, put) {
    Object.assign(this, { area, words, load, put });
    this.element = node("ul", { className: "canned", id: `canned-${++lists}`, hidden: true, tabIndex: 0 });
    this.element.setAttribute("role", "listbox");
    this.element.setAttribute("aria-label", words.canned);
    area.setAttribute("aria-controls", this.element.id);
    area.setAttribute("aria-haspopup", "listbox");
    area.addEventListener("input", () => this.#look());
    area.addEventListener("keydown", (event) => this.#key(event), { capture: true }); // before the field sends
    area.addEventListener("blur", () => this.#shut());
  }

  async #look() {
    if (!/^[/÷]/.test(this.area.value)) return this.#shut();
    this.answers ??= this.load().catch(() => (this.answers = undefined, []));
    const answers = await this.answers;
    if (!/^[/÷]/.test(this.area.value)) return;
    const asked = this.area.value.slice(1).trim().toLocaleLowerCase();
    this.#found = answers.filter(({ id, title, text }) => `${id} ${title} ${text}`.toLocaleLowerCase().includes(asked));
    this.#at = 0;
    this.#show();
  }

  #show() {
    const options = this.#found.map(({ id, title, text }, number) => {
      const option = node("li", { id: `${this.element.id}-${id}` },
        node("strong", { text: title }),
        node("span", { text, dir: "auto" }),
      );
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(number === this.#at));
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the field keeps the focus
        this.#take(number);
      });
      return option;
    });
    if (!options.length) {
      const nothing = node("li", { className: "hint", text: this.words.no_canned });
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-disabled", "true");
      options.push(nothing);
    }
    this.element.replaceChildren(...options);
    this.element.hidden = false;
    const chosen = options[this.#at];
    this.area.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (this.element.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#found.length) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
      this.#show();
    } else if (["Enter", "Tab"].includes(event.key) && this.#found.length) this.#take(this.#at);
    else if (event.key === "Escape") this.#shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #take(number) {
    const { text } = this.#found[number];
    this.area.value = "";
    this.#shut();
    this.put(text);
  }

  #shut() {
    this.element.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }
}
