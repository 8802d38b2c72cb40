// The photos and videos of a reply: chosen or pasted, uploaded at once, sent with the message.

import { button, fill, node } from "./nodes.js";

const TAKEN = "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/webm";

let fields = 0;

export class Files {
  #list = []; // { id, name }
  #uploading = 0;

  // `upload(file)` gives the stored file's id, or null when that failed and was told.
  constructor(area, words, upload) {
    Object.assign(this, { words, upload });
    this.input = node("input", { type: "file", id: `files-${++fields}`, accept: TAKEN, multiple: true, className: "unseen" });
    this.input.addEventListener("change", () => {
      this.#add([...this.input.files]);
      this.input.value = "";
    });
    area.addEventListener("paste", ({ clipboardData }) => this.#add([...clipboardData.files]));
    this.chips = node("ul", { className: "chips" });
    this.chips.setAttribute("aria-live", "polite");
    const label = node("label", { className: "attach", htmlFor: this.input.id, text: `+ ${words.attach}` });
    this.element = node("div", { className: "files" }, this.input, label, this.chips);
  }

  get ids() {
    return this.#list.map(({ id }) => id);
  }

  get ready() {
    return this.#list.length > 0 && !this.#uploading;
  }

  clear() {
    this.#list = [];
    this.#show();
  }

  async #add(files) {
    for (const file of files) {
      this.#uploading += 1;
      this.#show();
      const id = await this.upload(file);
      this.#uploading -= 1;
      if (id) this.#list.push({ id, name: file.name });
      this.#show();
    }
  }

  #show() {
    const chips = this.#list.map((one) => {
      const away = button("×", () => {
        this.#list = this.#list.filter((other) => other !== one);
        this.#show();
      }, { className: "away" });
      away.setAttribute("aria-label", fill(this.words.remove, { name: one.name }));
      return node("li", {}, node("bdi", { text: one.name }), away);
    });
    if (this.#uploading) chips.push(node("li", { text: this.words.uploading }));
    this.chips.replaceChildren(...chips);
  }
}
