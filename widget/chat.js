/* ---------- The conversation ---------- */

const RECENT_MS = 30 * 60_000; // so long after the last message something may still come
const SETTLE_MS = 50; // until what another tab has written can be read here
const KEPT = 2000; // messages kept on the device
const TYPED_MS = 3000; // so often an agent is told of typing
const KEPT_PAST = 300; // of conversations that are over

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
  #cursor = "0"; #held = new Map(); #ids = new Map(); #saving = 0; #renewed = []; #channel = null; #typed = 0;

  constructor() {
    super();
    this.outbox = new Outbox(this.memory, (item) => this.#deliver(item), {
      waiting: (failures) => this.#line(failures),
      sent: (item, id) => { this.#line(0); this.#sent(item, id); this.#post({ sent: item, id }); },
      refused: () => this.#changed(),
      gone: (error) => this.#over(error),
    });
    this.stream = new Stream(async (signal) => this.api.events(await this.ensure(), this.#cursor, signal), {
      event: (name, data, id) => this.#heard(name, data, id),
      connected: () => { this.#tell("typing", false); this.#line(0); },
      lost: (failures) => { this.#tell("typing", false); this.#line(failures); if (failures > 1) this.#fetch(); },
      refused: (error) => this.#over(error),
    });
    try { this.#channel = new BroadcastChannel(`jawab.${PLACE}`); } catch { /* each tab for itself */ }
    this.#channel?.addEventListener("message", ({ data }) => this.#told(data));
    this.memory.watch((key) => this.#otherTab(key));
    this.#load(true);
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
  /** The id of the message whose suggestions can be chosen: the newest ones, until something else is said. */
  get offering() {
    const found = this.messages.findLast(({ author, buttons }) => author === "shopper" || buttons?.length);
    return found?.author !== "shopper" && !this.outbox.queue.length ? found?.id : undefined;
  }
  /** What the bot's form asks for just now: { field, input, step, steps }. */
  get asked() { const last = this.messages.at(-1); return last?.author === "bot" ? last.form : null; }
  see() {
    if (!this.messages.length || this.lastId === this.memory.read("seen")) return;
    this.memory.write("seen", this.lastId);
  }

  /** The conversation; begins one when there is none. Tabs that come together begin one only. */
  async ensure() {
    if (this.conversation) return this.conversation;
    await exclusively("begin", async () => {
      await pause(SETTLE_MS, () => {});
      if (this.memory.read("conversation")) return this.#load();
      const { id, token, greeting } = await this.api.begin();
      if (this.memory.read("conversation")) return this.#load(); // another tab was faster
      this.memory.write("conversation", { id, token, lang: LANG });
      this.#load();
      this.#add(greeting);
      this.#save();
    });
    return this.conversation;
  }
  /** Says something: { text } with attachments, { button, text }, { question, text } or { app, text }. */
  say(content) {
    this.outbox.add({ ...content, conversation: this.conversation?.id });
    this.#changed();
    this.outbox.run();
  }
  /** Tells a person who answers that the shopper types. */
  types() {
    if (!this.person || Date.now() - this.#typed < TYPED_MS) return;
    this.#typed = Date.now();
    this.api.typing(this.conversation).catch(() => {});
  }
  async vote(id, value, more) {
    await this.api.feedback(this.conversation, id, { value, ...more });
    this.votes[id] = value;
    this.memory.write("votes", this.votes);
  }
  /** Leaves this conversation, still to be read above the next one. */
  renew() {
    const spoken = this.messages.some(({ author }) => author === "shopper") ? this.messages : [];
    this.past = [...this.past, ...spoken.map(({ id, author, text, at, attachments }) => (
      { id, author, text, at, attachments: (attachments ?? []).map((file) => ({ ...file, url: null })), buttons: [] }))].slice(-KEPT_PAST);
    this.memory.write("past", this.past);
    for (const key of ["conversation", "log", "seen", "votes"]) this.memory.write(key);
    this.#load();
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

  /** Another tab has written: its storage is ours. */
  #otherTab(key) {
    if (key === "conversation" && this.memory.read(key)?.id !== this.conversation?.id) {
      this.past = this.memory.read("past") ?? [];
      this.#load();
      this.stream.restart();
    }
    if (key.startsWith("queue.")) { this.outbox.look(); this.outbox.run(); }
    this.#changed();
  }
  #told({ sent, id, following }) {
    if (sent) { this.outbox.look(); this.#sent(sent, id); }
    if (following && document.hidden) this.stream.stop();
  }
  /** Tells tabs out of sight that this one listens, so that they need not. */
  attend() { if (!document.hidden) this.#post({ following: true }); }

  async #deliver({ client_id, text, button, question, app, attachments, conversation: of }) {
    const conversation = await this.ensure();
    const pressed = of === conversation.id ? button : undefined; // buttons belong to their conversation
    const body = pressed ? { button } : question ? { question } : app ? { app }
      : { text: text || undefined, attachments: attachments?.map(({ id }) => id) };
    return this.api.send(conversation, { client_id, ...body });
  }
  #sent({ client_id, text, attachments, at }, id) {
    this.#typed = 0;
    this.clients.set(id, client_id);
    if (this.#ids.has(id)) this.#changed();
    else this.#add([this.#held.get(id) ?? { id, author: "shopper", text, attachments, buttons: [], at: new Date(at).toISOString() }]);
    this.#release();
  }
  #heard(name, data, id) {
    if (name === "typing") this.#tell("typing", data.on);
    if (name === "owner") { this.live = true; this.person = data.agent; this.#tell("owner", data); this.attend(); this.#release(); }
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
  /** Reads the conversation from the device; on coming to a page in another language, not one that nobody spoke in. */
  #load(coming = false) {
    const kept = this.memory.read("conversation");
    if (kept && kept.id === this.conversation?.id) return;
    const log = this.memory.read("log");
    const ours = kept && log?.of === kept.id;
    const untouched = coming && ours && kept.lang !== LANG && !this.outbox.queue.length && log.messages.every(({ author }) => author !== "shopper");
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
    else this.#otherTab("conversation");
    this.#tell("over");
    return true;
  }
}
