/*
 * Jawab's chat widget: one custom element in a shadow root. No dependency, no build step; it speaks to the desk alone.
 *   <script src="https://desk.example/widget.js" data-shop="digikala" defer></script>
 * The parts, from below: Api, Memory, Outbox, Stream, Chat (the state), texts and colours, View (what is seen).
 */
(() => {
"use strict";
const BAKED = null; // the desk puts its version, the words and the style sheet here
if (!BAKED || customElements.get("jawab-widget")) return; // served without the desk, or embedded twice

const SCRIPT = document.currentScript ?? document.querySelector("script[data-shop][src*='widget.js']");
const DESK = new URL(SCRIPT.src).origin;
const SHOP = SCRIPT.dataset.shop;
const LANG = [SCRIPT.dataset.lang, document.documentElement.lang, ...navigator.languages]
  .map((tag) => tag?.slice(0, 2).toLowerCase()).find((lang) => BAKED.words[lang]) ?? "en";
const DIRECTION = LANG === "en" ? "ltr" : "rtl";
const LOCALE = { fa: "fa-IR", ar: "ar-u-nu-latn", en: "en" }[LANG];

const PATIENCE_MS = 20_000; // one request
const SILENCE_MS = 45_000; // three heartbeats of the event stream
const HIDDEN_MS = 120_000; // a page out of sight lets go of its stream
const RECENT_MS = 30 * 60_000; // this long after the last message a closed widget still listens
const TYPING_MS = 60_000; // the typing sign never stays longer
const SHOP_FRESH_MS = 15 * 60_000;
const KEPT = 2000; // messages kept on the device
const KEPT_PAST = 300; // of conversations that are over
const CHUNK = 60; // messages shown at once; earlier ones as one scrolls up
const LONGEST_SIDE = 2048; // pixels of a photo that is sent

/** The widget's words under a key, in the language of the page. */
const say = (key, values = {}) =>
  BAKED.words[LANG][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const count = new Intl.NumberFormat(LOCALE).format;

/* ---------- Waiting ---------- */

/** How long to wait after so many failures: longer each time, never all clients at once. */
const waitTime = (failures) => Math.min(15_000, 500 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);

/** Resolves after the time, or when the function handed to `keep` is called. */
const pause = (ms, keep) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  keep(() => resolve(clearTimeout(timer)));
});

/** Runs one at a time among the tabs. A tab that sleeps on the lock is not waited for: doubles are refused by id. */
async function exclusively(name, run) {
  if (!navigator.locks) return run();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE_MS / 2);
  let ran = false;
  const once = () => { ran = true; clearTimeout(timer); return run(); };
  try {
    return await navigator.locks.request(`jawab.${SHOP}.${name}`, { signal: waiting.signal }, once);
  } catch (error) {
    if (ran) throw error;
    return once();
  } finally {
    clearTimeout(timer);
  }
}

/** An id of our own; crypto.randomUUID() exists on secure pages only. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

/* ---------- The desk's API ---------- */

/** An answer of the desk that is no success; `message` is meant for the shopper. */
class ApiError extends Error {
  constructor(status, body, retryAfter) {
    super(body?.error?.message ?? "");
    this.status = status;
    this.code = body?.error?.code ?? "";
    this.retryAfter = Number(retryAfter) * 1000 || 0;
  }
  /** Sent again, the same request may succeed. */
  get passing() { return this.status >= 500 || this.status === 429 || this.status === 408; }
  /** The conversation cannot be used any more. */
  get gone() { return [401, 403, 404].includes(this.status); }
}

