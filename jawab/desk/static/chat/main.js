// The chat page: one conversation, kept over reloads, in order, nothing lost and nothing doubled.

import { Api } from "./api.js";
import { Memory } from "./memory.js";
import { Outbox } from "./outbox.js";
import { Stream } from "./stream.js";
import { View } from "./view.js";

const root = document.querySelector("#chat");
const { shop, lang } = root.dataset;
const words = JSON.parse(root.dataset.words);

const api = new Api(lang);
const memory = new Memory(shop);
const view = new View(root, words, lang);

let outbox = null;
let stream = null;
let starting = null;
let connected = true;
const held = new Map(); // our own messages heard of before their sending was confirmed

async function start() {
  view.tell(null);
  view.busy(true);
  view.clear();
  held.clear();
  try {
    const { conversation, messages } = (await restored()) ?? (await begun());
    messages.forEach((message) => view.add(message, press));
    view.busy(false);
    view.toEnd("instant");
    follow(conversation, messages.at(-1)?.id);
  } catch (error) {
    view.busy(false);
    const text = error.message && error.status ? error.message : words.offline;
    view.tell({ text, action: { label: words.retry, run: start } });
  }
}

// The conversation of this tab, unless it is over, or untouched and in another language than the page.
async function restored() {
  const { conversation, lang: spoken } = memory.read();
  if (!conversation) return null;
  try {
    const messages = await api.transcript(conversation);
    const untouched = messages.every(({ author }) => author !== "shopper");
    if (untouched && spoken !== lang && !memory.read().queue?.length) return null;
    return { conversation, messages };
  } catch (error) {
    if (error.gone) return null;
    throw error;
  }
}

async function begun() {
  const { id, token, greeting } = await api.begin(shop);
  const conversation = { id, token };
  memory.clear();
  memory.write({ conversation, lang });
  return { conversation, messages: greeting };
}

function follow(conversation, lastId) {
  const queue = memory.read().queue ?? [];
  queue.forEach((item) => view.addPending(item));
  outbox = new Outbox(queue, (body) => api.send(conversation, body), {
    change: (waiting) => memory.write({ queue: waiting }),
    sent: (item, id) => {
      held.delete(id);
      view.settle(item, id);
      release();
      online(true);
    },
    refused: (item, error) => {
      view.fail(item, error.message, () => restore(item));
      release();
    },
    waiting: () => online(false),
    gone: over,
  });
  stream = new Stream((last, signal) => api.events(conversation, last, signal), lastId, {
    event: heard,
    state: online,
    gone: over,
  });
}

function heard(name, data, id) {
  if (name === "typing") view.typingSign(data.on);
  if (name !== "message" || view.has(id)) return;
  if (data.author === "shopper" && !outbox.empty) held.set(id, data);
  else view.add(data, press);
}

function release() {
  if (!outbox.empty) return;
  for (const [id, message] of held) if (!view.has(id)) view.add(message, press);
  held.clear();
}

function online(is) {
  if (is === connected) return;
  connected = is;
  view.away(!is);
  view.tell(is ? { text: words.back_online, good: true } : { text: words.offline });
}

// The token has expired or the conversation is gone: what was typed is kept, a new one begins on demand.
function over(error) {
  leave();
  view.tell({ text: error.message, action: { label: words.new_conversation, run: renew } });
}

function leave() {
  stream?.close();
  outbox?.close();
  stream = outbox = null;
}

// What has not been sent comes back into the field.
function renew() {
  leave();
  const unsent = (memory.read().queue ?? []).filter(({ button }) => !button);
  view.text.value = [...unsent.map(({ text }) => text), view.text.value].join("\n").trim();
  view.fit();
  memory.clear();
  starting = start();
  view.text.focus();
}

function say(content) {
  if (!outbox) return false;
  view.addPending(outbox.add(content));
  return true;
}

function press({ id, title }) {
  say({ button: id, text: title });
}

function restore({ button, text }) {
  if (button) return say({ button, text });
  view.text.value = text;
  view.fit();
  view.text.focus();
}

view.composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = view.text.value;
  if (text.trim() === "") return;
  if (!say({ text })) return starting.then(() => outbox && view.composer.requestSubmit());
  view.text.value = "";
  view.fit();
  view.text.focus();
});
view.text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  view.composer.requestSubmit();
});
view.fresh.addEventListener("click", renew);
addEventListener("offline", () => online(false));
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => event.persisted && (starting = start()));

starting = start();
