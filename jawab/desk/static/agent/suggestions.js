// Answers of the FAQ to the shopper's last message, above the reply; a click or key puts one into it.

import { fill, node } from "./nodes.js";

export class Suggestions {
  #list = [];
  #next = 0;
  #asked = null;

  constructor(load, { words, moments }, put) {
    Object.assign(this, { load, words, moments, put });
    this.items = node("ul");
    this.element = node(
      "section",
      { className: "suggestions", hidden: true },
      node("h3", { className: "small", text: words.suggestions }),
      this.items,
    );
    this.element.setAttribute("aria-label", words.suggestions);
  }

  // Looks for answers to the message with this id, unless they stand there.
  async refresh(messageId) {
    if (messageId === this.#asked) return;
    this.#asked = messageId;
    const { suggestions } = await this.load().catch(() => ({ suggestions: [] }));
    if (messageId === this.#asked) this.#show(suggestions);
  }

  // Puts the answer with this number into the reply; 0: the next one, instead of the one before.
  take(number) {
    const at = number ? number - 1 : this.#next % (this.#list.length || 1);
    const found = this.#list[at];
    if (!found) return;
    const before = number ? "" : this.#list[(at - 1 + this.#list.length) % this.#list.length].text;
    this.put(found.text, before);
    this.#next = at + 1;
  }

  #show(list) {
    this.#list = list;
    this.#next = 0;
    this.items.replaceChildren(...list.map((one, index) => node("li", {}, this.#button(one, index))));
    this.element.hidden = !list.length;
  }

  #button({ title, text, confidence }, index) {
    const button = node(
      "button",
      { type: "button", className: "suggestion", title: text },
      node("kbd", { text: this.moments.number(index + 1) }),
      node("bdi", { text: title }),
      node("small", { text: this.moments.percents.format(confidence) }),
    );
    button.setAttribute("aria-label", fill(this.words.put_in, { title }));
    button.addEventListener("click", () => this.take(index + 1));
    return button;
  }
}
