// The agents' page: the lists live, one conversation or ticket in the middle; the address tells which.

import { Stream } from "../chat/stream.js";
import { Api } from "./api.js";
import { Lists } from "./lists.js";
import { Talk } from "./talk.js";
import { Ticket } from "./ticket.js";

const UNSOLVED = "state=new&state=open&state=pending";

const root = document.querySelector("#desk");
const { lang } = root.dataset;
const me = Number(root.dataset.agent);
const words = JSON.parse(root.dataset.words);
const shops = JSON.parse(root.dataset.shops);
const work = root.querySelector("#work");
const notice = root.querySelector("#notice");
const presence = root.querySelector("#presence");

const api = new Api(lang);
const lists = new Lists(root, words, shops, lang, {
  conversation: (id) => go("conversation", id),
  ticket: (reference) => go("ticket", reference),
});
const common = { api, words, shops, lang, me, run };

let shown = null; // the Talk or Ticket in the middle
let opening = 0;
let ticketsWanted = false;

function tell(text) {
  notice.textContent = text ?? "";
  notice.hidden = !text;
}

// Does something and tells why it could not; with an id, that is shown afresh. True when it was done.
async function run(action, id) {
  try {
    await action();
    tell(null);
    return true;
  } catch (error) {
    if (error.status === 401) location.assign(`/desk/sign-in?lang=${lang}`);
    tell((error.status && error.message) || words.unreachable);
    return false;
  } finally {
    if (id !== undefined && id === shown?.id) await open();
  }
}

function go(kind, id) {
  const hash = `#${kind}=${encodeURIComponent(id)}`;
  if (location.hash === hash) return open();
  location.hash = hash;
}

async function open() {
  const [kind, id] = location.hash.slice(1).split("=").map(decodeURIComponent);
  if (!id) return;
  const number = ++opening;
  let next;
  const done = await run(async () => {
    if (kind === "ticket") next = new Ticket(await api.get(`/tickets/${encodeURIComponent(id)}`), common);
    else next = new Talk(await conversation(id), common);
  });
  if (!done || number !== opening) return;
  const another = next.id !== shown?.id;
  const drafts = new Map(another ? [] : fields().map(({ dataset, value }) => [dataset.draft, value]));
  shown = next;
  work.replaceChildren(shown.element);
  fields().forEach((area) => (area.value = drafts.get(area.dataset.draft) ?? ""));
  if (shown.transcript) shown.transcript.scrollTop = shown.transcript.scrollHeight;
  if (another) shown.title.focus();
  lists.mark(shown.id);
}

const fields = () => [...work.querySelectorAll("textarea")];

// The whole conversation, page by page.
async function conversation(id) {
  const path = `/conversations/${encodeURIComponent(id)}`;
  const view = await api.get(path);
  while (view.more) {
    const page = await api.get(`${path}?after=${view.messages.at(-1).id}`);
    view.messages.push(...page.messages);
    view.more = page.more;
  }
  return view;
}

async function tickets() {
  if (ticketsWanted) return;
  ticketsWanted = true;
  await run(async () => lists.tickets((await api.get(`/tickets?${UNSOLVED}`)).tickets));
  ticketsWanted = false;
}

function heard(name, data) {
  if (name === "message" && data.conversation_id === shown?.id) shown.add(data.message);
  if (name !== "queue") return;
  lists.queues(data);
  tickets();
  if (shown?.transcript && moved(data)) open();
}

// Whether the conversation in the middle is now in other hands than it is shown in.
let hands = null;
function moved({ waiting, mine }) {
  const now = mine.some(({ conversation_id: id }) => id === shown.id)
    ? `mine ${shown.id}`
    : `${waiting.some(({ conversation_id: id }) => id === shown.id)} ${shown.id}`;
  const before = hands;
  hands = now;
  return before !== null && before !== now;
}

function there(is) {
  root.querySelector("#presence-state").textContent = is ? words.online : words.away;
  presence.textContent = is ? words.go_away : words.come_back;
  presence.dataset.next = is ? "away" : "online";
}

async function be(wanted) {
  await run(async () => there((await api.put("/presence", { presence: wanted })).present));
}

presence.addEventListener("click", () => be(presence.dataset.next));
root.querySelector("#sign-out").addEventListener("click", async () => {
  if (await run(() => api.delete("/session"))) location.assign(`/desk/sign-in?lang=${lang}`);
});
addEventListener("hashchange", open);

const stream = new Stream((last, signal) => api.events(last, signal), null, {
  event: heard,
  state: (connected) => tell(connected ? null : words.offline),
  gone: () => location.assign(`/desk/sign-in?lang=${lang}`),
});
addEventListener("pagehide", () => stream.close());

be("online");
open();
