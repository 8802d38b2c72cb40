// A conversation in the middle of the page: transcript with notes between, what can be done, and the composer.

import { Composer } from "./composer.js";
import { button, fateSign, files, fill, node, said } from "./nodes.js";

const QUEUES = ["shoppers", "sellers", "express", "complaints"];

export class Talk {
  constructor(view, common) {
    Object.assign(this, { id: view.id, common, lastId: 0 });
    const { words } = common;
    this.path = `/conversations/${encodeURIComponent(view.id)}`;
    this.title = node("h2", { tabIndex: -1 });
    this.whose = node("span", { className: "pill" });
    this.actions = node("div", { className: "actions" });
    this.transcript = node("ol", { className: "transcript", tabIndex: 0 });
    this.transcript.setAttribute("aria-label", words.conversation);
    this.transcript.setAttribute("aria-live", "polite");
    this.types = node("p", { className: "types" });
    this.types.setAttribute("role", "status");
    this.#stayAtEnd();
    this.composer = new Composer(view.id, common, {
      sent: (message) => this.add(message),
      noted: (note) => this.#addNote(note),
    });
    const pdf = `/desk/conversations/${encodeURIComponent(view.id)}/transcript.pdf?lang=${common.lang}`;
    const print = node("a", { className: "print", href: pdf, target: "_blank", text: common.words.pdf });
    const head = node("header", { className: "talk-head" }, this.title, this.whose, print, this.actions);
    this.element = node("div", { className: "talk" }, head, this.transcript, this.types, this.composer.element);
    this.update(view);
  }

  // Brings the page up to what the desk says now; what is being written stays.
  update(view) {
    const { words, shops, me } = this.common;
    this.view = view;
    this.mine = view.handover?.state === "active" && view.handover.agent_id === me;
    this.title.replaceChildren(
      node("bdi", { text: shops[view.shop] ?? view.shop }),
      ` · ${words[`lang_${view.lang}`]}`,
    );
    this.whose.textContent = this.#whose(view.handover);
    view.messages.forEach((message) => this.add(message));
    this.fates(Object.fromEntries(view.messages.map(({ id, fate }) => [id, fate])));
    view.notes.forEach((note) => this.#addNote(note));
    this.composer.mine(this.mine);
    const asked = view.messages.findLast(({ author, text }) => author === "shopper" && text);
    if (this.mine && asked) this.composer.suggestions.refresh(asked.id);
    const ways = JSON.stringify([view.handover?.state, this.mine]);
    if (ways !== this.ways) this.actions.replaceChildren(...this.#ways(view.handover));
    this.ways = ways;
  }

  // A message of the transcript; one that is there already stays as it is.
  add(message) {
    if (this.transcript.querySelector(`[data-id="${CSS.escape(message.id)}"]`)) return;
    const { words, moments } = this.common;
    const who = message.name ?? words[message.author];
    const item = node(
      "li",
      { className: message.author },
      said(message.text),
      ...message.buttons.map(({ title }) => node("span", { className: "offered", dir: "auto", text: title })),
      ...files(message.attachments),
      node("div", { className: "under" }, node("bdi", { text: who }), ` · ${moments.hour(message.at)}`),
    );
    item.dataset.id = message.id;
    this.lastId = Math.max(this.lastId, Number(message.id));
    this.#insert(item, message.at);
  }

  // How far messages came in the shopper's app, by their ids.
  fates(all) {
    for (const [id, fate] of Object.entries(all)) {
      const item = this.transcript.querySelector(`[data-id="${CSS.escape(id)}"]`);
      if (!item || !fate || item.dataset.fate === fate) continue;
      item.dataset.fate = fate;
      item.querySelector(".fate")?.remove();
      item.append(fateSign(fate, this.common.words));
    }
    if (this.atEnd) this.bottom();
  }

  // The sign that the shopper is typing.
  typing(on) {
    const text = on ? this.common.words.types : "";
    if (this.types.textContent !== text) this.types.textContent = text;
  }

  bottom() {
    this.transcript.scrollTop = this.transcript.scrollHeight;
  }

  // What a key or button asks for, when it can be done now: take, return, close.
  do(way) {
    this.actions.querySelector(`[data-way="${way}"]`)?.click();
  }

  #addNote({ id, agent, text, at }) {
    if (this.transcript.querySelector(`[data-note="${id}"]`)) return;
    const { words, moments } = this.common;
    const item = node(
      "li",
      { className: "internal" },
      node("div", { className: "mark", text: words.note_mark }),
      said(text),
      node("div", { className: "under" }, node("bdi", { text: agent }), ` · ${moments.hour(at)}`),
    );
    item.dataset.note = id;
    this.#insert(item, at);
  }

  // By time, whatever came first; the end stays in sight for who is there.
  #insert(item, at) {
    const { transcript } = this;
    item.dataset.at = at;
    const before = [...transcript.children].reverse().find((other) => other.dataset.at <= at);
    if (before) before.after(item);
    else transcript.prepend(item);
    if (this.atEnd) this.bottom();
  }

  // Who reads the end goes on doing so when the field below grows.
  #stayAtEnd() {
    const { transcript } = this;
    this.atEnd = true;
    transcript.addEventListener("scroll", () => {
      this.atEnd = transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 80;
    }, { passive: true });
    const stay = () => this.atEnd && this.bottom();
    new ResizeObserver(stay).observe(transcript);
    transcript.addEventListener("load", stay, { capture: true }); // a photo has come and takes its room
  }

  #whose(handover) {
    const { words } = this.common;
    if (!handover) return words.with_bot;
    if (handover.state === "waiting") return words.in_queue;
    const whose = this.mine ? words.with_me : fill(words.with_agent, { agent: handover.agent });
    return `${whose} · ${handover.unanswered_since ? words.waits_us : words.waits_shopper}`;
  }

  #ways(handover) {
    const { me, leads } = this.common;
    if (!handover) return this.view.handovers.length ? [this.#way("reopen", "reopen_chat")] : [];
    if (handover.state === "waiting") return [this.#way("claim", "take", "main"), this.#transfer(me, [])];
    if (!(this.mine || leads)) return [];
    return [this.#way("close", "close", "main"), this.#way("return", "return"), this.#transfer(me)];
  }

  #way(path, word, className = "") {
    const { api, words, run } = this.common;
    const way = button(words[word], () => run(() => api.post(`${this.path}/${path}`), this.id), { className });
    way.dataset.way = word;
    return way;
  }

  #transfer(me, queues = QUEUES) {
    const { api, words, run } = this.common;
    const select = node("select", { id: "transfer-to" });
    select.setAttribute("aria-label", words.transfer_to);
    api.get("/colleagues").then((colleagues) => {
      const there = colleagues.filter(({ id, present }) => present && id !== me);
      const people = there.map(({ id, name }) => node("option", { value: `agent ${id}`, text: name }));
      const others = queues.map((queue) => node("option", { value: `queue ${queue}`, text: words[`queue_${queue}`] }));
      if (people.length) select.append(node("optgroup", { label: words.colleagues }, ...people));
      if (others.length) select.append(node("optgroup", { label: words.queues }, ...others));
      whole.hidden = !select.length;
    }, () => {});
    const give = () => {
      const [kind, goal] = select.value.split(" ");
      const body = kind === "agent" ? { agent: Number(goal) } : { queue: goal };
      return kind && run(() => api.post(`${this.path}/transfer`, body), this.id);
    };
    const whole = node("div", { className: "transfer", hidden: true }, select, button(words.transfer, give));
    return whole;
  }
}
