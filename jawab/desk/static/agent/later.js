// Putting a ticket off for a while, and letting another of the same shopper go on in its place; both can be taken back.

import { button, fill, node } from "./nodes.js";

const HOUR_MS = 3_600_000;
const TIMES = { in_hour: 1, in_day: 24, in_three_days: 72, in_week: 168 }; // hours

// When a ticket that is open comes back, or until when it is put off; `act(path, body)` does it.
export function putOff({ state, snoozed_until: until, version }, { words, moments }, act) {
  if (["solved", "closed"].includes(state)) return null;
  if (until) {
    const told = node("p", { className: "asleep", text: fill(words.asleep, { time: moments.day(until) }) });
    return node("div", { className: "later" }, told, button(words.wake, () => act("snooze", { until: null })));
  }
  const select = node("select", { id: "snooze-until" });
  select.append(...Object.entries(TIMES).map(([word, hours]) => node("option", { value: hours, text: words[word] })));
  const snooze = () =>
    act("snooze", { until: new Date(moments.now + select.value * HOUR_MS).toISOString(), version });
  return choice(words.snooze_until, select, button(words.snooze, snooze), words.snooze_note);
}

// The tickets that this one may be merged into, or the one that goes on in its place.
export function doubled({ merged_into: into, doubles, version }, { words, moments }, act) {
  if (into) {
    const link = node("a", { href: `#ticket=${into}`, dir: "ltr", text: into });
    return node("div", { className: "later" }, node("p", {}, `${words.merged} `, link), button(words.split, () => act("split")));
  }
  if (!doubles.length) return null;
  const select = node("select", { id: "merge-into" });
  select.append(...doubles.map(({ reference, state, opened_at: opened }) =>
    node("option", { value: reference, text: `${reference} · ${words[`state_${state}`]} · ${moments.day(opened)}` }),
  ));
  return choice(words.merge_into, select, button(words.merge, () => act("merge", { into: select.value, version })), words.merge_note);
}

function choice(label, select, button, note) {
  const hint = node("small", { className: "hint", id: `${select.id}-note`, text: note });
  select.setAttribute("aria-describedby", hint.id);
  const row = node("div", { className: "transfer" }, node("label", { htmlFor: select.id, text: label }), select, button);
  return node("div", { className: "later" }, row, hint);
}
