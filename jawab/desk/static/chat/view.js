// What is seen of the conversation. Every text goes in as text.

import { fill, fillLines } from "./text.js";

const NEAR_PX = 80;
const TYPING_LIMIT_MS = 60_000;
const NOTICE_MS = 2500;

export class View {
  #typingEnds = 0;
  #noticeEnds = 0;

  constructor(root, words, lang) {
    this.root = root;
    this.words = words;
    this.time = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
    for (const id of ["log", "scroll", "typing", "notice", "down", "composer", "text", "fresh"]) {
      this[id] = root.querySelector(`#${id}`);
    }
    this.send = this.composer.querySelector(".send");
    this.scroll.addEventListener("scroll", () => this.#atEnd() && this.#showDown(false), { passive: true });
    this.down.addEventListener("click", () => this.toEnd());
    this.text.addEventListener("input", () => this.fit());
    new ResizeObserver(() => this.#follows && this.toEnd("instant")).observe(this.scroll);
    this.fit();
  }

  #follows = true;

  // Whether the transcript is being filled: nothing is read out then.
  busy(is) {
    this.log.setAttribute("aria-busy", String(is));
  }

  clear() {
    this.log.replaceChildren();
    this.typingSign(false);
  }

  has(id) {
    return this.log.querySelector(`[data-id="${CSS.escape(id)}"]`) !== null;
  }

  // A message of the transcript; press(button) is called when one of its buttons is.
  add(message, press) {
    const item = this.#item(message.author, message.text, message.at);
    item.dataset.id = message.id;
    if (message.buttons.length) item.append(this.#chips(message.buttons, press));
    this.#append(item, message.author === "shopper");
    if (message.author !== "shopper") this.typingSign(false);
  }

  // A message of the shopper that is not stored yet.
  addPending({ client_id, text }) {
    const item = this.#item("shopper", text, new Date());
    item.classList.add("sending");
    item.dataset.client = client_id;
    this.#append(item, true);
  }

  settle({ client_id }, id) {
    const item = this.#pending(client_id);
    if (!item) return;
    if (this.has(id)) return item.remove();
    item.classList.remove("sending", "failed");
    item.dataset.id = id;
    delete item.dataset.client;
  }

  fail({ client_id }, why, retry) {
    const item = this.#pending(client_id);
    if (!item) return;
    item.classList.replace("sending", "failed");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "retry";
    again.textContent = this.words.retry;
    again.addEventListener("click", () => {
      item.remove();
      retry();
    });
    const under = item.querySelector(".under");
    under.replaceChildren(why || this.words.not_sent, again);
    this.toEnd();
  }

  typingSign(on) {
    clearTimeout(this.#typingEnds);
    const follow = this.#atEnd();
    this.typing.hidden = !on;
    if (on) this.#typingEnds = setTimeout(() => this.typingSign(false), TYPING_LIMIT_MS);
    if (on && follow) this.toEnd();
  }

  // A line above the conversation: { text, good, action: { label, run } }; none takes it away.
  tell(said) {
    clearTimeout(this.#noticeEnds);
    this.notice.hidden = !said;
    this.notice.classList.toggle("good", Boolean(said?.good));
    this.notice.replaceChildren(said?.text ?? "");
    if (said?.action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "retry";
      button.textContent = said.action.label;
      button.addEventListener("click", said.action.run);
      this.notice.append(button);
    }
    if (said?.good) this.#noticeEnds = setTimeout(() => this.tell(null), NOTICE_MS);
  }

  away(is) {
    this.root.classList.toggle("is-away", is);
  }

  // The field grows with its lines, as far as the style lets it.
  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
    this.send.disabled = this.text.value.trim() === "";
  }

  toEnd(behavior = "auto") {
    this.#follows = true;
    this.#showDown(false);
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior });
  }

  #pending(clientId) {
    return this.log.querySelector(`[data-client="${CSS.escape(clientId)}"]`);
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.#follows = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    return this.#follows;
  }

  #append(item, own) {
    const follow = own || this.#atEnd();
    this.log.append(item);
    if (!follow) return this.#showDown(true);
    const tall = item.offsetHeight > this.scroll.clientHeight;
    if (tall && !own) item.scrollIntoView({ block: "start" });
    else this.toEnd();
  }

  #showDown(news) {
    this.down.hidden = !news;
    this.down.classList.toggle("news", news);
  }

  #item(author, text, at) {
    const item = document.createElement("li");
    item.className = `message ${author}`;
    const who = document.createElement("span");
    who.className = "unseen";
    const names = { shopper: this.words.you, bot: this.words.assistant, agent: this.words.agent };
    who.textContent = `${names[author]}: `;
    const bubble = document.createElement("div");
    bubble.className = "bubble";
    bubble.dir = "auto";
    fillLines(bubble, text.trim(), { links: author !== "shopper" });
    const under = document.createElement("span");
    under.className = "under";
    const time = document.createElement("time");
    time.dateTime = new Date(at).toISOString();
    time.textContent = this.time.format(new Date(at));
    under.append(time);
    item.append(who, bubble, under);
    return item;
  }

  #chips(buttons, press) {
    const chips = document.createElement("div");
    chips.className = "chips";
    for (const { id, title } of buttons) {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.dir = "auto";
      fill(chip, title);
      chip.addEventListener("click", () => press({ id, title }));
      chips.append(chip);
    }
    return chips;
  }
}
