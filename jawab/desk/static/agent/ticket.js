// A ticket in the middle of the page: what was asked, what happened, answer, take, solve, reopen.

import { button, files, node, writing } from "./nodes.js";

const PRIORITIES = [null, "low", "normal", "high", "urgent"];

export class Ticket {
  constructor(ticket, { api, words, lang, me, memory, moments, run }) {
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
      this.#mails(),
      ticket.conversation_id &&
        node("a", { href: `#conversation=${ticket.conversation_id}`, text: words.conversation }),
      node("p", {}, node("a", { href: `/desk${this.path}/transcript.pdf?lang=${lang}`, target: "_blank", text: words.pdf })),
      this.#reply(),
      this.#ways(ticket, me),
      this.#assign(ticket),
      this.#note(),
      node("h3", { text: words.history }),
      this.#history(ticket),
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
      assignee !== `agent:${me}` && button(words.assign_me, () => this.#do("assign", { agent: me, version })),
      !["solved", "closed"].includes(state) && button(words.solve, move("solved")),
      state === "solved" && button(words.reopen, move("open")),
    );
  }

  // Whose it is, and a colleague to give it to.
  #assign({ assignee, names, version }) {
    const { words } = this;
    const select = node("select", { id: "assign-to" }, node("option", { value: "", text: words.nobody }));
    const label = node("label", { htmlFor: select.id, text: words.assign_to });
    this.api.get("/colleagues").then((colleagues) => {
      select.append(...colleagues.map(({ id, name }) => node("option", { value: id, text: name })));
      select.value = assignee?.split(":")[1] ?? "";
    }, () => {});
    const give = () => this.#do("assign", { agent: select.value ? Number(select.value) : null, version });
    return node(
      "div",
      {},
      node("p", { className: "hint" }, `${words.assignee}: `, node("bdi", { text: names[assignee] ?? words.nobody })),
      node("div", { className: "transfer" }, label, select, button(words.assign, give)),
    );
  }

  // What came by e-mail, to be saved as it came.
  #mails() {
    const list = node("div", { className: "row" });
    this.api.get(`${this.path}/mails`).then(({ mails }) => {
      const link = ({ id, at }) =>
        node("a", { href: `/api/v1/agent${this.path}/mails/${id}`, download: "", text: `${this.words.mail} · ${this.moments.day(at)}` });
      list.append(...mails.map(link));
    }, () => {});
    return list;
  }

  #history({ history, names }) {
    const { words, moments } = this;
    const items = history.map(({ who, at, what, data }) => {
      const said = data.text ?? data.note;
      const facts = [moments.day(at), names[who] ?? words[who] ?? who, words[`event_${what}`] ?? what];
      const head = [...facts.flatMap((each) => [node("bdi", { text: each }), " · "]).slice(0, -1), ...this.#change(what, data, names)];
      return node("li", {}, node("div", {}, ...head), said && node("div", { dir: "auto", text: said }));
    });
    return node("ul", { className: "plain-list" }, ...items);
  }

  // Where something went: a state, a priority, an agent or nobody, and the queue.
  #change(what, { to, to_queue: queue }, names) {
    const { words } = this;
    const goal = { state: words[`state_${to}`], priority: words[`priority_${PRIORITIES[to]}`], assigned: names[to] ?? words.nobody }[what];
    const goals = to === undefined ? [] : [goal ?? String(to)];
    if (queue) goals.push(words[`queue_${queue}`]);
    return goals.flatMap((each) => [" → ", node("bdi", { text: each })]);
  }
}
