/* ---------- Messages on their way out ---------- */

/**
 * Sends one message after the other, each under its own client_id, which stays the same when it is sent again.
 * Every message is a key of its own in the storage, so tabs share the queue and none overwrites another's.
 */
class Outbox {
  queue = [];
  #memory; #deliver; #on; #running = false; #wake = () => {}; #last = 0;
  constructor(memory, deliver, on) {
    [this.#memory, this.#deliver, this.#on] = [memory, deliver, on];
    addEventListener("online", () => this.#wake());
    this.look();
  }
  /** Reads the queue again: another tab has changed it. */
  look() { this.queue = this.#memory.all("queue.").sort((a, b) => a.at - b.at || (a.client_id < b.client_id ? -1 : 1)); }
  get waiting() { return this.queue.filter((item) => !item.failed); }
  add(content) {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const item = { client_id: newId(), at: this.#last, ...content };
    this.#keep(item);
    return item;
  }
  drop({ client_id }) { this.#memory.write(`queue.${client_id}`); this.look(); }
  wake() { this.#wake(); this.run(); }
  /** Sends until nothing waits. */
  async run() {
    if (this.#running) return;
    this.#running = true;
    for (let failures = 0; this.waiting.length; ) {
      try {
        await exclusively("send", () => this.#first());
        failures = 0;
      } catch (error) {
        this.#on.waiting(++failures);
        await pause(Math.max(error.retryAfter ?? 0, waitTime(failures)), (wake) => (this.#wake = wake));
      }
    }
    this.#running = false;
  }
  #keep(item) { this.#memory.write(`queue.${item.client_id}`, item); this.look(); }
  async #first() {
    this.look();
    const [item] = this.waiting;
    if (!item) return;
    try {
      const { id } = await this.#deliver(item);
      this.drop(item);
      this.#on.sent(item, id);
    } catch (error) {
      if (!(error instanceof ApiError) || error.passing) throw error;
      if (error.gone && this.#on.gone(error)) return;
      this.#keep({ ...item, failed: error.message || say("not_sent") });
      this.#on.refused();
    }
  }
}
