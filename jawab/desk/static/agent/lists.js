// The lists at the side: who waits, whom this agent answers, tickets that are not solved.

import { button, node } from "./nodes.js";

export class Lists {
  constructor(root, words, shops, lang, on) {
    this.root = root;
    this.words = words;
    this.shops = shops;
    this.time = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
    this.day = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
    this.on = on;
    this.current = null;
  }

  // The state of the queues as the event stream tells it.
  queues({ counts, waiting, mine }) {
    this.#fill("waiting", counts.waiting, waiting, (one) => this.#handover(one), this.words.nobody_waits);
    this.#fill("mine", counts.mine, mine, (one) => this.#handover(one), this.words.nothing_mine);
  }

  tickets(list) {
    this.#fill("tickets", list.length, list, (one) => this.#ticket(one), this.words.no_tickets);
  }

  // Marks what is open in the middle.
  mark(id) {
    this.current = id;
    for (const entry of this.root.querySelectorAll(".entry")) {
      if (entry.dataset.id === id) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
  }

  #fill(id, count, list, make, nothing) {
    this.root.querySelector(`#${id}-count`).textContent = count;
    const items = list.map((one) => node("li", {}, make(one)));
    if (!items.length) items.push(node("li", { className: "hint", text: nothing }));
    this.root.querySelector(`#${id}`).replaceChildren(...items);
    this.mark(this.current);
  }

  #handover(one) {
    const place = one.place ? `${one.place}. ` : "";
    const since = this.time.format(new Date(one.waiting_since));
    return this.#entry(
      one.conversation_id,
      `${place}${this.shops[one.shop] ?? one.shop} · ${one.lang}`,
      `${this.words[`reason_${one.reason}`]} · ${since}`,
      () => this.on.conversation(one.conversation_id),
    );
  }

  #ticket(one) {
    return this.#entry(
      one.reference,
      `${one.reference} · ${this.words[`state_${one.state}`]}`,
      `${this.words[`queue_${one.queue}`]} · ${this.day.format(new Date(one.due_at))}`,
      () => this.on.ticket(one.reference),
    );
  }

  #entry(id, title, under, run) {
    const entry = button("", run, { className: "entry" });
    entry.dataset.id = id;
    entry.append(node("bdi", { text: title }), node("small", { text: under }));
    return entry;
  }
}
