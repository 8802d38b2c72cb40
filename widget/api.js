/* ---------- The desk's API ---------- */

const PATIENCE_MS = 20_000; // one request

/** An answer of the desk that is no success; `message` is meant for the shopper. */
class ApiError extends Error {
  constructor(status, body, retryAfter) {
    super(body?.error?.message ?? "");
    this.status = status;
    this.code = body?.error?.code ?? "";
    this.fields = body?.error?.fields; // what is wrong with which answer of a form
    this.retryAfter = Number(retryAfter) * 1000 || 0;
  }
  /** Sent again, the same request may succeed. */
  get passing() { return this.status >= 500 || this.status === 429 || this.status === 408; }
  /** The conversation cannot be used any more. */
  get gone() { return [401, 403, 404].includes(this.status); }
}

class Api {
  #base = `${DESK}/api/v1/`;
  shop() { return this.#json("GET", `shops/${encodeURIComponent(SHOP)}?lang=${LANG}`); }
  begin() { return this.#json("POST", "conversations", null, { shop: SHOP, lang: LANG, identify: USER }); }
  send(conversation, body) { return this.#json("POST", "messages", conversation, body); }
  typing(conversation) { return this.#json("POST", "typing", conversation); }
  transcript(conversation, after) { return this.#json("GET", `messages?after=${after}`, conversation); }
  ticketTopics() { return this.#json("GET", `shops/${encodeURIComponent(SHOP)}/topics?lang=${LANG}`); }
  openTicket(conversation, body) { return this.#json("POST", "tickets", conversation, body); }
  feedback(conversation, id, body) { return this.#json("POST", `messages/${id}/feedback`, conversation, body); }

  /** The open response of the event stream after a message id. */
  async events(conversation, after, signal) {
    const headers = { ...this.#headers(conversation), "Last-Event-ID": after };
    const response = await fetch(this.#address("events", conversation), { headers, signal, cache: "no-store", credentials: "omit" });
    if (!response.ok) throw await this.#failure(response);
    return response;
  }

  /** Sends a file by XMLHttpRequest, which alone can tell how far it is; returns { done, cancel }. */
  upload(conversation, file, progress) {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve, reject) => {
      request.open("POST", this.#address("attachments", conversation));
      request.responseType = "json";
      for (const [name, value] of Object.entries(this.#headers(conversation))) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
      request.onload = () => (request.status < 300 ? resolve(request.response)
        : reject(new ApiError(request.status, request.response, request.getResponseHeader("Retry-After"))));
      request.onerror = request.onabort = () => reject(new TypeError("upload"));
      const form = new FormData();
      form.append("file", file, file.name);
      request.send(form);
    });
    return { done, cancel: () => request.abort() };
  }

  #address(path, conversation) {
    return this.#base + (conversation ? `conversations/${conversation.id}/` : "") + path;
  }
  #headers(conversation) {
    return { "Accept-Language": LANG, ...(conversation && { Authorization: `Bearer ${conversation.token}` }) };
  }
  async #json(method, path, conversation, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const response = await fetch(this.#address(path, conversation), {
        method, cache: "no-store", credentials: "omit", signal: stop.signal, body: body && JSON.stringify(body),
        headers: { ...this.#headers(conversation), ...(body && { "Content-Type": "application/json" }) },
      });
      if (!response.ok) throw await this.#failure(response);
      return response.status === 204 ? null : await response.json();
    } finally {
      clearTimeout(timer);
    }
  }
  async #failure(response) {
    const body = await response.json().catch(() => null);
    return new ApiError(response.status, body, response.headers.get("Retry-After"));
  }
}

/* ---------- Waiting ---------- */

/** How long to wait after so many failures: longer each time, never all clients at once. */
const waitTime = (failures) => Math.min(15_000, 500 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);

/** Resolves after the time, or when the function handed to `keep` is called. */
const pause = (ms, keep) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  keep(() => resolve(clearTimeout(timer)));
});

/** Runs one at a time among the tabs. A tab that sleeps on the lock is not waited for: doubles are refused by id. */
async function exclusively(name, run) {
  if (!navigator.locks) return run();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE_MS / 2);
  let ran = false;
  const once = () => { ran = true; clearTimeout(timer); return run(); };
  try {
    return await navigator.locks.request(`jawab.${PLACE}.${name}`, { signal: waiting.signal }, once);
  } catch (error) {
    if (ran) throw error;
    return once();
  } finally {
    clearTimeout(timer);
  }
}

/** An id of our own; crypto.randomUUID() exists on secure pages only. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
