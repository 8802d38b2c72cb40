/*
 * Jawab's chat widget: one custom element in a shadow root. No dependency, no build step; it speaks to the desk alone.
 *   <script src="https://desk.example/widget.js" data-shop="digikala" defer></script>
 * The desk serves this file with its parts put in where they are included (jawab/desk/widget.py); from below:
 * Api, Memory, Outbox and Stream, Chat (the state), then nodes, messages and the window (what is seen).
 */
(() => {
"use strict";
const BAKED = null; // the desk puts its version, the words and the style sheet here
if (!BAKED || customElements.get("jawab-widget")) return; // served without the desk, or embedded twice

const SCRIPT = document.currentScript ?? document.querySelector("script[data-shop][src*='widget.js']");
const DESK = new URL(SCRIPT.src).origin;
const SHOP = SCRIPT.dataset.shop;
/* Who the shopper is at the shop, signed by its server; nobody is shown another's conversation on the same device. */
const { user, userExpires, userSignature } = SCRIPT.dataset;
const USER = user ? { user, expires: Number(userExpires), signature: userSignature ?? "" } : undefined;
const PLACE = user ? `${SHOP}@${user}` : SHOP;
const LANG = [SCRIPT.dataset.lang, document.documentElement.lang, ...navigator.languages]
  .map((tag) => tag?.slice(0, 2).toLowerCase()).find((lang) => BAKED.words[lang]) ?? "en";
const DIRECTION = LANG === "en" ? "ltr" : "rtl";
const LOCALE = { fa: "fa-IR", ar: "ar-u-nu-latn", en: "en" }[LANG];

const HIDDEN_MS = 120_000; // a page out of sight lets go of its stream
const SHOP_FRESH_MS = 15 * 60_000;

/** The widget's words under a key, in the language of the page. */
const say = (key, values = {}) =>
  BAKED.words[LANG][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const count = new Intl.NumberFormat(LOCALE).format;

/* include: api.js */
/* include: memory.js */
/* include: outbox.js */
/* include: stream.js */
/* include: chat.js */
/* include: nodes.js */
/* include: message.js */
/* include: transcript.js */
/* include: sheet.js */
/* include: tray.js */
/* include: view.js */

/* ---------- The element ---------- */

customElements.define("jawab-widget", class extends HTMLElement {
  #view; #chat; #hiding = 0;
  connectedCallback() {
    this.popover = "manual"; // the top layer: no transform and no z-index of the page reaches there
    this.showPopover?.();
    if (this.#view) return;
    this.#chat = new Chat();
    this.#view = new View(this.attachShadow({ mode: "open" }), this.#chat);
    this.addEventListener("jawab:open", () => this.#listen());
    this.#attend();
    this.#learn();
    this.#chat.outbox.run();
    const wanted = SCRIPT.dataset.open ?? "false";
    if (wanted !== "false") this.open();
    else if (this.#view.tab.read("open") && !SMALL.matches) this.open({ focus: false });
    else this.#listen();
  }
  /** Opens the chat; { text } goes into the field, { question } (an id of the FAQ) with { title } is asked at once, { ticket } opens the form. */
  open({ text, question, title, ticket, focus = true } = {}) {
    this.#view.open({ focus });
    if (text) this.#view.draft(text);
    if (ticket !== undefined) this.#view.ticket(ticket);
    if (question) this.#chat.say({ question, text: title ?? text ?? question });
  }
  close() { this.#view.close(); }
  get version() { return BAKED.version; }

  /** A closed widget listens only while something may come, a page out of sight only for a while. */
  #listen() {
    const { conversation, recent, stream } = this.#chat;
    if (!document.hidden && (this.#view.isOpen || (conversation && recent))) stream.start();
  }
  #attend() {
    let hiddenAt = 0;
    const rest = () => this.#chat.stream.stop();
    const back = () => {
      clearTimeout(this.#hiding);
      if (hiddenAt && Date.now() - hiddenAt > 10_000) this.#chat.stream.restart(); // the line may have died in its sleep
      hiddenAt = 0;
      this.#listen();
      this.#chat.outbox.wake();
      this.#view.render();
    };
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) return back();
      hiddenAt = Date.now();
      this.#hiding = setTimeout(rest, HIDDEN_MS);
    });
    addEventListener("pagehide", rest);
    document.addEventListener("freeze", rest);
    document.addEventListener("resume", back);
    addEventListener("pageshow", ({ persisted }) => persisted && back());
    addEventListener("online", () => { this.#chat.stream.restart(); back(); });
    addEventListener("offline", () => this.#chat.stream.restart());
    document.addEventListener("click", (event) => { // <a href="#" data-jawab-open data-jawab-text="…"> in the shop's page
      const asked = event.target.closest?.("[data-jawab-open]");
      if (!asked) return;
      event.preventDefault();
      this.open({ text: asked.dataset.jawabText, question: asked.dataset.jawabQuestion, title: asked.dataset.jawabTitle, ticket: asked.dataset.jawabTicket });
    });
  }
  async #learn() {
    const { memory, api } = this.#chat;
    const kept = memory.read("shop");
    if (kept?.lang === LANG && Date.now() - kept.read < SHOP_FRESH_MS) return;
    try {
      const info = await api.shop();
      memory.write("shop", { ...info, lang: LANG, read: Date.now() });
      this.#view.shop = info;
    } catch { /* an older desk, or no network: without topics, in our own colour */ }
  }
});

const mount = () => {
  const element = document.createElement("jawab-widget");
  (document.body ?? document.documentElement).append(element);
  window.jawab ??= { open: (options) => element.open(options), close: () => element.close(), version: BAKED.version };
};
if (window.requestIdleCallback) requestIdleCallback(mount, { timeout: 2000 });
else setTimeout(mount, 200);
})();
