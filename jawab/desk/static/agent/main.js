// The agents' page: the lists live, one conversation or ticket in the middle; the address tells which.

import { Stream } from "../chat/stream.js";
import { Api } from "./api.js";
import { Lists } from "./lists.js";
import { Memory } from "./memory.js";
import { Moments } from "./moments.js";
import { fill } from "./nodes.js";
import { Panel } from "./panel.js";
import { Shortcuts } from "./shortcuts.js";
import { Sound } from "./sound.js";
import { Talk } from "./talk.js";
import { Ticket } from "./ticket.js";
import { Unread } from "./unread.js";

const UNSOLVED = "state=new&state=open&state=pending&snoozed=false";
const NOTICE_MS = 8000;
const LOOK_AGAIN_MS = 4000; // at a conversation that no stream tells of, because another has it
const SETTLE_MS = 250;

const root = document.querySelector("#desk");
const { lang } = root.dataset;
const [words, shops, titles, topics, patience] = ["words", "shops", "titles", "topics", "patience"].map((name) => JSON.parse(root.dataset[name]));
const work = root.querySelector("#work");
const notice = root.querySelector("#notice");
const presence = root.querySelector("#presence");

const api = new Api(lang);
const me = Number(root.dataset.agent);
const memory = new Memory(me);
const moments = new Moments(lang, Number(root.dataset.now));
const unread = new Unread(memory);
const sound = new Sound(root.querySelector("#sound"), memory);
const common = {
  ...{ api, words, shops, titles, topics, patience, lang, me, memory, moments, unread, run },
  leads: root.dataset.leads === "true",
};
const lists = new Lists(root, common, {
  conversation: (id) => go("conversation", id),
  ticket: (reference) => go("ticket", reference),
});
const panel = new Panel(root.querySelector("#panel"), common);

let shown = null; // the Talk or Ticket in the middle
let opening = 0;
let ticketsWanted = false;
let noticeEnds = 0;

function tell(text, stays = false) {
  clearTimeout(noticeEnds);
  notice.textContent = text ?? "";
  if (text && !stays) noticeEnds = setTimeout(tell, NOTICE_MS);
}

// Does something and tells why it could not; with an id, that is shown afresh. True when it was done.
async function run(action, id) {
  try {
    await action();
    return true;
  } catch (error) {
    if (error.status === 401) location.assign(`/desk/sign-in?lang=${lang}`);
    tell((error.status && error.message) || words.unreachable);
    return false;
  } finally {
    if (id !== undefined && id === shown?.id) await open();
  }
}