class Api {
  #base = `${DESK}/api/v1/`;
  shop() { return this.#json("GET", `shops/${encodeURIComponent(SHOP)}?lang=${LANG}`); }
  begin() { return this.#json("POST", "conversations", null, { shop: SHOP, lang: LANG }); }
  send(conversation, body) { return this.#json("POST", "messages", conversation, body); }
  transcript(conversation, after) { return this.#json("GET", `messages?after=${after}`, conversation); }
  feedback(conversation, id, body) { return this.#json("POST", `messages/${id}/feedback`, conversation, body); }

  /** The open response of the event stream after a message id. */
  async events(conversation, after, signal) {
    const headers = { ...this.#headers(conversation), "Last-Event-ID": after };
    const response = await fetch(this.#address("events", conversation), { headers, signal, cache: "no-store", credentials: "omit" });
    if (!response.ok) throw await this.#failure(response);
    return response;
  }

  /** Sends a file by XMLHttpRequest, which alone can tell how far it is; returns { done, cancel }. */
  upload(conversation, file, progress) {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve, reject) => {
      request.open("POST", this.#address("attachments", conversation));
      request.responseType = "json";
      for (const [name, value] of Object.entries(this.#headers(conversation))) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
      request.onload = () => (request.status < 300 ? resolve(request.response)
        : reject(new ApiError(request.status, request.response, request.getResponseHeader("Retry-After"))));
      request.onerror = request.onabort = () => reject(new TypeError("upload"));
      const form = new FormData();
      form.append("file", file, file.name);
      request.send(form);
    });
    return { done, cancel: () => request.abort() };
  }

  #address(path, conversation) {
    return this.#base + (conversation ? `conversations/${conversation.id}/` : "") + path;
  }
  #headers(conversation) {
    return { "Accept-Language": LANG, ...(conversation && { Authorization: `Bearer ${conversation.token}` }) };
  }
  async #json(method, path, conversation, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const response = await fetch(this.#address(path, conversation), {
        method, cache: "no-store", credentials: "omit", signal: stop.signal, body: body && JSON.stringify(body),
        headers: { ...this.#headers(conversation), ...(body && { "Content-Type": "application/json" }) },
      });
      if (!response.ok) throw await this.#failure(response);
      return response.status === 204 ? null : await response.json();
    } finally {
      clearTimeout(timer);
    }
  }
  async #failure(response) {
    const body = await response.json().catch(() => null);
    return new ApiError(response.status, body, response.headers.get("Retry-After"));
  }
}

/* ---------- What stays on the device ---------- */

/** JSON under `jawab.<shop>.…` of a storage; in memory where the page may store nothing or no more. */
class Memory {
  #storage; #instead = new Map(); #prefix = `jawab.${SHOP}.`;
  constructor(storage) {
    try { this.#storage = window[storage]; } catch { /* forbidden: this page alone remembers */ }
  }
  read(key) {
    if (this.#instead.has(key)) return this.#instead.get(key);
    try { return JSON.parse(this.#storage.getItem(this.#prefix + key)) ?? undefined; } catch { return undefined; }
  }
  write(key, value) {
    this.#instead.delete(key);
    try {
      if (value === undefined) this.#storage.removeItem(this.#prefix + key);
      else this.#storage.setItem(this.#prefix + key, JSON.stringify(value));
    } catch { if (value !== undefined) this.#instead.set(key, value); }
  }
  /** What is stored under keys with this beginning. */
  all(beginning) {
    let kept = [];
    try { kept = Object.keys(this.#storage); } catch { /* nothing is */ }
    const keys = new Set([...kept.filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length)), ...this.#instead.keys()]);
    return [...keys].filter((key) => key.startsWith(beginning)).map((key) => this.read(key)).filter(Boolean);
  }
}

/* ---------- Messages on their way out ---------- */

/**
 * Sends one message after the other, each under its own client_id, which stays the same when it is sent again.
 * Every message is a key of its own in the storage, so tabs share the queue and none overwrites another's.
 */
class Outbox {
  queue = [];
  #memory; #deliver; #on; #running = false; #wake = () => {}; #last = 0;
  constructor(memory, deliver, on) {
    [this.#memory, this.#deliver, this.#on] = [memory, deliver, on];
    addEventListener("online", () => this.#wake());
    this.look();
  }
  /** Reads the queue again: another tab has changed it. */
  look() { this.queue = this.#memory.all("queue.").sort((a, b) => a.at - b.at || (a.client_id < b.client_id ? -1 : 1)); }
  get waiting() { return this.queue.filter((item) => !item.failed); }
  add(content) {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const item = { client_id: newId(), at: this.#last, ...content };
    this.#keep(item);
    return item;
  }
  drop({ client_id }) { this.#memory.write(`queue.${client_id}`); this.look(); }
  wake() { this.#wake(); this.run(); }
  /** Sends until nothing waits. */
  async run() {
    if (this.#running) return;
    this.#running = true;
    for (let failures = 0; this.waiting.length; ) {
      try {
        await exclusively("send", () => this.#first());
        failures = 0;
      } catch (error) {
        this.#on.waiting(++failures);
        await pause(Math.max(error.retryAfter ?? 0, waitTime(failures)), (wake) => (this.#wake = wake));
      }
    }
    this.#running = false;
  }
  #keep(item) { this.#memory.write(`queue.${item.client_id}`, item); this.look(); }
  async #first() {
    this.look();
    const [item] = this.waiting;
    if (!item) return;
    try {
      const { id } = await this.#deliver(item);
      this.drop(item);
      this.#on.sent(item, id);
    } catch (error) {
      if (!(error instanceof ApiError) || error.passing) throw error;
      if (error.gone && this.#on.gone(error)) return;
      this.#keep({ ...item, failed: error.message || say("not_sent") });
      this.#on.refused();
    }
  }
}

/* ---------- The event stream ---------- */

/** Follows a conversation's events by fetch(), which can send the token and Last-Event-ID as headers. */
class Stream {
  #open; #on; #wanted = false; #running = false; #attempt = null; #wake = () => {};
  /** open(signal) gives the response; on: event(name, data, id), connected(), lost(failures), refused(error) → go on? */
  constructor(open, on) { [this.#open, this.#on] = [open, on]; }
  start() { this.#wanted = true; if (!this.#running) this.#follow(); else this.#wake(); }
  stop() { this.#wanted = false; this.restart(); }
  /** Begins a new connection: the old one may be dead without knowing it. */
  restart() { this.#attempt?.abort(); this.#wake(); }
  async #follow() {
    this.#running = true;
    for (let failures = 0; this.#wanted; ) {
      this.#attempt = new AbortController();
      try {
        const response = await this.#open(this.#attempt.signal);
        failures = 0;
        this.#on.connected();
        await this.#read(response.body.pipeThrough(new TextDecoderStream()).getReader());
      } catch (error) {
        if (error instanceof ApiError && !error.passing && !this.#on.refused(error)) this.#wanted = false;
      }
      if (!this.#wanted) break;
      this.#on.lost(++failures);
      await pause(waitTime(failures - 1), (wake) => (this.#wake = wake));
    }
    this.#running = false;
    if (this.#wanted) this.#follow();
  }
  async #read(reader) {
    for (let rest = ""; ; ) {
      const silence = setTimeout(() => this.#attempt.abort(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const blocks = (rest + value.replaceAll("\r", "")).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const event = Object.fromEntries(block.split("\n").map((line) => line.match(/^(\w+): ?(.*)$/)?.slice(1) ?? ["", ""]));
        if (event.event) this.#on.event(event.event, JSON.parse(event.data), event.id);
      }
    }
  }
}

/* ---------- The conversation ---------- */

/** The state of the chat: one conversation for all tabs, every message once, in the order of the ids. */
class Chat extends EventTarget {
  api = new Api();
  memory = new Memory("localStorage");
  messages = [];
  past = this.memory.read("past") ?? [];
  votes = this.memory.read("votes") ?? {};
  conversation = null;
  clients = new Map(); // message id → client_id, for those sent from this page
  live = false; // whether what comes now is new, and no catching up
  #cursor = "0"; #held = new Map(); #ids = new Map(); #saving = 0; #renewed = []; #channel = null;

  constructor() {
    super();
    this.outbox = new Outbox(this.memory, (item) => this.#deliver(item), {
      waiting: (failures) => this.#line(failures),
      sent: (item, id) => { this.#line(0); this.#sent(item, id); this.#post({ sent: item, id }); },
      refused: () => { this.#post({ queued: true }); this.#changed(); },
      gone: (error) => this.#over(error),
    });
    this.stream = new Stream(async (signal) => this.api.events(await this.ensure(), this.#cursor, signal), {
      event: (name, data, id) => this.#heard(name, data, id),
      connected: () => this.#line(0),
      lost: (failures) => { this.live = false; this.#tell("typing", false); this.#line(failures); if (failures > 1) this.#fetch(); },
      refused: (error) => this.#over(error),
    });
    try { this.#channel = new BroadcastChannel(`jawab.${SHOP}`); } catch { /* each tab for itself */ }
    this.#channel?.addEventListener("message", ({ data }) => this.#otherTab(data));
    this.#load();
    addEventListener("pagehide", () => this.#save());
  }

  get lastId() { return this.messages.at(-1)?.id ?? "0"; }
  /** Messages to the shopper that nobody has looked at. */
  get unread() {
    const seen = Number(this.memory.read("seen") ?? 0);
    return this.messages.filter(({ id, author }) => author !== "shopper" && id > seen).length;
  }
  /** Whether something may still come: the last message is not old, or something waits to be sent. */
  get recent() {
    return this.outbox.waiting.length > 0 || Date.now() - Date.parse(this.messages.at(-1)?.at ?? 0) < RECENT_MS;
  }
  see() {
    if (!this.messages.length || this.lastId === this.memory.read("seen")) return;
    this.memory.write("seen", this.lastId);
    this.#post({ seen: true });
  }

  /** The conversation; begins one when there is none. Tabs that come together begin one only. */
  async ensure() {
    if (this.conversation) return this.conversation;
    await exclusively("begin", async () => {
      if (this.memory.read("conversation")) return this.#load();
      const { id, token, greeting } = await this.api.begin();
      if (this.memory.read("conversation")) return this.#load(); // another tab was faster
      this.memory.write("conversation", { id, token, lang: LANG });
      this.#load();
      this.#add(greeting);
      this.#save();
      this.#post({ conversation: id });
    });
    return this.conversation;
  }
  /** Says something: { text } with attachments, { button, text } or { question, text }. */
  say(content) {
    this.outbox.add({ ...content, conversation: this.conversation?.id });
    this.#post({ queued: true });
    this.#changed();
    this.outbox.run();
  }
  async vote(id, value, more) {
    await this.api.feedback(this.conversation, id, { value, ...more });
    this.votes[id] = value;
    this.memory.write("votes", this.votes);
  }
  /** Leaves this conversation, still to be read above the next one. */
  renew() {
    this.past = [...this.past, ...this.messages.map(({ id, author, text, at, attachments }) => (
      { id, author, text, at, attachments: (attachments ?? []).map((file) => ({ ...file, url: null })), buttons: [] }))].slice(-KEPT_PAST);
    this.memory.write("past", this.past);
    for (const key of ["conversation", "log", "seen", "votes"]) this.memory.write(key);
    this.#load();
    this.#post({ conversation: null });
    this.stream.restart();
  }
  /** A message with addresses of its attachments that have not run out. */
  async refreshed(id) {
    const { messages } = await this.api.transcript(this.conversation, id - 1);
    return messages.find((message) => message.id === id);
  }

  #tell(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); return false; }
  #changed() { this.#tell("change"); }
  #line(failures) { this.#tell("line", navigator.onLine === false ? "offline" : failures > 1 ? "reconnecting" : failures ? null : "online"); }
  #post(news) { this.#channel?.postMessage(news); }

  #otherTab(news) {
    if ("conversation" in news && news.conversation !== this.conversation?.id) {
      this.past = this.memory.read("past") ?? [];
      this.#load();
      this.stream.restart();
    }
    if (news.sent) { this.outbox.look(); this.#sent(news.sent, news.id); }
    if (news.queued) { this.outbox.look(); this.outbox.run(); }
    if (news.following && document.hidden) this.stream.stop();
    this.#changed();
  }
  /** Tells tabs out of sight that this one listens, so that they need not. */
  attend() { if (!document.hidden) this.#post({ following: true }); }

  async #deliver({ client_id, text, button, question, attachments, conversation: of }) {
    const conversation = await this.ensure();
    const pressed = of === conversation.id ? button : undefined; // buttons belong to their conversation
    const body = pressed ? { button } : question ? { question }
      : { text: text || undefined, attachments: attachments?.map(({ id }) => id) };
    return this.api.send(conversation, { client_id, ...body });
  }
  #sent({ client_id, text, attachments, at }, id) {
    this.clients.set(id, client_id);
    if (this.#ids.has(id)) this.#changed();
    else this.#add([this.#held.get(id) ?? { id, author: "shopper", text, attachments, buttons: [], at: new Date(at).toISOString() }]);
    this.#release();
  }
  #heard(name, data, id) {
    if (name === "typing") this.#tell("typing", data.on);
    if (name === "owner") { this.live = true; this.#tell("owner", data.owner); this.attend(); this.#release(); }
    if (name === "message") this.#take(data, id);
  }
  /** Takes a message of the transcript. While our own are on their way, one of ours may be theirs: it is held. */
  #take(message, id) {
    this.#cursor = id;
    if (message.author === "shopper" && this.outbox.waiting.length && !this.#ids.has(id)) this.#held.set(id, message);
    else this.#add([message], this.live);
  }
  #release() {
    if (this.outbox.waiting.length) return;
    const held = [...this.#held.values()];
    this.#held.clear();
    if (held.length) this.#add(held);
    else this.#changed();
  }
  /** The way around a network that lets no stream through. */
  async #fetch() {
    try {
      for (let more = this.conversation; more; ) {
        const page = await this.api.transcript(this.conversation, this.#cursor);
        page.messages.forEach((message) => this.#take(message, message.id));
        more = page.more;
      }
    } catch { /* the stream tries again anyhow */ }
  }
  /** Puts messages in their places; `fresh` ones are announced. */
  #add(messages, fresh = false) {
    for (const message of messages) {
      const known = this.#ids.get(message.id);
      if (known) { if (message.attachments?.length) Object.assign(known, message); continue; }
      this.#ids.set(message.id, message);
      const at = this.messages.findLastIndex(({ id }) => Number(id) < Number(message.id)) + 1;
      this.messages.splice(at, 0, message);
      if (message.author !== "shopper") { this.#tell("typing", false); if (fresh) this.#tell("news", message); }
    }
    this.#saving ||= setTimeout(() => this.#save(), 400);
    this.#changed();
  }
  #load() {
    const kept = this.memory.read("conversation");
    if (kept && kept.id === this.conversation?.id) return;
    const log = this.memory.read("log");
    const ours = kept && log?.of === kept.id;
    const untouched = ours && kept.lang !== LANG && !this.outbox.queue.length && log.messages.every(({ author }) => author !== "shopper");
    if (untouched) { this.memory.write("conversation"); this.memory.write("log"); }
    this.conversation = untouched || !kept ? null : kept;
    this.messages = ours && !untouched ? log.messages : [];
    this.#cursor = ours && !untouched ? log.cursor : "0";
    this.#ids = new Map(this.messages.map((message) => [message.id, message]));
    this.#held.clear();
    this.votes = this.memory.read("votes") ?? {};
    this.live = false;
    this.#changed();
  }
  #save() {
    clearTimeout(this.#saving);
    this.#saving = 0;
    const log = this.memory.read("log");
    if (!this.conversation || this.memory.read("conversation")?.id !== this.conversation.id) return;
    if (log?.of === this.conversation.id && Number(log.cursor) > Number(this.#cursor)) return; // another tab knows more
    this.memory.write("log", { of: this.conversation.id, cursor: this.#cursor, messages: this.messages.slice(-KEPT) });
  }
  /** The token has run out or the conversation is no more: another begins, unless that keeps happening. */
  #over(error) {
    this.#renewed = [...this.#renewed.filter((at) => Date.now() - at < 60_000), Date.now()];
    if (!error.gone || this.#renewed.length > 3) return this.#tell("fatal", error.message);
    if (this.memory.read("conversation")?.id === this.conversation?.id) this.renew();
    else this.#otherTab({ conversation: null });
    this.#tell("over");
    return true;
  }
}

/* ---------- Texts as nodes, colours, icons ---------- */

/** An element with attributes, listeners (`onclick: …`) and children; texts go in as text. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const ICONS = {
  chat: "M21 11.5a8.5 8.5 0 0 1-8.5 8.5H4l1.7-3.3A8.5 8.5 0 1 1 21 11.5zM8.6 11.5h.01M12.5 11.5h.01M16.4 11.5h.01",
  close: "M6 6l12 12M18 6L6 18", fold: "M6 9.5l6 6 6-6", send: "M12 19V5.5M6 11.2L12 5l6 6.2",
  attach: "M20 11.6l-8 8a5 5 0 0 1-7-7l8.3-8.4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  thumb: "M7 10.5V20M7 10.8l3.6-7.3a2.3 2.3 0 0 1 2.3 2.7L12.4 9h5.7a2 2 0 0 1 2 2.4l-1.4 7A2 2 0 0 1 16.8 20H4.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1H7",
  copy: "M9.5 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9a1.5 1.5 0 0 1-1.5-1.5v-9a1.5 1.5 0 0 1 1.5-1.5zM5 15.5a1.5 1.5 0 0 1-1-1.4V5a1.5 1.5 0 0 1 1.5-1.5h9a1.5 1.5 0 0 1 1.4 1",
  check: "M5 12.5l4.7 4.7L19 7.5", menu: "M4.5 4.5h5.5v5.5H4.5zM14 4.5h5.5v5.5H14zM4.5 14h5.5v5.5H4.5zM14 14h5.5v5.5H14z",
  fresh: "M12.5 20H20M16.3 4.7a2.1 2.1 0 0 1 3 3L8.5 18.5 4.5 19.5l1-4z", save: "M12 4v11M7.2 10.5L12 15.3l4.8-4.8M5 19.5h14",
  next: "M9.5 6l6 6-6 6", file: "M6.5 3.5H14l4.5 4.7v12.3h-12zM13.8 3.7v4.7h4.7", video: "M4 6.5h11v11H4zM15 10.5l5-3v9l-5-3",
};
function icon(name) {
  const make = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon-${name}` });
  svg.append(make("path", { d: ICONS[name] }));
  return svg;
}

// Numbers, codes and addresses stand apart, so that «021-91000100» keeps its order inside right-to-left words.
const DIGIT = "0-9\u06f0-\u06f9\u0660-\u0669";
const APART = new RegExp([
  "https?:\\/\\/[^\\s<>\"'«»،؛)]+[^\\s<>\"'«»،؛).,!?؟]", "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
  `\\+[${DIGIT}](?:[ -]?[${DIGIT}]){7,14}`, `[+#]?[${DIGIT}](?:[${DIGIT}:/.,\\u066b\\u066c-]*[${DIGIT}])?[%٪]?`,
  "@[A-Za-z][\\w.]*\\w", "[A-Z]{1,5}-?[0-9][A-Z0-9-]*",
].join("|"), "gu");
const PHONE = /^(?:\+|0)[0-9-]{7,}$|^[0-9]{3,4}(?:-[0-9]{3,4}){2}$/;
const RTL_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/gu;

const westernDigits = (text) => text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) & 15);

function addressOf(piece) {
  if (/^https?:/.test(piece)) return piece;
  if (/^[^@]+@[^@]+\.[^@]+$/.test(piece)) return `mailto:${piece}`;
  const number = westernDigits(piece).replaceAll(" ", "-");
  return PHONE.test(number) ? `tel:${number.replaceAll("-", "")}` : null;
}

function apart(piece, links) {
  const address = links ? addressOf(piece) : null;
  const away = address?.startsWith("http") && { target: "_blank", rel: "noopener noreferrer" };
  return h("bdi", { dir: "ltr" }, address ? h("a", { href: address, ...away }, piece) : piece);
}

/** Puts one line into an element, its numbers and codes isolated. */
function fill(element, text, links = false) {
  let end = 0;
  for (const match of text.matchAll(APART)) {
    element.append(text.slice(end, match.index), apart(match[0], links));
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
  return element;
}

/** "auto", but for what that would get wrong: no letter at all, or Persian that begins with a Latin name. */
function directionOf(line) {
  const letters = line.replace(APART, "").match(/\p{L}/gu)?.length ?? 0;
  const rightToLeft = line.match(RTL_LETTER)?.length ?? 0;
  if (!letters) return DIRECTION;
  return rightToLeft && rightToLeft >= letters * 0.3 ? "rtl" : "auto";
}

/** A text of several lines: a paragraph each, with its own direction; the points of a list hang. */
function paragraphs(text, links) {
  return text.trim().split("\n").map((line) => {
    const kind = /^•\s/u.test(line) ? "point" : new RegExp(`^[${DIGIT}]{1,2}[.)]\\s`, "u").test(line) && "point numbered";
    const paragraph = h("p", { dir: directionOf(line), class: kind });
    return line.trim() ? fill(paragraph, line, links) : paragraph;
  });
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
function luminance(colour) {
  const [r, g, b] = channels(colour).map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** The contrast of two #rrggbb colours by WCAG, 1 to 21. */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
/** The colour, moved towards another until it can be read on the ground. */
function readable(colour, towards, ground) {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channels(colour).map((c, i) => Math.round(c + (channels(towards)[i] - c) * share));
    const found = `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
    if (contrast(found, ground) >= 4.6) return found;
  }
  return towards;
}

/* ---------- What is seen ---------- */

const PHONE_QUERY = matchMedia("(max-width: 30rem), (max-height: 30rem)");
const DARK_QUERY = matchMedia("(prefers-color-scheme: dark)");
const STILL_QUERY = matchMedia("(prefers-reduced-motion: reduce)");
const TIME = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const TODAY = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(0, "day");
const FILES = { per_message: 4, photo_types: ["image/jpeg", "image/png", "image/webp", "image/gif"], photo_bytes: 10e6, video_types: ["video/mp4", "video/webm"], video_bytes: 50e6 };

class View {
  #nodes = new Map(); #from = 0; #typing = 0; #told = 0; #uploads = []; #follows = true; #overflow = null; #away = false; #later = null; #top = 0;

  constructor(shadow, chat) {
    this.chat = chat;
    this.tab = new Memory("sessionStorage");
    this.info = chat.memory.read("shop") ?? {};
    this.#build(shadow);
    this.#listen();
    this.#dress();
    this.field.value = this.tab.read("draft") ?? "";
    this.#grow();
    this.render();
  }

  get isOpen() { return this.panel.open; }

  #build(shadow) {
    const tool = (name, label, onclick, more) => h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick, ...more }, icon(name));
    this.badge = h("span", { class: "count", hidden: true });
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: () => (this.isOpen ? this.close() : this.open()) });
    this.mark = h("span", { class: "mark", "aria-hidden": "true" });
    this.title = h("h2", { class: "title", id: "title", tabindex: "-1", dir: "auto" });
    this.state = h("p", { class: "state" }, say("status_bot"));
    this.menu = tool("menu", say("menu"), () => (this.sheet.hidden ? this.#topics() : this.#closeSheet()), { "aria-expanded": "false" });
    this.notice = h("div", { class: "notice", role: "status" });
    this.list = h("div", { class: "list" });
    this.dots = h("div", { class: "typing", role: "status", hidden: true });
    this.body = h("div", { class: "body", role: "group", "aria-label": say("messages"), tabindex: "0", onscroll: () => this.#scrolled() }, this.list, this.dots);
    this.newest = h("button", { type: "button", class: "newest", "aria-label": say("newest"), hidden: true, onclick: () => this.#toEnd() }, icon("fold"));
    this.sheet = h("section", { class: "sheet", hidden: true, "aria-labelledby": "sheet" });
    this.tray = h("div", { class: "tray", role: "group", "aria-label": say("attachments") });
    this.picker = h("input", { type: "file", accept: "image/*,video/*", multiple: true, hidden: true, onchange: () => { this.#attach(this.picker.files); this.picker.value = ""; } });
    this.clip = tool("attach", say("attach"), () => this.picker.click());
    this.field = h("textarea", { class: "field", rows: "1", dir: "auto", enterkeyhint: "send", placeholder: say("placeholder"), "aria-label": say("placeholder"), oninput: () => this.#grow(), onpaste: (event) => this.#attach(event.clipboardData.files, event) });
    this.sendButton = h("button", { class: "send", "aria-label": say("send"), title: say("send") }, icon("send"));
    this.composer = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.#submit(); } }, this.clip, this.picker, this.field, this.sendButton);
    this.spoken = h("div", { class: "unseen", role: "log", "aria-live": "polite", "aria-label": say("messages") });
    this.rest = [this.body, this.newest, this.tray, this.composer];
    this.panel = h("dialog", { class: "panel", "aria-labelledby": "title", oncancel: (event) => { event.preventDefault(); this.#escape(); } },
      h("header", { class: "head" }, this.mark, h("div", { class: "who" }, this.title, this.state), this.menu, tool("close", say("close"), () => this.close(), {})),
      this.notice, h("div", { class: "middle" }, this.body, this.newest, this.sheet), this.tray, this.composer, this.spoken);
    this.root = h("div", { class: "root", dir: DIRECTION, lang: LANG }, this.panel, this.launcher);
    const style = new CSSStyleSheet(); // allowed by a policy that forbids inline styles
    style.replaceSync(BAKED.style);
    shadow.adoptedStyleSheets = [style];
    shadow.append(this.root);
  }

  #listen() {
    const { chat } = this;
    chat.addEventListener("change", () => { this.#later ??= setTimeout(() => { this.#later = null; this.render(); }); });
    chat.addEventListener("typing", ({ detail }) => this.#type(detail));
    chat.addEventListener("line", ({ detail }) => this.#line(detail));
    chat.addEventListener("owner", ({ detail }) => (this.state.textContent = say(detail === "human" ? "status_agent" : "status_bot")));
    chat.addEventListener("over", () => this.#tell(say("over")));
    chat.addEventListener("fatal", ({ detail }) => this.#tell(detail || say("reconnecting"), () => chat.stream.start()));
    chat.addEventListener("news", ({ detail }) => this.#announce(detail));
    for (const name of ["keydown", "keyup", "keypress"]) this.root.addEventListener(name, (event) => event.stopPropagation()); // no shortcut of the shop's page while one types
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) { event.preventDefault(); this.#escape(); }
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#submit(); }
    });
    for (const name of ["dragover", "dragleave", "drop"]) {
      this.panel.addEventListener(name, (event) => {
        event.preventDefault();
        this.panel.classList.toggle("drop", name === "dragover");
        if (name === "drop") this.#attach(event.dataTransfer.files);
      });
    }
    PHONE_QUERY.addEventListener("change", () => { this.#dress(); if (this.isOpen) { this.panel.close(); this.#show(); } });
    DARK_QUERY.addEventListener("change", () => this.#dress());
    for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, () => this.#fit());
    const grown = new ResizeObserver(() => this.#follows && this.#toEnd("instant"));
    for (const part of [this.body, this.list]) grown.observe(part);
  }


  /** The shop's name, colour and logo, and the theme. */
  set shop(info) { this.info = info; this.#dress(); this.render(); }
  #dress() {
    const { accent: given, name = say("support"), logo_url: logo } = this.info;
    const accent = /^#[0-9a-f]{6}$/i.test(given) ? given : "#1d4ed8";
    const theme = SCRIPT.dataset.theme;
    const dark = theme === "dark" || (theme !== "light" && DARK_QUERY.matches);
    const on = contrast(accent, "#ffffff") >= 4.5 ? "#ffffff" : "#10141c";
    const colours = {
      "--accent": accent, "--on": on, "--deep": `color-mix(in srgb, ${accent}, ${on === "#ffffff" ? "#000" : "#fff"} 20%)`,
      "--link": dark ? readable(accent, "#ffffff", "#222935") : readable(accent, "#000000", "#f0f2f6"),
    };
    for (const [property, colour] of Object.entries(colours)) this.root.style.setProperty(property, colour);
    this.root.classList.toggle("dark", dark);
    this.root.classList.toggle("phone", PHONE_QUERY.matches);
    this.title.textContent = name;
    this.mark.replaceChildren([...name][0]);
    const address = logo && new URL(logo, DESK);
    if (address?.origin === DESK) {
      const image = h("img", { src: address.href, alt: "", onerror: () => image.remove() });
      image.addEventListener("load", () => this.mark.replaceChildren(image));
    }
    const uploads = this.info.uploads ?? FILES;
    this.clip.hidden = !this.info.id;
    this.picker.accept = [...uploads.photo_types, ...uploads.video_types].join();
  }

  /* -- Opening and closing -- */

  open({ focus = true } = {}) {
    if (this.isOpen) return;
    this.#show();
    this.tab.write("open", true);
    this.#from = Infinity;
    this.render();
    this.#toEnd("instant");
    if (focus) (PHONE_QUERY.matches ? this.title : this.field).focus();
    this.#event("open");
  }
  close() {
    if (!this.isOpen) return;
    this.#closeSheet();
    this.panel.close();
    this.tab.write("open");
    this.root.classList.remove("open");
    if (this.#overflow !== null) document.documentElement.style.overflow = this.#overflow;
    this.#overflow = null;
    this.render();
    this.launcher.focus();
    this.#event("close");
  }
  #show() {
    if (PHONE_QUERY.matches) {
      this.#overflow ??= document.documentElement.style.overflow;
      document.documentElement.style.overflow = "hidden";
      this.panel.showModal(); // keeps the focus, makes the page behind inert
    } else {
      this.panel.show();
    }
    this.root.classList.add("open");
    this.#fit();
  }
  #escape() { if (this.sheet.hidden) this.close(); else this.#closeSheet(); }
  #event(name, detail) { this.root.getRootNode().host.dispatchEvent(new CustomEvent(`jawab:${name}`, { detail, bubbles: true })); }
  /** On a phone the window ends where the keyboard begins. */
  #fit() {
    const { visualViewport: seen } = window;
    const whole = !seen || !PHONE_QUERY.matches || Math.abs(seen.scale - 1) > 0.01;
    this.panel.style.setProperty("--tall", whole ? "100dvh" : `${seen.height}px`);
    this.panel.style.setProperty("--top", whole ? "0px" : `${seen.offsetTop}px`);
  }

  /* -- The transcript -- */

  #entries() {
    const { chat } = this;
    const entries = [];
    let day = new Date().toDateString();
    const today = day;
    const put = (entry) => {
      const date = new Date(entry.message.at);
      if (date.toDateString() !== day) {
        day = date.toDateString();
        entries.push({ key: `day.${day}.${entry.key}`, text: day === today ? TODAY : DAY.format(date), kind: "day" });
      }
      entries.push(entry);
    };
    for (const message of chat.past) put({ key: `past.${message.id}`, message, past: true });
    if (chat.past.length) entries.push({ key: `ended.${chat.past.at(-1).id}`, text: say("earlier"), kind: "ended" });
    for (const message of chat.messages) put({ key: chat.clients.get(message.id) ?? message.id, message });
    for (const item of chat.outbox.queue) put({ key: item.client_id, item, message: { author: "shopper", ...item } });
    return entries;
  }

  /** Brings what is seen into line with the state; what stays the same is not touched. */
  render() {
    const { chat } = this;
    if (this.isOpen && !document.hidden) chat.see();
    const unread = this.isOpen ? 0 : chat.unread;
    this.badge.hidden = !unread;
    this.badge.textContent = unread > 99 ? `${count(99)}+` : count(unread);
    const shop = this.info.name ?? say("support");
    this.launcher.setAttribute("aria-label", this.isOpen ? say("close") : say(unread ? "launcher_unread" : "launcher", { shop, count: count(unread) }));
    this.launcher.setAttribute("aria-expanded", this.isOpen);
    this.launcher.replaceChildren(icon(this.isOpen ? "fold" : "chat"), this.badge);
    if (!this.isOpen) return;

    const entries = this.#entries();
    this.#from = Math.max(0, Math.min(this.#from, entries.length - CHUNK));
    const lastAsked = chat.outbox.queue.length ? Infinity : Number(chat.messages.findLast(({ author }) => author === "shopper")?.id ?? 0);
    const offering = chat.messages.findLast(({ buttons }) => buttons?.length);
    this.active = offering && Number(offering.id) > lastAsked ? offering.id : null;
    const before = this.list.lastElementChild;
    const kept = new Set();
    let place = this.list.firstChild;
    for (const entry of entries.slice(this.#from)) {
      let node = this.#nodes.get(entry.key);
      const files = entry.message?.attachments?.map(({ url }) => url).join() ?? "";
      if (!node || node.files !== files) {
        node?.element.remove();
        node = entry.kind ? { element: h("div", { class: entry.kind }, h("span", {}, entry.text)) } : this.#message(entry);
        node.files = files;
        this.#nodes.set(entry.key, node);
        if (place && !place.parentNode) place = null;
      }
      node.update?.(entry);
      kept.add(entry.key);
      if (node.element === place) place = place.nextSibling;
      else this.list.insertBefore(node.element, place);
    }
    for (const [key, { element }] of this.#nodes) if (!kept.has(key)) { element.remove(); this.#nodes.delete(key); }
    this.#waitingSign();
    const last = this.list.lastElementChild;
    if (last && last !== before) this.#arrived(last);
  }

  #message({ key, message, past }) {
    const { author, text, at } = message;
    const who = { shopper: "you", bot: "assistant", agent: "agent" }[author];
    const welcome = !past && author === "bot" && message === this.chat.messages[0];
    const foot = h("div", { class: "foot" });
    const why = h("div", {});
    const chips = (message.buttons ?? []).map((button) => h("button", { type: "button", class: "chip", onclick: () => this.chat.say({ button: button.id, text: button.title }) },
      fill(h("span", { dir: directionOf(button.title) }), button.title), welcome ? icon("next") : null));
    const element = h("div", { class: `message ${author}${welcome ? " welcome" : ""}` },
      h("span", { class: "unseen" }, `${say(who)}: `),
      text?.trim() ? h("div", { class: "bubble" }, ...paragraphs(text, author !== "shopper")) : null,
      message.attachments?.length ? h("div", { class: "files" }, ...message.attachments.map((file) => this.#file(file, message.id))) : null,
      foot, why, chips.length ? h("div", { class: "chips", role: "group", "aria-label": say("suggestions") }, ...chips) : null,
      welcome && this.info.topics?.length ? h("div", { class: "rows" }, h("button", { type: "button", class: "row all", onclick: () => this.#topics() }, h("span", {}, say("all_topics")), icon("menu"))) : null);
    const time = h("time", { datetime: new Date(at).toISOString() }, TIME.format(new Date(at)));
    const acts = author === "shopper" || past ? [] : [this.#copy(text)];
    if (author === "bot" && !past && !welcome) acts.push(...this.#thumbs(message, why));
    let shown = null;
    return { element, update: ({ item }) => {
      const id = message.id ?? "";
      for (const chip of chips) chip.disabled = id !== this.active;
      const state = item?.failed ? "failed" : item ? (this.#away ? "waiting" : "sending") : "said";
      if (state === shown) return;
      shown = state;
      element.classList.toggle("sending", state === "sending" || state === "waiting");
      element.classList.toggle("failed", state === "failed");
      element.dataset.key = key;
      if (state === "said") foot.replaceChildren(time, ...acts);
      else if (state !== "failed") foot.replaceChildren(h("span", {}, say(state)));
      else foot.replaceChildren(h("span", {}, item.failed), h("button", { type: "button", class: "again", onclick: () => this.#mend(item) }, say("mend")));
    } };
  }

  #copy(text) {
    const button = h("button", { type: "button", class: "act copy", "aria-label": say("copy"), title: say("copy") }, icon("copy"));
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(text); } catch {
        const field = h("textarea", { class: "unseen" }); // where the page may not use the clipboard
        field.value = text;
        this.panel.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
        button.focus();
      }
      button.replaceChildren(icon("check"));
      this.#speak(say("copied"));
      setTimeout(() => button.replaceChildren(icon("copy")), 2000);
    });
    return button;
  }

  #thumbs(message, why) {
    const vote = async (value, more) => {
      mark(value);
      try { await this.chat.vote(message.id, value, more); return true; } catch (error) {
        mark(this.chat.votes[message.id]);
        if (error.status === 404) for (const thumb of Object.values(thumbs)) thumb.remove(); // a desk that asks for none
        why.replaceChildren(...(error.status === 404 ? [] : [h("p", { class: "foot", role: "status" }, error.message || say("feedback_failed"))]));
        return false;
      }
    };
    const thank = () => why.replaceChildren(h("p", { class: "foot", role: "status" }, say("thanks")));
    const thumb = (value, label) => h("button", { type: "button", class: `act ${value}`, "aria-label": label, title: label, "aria-pressed": "false", onclick: async () => {
      if (value === "down") ask(); else why.replaceChildren();
      if (await vote(value) && value === "up") thank();
    } }, icon("thumb"));
    const thumbs = { up: thumb("up", say("helpful")), down: thumb("down", say("unhelpful")) };
    const mark = (value) => { for (const [name, button] of Object.entries(thumbs)) button.setAttribute("aria-pressed", name === value); };
    const ask = () => {
      let reason;
      const comment = h("textarea", { dir: "auto", maxlength: "1000", placeholder: say("comment"), "aria-label": say("comment") });
      const reasons = ["wrong", "unclear", "incomplete", "other"].map((name) => h("button", { type: "button", class: "chip", "aria-pressed": "false", onclick: ({ currentTarget }) => {
        reason = name;
        for (const other of reasons) other.setAttribute("aria-pressed", other === currentTarget);
      } }, say(`reason_${name}`)));
      const form = h("form", { class: "why", onsubmit: async (event) => {
        event.preventDefault();
        const more = { ...(reason && { reason }), ...(comment.value.trim() && { comment: comment.value.trim() }) };
        if (await vote("down", more)) { thank(); thumbs.down.focus(); }
      } }, h("p", {}, say("why")), h("div", { class: "chips" }, ...reasons), comment, h("button", { class: "submit" }, say("submit")));
      why.replaceChildren(form);
      reasons[0].focus({ preventScroll: true });
      form.scrollIntoView({ block: "nearest" });
    };
    mark(this.chat.votes[message.id]);
    return [thumbs.up, thumbs.down];
  }

  #file({ name, type, url }, id) {
    const photo = type?.startsWith("image/");
    const card = (address) => h(address ? "a" : "div", { class: "file", href: address, target: "_blank", rel: "noopener" }, icon(photo ? "file" : "video"), h("bdi", {}, name));
    const address = url && new URL(url, DESK);
    if (address?.origin !== DESK) return card();
    let tries = 0;
    const shown = photo ? h("img", { src: address.href, alt: name, loading: "lazy" }) : h("video", { src: address.href, controls: true, preload: "metadata", "aria-label": name });
    const element = photo ? h("a", { href: address.href, target: "_blank", rel: "noopener" }, shown) : shown;
    shown.addEventListener("error", async () => { // its address has run out, or the page's policy forbids it
      const fresh = tries++ ? null : await this.chat.refreshed(id).catch(() => null);
      const again = fresh?.attachments.find((file) => file.name === name)?.url;
      if (!again || new URL(again, DESK).origin !== DESK) return element.replaceWith(card(address.href));
      shown.src = element.href = new URL(again, DESK).href;
    });
    return element;
  }

  /** A refused message goes back into the field; a button or a question is asked once more. */
  #mend(item) {
    this.chat.outbox.drop(item);
    if (item.button || item.question) return this.chat.say({ button: item.button, question: item.question, text: item.text });
    this.field.value = [item.text, this.field.value].join("\n").trim();
    this.#grow();
    this.render();
    this.field.focus();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.body;
    if (scrollHeight - scrollTop - clientHeight < 60) { this.#follows = true; this.newest.hidden = true; }
    else if (scrollTop < this.#top - 2) { this.#follows = false; this.newest.hidden = false; } // upwards: somebody reads
    this.#top = scrollTop;
    if (scrollTop > 600 || !this.#from) return;
    const height = scrollHeight - scrollTop;
    this.#from = Math.max(0, this.#from - CHUNK);
    this.render();
    this.body.scrollTop = this.#top = this.body.scrollHeight - height;
  }
  #arrived(last) {
    const own = last.matches(".shopper");
    if (this.chat.live || own) last.classList.add("fresh");
    if (!this.#follows && !own) { this.newest.hidden = false; this.newest.classList.add("news"); return; }
    if (!own && this.chat.live && last.offsetHeight > this.body.clientHeight) {
      this.#follows = false; // a long answer is read from its beginning
      last.scrollIntoView({ block: "start" });
    } else this.#toEnd(this.chat.live ? undefined : "instant");
  }
  #toEnd(behavior = STILL_QUERY.matches ? "instant" : "smooth") {
    this.#follows = true;
    this.newest.hidden = true;
    this.newest.classList.remove("news");
    this.body.scrollTo({ top: this.body.scrollHeight, behavior });
  }

  /* -- What is said of the conversation -- */

  #announce({ author, text }) {
    if (this.isOpen) this.#speak(`${say(author === "agent" ? "agent" : "assistant")}: ${text}`);
    this.#event("message", { author });
  }
  #speak(text) {
    this.spoken.append(h("p", { dir: "auto" }, text));
    while (this.spoken.childElementCount > 5) this.spoken.firstChild.remove();
  }
  #type(on) {
    clearTimeout(this.#typing);
    this.#typing = on ? setTimeout(() => this.#type(false), TYPING_MS) : 0;
    this.#waitingSign();
  }
  /** Three dots while somebody writes, and until the first greeting is there. */
  #waitingSign() {
    const shown = Boolean(this.#typing) || (!this.#away && !this.chat.messages.length && !this.chat.outbox.queue.length);
    if (this.dots.hidden !== shown) return;
    this.dots.hidden = !shown;
    this.dots.replaceChildren(...(shown ? [h("i"), h("i"), h("i"), h("span", { class: "unseen" }, say("typing"))] : []));
    if (shown && this.#follows) this.#toEnd();
  }
  #line(state) {
    if (!state || state === (this.#away || "online")) return;
    const back = state === "online";
    this.#away = back ? false : state;
    this.root.classList.toggle("away", !back);
    this.#tell(say(back ? "back_online" : state), null, back);
    this.render();
  }
  #tell(text, retry, passing) {
    clearTimeout(this.#told);
    this.notice.classList.toggle("good", Boolean(passing));
    const again = retry && h("button", { type: "button", class: "again", onclick: () => { this.notice.replaceChildren(); retry(); } }, say("retry"));
    this.notice.replaceChildren(...(text ? [h("span", {}, text)] : []), ...(again ? [again] : []));
    if (passing) this.#told = setTimeout(() => this.#tell(), 2500);
  }

  /* -- Topics and options -- */

  #topics(topic) {
    const row = (title, name, onclick) => h("button", { type: "button", class: "row", onclick }, fill(h("span", { dir: directionOf(title) }), title), icon(name));
    const rows = topic
      ? topic.questions.map(({ id, title }) => row(title, "next", () => { this.#closeSheet(); this.chat.say({ question: id, text: title }); this.#toEnd(); }))
      : (this.info.topics ?? []).map((one) => row(one.title, "next", () => this.#topics(one)));
    const options = topic ? [] : [
      row(say("new_conversation"), "fresh", () => { this.#closeSheet(); this.chat.renew(); }),
      row(say("save"), "save", () => this.#save()),
    ];
    const heading = h("h3", { id: "sheet", tabindex: "-1" }, topic?.title ?? say(rows.length ? "topics" : "options"));
    this.sheet.replaceChildren(
      h("div", { class: "top" }, h("button", { type: "button", class: "tool", "aria-label": say("back"), title: say("back"), onclick: () => (topic ? this.#topics() : this.#closeSheet()) }, icon("next")), heading),
      ...(rows.length ? [h("div", { class: "rows" }, ...rows)] : []), ...(options.length ? [h("div", { class: "rows options" }, ...options)] : []));
    this.sheet.hidden = false;
    this.sheet.scrollTop = 0;
    this.menu.setAttribute("aria-expanded", "true");
    for (const part of this.rest) part.inert = true;
    this.sheet.querySelector("button").focus();
  }
  #closeSheet() {
    if (this.sheet.hidden) return;
    this.sheet.hidden = true;
    this.menu.setAttribute("aria-expanded", "false");
    for (const part of this.rest) part.inert = false;
    (PHONE_QUERY.matches ? this.menu : this.field).focus();
  }
  #save() {
    const names = { shopper: say("you"), bot: say("assistant"), agent: say("agent") };
    const lines = [...this.chat.past, ...this.chat.messages].map(({ author, text, at }) => `[${DAY.format(new Date(at))} ${TIME.format(new Date(at))}] ${names[author]}:\n${text}\n`);
    const address = URL.createObjectURL(new Blob(["\ufeff", lines.join("\n")], { type: "text/plain" }));
    h("a", { href: address, download: `${SHOP}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  /* -- Writing -- */

  /** Puts words into the field, to be sent by the shopper. */
  draft(text) { this.field.value = text; this.#grow(); this.field.focus(); }
  #grow() {
    const { field } = this;
    this.tab.write("draft", field.value || undefined);
    field.style.blockSize = "auto";
    if (this.isOpen) field.style.blockSize = `${field.scrollHeight + 2}px`;
    const busy = this.#uploads.some(({ id, bad }) => !id && !bad);
    this.sendButton.disabled = busy || !(field.value.trim() || this.#uploads.some(({ id }) => id));
  }
  #submit() {
    if (this.sendButton.disabled) return;
    const attachments = this.#uploads.filter(({ id }) => id).map(({ id, file }) => ({ id, name: file.name, type: file.type, size: file.size }));
    this.#uploads = [];
    this.tray.replaceChildren();
    this.chat.say({ text: this.field.value, ...(attachments.length && { attachments }) });
    this.draft("");
    this.#toEnd();
  }

  #attach(files, event) {
    if (!files?.length || this.clip.hidden) return;
    event?.preventDefault();
    for (const file of files) this.#upload(file);
  }
  async #upload(file) {
    const limits = this.info.uploads ?? FILES;
    const upload = { file, id: null, bad: null, cancel: () => {} };
    const remove = () => { upload.gone = true; upload.cancel(); this.#uploads = this.#uploads.filter((other) => other !== upload); row.remove(); this.#grow(); this.field.focus(); };
    const bar = h("progress", { max: "1", value: "0", "aria-label": say("uploading", { name: file.name }) });
    const told = h("div", {}, h("bdi", { class: "name" }, file.name), bar);
    const row = h("div", { class: "upload" }, icon(file.type.startsWith("video/") ? "video" : "file"), told,
      h("button", { type: "button", class: "tool", "aria-label": say("remove", { name: file.name }), onclick: remove }, icon("close")));
    const fail = (text) => { upload.bad = text; bar.remove(); told.append(h("span", { class: "bad", role: "alert" }, text)); this.#grow(); };
    const good = this.#uploads.filter(({ bad }) => !bad).length;
    this.#uploads.push(upload);
    this.tray.append(row);
    this.#grow();
    if (good >= limits.per_message) return fail(say("file_count", { files: count(limits.per_message) }));
    try {
      const bitmap = file.type.startsWith("image/") && await createImageBitmap(file).catch(() => null);
      if (bitmap) {
        row.firstChild.replaceWith(thumbnail(bitmap));
        upload.file = await smaller(file, bitmap);
      }
      const { type, size } = upload.file;
      const photo = limits.photo_types.includes(type);
      if (!photo && !limits.video_types.includes(type)) return fail(say("file_type"));
      const most = photo ? limits.photo_bytes : limits.video_bytes;
      if (size > most) return fail(say("file_size", { limit: count(Math.floor(most / 1e6)) }));
      const conversation = await this.chat.ensure();
      if (upload.gone) return;
      const { done, cancel } = this.chat.api.upload(conversation, upload.file, (share) => (bar.value = share));
      upload.cancel = cancel;
      upload.id = (await done).id;
      bar.replaceWith(h("span", { role: "status" }, say("uploaded")));
      this.#grow();
    } catch (error) {
      if (!upload.gone) fail(error.status === 404 || error.status === 405 ? say("attachments_off") : error.message && error.status ? error.message : say("file_failed"));
    }
  }
}

function thumbnail(bitmap) {
  const canvas = h("canvas", { width: "88", height: "88", "aria-hidden": "true" });
  const side = Math.min(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, 88, 88);
  return canvas;
}
/** A photo as it is worth sending over a slow line: no larger than needed, and without the place it was taken at. */
async function smaller(file, bitmap) {
  if (file.type === "image/gif" || (file.type === "image/png" && file.size < 5e5)) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = h("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}

/* ---------- The element ---------- */

customElements.define("jawab-widget", class extends HTMLElement {
  #view; #chat; #hiding = 0;
  connectedCallback() {
    if (this.#view) return;
    this.#chat = new Chat();
    this.#view = new View(this.attachShadow({ mode: "open" }), this.#chat);
    this.addEventListener("jawab:open", () => this.#listen());
    this.#attend();
    this.#learn();
    this.#chat.outbox.run();
    const wanted = SCRIPT.dataset.open ?? "false";
    if (wanted !== "false") this.open();
    else if (this.#view.tab.read("open") && !PHONE_QUERY.matches) this.open({ focus: false });
    else this.#listen();
  }
  /** Opens the chat; { text } goes into the field, { question } (an id of the FAQ) with { title } is asked at once. */
  open({ text, question, title, focus = true } = {}) {
    this.#view.open({ focus });
    if (text) this.#view.draft(text);
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
      this.open({ text: asked.dataset.jawabText, question: asked.dataset.jawabQuestion, title: asked.dataset.jawabTitle });
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
  document.body.append(element);
  window.jawab ??= { open: (options) => element.open(options), close: () => element.close(), version: BAKED.version };
};
if (window.requestIdleCallback) requestIdleCallback(mount, { timeout: 2000 });
else setTimeout(mount, 200);
})();
