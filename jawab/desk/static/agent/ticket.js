// A ticket in the middle of the page: what was asked, what happened, answer, take, solve, reopen.

import { button, files, node, writing } from "./nodes.js";

export class Ticket {
  constructor(ticket, { api, words, me, memory, moments, run }) {
    this.id = ticket.reference;
    this.api = api;
    this.words = words;
    this.run = run;
    this.memory = memory;
    this.moments = moments;
    this.path = `/tickets/${encodeURIComponent(ticket.reference)}`;
    this.title = node("h2", { tabIndex: -1 }, node("bdi", { text: ticket.reference }));
    this.title.append(` · ${words[`state_${ticket.state}`]} · ${words[`queue_${ticket.queue}`]}`);
    const contact = [ticket.name, ticket.phone, ticket.email, ticket.order_number].filter(Boolean);
    this.element = node(
      "div",
      { className: "ticket" },
      this.title,
      node("p", { className: "hint", text: `${words.due}: ${moments.day(ticket.due_at)}` }),
      node("p", {}, ...contact.flatMap((each) => [node("bdi", { text: each }), " · "]).slice(0, -1)),
      node("p", { className: "said", dir: "auto", text: ticket.message }),
      ...files(ticket.attachments),
      ticket.conversation_id &&
        node("a", { href: `#conversation=${ticket.conversation_id}`, text: words.conversation }),
      this.#reply(),
      this.#ways(ticket, me),
      this.#note(),
      node("h3", { text: words.history }),
      this.#history(ticket.history),
    );
  }

  #do(path, body) {
    return this.run(() => this.api.post(`${this.path}/${path}`, body), this.id);
  }

  #draft(kind) {
    return (text) => this.memory.draft(`${this.id}.${kind}`, text);
  }

  #reply() {
    let unsent = null;
    const send = async (text) => {
      if (unsent?.text !== text) unsent = { client_id: crypto.randomUUID(), text };
      const sent = await this.#do("reply", unsent);
      if (sent) unsent = null;
      return sent;
    };
    return writing(this.words.reply, this.words.send, send, { draft: this.#draft("reply") }).form;
  }

  #note() {
    const send = (text) => this.#do("notes", { text });
    return writing(this.words.note, this.words.add_note, send, { draft: this.#draft("note") }).form;
  }

  #ways({ state, assignee, version }, me) {
    const { words } = this;
    const move = (to) => () => this.#do("state", { state: to, version });
    return node(
      "div",
      { className: "row" },
      assignee !== `agent:${me}` && button(words.assign_me, () => this.#do("assign", { agent: me })),
      !["solved", "closed"].includes(state) && button(words.solve, move("solved")),
      state === "solved" && button(words.reopen, move("open")),
    );
  }

  #history(events) {
    const items = events.map(({ who, at, what, data }) => {
      const change = data.to === undefined ? "" : ` → ${this.words[`state_${data.to}`] ?? data.to ?? "–"}`;
      const said = data.text ?? data.note;
      const head = `${this.moments.day(at)} · ${who} · ${this.words[`event_${what}`] ?? what}${change}`;
      return node("li", {}, node("bdi", { text: head }), said && node("div", { dir: "auto", text: said }));
    });
    return node("ul", { className: "plain-list" }, ...items);
  }
}