function view(name) {
  root.dataset.view = name;
  for (const button of root.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
}

function go(kind, id) {
  view("work");
  const hash = `#${kind}=${encodeURIComponent(id)}`;
  if (location.hash === hash) return open();
  location.hash = hash;
}

// What the address names, whether it is on the page yet or still on its way.
const wanted = () => location.hash.slice(1).split("=").map(decodeURIComponent);

async function open() {
  const [kind, id] = wanted();
  if (!id) return;
  const number = ++opening;
  await run(async () => {
    const found = await (kind === "ticket" ? api.get(`/tickets/${encodeURIComponent(id)}`) : conversation(id));
    if (number === opening) show(kind, found);
  });
}

function show(kind, found) {
  const another = (found.reference ?? found.id) !== shown?.id;
  if (kind === "ticket") {
    shown = new Ticket(found, common);
    panel.ticket(found);
  } else {
    if (another || !(shown instanceof Talk)) shown = new Talk(found, common);
    else shown.update(found);
    shown.typing(lists.typing.has(shown.id));
    panel.conversation(found);
  }
  if (shown.element.parentElement !== work) work.replaceChildren(shown.element);
  if (another) {
    view("work");
    shown.bottom?.();
    shown.title.focus();
  }
  lists.mark(shown.id);
  looked();
}

// The whole conversation, page by page.
async function conversation(id) {
  const path = `/conversations/${encodeURIComponent(id)}`;
  const whole = await api.get(path);
  while (whole.more) {
    const page = await api.get(`${path}?after=${whole.messages.at(-1).id}`);
    whole.messages.push(...page.messages);
    whole.more = page.more;
  }
  return whole;
}

async function tickets() {
  if (ticketsWanted) return;
  ticketsWanted = true;
  await run(async () => {
    const page = await api.get(`/tickets?${UNSOLVED}`);
    lists.tickets(page.tickets, Math.max(unsolved, page.tickets.length));
  });
  ticketsWanted = false;
}

let settle = 0;
function later() {
  clearTimeout(settle);
  settle = setTimeout(open, SETTLE_MS);
}

// What is open and in sight counts as read.
function looked() {
  if (shown instanceof Talk && !document.hidden) unread.look(shown.id, shown.lastId);
  lists.refresh();
  badge();
}

function badge() {
  const count = unread.total + lists.state.waiting.length;
  document.title = count ? `(${moments.number(count)}) ${words.title}` : `${words.title} · Jawab`;
  const number = root.querySelector("#views-count");
  number.textContent = moments.number(count);
  number.hidden = !count;
}

function said({ conversation_id: id, message }) {
  const fresh = unread.add(id, message);
  if (id === shown?.id) {
    shown.add(message);
    if (message.author === "shopper") later(); // how it was understood
  }
  if (fresh) sound.ring();
  looked();
}

let unsolved = 0;
let waited = null;
function queued(state) {
  const waits = new Set(state.waiting.map((one) => one.conversation_id));
  if (waited && [...waits].some((id) => !waited.has(id))) {
    sound.ring();
    tell(words.new_in_queue);
  }
  if (waited?.has(shown?.id) && !waits.has(shown.id)) gone(shown, state);
  waited = waits;
  unsolved = Object.values(state.counts.tickets).reduce((sum, number) => sum + number, 0);
  unread.keepOnly(state.mine.map((one) => one.conversation_id));
  lists.queues(state);
  badge();
  tickets();
  if (shown instanceof Talk) later();
}

// The open conversation has left the queue: another took it, unless it is in one's own hands.
async function gone(talk, { mine }) {
  if (!(talk instanceof Talk) || mine.some((one) => one.conversation_id === talk.id)) return;
  await open();
  const { handover } = talk.view;
  if (handover?.state === "active" && !talk.mine) tell(fill(words.taken_by, { agent: handover.agent }));
}

// In which conversations the shopper is typing.
function types({ conversations }) {
  lists.typing = new Set(conversations);
  if (shown instanceof Talk) shown.typing(lists.typing.has(shown.id));
  lists.refresh();
}

// How far messages came in the shopper's app.
function fared({ conversation_id: id, fates }) {
  if (shown instanceof Talk && shown.id === id) shown.fates(fates);
}

// What colleagues did to the open ticket meanwhile, and how its answers fared.
async function lookAgain(ticket) {
  const found = await api.get(`/tickets/${encodeURIComponent(ticket.id)}`);
  if (shown === ticket && !ticket.element.inert && !ticket.refresh(found)) show("ticket", found);
}

const HEARD = { queue: queued, message: said, typing: types, fate: fared };

function there(is) {
  root.querySelector("#presence-state").textContent = is ? words.online : words.away;
  root.querySelector("#presence-next").textContent = is ? words.go_away : words.come_back;
  presence.dataset.next = is ? "away" : "online";
}

async function be(presence) {
  await run(async () => there((await api.put("/presence", { presence })).present));
}

// A key that comes before its conversation means the one on its way, not the one still in sight.
const talk = (action) => async () => {
  const id = wanted()[1] ?? shown?.id;
  if (shown?.id !== id) await open();
  if (shown instanceof Talk && shown.id === id) action(shown);
};
const step = (by) => () => {
  const id = lists.beside(wanted()[1], by);
  if (id) go("conversation", id);
};
new Shortcuts(root.querySelector("#keys-list"), root.querySelector("#keys"), words, memory, {
  next: step(1),
  previous: step(-1),
  unread: () => lists.pressing && go("conversation", lists.pressing.conversation_id),
  take: talk((open) => open.do("take")),
  return: talk((open) => open.do("return")),
  close: talk((open) => open.do("close")),
  reply: talk((open) => open.composer.write("reply")),
  note: talk((open) => open.composer.write("note")),
  suggestion: (number) => talk((open) => open.mine && open.composer.suggestions.take(number))(),
  search: () => root.querySelector("#find").focus(),
  sound: () => sound.toggle(),
});

presence.addEventListener("click", () => be(presence.dataset.next));
root.querySelector("#sign-out").addEventListener("click", async () => {
  if (!(await run(() => api.delete("/session")))) return;
  memory.forgetDrafts();
  location.assign(`/desk/sign-in?lang=${lang}`);
});
for (const button of root.querySelectorAll(".views button")) {
  button.addEventListener("click", () => view(button.dataset.view));
}
addEventListener("hashchange", open);
document.addEventListener("visibilitychange", looked);
setInterval(() => lists.tick(), 1000);
setInterval(() => shown instanceof Ticket && !document.hidden && lookAgain(shown).catch(() => {}), LOOK_AGAIN_MS);
setInterval(() => shown instanceof Talk && !shown.mine && !document.hidden && open(), LOOK_AGAIN_MS);

const stream = new Stream((last, signal) => api.events(last, signal), null, {
  event: (name, data) => HEARD[name]?.(data),
  state: (connected) => tell(connected ? null : words.offline, !connected),
  gone: () => location.assign(`/desk/sign-in?lang=${lang}`),
});
addEventListener("pagehide", () => stream.close());

view("lists");
be("online");
open();
