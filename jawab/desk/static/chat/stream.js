// Follows a conversation's events by fetch(), which can send the token and Last-Event-ID as headers.

import { ApiError } from "./api.js";
import { pause, waitTime } from "./backoff.js";

const SILENCE_MS = 45_000; // three heartbeats

export class Stream {
  #stop = new AbortController();
  #wake = null;

  // open(lastId, signal) gives the response; on.event(name, data, id), on.state(connected), on.gone(error).
  constructor(open, lastId, on) {
    this.open = open;
    this.lastId = lastId;
    this.on = on;
    for (const name of ["online", "focus"]) {
      addEventListener(name, () => this.#wake?.(), { signal: this.#stop.signal });
    }
    this.#follow();
  }

  close() {
    this.#stop.abort();
    this.#wake?.();
  }

  async #follow() {
    for (let failures = 0; !this.#stop.signal.aborted; failures++) {
      const attempt = new AbortController();
      const signal = AbortSignal.any([attempt.signal, this.#stop.signal]);
      try {
        const response = await this.open(this.lastId, signal);
        failures = 0;
        this.on.state(true);
        await this.#read(response.body, attempt);
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        if (error instanceof ApiError && error.gone) return this.on.gone(error);
      }
      if (this.#stop.signal.aborted) return;
      if (failures > 0 || !navigator.onLine) this.on.state(false);
      await pause(waitTime(failures), (wake) => (this.#wake = wake));
    }
  }

  async #read(body, attempt) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const silence = setTimeout(() => attempt.abort(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const blocks = (rest + value.replaceAll("\r", "")).split("\n\n");
      rest = blocks.pop();
      blocks.forEach((block) => this.#dispatch(block));
    }
  }

  #dispatch(block) {
    const event = {};
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      if (colon > 0) event[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, "");
    }
    if (!event.event) return;
    if (event.id) this.lastId = event.id;
    this.on.event(event.event, JSON.parse(event.data), event.id);
  }
}
