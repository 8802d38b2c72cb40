// The agents' API, as /openapi.json describes it. The token is in a cookie that no script reads; the header says
// that a page of ours asks.

import { failure } from "../chat/api.js";

const BASE = "/api/v1/agent";
const PATIENCE_MS = 20_000;
const UPLOAD_PATIENCE_MS = 300_000;

export class Api {
  constructor(lang) {
    this.headers = { "X-Jawab-Desk": "1", "Accept-Language": lang };
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, body) {
    return this.#ask("POST", path, body);
  }

  put(path, body) {
    return this.#ask("PUT", path, body);
  }

  // Sends one file; gives its id.
  async upload(path, file) {
    const body = new FormData();
    body.append("file", file);
    const signal = AbortSignal.timeout(UPLOAD_PATIENCE_MS);
    const response = await fetch(BASE + path, { method: "POST", headers: this.headers, body, signal });
    if (!response.ok) throw await failure(response);
    return (await response.json()).id;
  }

  delete(path) {
    return this.#ask("DELETE", path);
  }

  // The open response of the event stream.
  async events(lastEventId, signal) {
    const headers = { ...this.headers, ...(lastEventId && { "Last-Event-ID": lastEventId }) };
    const response = await fetch(`${BASE}/events`, { headers, signal, cache: "no-store" });
    if (!response.ok) throw await failure(response);
    return response;
  }

  async #ask(method, path, body) {
    const response = await fetch(BASE + path, {
      method,
      headers: { ...this.headers, ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw await failure(response);
    return response.status === 204 ? null : response.json();
  }
}
