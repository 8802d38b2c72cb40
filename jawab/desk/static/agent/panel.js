// Beside the conversation: who the shopper is, what they asked, their tickets and earlier conversations.

import { button, facts, node } from "./nodes.js";

const SHOWN = 5;

export class Panel {
  constructor(element, { api, run, words, shops, titles, topics, moments }) {
    Object.assign(this, { element, api, run, words, shops, titles, topics, moments });
  }

  clear() {
    this.element.replaceChildren(node("p", { className: "hint", text: this.words.panel_empty }));
  }

  conversation(view) {
    const { words } = this;
    const asked = view.messages.filter(({ author }) => author === "shopper").reverse();
    this.element.replaceChildren(
      node("h2", { text: words.panel }),
      this.#facts(view),
      ...this.#part(words.intents, asked.flatMap((message) => this.#intents(message)).slice(0, SHOWN)),
      ...this.#part(words.entities, this.#entities(asked)),
      ...this.#part(words.feedback, view.messages.flatMap(({ feedback }) => this.#feedback(feedback))),
      ...this.#part(words.tickets, view.tickets.slice(0, SHOWN).map((ticket) => this.#ticket(ticket))),
      ...this.#part(words.same_person, this.#person(view)),
      ...this.#part(words.earlier, this.#earlier(view)),
    );
  }

  // Who asks in a ticket, about what, and by when it is promised.
  ticket({ name, phone, email, order_number: order, shop, lang, topic, subtopic, opened_at: opened, due_at: due }) {
    const { words, moments, topics } = this;
    const known = topics[topic];
    this.element.replaceChildren(
      node("h2", { text: words.panel }),
      facts([
        [words.name, name],
        [words.entity_phone, phone],
        [words.entity_email, email],
        [words.entity_order_number, order],
        [words.shop, this.shops[shop] ?? shop],
        [words.language, words[`lang_${lang}`]],
        [words.topic, known?.title ?? topic],
        ["", known?.subtopics[subtopic]],
        [words.opened_at, moments.day(opened)],
        [words.due, moments.day(due)],
      ]),
    );
  }

  #facts({ shop, lang, channel, signed_as: user, created_at: began, handover, handovers, tickets, person }) {
    const { words, moments } = this;
    return facts([
      [words.name, tickets.at(-1)?.name],
      [words.signed_as, user],
      [words.verified_phone, person?.phone],
      [words.shop, this.shops[shop] ?? shop],
      [words.language, words[`lang_${lang}`]],
      [words.channel, words[`channel_${channel}`] ?? channel],
      [words.began, moments.day(began)],
      [words.why, (handover ?? handovers.at(-1)) && words[`reason_${(handover ?? handovers.at(-1)).reason}`]],
    ]);
  }

  #part(title, items) {
    return items.length ? [node("h3", { text: title }), node("ul", { className: "plain-list" }, ...items)] : [];
  }

  #intents({ understanding }) {
    if (!understanding?.intent) return [];
    const { intent, confidence, outcome } = understanding;
    const sure = this.moments.percents.format(confidence ?? 0);
    const unclear = outcome === "not_understood" && ` · ${this.words.outcome_not_understood}`;
    return [node("li", {}, node("bdi", { text: this.titles[intent] ?? intent }), " ", node("bdi", { className: "faint", text: sure }), unclear)];
  }

  #entities(asked) {
    const found = new Map();
    for (const { kind, value } of asked.flatMap(({ understanding }) => understanding?.entities ?? [])) {
      found.set(`${kind} ${value}`, [kind, value]);
    }
    return [...found.values()].map(([kind, value]) =>
      node("li", {}, `${this.words[`entity_${kind}`] ?? kind}: `, node("bdi", { text: this.#value(kind, value) })),
    );
  }

  // An amount and a date are written as the page's language writes them, everything else as it was named.
  #value(kind, value) {
    if (kind === "amount") return this.moments.amount(value);
    return kind === "date" ? this.moments.date(value) : value;
  }

  #feedback(given) {
    if (!given) return [];
    const verdict = this.words[given.value === "up" ? "liked" : "disliked"];
    return [node("li", {}, verdict, given.comment && ": ", given.comment && node("bdi", { text: given.comment }))];
  }

  #ticket({ reference, state }) {
    const link = node("a", { href: `#ticket=${reference}`, dir: "ltr", text: reference });
    return node("li", {}, link, ` · ${this.words[`state_${state}`]}`);
  }

  // What a verified phone or a link has joined to this conversation, and the way to say that it is another person's.
  #person({ id, person }) {
    if (!person) return [];
    const { words } = this;
    const others = person.apart ? [] : person.conversations.filter(({ apart }) => !apart);
    if (!others.length && !person.apart) return [];
    const deed = person.apart ? "rejoin" : "separate";
    const act = button(words[deed], () => this.run(() => this.api.post(`/conversations/${encodeURIComponent(id)}/${deed}`), id));
    return [
      ...others.slice(0, SHOWN).map(({ id: other, channel, began, proof }) => {
        const link = node("a", { href: `#conversation=${encodeURIComponent(other)}`, text: words[`channel_${channel}`] ?? channel });
        return node("li", {}, link, ` · ${this.moments.day(began)} · ${words[proof === "phone" ? "by_phone" : "by_link"]}`);
      }),
      node("li", {}, act),
    ];
  }

  // Conversations of which a ticket with the same phone or e-mail tells.
  #earlier({ id, tickets, person }) {
    const named = new Set([id, ...(person?.conversations ?? []).map((one) => one.id)]);
    const others = new Map(tickets.filter((one) => one.conversation_id && !named.has(one.conversation_id)).map((one) => [one.conversation_id, one]));
    return [...others].slice(0, SHOWN).map(([other, { opened_at: at }]) =>
      node("li", {}, node("a", { href: `#conversation=${encodeURIComponent(other)}`, text: this.moments.day(at) })),
    );
  }
}
