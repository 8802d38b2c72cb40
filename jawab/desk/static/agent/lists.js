// The lists at the side: who waits, whom this agent answers (the most pressing first), tickets that are not solved.

import { keyed } from "./keyed.js";
import { button, node } from "./nodes.js";

export class Lists {
  constructor(root, { words, shops, patience, moments, unread }, on) {
    Object.assign(this, { root, words, shops, patience, moments, unread, on });
    this.current = null;
    this.typing = new Set(); // conversations whose shopper is typing
    this.state = { waiting: [], mine: [] };
    this.entries = new Map(); // conversation or reference -> what it is
  }

  // The state of the queues as the event stream tells it.
  queues({ counts, waiting, mine }) {
    const pressing = [...mine].sort((one, other) => since(one).localeCompare(since(other)));
    this.state = { waiting, mine: pressing };
    this.#fill("waiting", counts.waiting, waiting, "conversation_id", this.words.nobody_waits);
    this.#fill("mine", counts.mine, pressing, "conversation_id", this.words.nothing_mine);
    this.tick();
  }

  tickets(list, total) {
    this.#fill("tickets", total, list, "reference", this.words.no_tickets);
    this.tick();
  }

  // Marks what is open in the middle.
  mark(id) {
    this.current = id;
    for (const entry of this.root.querySelectorAll(".entry")) {
      if (entry.dataset.id === id) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
  }

  // The conversation after (1) or before (-1) this one, as the lists show them.
  beside(current, step) {
    const ids = [...this.state.waiting, ...this.state.mine].map((one) => one.conversation_id);
    if (!ids.length) return null;
    const at = ids.indexOf(current);
    return ids[at < 0 ? (step > 0 ? 0 : ids.length - 1) : (at + step + ids.length) % ids.length];
  }

  get pressing() {
    return this.state.mine.find((one) => one.unanswered_since) ?? this.state.waiting[0] ?? this.state.mine[0];
  }

  // Deadlines run; called every second, and when something changed.
  tick() {
    const owed = this.state.mine.filter((one) => one.unanswered_since);
    for (const entry of this.root.querySelectorAll(".entry")) {
      const one = this.entries.get(entry.dataset.id);
      if (one) this.#time(entry, one, owed.length > 1 && one.id === owed[0].id);
    }
  }

  // Unread counts and last words.
  refresh() {
    for (const entry of this.root.querySelectorAll("#mine .entry")) this.#news(entry);
  }

  #fill(id, count, list, key, nothing) {
    this.root.querySelector(`#${id}-count`).textContent = this.moments.number(count);
    list.forEach((one) => this.entries.set(one[key], one));
    const items = list.length ? list : [{ [key]: "" }];
    keyed(
      this.root.querySelector(`#${id}`),
      items,
      (one) => one[key],
      (one) => (one[key] ? node("li", {}, this.#entry(one[key], key)) : node("li", { className: "hint", text: nothing })),
      (item, one) => one[key] && this.#update(item.firstElementChild, one),
    );
    this.mark(this.current);
  }

  #entry(id, key) {
    const open = key === "reference" ? this.on.ticket : this.on.conversation;
    const entry = button("", () => open(id), { className: "entry" });
    entry.dataset.id = id;
    entry.append(
      node("span", { className: "entry-head" },
        node("bdi", { className: "entry-title" }),
        node("span", { className: "unread" }),
        node("span", { className: "left" }),
      ),
      node("small", { className: "entry-under" }),
      node("small", { className: "entry-last", dir: "auto" }, node("bdi")),
    );
    return entry;
  }

  #update(entry, one) {
    const { words, moments } = this;
    const [title, under] = entry.querySelectorAll(".entry-title, .entry-under");
    if (one.reference) {
      title.textContent = one.reference;
      title.dir = "ltr";
      under.textContent = `${one.name} · ${words[`state_${one.state}`]} · ${words[`queue_${one.queue}`]}`;
      entry.dataset.priority = one.priority;
      return;
    }
    const place = one.place ? `${moments.number(one.place)}. ` : "";
    title.textContent = `${place}${this.shops[one.shop] ?? one.shop}`;
    const whose = one.state === "active" && words[one.unanswered_since ? "waits_us" : "waits_shopper"];
    under.textContent = [whose, words[`lang_${one.lang}`], words[`reason_${one.reason}`], words[`queue_${one.queue}`]].filter(Boolean).join(" · ");
    this.#news(entry);
  }

  #news(entry) {
    const { words, moments } = this;
    const count = this.unread.count(entry.dataset.id);
    const badge = entry.querySelector(".unread");
    badge.replaceChildren(...(count ? [moments.number(count), node("span", { className: "unseen", text: ` ${words.unread}` })] : []));
    const last = entry.querySelector(".entry-last bdi");
    const types = this.typing.has(entry.dataset.id);
    last.textContent = types ? words.types : this.unread.last(entry.dataset.id)?.text ?? "";
    last.parentElement.classList.toggle("types", types);
  }

  #time(entry, one, longest) {
    const { words, moments } = this;
    const [from, seconds] = deadline(one, this.patience[one.shop] ?? {});
    const left = entry.querySelector(".left");
    if (from === null) {
      entry.dataset.level = "done";
      left.textContent = one.reference ? "" : "✓";
      left.title = one.reference ? "" : words.answered;
      return;
    }
    const { level, text } = moments.left(from, seconds);
    entry.dataset.level = level;
    const meaning = [level === "late" ? words.over : words.left, longest && words.longest].filter(Boolean).join(", ");
    const sign = level === "late" ? "+" : "";
    left.replaceChildren(
      longest ? "⚑ " : "",
      node("bdi", { dir: "auto", text: sign + text }),
      node("span", { className: "unseen", text: ` ${meaning}` }),
    );
    left.title = meaning;
  }
}

const since = (one) => one.unanswered_since ?? "9";

// Since when something is owed, and within how many seconds; null when nothing is.
export function deadline(one, { promised = 120, silence = 300 }) {
  if (one.reference) {
    const open = !["solved", "closed"].includes(one.state);
    return open ? [one.opened_at, (Date.parse(one.due_at) - Date.parse(one.opened_at)) / 1000] : [null, 0];
  }
  if (one.state === "waiting") return [one.waiting_since, promised];
  return [one.unanswered_since, silence];
}
