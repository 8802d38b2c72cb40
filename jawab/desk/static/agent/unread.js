// What shoppers have written in this agent's conversations and the agent has not looked at yet.

export class Unread {
  #all = new Map(); // conversation -> { ids, last }

  constructor(memory) {
    this.memory = memory;
  }

  // Notes a message; true when it is news to the agent.
  add(conversation, message) {
    const here = this.#of(conversation);
    const newest = !here.last || Number(message.id) >= Number(here.last.id);
    if (newest && message.author !== "bot") here.last = message; // what persons said last
    const seen = Number(this.memory.seen(conversation)) || 0;
    if (message.author !== "shopper" || Number(message.id) <= seen || here.ids.has(message.id)) return false;
    here.ids.add(message.id);
    return true;
  }

  look(conversation, lastId) {
    this.#of(conversation).ids.clear();
    const seen = Number(this.memory.seen(conversation)) || 0;
    if (lastId > seen) this.memory.seen(conversation, String(lastId));
  }

  keepOnly(conversations) {
    this.memory.keepOnly(conversations);
    for (const id of this.#all.keys()) if (!conversations.includes(id)) this.#all.delete(id);
  }

  count(conversation) {
    return this.#all.get(conversation)?.ids.size ?? 0;
  }

  last(conversation) {
    return this.#all.get(conversation)?.last;
  }

  get total() {
    return [...this.#all.values()].reduce((sum, { ids }) => sum + ids.size, 0);
  }

  #of(conversation) {
    if (!this.#all.has(conversation)) this.#all.set(conversation, { ids: new Set(), last: null });
    return this.#all.get(conversation);
  }
}
