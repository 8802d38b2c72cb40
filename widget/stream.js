/* ---------- The event stream ---------- */

const SILENCE_MS = 45_000; // three heartbeats

/** Follows a conversation's events by fetch(), which can send the token and Last-Event-ID as headers. */
class Stream {
  #open; #on; #wanted = false; #running = false; #attempt = null; #wake = () => {};
  /** open(signal) gives the response; on: event(name, data, id), connected(), lost(failures), refused(error) → go on? */
  constructor(open, on) { [this.#open, this.#on] = [open, on]; }
  start() { this.#wanted = true; if (!this.#running) this.#follow(); else this.#wake(); }
  stop() { this.#wanted = false; this.restart(); }
  /** Begins a new connection: the old one may be dead without knowing it. */
  restart() { this.#attempt?.abort(); this.#wake(); }
  async #follow() {
    this.#running = true;
    for (let failures = 0; this.#wanted; ) {
      this.#attempt = new AbortController();
      let least = 0;
      try {
        const response = await this.#open(this.#attempt.signal);
        failures = 0;
        this.#on.connected();
        await this.#read(response.body.pipeThrough(new TextDecoderStream()).getReader());
      } catch (error) {
        least = error.retryAfter ?? 0;
        if (error instanceof ApiError && !error.passing && !this.#on.refused(error)) this.#wanted = false;
      }
      if (!this.#wanted) break;
      this.#on.lost(++failures);
      await pause(Math.max(least, waitTime(failures - 1)), (wake) => (this.#wake = wake));
    }
    this.#running = false;
    if (this.#wanted) this.#follow();
  }
  async #read(reader) {
    for (let rest = ""; ; ) {
      const silence = setTimeout(() => this.#attempt.abort(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const blocks = (rest + value.replaceAll("\r", "")).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const event = Object.fromEntries(block.split("\n").map((line) => line.match(/^(\w+): ?(.*)$/)?.slice(1) ?? ["", ""]));
        if (event.event) this.#on.event(event.event, JSON.parse(event.data), event.id);
      }
    }
  }
}
