// What the page remembers for an agent: choices over days, drafts and what was seen while the window is open.

export class Memory {
  constructor(agent) {
    this.prefix = `jawab.desk.${agent}.`;
  }

  choice(name, value) {
    return this.#keep(localStorage, name, value);
  }

  draft(name, value) {
    return this.#keep(sessionStorage, `draft.${name}`, value);
  }

  seen(conversation, value) {
    return this.#keep(localStorage, `seen.${conversation}`, value);
  }

  // Conversations that are over need not be remembered.
  keepOnly(conversations) {
    const wanted = new Set(conversations.map((id) => `${this.prefix}seen.${id}`));
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${this.prefix}seen.`) && !wanted.has(key)) localStorage.removeItem(key);
    }
  }

  forgetDrafts() {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(this.prefix)) sessionStorage.removeItem(key);
    }
  }

  #keep(storage, name, value) {
    const key = this.prefix + name;
    if (value === undefined) return storage.getItem(key) ?? "";
    if (value === "") storage.removeItem(key);
    else storage.setItem(key, value);
    return value;
  }
}
