// What survives a reload of the page, for this tab alone: the conversation and what is not sent yet.

export class Memory {
  constructor(shop) {
    this.key = `jawab.${shop}`;
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  write(part) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...this.read(), ...part }));
    } catch {
      // Storage is full or forbidden: the chat works, only a reload begins anew.
    }
  }

  clear() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}
