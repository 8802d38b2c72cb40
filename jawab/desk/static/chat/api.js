// The conversation API, as the desk's /openapi.json describes it.

const BASE = "/api/v1/conversations";
const PATIENCE_MS = 20_000;

export class ApiError extends Error {
  constructor(status, code, message, retryAfter) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  // Sent again, the same request may succeed.
  get passing() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }

  // The conversation cannot be used any more.
  get gone() {
    return [401, 403, 404].includes(this.status);
  }
}

export class Api {
  constructor(lang) {
    this.lang = lang;
  }

  begin(shop) {
    return this.#json("POST", BASE, null, { shop, lang: this.lang });
  }

  send({ id, token }, body) {
    return this.#json("POST", `${BASE}/${id}/messages`, token, body);
  }

  // The whole transcript after an id, page by page.
  async transcript({ id, token }, after) {
    const messages = [];
    for (let more = true; more; ) {
      const last = messages.at(-1)?.id ?? after;
      const query = last ? `?after=${encodeURIComponent(last)}` : "";
      const page = await this.#json("GET", `${BASE}/${id}/messages${query}`, token);
      messages.push(...page.messages);
      more = page.more;
    }
    return messages;
  }

  // The open response of the event stream.
  async events({ id, token }, lastEventId, signal) {
    const headers = this.#headers(token);
    if (lastEventId) headers["Last-Event-ID"] = lastEventId;
    const response = await fetch(`${BASE}/${id}/events`, { headers, signal, cache: "no-store" });
    if (!response.ok) throw await failure(response);
    return response;
  }

  #headers(token) {
    const headers = { "Accept-Language": this.lang };
    if (token) headers.Authorization = `Bearer ${token}`;
    return headers;
  }

  async #json(method, path, token, body) {
    const headers = this.#headers(token);
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw await failure(response);
    return response.json();
  }
}

export async function failure(response) {
  const { error } = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return new ApiError(response.status, error?.code ?? "", error?.message ?? "", retryAfter);
}
