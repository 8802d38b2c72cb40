// Below a transcript: the reply to the shopper and the note for colleagues, one at a time, each with its draft.

import { Canned } from "./canned.js";
import { Files } from "./files.js";
import { node, writing } from "./nodes.js";
import { Suggestions } from "./suggestions.js";

const TYPING_EVERY_MS = 3000;

export class Composer {
  #typedAt = 0;
  #unsent = null; // sent again after a failure, the same words keep their id

  constructor(id, common, on) {
    const { api, words, lang, memory, run } = common;
    Object.assign(this, { id, api, words, run, on });
    this.path = `/conversations/${encodeURIComponent(id)}`;
    const keep = (kind) => (text) => memory.draft(`${id}.${kind}`, text);
    const hint = node("p", { className: "hint small", text: words.enter_sends });
    this.reply = writing(words.reply, words.send, (text) => this.#send(text), {
      typing: () => this.#types(),
      draft: keep("reply"),
      ready: () => this.files.ready,
      hint,
    });
    this.note = writing(words.note, words.add_note, (text) => this.#note(text), { draft: keep("note") });
    const get = (what) => () => api.get(`${this.path}/${what}?lang=${lang}`);
    this.suggestions = new Suggestions(get("suggestions"), common, (text, before) => this.put(text, before));
    this.canned = new Canned(this.reply.area, words, get("canned"), (text) => this.put(text));
    this.reply.form.prepend(this.suggestions.element);
    this.files = new Files(this.reply.area, words, (file) => this.#upload(file));
    this.reply.area.after(this.canned.element, this.files.element);
    this.reply.form.classList.add("replying");
    this.note.form.classList.add("noting");
    this.tabs = ["reply", "note"].map((kind) => {
      const tab = node("button", { type: "button", className: "tab", text: words[`tab_${kind}`] });
      tab.addEventListener("click", () => this.write(kind));
      return tab;
    });
    const group = node("div", { className: "tabs" }, ...this.tabs);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.write);
    this.element = node("div", { className: "composer" }, group, this.reply.form, this.note.form);
    this.show("note");
  }

  // Who has not taken the conversation writes notes alone.
  mine(is) {
    if (this.isMine === is) return;
    const had = this.element.contains(document.activeElement);
    this.isMine = is;
    this.tabs[0].hidden = !is;
    this.show(is && !this.note.area.value ? "reply" : "note");
    if (had) this.write(this.kind);
  }

  show(kind) {
    this.kind = kind;
    this.reply.form.hidden = kind !== "reply";
    this.note.form.hidden = kind !== "note";
    this.tabs.forEach((tab, number) => tab.setAttribute("aria-pressed", String((number === 0) === (kind === "reply"))));
  }

  write(kind) {
    if (kind === "reply" && !this.isMine) return;
    this.show(kind);
    this[kind].area.focus();
  }

  // Puts words into the reply: instead of what was put there before, or behind what is there.
  put(text, before = "") {
    const { area } = this.reply;
    this.write("reply");
    if (!this.isMine) return;
    const own = before && area.value.endsWith(before) ? area.value.slice(0, -before.length) : area.value;
    area.value = own.trim() ? `${own.trimEnd()}\n${text}` : text;
    area.dispatchEvent(new Event("input"));
    area.setSelectionRange(area.value.length, area.value.length);
  }

  #send(text) {
    const attachments = this.files.ids;
    const same = this.#unsent?.text === text && String(this.#unsent.attachments) === String(attachments);
    if (!same) this.#unsent = { client_id: crypto.randomUUID(), text, attachments };
    return this.run(async () => {
      this.on.sent(await this.api.post(`${this.path}/messages`, this.#unsent));
      this.#unsent = null;
      this.files.clear();
    });
  }

  async #upload(file) {
    let id = null;
    await this.run(async () => (id = await this.api.upload(`${this.path}/attachments`, file)));
    return id;
  }

  #note(text) {
    return this.run(async () => this.on.noted(await this.api.post(`${this.path}/notes`, { text })));
  }

  #types() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    this.api.post(`${this.path}/typing`).catch(() => {});
  }
}
