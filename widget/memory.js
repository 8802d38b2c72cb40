/* ---------- What stays on the device ---------- */

/** JSON under `jawab.<shop>.…` (of a signed-in user: `jawab.<shop>@<user>.…`) of a storage; in memory where the page may store nothing or no more. */
class Memory {
  #storage; #instead = new Map(); #prefix = `jawab.${PLACE}.`;
  constructor(storage) {
    try { this.#storage = window[storage]; } catch { /* forbidden: this page alone remembers */ }
  }
  read(key) {
    if (this.#instead.has(key)) return this.#instead.get(key);
    try { return JSON.parse(this.#storage.getItem(this.#prefix + key)) ?? undefined; } catch { return undefined; }
  }
  write(key, value) {
    this.#instead.delete(key);
    try {
      if (value === undefined) this.#storage.removeItem(this.#prefix + key);
      else this.#storage.setItem(this.#prefix + key, JSON.stringify(value));
    } catch { if (value !== undefined) this.#instead.set(key, value); }
  }
  /** Calls run(key) when another tab has written. */
  watch(run) {
    addEventListener("storage", ({ key, storageArea }) => {
      if (storageArea === this.#storage && key?.startsWith(this.#prefix)) run(key.slice(this.#prefix.length));
    });
  }
  /** What is stored under keys with this beginning. */
  all(beginning) {
    let kept = [];
    try { kept = Object.keys(this.#storage); } catch { /* nothing is */ }
    const keys = new Set([...kept.filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length)), ...this.#instead.keys()]);
    return [...keys].filter((key) => key.startsWith(beginning)).map((key) => this.read(key)).filter(Boolean);
  }
}
