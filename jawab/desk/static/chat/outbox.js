// Messages on their way out: one after the other, each under its own client_id, which stays the same
// when it is sent again, so that a lost answer never makes a second message.

import { ApiError } from "./api.js";
import { pause, waitTime } from "./backoff.js";

export class Outbox {
  #queue;
  #running = false;
  #closed = false;
  #wake = null;

  // send(body) posts; on.change(queue) is told of the queue; on.sent(item, id), on.refused(item, error),
  // on.waiting() when the network is away, on.gone(error) when the conversation is.
  constructor(waiting, send, on) {
    this.#queue = waiting;
    this.send = send;
    this.on = on;
    addEventListener("online", () => this.#wake?.());
    this.#run();
  }

  get empty() {
    return this.#queue.length === 0;
  }

  add(content) {
    const item = { client_id: newId(), ...content };
    this.#queue.push(item);
    this.on.change(this.#queue);
    this.#run();
    return item;
  }

  close() {
    this.#closed = true;
    this.#wake?.();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let failures = 0; this.#queue.length && !this.#closed; ) {
      const item = this.#queue[0];
      const { client_id, text, button } = item;
      try {
        const { id } = await this.send(button ? { client_id, button } : { client_id, text });
        if (this.#closed) break;
        failures = 0;
        this.#shift();
        this.on.sent(item, id);
      } catch (error) {
        if (this.#closed) break;
        if (error instanceof ApiError && !error.passing) {
          if (error.gone) {
            this.on.gone(error);
            break;
          }
          this.#shift();
          this.on.refused(item, error);
          continue;
        }
        if (failures++ > 0) this.on.waiting();
        const least = (error.retryAfter ?? 0) * 1000;
        await pause(Math.max(least, waitTime(failures)), (wake) => (this.#wake = wake));
      }
    }
    this.#running = false;
  }

  #shift() {
    this.#queue.shift();
    this.on.change(this.#queue);
  }
}

// randomUUID() exists on secure pages only.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
