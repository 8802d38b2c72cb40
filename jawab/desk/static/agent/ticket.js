// A ticket in the middle of the page: what was asked, what happened, answer, take, solve, reopen.

import { Files } from "./files.js";
import { doubled, putOff } from "./later.js";
import { button, fateSign, files, node, said, writing } from "./nodes.js";

const PRIORITIES = [null, "low", "normal", "high", "urgent"];

export class Ticket {
  constructor(ticket, { api, words, lang, me, memory, moments, run }) {
    Object.assign(this, { id: ticket.reference, version: ticket.version, api, words, run, memory, moments });
    this.path = `/tickets/${encodeURIComponent(ticket.reference)}`;
    this.title = node("h2", { tabIndex: -1 }, node("bdi", { text: ticket.reference }));
    const print = node("a", { className: "print", href: `/desk${this.path}/transcript.pdf?lang=${lang}`, target: "_blank", text: words.pdf });
    const talk = ticket.conversation_id &&
      node("a", { className: "print", href: `#conversation=${ticket.conversation_id}`, text: words.conversation });
    this.element = node(
      "div",
      { className: "ticket" },
      node("header", { className: "talk-head" }, this.title, ...this.#pills(ticket), talk, print, this.#ways(ticket, me)),
      this.#due(ticket),
      node("div", { className: "asked" }, said(ticket.message), ...files(ticket.attachments)),
      this.#mails(),
      this.#reply(ticket),
      this.#note(),
      this.#assign(ticket),
      putOff(ticket, this, (path, body) => this.#do(path, body)),
      doubled(ticket, this, (path, body) => this.#do(path, body)),
      node("h3", { text: words.history }),
      this.history = this.#history(ticket),
    );
  }

  #pills({ state, queue, priority, snoozed_until: asleep }) {
    const { words } = this;
    const pressing = priority > 2 && node("span", { className: "pill pressing", text: words[`priority_${PRIORITIES[priority]}`] });
    return [
      node("span", { className: `pill state-${state}`, text: words[`state_${state}`] }),
      pressing,
      asleep && node("span", { className: "pill", text: words.state_snoozed }),
      node("span", { className: "pill", text: words[`queue_${queue}`] }),
    ].filter(Boolean);
  }

  // By when an answer is promised; in red when that is over and nothing is solved.
  #due({ state, due_at: due }) {
    const { words, moments } = this;
    const late = !["solved", "closed"].includes(state) && Date.parse(due) < moments.now;
    const text = `${words.due}: ${moments.day(due)}${late ? ` · ${words.over}` : ""}`;
    return node("p", { className: late ? "due late" : "due", text });
  }

  // One thing at a time: the next one is about what the first one left, and the page is shown afresh in between.
  async #do(path, body) {
    this.element.inert = true;
    try {
      return await this.run(() => this.api.post(`${this.path}/${path}`, body), this.id);
    } finally {
      this.element.inert = false;
    }
  }

  // What colleagues and the shopper's app have done meanwhile; what is being written stays.
  refresh(ticket) {
    if (ticket.version !== this.version && !this.element.contains(document.activeElement)) return false;
    const told = JSON.stringify(ticket.history);
    if (told === this.told) return true;
    const before = this.history;
    this.history = this.#history(ticket);
    before.replaceWith(this.history);
    return true;
  }

  #draft(kind) {
    return (text) => this.memory.draft(`${this.id}.${kind}`, text);
  }

  // The answer; with photos and videos where the ticket belongs to a conversation.
  #reply({ conversation_id: conversation }) {
    let unsent = null;
    const send = async (text) => {
      const attachments = chosen?.ids ?? [];
      const same = unsent?.text === text && String(unsent.attachments) === String(attachments);
      if (!same) unsent = { client_id: crypto.randomUUID(), text, attachments };
      const sent = await this.#do("reply", unsent);
      if (sent) unsent = null;
      return sent;
    };
    const { form, area } = writing(this.words.reply, this.words.send, send, { draft: this.#draft("reply") });
    const chosen = conversation && new Files(area, this.words, (file) => this.#upload(file));
    if (chosen) area.after(chosen.element);
    return form;
  }

  async #upload(file) {
    let id = null;
    await this.run(async () => (id = await this.api.upload(`${this.path}/attachments`, file)));
    return id;
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
      { className: "actions" },
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
    this.told = JSON.stringify(history);
    const { words, moments } = this;
    const items = history.map(({ who, at, what, data, fate }) => {
      const text = data.text ?? data.note;
      const facts = [moments.day(at), names[who] ?? words[who] ?? who, words[`event_${what}`] ?? what];
      const head = [...facts.flatMap((each) => [node("bdi", { text: each }), " · "]).slice(0, -1), ...this.#change(what, data, names)];
      return node("li", { className: what }, node("div", { className: "under" }, ...head), text && said(text), fate && fateSign(fate, words));
    });
    return node("ul", { className: "plain-list history" }, ...items);
  }

  // Where something went: a state, a priority, an agent or nobody, and the queue; another ticket; a time.
  #change(what, { to, to_queue: queue, into, of, until }, names) {
    const { words, moments } = this;
    const goal = { state: words[`state_${to}`], split: words[`state_${to}`], priority: words[`priority_${PRIORITIES[to]}`], assigned: names[to] ?? words.nobody }[what];
    const goals = to === undefined ? [] : [goal ?? String(to)];
    if (queue) goals.push(words[`queue_${queue}`]);
    if (until) goals.push(moments.day(until));
    const other = into ?? of;
    const link = other ? [` ${into ? "→" : "←"} `, node("a", { href: `#ticket=${other}`, dir: "ltr", text: other })] : [];
    return [...link, ...this.#arrows(goals)];
  }

  #arrows(goals) {
    return goals.flatMap((each) => [" → ", node("bdi", { text: each })]);
  }
}
