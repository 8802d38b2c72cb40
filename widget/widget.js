/*
 * Jawab's chat widget: one custom element in a shadow root. No dependency, no build step; it speaks to the desk alone.
 *   <script src="https://desk.example/widget.js" data-shop="digikala" defer></script>
 * The parts, from below: Api, Memory, Outbox, Stream, Chat (the state), texts and colours, View (what is seen).
 */
(() => {
"use strict";
const BAKED = null;
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
    const body = pressed ? { button } : question ? { question } : { text, ...(attachments?.length && { attachments: attachments.map(({ id }) => id) }) };
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
  copy: "M9.5 8.500h9a1.5 1.5 0 0 1 1.5 1.500v9a1.5 1.5 0 0 1-1.5 1.500h-9a1.5 1.5 0 0 1-1.5-1.500v-9a1.5 1.5 0 0 1 1.5-1.500zM5 15.500a1.5 1.5 0 0 1-1-1.400V5a1.5 1.5 0 0 1 1.5-1.500h9a1.5 1.5 0 0 1 1.4 1",
  check: "M5 12.500l4.7 4.700L19 7.5", menu: "M4.5 4.500h5.500v5.500H4.500zM14 4.500h5.500v5.500H14zM4.5 14h5.500v5.500H4.500zM14 14h5.500v5.500H14z",
  fresh: "M12.5 20H20M16.3 4.700a2.1 2.1 0 0 1 3 3L8.5 18.5 4.5 19.500l1-4z", save: "M12 4v11M7.2 10.500L12 15.300l4.8-4.800M5 19.500h14",
  next: "M9.5 6l6 6-6 6", file: "M6.5 3.500H14l4.5 4.700v12.300h-12zM13.8 3.700v4.700h4.7", video: "M4 6.500h11v11H4zM15 10.500l5-3v9l-5-3",
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
