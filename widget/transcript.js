/* ---------- The transcript ---------- */

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const DAY = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const TODAY = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(0, "day");
const CHUNK = 60; // messages shown at first, and how many earlier ones at a time as one scrolls up
const TYPING_MS = 60_000; // the typing sign never stays longer

/** The messages in their order, the newest in sight; a long transcript is shown from its end, chunk by chunk. */
class Transcript {
  #chat; #on; #nodes = new Map(); #from = Infinity; #follows = true; #top = 0; #typing = 0;
  #list = h("div", { class: "list" });
  #dots = h("div", { class: "typing", role: "status", hidden: true });
  body = h("div", { class: "body", role: "group", "aria-label": say("messages"), tabindex: "0", onscroll: () => this.#scrolled() }, this.#list, this.#dots);
  newest = h("button", { type: "button", class: "newest", "aria-label": say("newest"), hidden: true, onclick: () => this.toEnd() }, icon("fold"));

  /** `on`: what a MessageNode asks for. */
  constructor(chat, on) {
    [this.#chat, this.#on] = [chat, on];
    const grown = new ResizeObserver(() => this.#follows && this.toEnd("instant"));
    for (const part of [this.body, this.#list]) grown.observe(part);
  }

  /** Forgets what is shown; the next render shows the end again. */
  restart() {
    this.#nodes.clear();
    this.#list.replaceChildren();
    this.#from = Infinity;
    this.#follows = true;
  }

  /** Brings what is seen into line with the state; what stays the same is not touched. */
  render({ away, topics }) {
    const chat = this.#chat;
    const entries = this.#entries();
    const active = chat.offering;
    if (this.#follows && (!chat.live || entries.length - this.#from > 4 * CHUNK)) this.#from = Infinity;
    this.#from = Math.max(0, Math.min(this.#from, entries.length - CHUNK));
    const before = this.#list.lastElementChild;
    const gone = new Map(this.#nodes);
    let place = this.#list.firstChild;
    for (const entry of entries.slice(this.#from)) {
      const node = this.#node(entry, topics);
      gone.delete(entry.key);
      if (place && !place.parentNode) place = node.element; // it has just been made anew in its place
      node.update?.(entry, { away, active: Boolean(active) && entry.message.id === active });
      if (node.element === place) place = place.nextSibling;
      else this.#list.insertBefore(node.element, place);
    }
    for (const [key, { element }] of gone) { element.remove(); this.#nodes.delete(key); }
    this.#sign(away);
    const last = this.#list.lastElementChild;
    if (last && last !== before) this.#arrived(last);
  }

  /** Somebody writes, or writes no more. */
  typing(on, away) {
    clearTimeout(this.#typing);
    this.#typing = on ? setTimeout(() => this.typing(false), TYPING_MS) : 0;
    this.#sign(away);
  }

  toEnd(behavior = STILL.matches ? "instant" : "smooth") {
    this.#follows = true;
    this.newest.hidden = true;
    this.newest.classList.remove("news");
    this.body.scrollTo({ top: this.body.scrollHeight, behavior });
  }

  #entries() {
    const { past, messages, clients, outbox } = this.#chat;
    const entries = [];
    const today = new Date().toDateString();
    let day = today;
    const put = (entry) => {
      const date = new Date(entry.message.at);
      if (date.toDateString() !== day) {
        day = date.toDateString();
        entries.push({ key: `day.${entry.key}`, mark: "day", text: day === today ? TODAY : DAY.format(date) });
      }
      entries.push(entry);
    };
    for (const message of past) put({ key: `past.${message.id}`, message, past: true });
    if (past.length) entries.push({ key: `ended.${past.at(-1).id}`, mark: "ended", text: say("earlier") });
    for (const message of messages) put({ key: clients.get(message.id) ?? message.id, message });
    for (const item of outbox.queue) put({ key: item.client_id, item, message: { author: "shopper", ...item } });
    return entries;
  }
  #node(entry, topics) {
    const files = entry.message?.attachments?.map(({ url }) => url).join();
    const known = this.#nodes.get(entry.key);
    if (known?.files === files && known) return known;
    const node = entry.mark ? { element: h("div", { class: entry.mark }, h("span", {}, entry.text)) }
      : new MessageNode(entry, { chat: this.#chat, on: this.#on, topics, welcome: !entry.past && entry.message === this.#chat.messages[0] && entry.message.author === "bot" });
    known?.element.replaceWith(node.element);
    this.#nodes.set(entry.key, Object.assign(node, { files }));
    return node;
  }
  #arrived(last) {
    const own = last.matches(".shopper");
    if (this.#chat.live || own) last.classList.add("fresh");
    if (!this.#follows && !own) {
      this.newest.hidden = false;
      this.newest.classList.add("news");
    } else if (!own && this.#chat.live && last.offsetHeight > this.body.clientHeight) {
      this.#follows = false; // a long answer is read from its beginning
      last.scrollIntoView({ block: "start" });
    } else this.toEnd(this.#chat.live ? undefined : "instant");
  }
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.body;
    if (scrollHeight - scrollTop - clientHeight < 60) { this.#follows = true; this.newest.hidden = true; }
    else if (scrollTop < this.#top - 2) { this.#follows = false; this.newest.hidden = false; } // upwards: somebody reads
    this.#top = scrollTop;
    if (scrollTop > 600 || !this.#from) return;
    this.#from = Math.max(0, this.#from - CHUNK);
    this.#on.earlier();
    this.body.scrollTop = this.#top = this.body.scrollHeight - (scrollHeight - scrollTop);
  }
  /** Three dots while somebody writes, and until the first greeting is there. */
  #sign(away) {
    const shown = Boolean(this.#typing) || (!away && !this.#chat.messages.length && !this.#chat.outbox.queue.length);
    if (this.#dots.hidden !== shown) return;
    this.#dots.hidden = !shown;
    this.#dots.replaceChildren(...(shown ? [h("i"), h("i"), h("i"), h("span", { class: "unseen" }, say("typing"))] : []));
    if (shown && this.#follows) this.toEnd();
  }
}
