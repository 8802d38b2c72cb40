// A conversation in the middle of the page: transcript, reply, note, transfer, return, end.

import { button, files, node, writing } from "./nodes.js";

const TYPING_EVERY_MS = 3000;

export class Talk {
  #typedAt = 0;

  constructor(view, { api, words, shops, lang, me, run }) {
    this.id = view.id;
    this.api = api;
    this.words = words;
    this.me = me;
    this.run = run;
    this.path = `/conversations/${encodeURIComponent(view.id)}`;
    this.time = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
    this.title = node("h2", { tabIndex: -1, text: `${shops[view.shop] ?? view.shop} · ${view.lang}` });
    this.transcript = node("ol", { className: "transcript", tabIndex: 0 });
    this.transcript.setAttribute("aria-label", words.conversation);
    this.transcript.setAttribute("aria-live", "polite");
    view.messages.forEach((message) => this.add(message));
    this.element = node("div", { className: "talk" });
    this.#lay(view);
  }

  // A message of the transcript; one that is there already stays as it is.
  add(message) {
    if (this.transcript.querySelector(`[data-id="${CSS.escape(message.id)}"]`)) return;
    const who = message.name ?? this.words[message.author];
    const under = [who, this.time.format(new Date(message.at)), ...this.#known(message)].join(" · ");
    const item = node(
      "li",
      { className: message.author },
      node("div", { className: "said", dir: "auto", text: message.text }),
      ...files(message.attachments),
      node("div", { className: "under", text: under }),
    );
    item.dataset.id = message.id;
    this.transcript.append(item);
    this.transcript.scrollTop = this.transcript.scrollHeight;
  }

  #known({ understanding, feedback }) {
    const found = [];
    if (understanding?.intent) {
      const sure = Math.round(100 * (understanding.confidence ?? 0));
      found.push(`${this.words.understood}: ${understanding.intent} ${sure}%`);
    }
    for (const { kind, value } of understanding?.entities ?? []) found.push(`${kind}: ${value}`);
    if (feedback) found.push(feedback.value === "up" ? "👍" : "👎");
    return found;
  }

  #lay({ handover, notes, tickets }) {
    const { words } = this;
    const mine = handover?.state === "active" && handover.agent_id === this.me;
    const parts = [this.title, this.transcript];
    if (handover?.state === "waiting") {
      parts.push(button(words.take, () => this.run(() => this.api.post(`${this.path}/claim`), this.id)));
    }
    if (handover?.state === "active" && !mine) {
      parts.push(node("p", { className: "hint", text: handover.agent }));
    }
    if (mine) parts.push(this.#reply(), this.#ends(), this.#transfer());
    parts.push(this.#note());
    if (notes.length) parts.push(node("h3", { text: words.notes }), this.#notes(notes));
    if (tickets.length) parts.push(node("h3", { text: words.tickets }), this.#tickets(tickets));
    this.element.replaceChildren(...parts);
  }

  #reply() {
    let unsent = null; // sent again after a failure, the same text keeps its id
    const send = (text) => {
      if (unsent?.text !== text) unsent = { client_id: crypto.randomUUID(), text };
      return this.run(async () => {
        this.add({ ...(await this.api.post(`${this.path}/messages`, unsent)) });
        unsent = null;
      });
    };
    return writing(this.words.reply, this.words.send, send, { typing: () => this.#types() });
  }

  #types() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    this.api.post(`${this.path}/typing`).catch(() => {});
  }

  #ends() {
    const way = (name) =>
      button(this.words[name], () => this.run(() => this.api.post(`${this.path}/${name}`), this.id));
    return node("div", { className: "row" }, way("return"), way("close"));
  }

  #transfer() {
    const select = node("select", { id: "transfer-to" });
    const label = node("label", { text: this.words.transfer_to, htmlFor: select.id });
    this.api.get("/colleagues").then((colleagues) => {
      const there = colleagues.filter(({ id, present }) => present && id !== this.me);
      const people = there.map(({ id, name }) => node("option", { value: `agent ${id}`, text: name }));
      const queues = ["shoppers", "sellers", "express", "complaints"].map((queue) =>
        node("option", { value: `queue ${queue}`, text: this.words[`queue_${queue}`] }),
      );
      if (people.length) select.append(node("optgroup", { label: this.words.colleagues }, ...people));
      select.append(node("optgroup", { label: this.words.queues }, ...queues));
    }, () => {});
    const give = () => {
      const [kind, goal] = select.value.split(" ");
      if (!kind) return null;
      const body = kind === "agent" ? { agent: Number(goal) } : { queue: goal };
      return this.run(() => this.api.post(`${this.path}/transfer`, body), this.id);
    };
    return node(
      "div",
      { className: "row" },
      node("div", { className: "grow" }, label, select),
      button(this.words.transfer, give),
    );
  }

  #note() {
    const send = (text) => this.run(() => this.api.post(`${this.path}/notes`, { text }), this.id);
    return writing(this.words.note, this.words.add_note, send);
  }

  #notes(notes) {
    const items = notes.map(({ agent, text }) =>
      node("li", {}, node("bdi", { text: agent }), ": ", node("bdi", { text })),
    );
    return node("ul", { className: "plain-list" }, ...items);
  }

  #tickets(tickets) {
    const items = tickets.map(({ reference, state }) =>
      node(
        "li",
        {},
        node("a", { href: `#ticket=${reference}`, text: reference, dir: "ltr" }),
        ` ${this.words[`state_${state}`]}`,
      ),
    );
    return node("ul", { className: "plain-list" }, ...items);
  }
}
