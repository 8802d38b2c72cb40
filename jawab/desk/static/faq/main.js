// The page of questions: search as one types, links to each question, and the way into the chat.

import { folder } from "./fold.js";
import { search } from "./search.js";

const TOLD_MS = 2500;

const $ = (id) => document.getElementById(id);
const main = $("questions");
const { lang, results, copied } = main.dataset;
const fold = folder(JSON.parse(main.dataset.letters));
const count = new Intl.NumberFormat({ fa: "fa-IR", ar: "ar-u-nu-latn" }[lang] ?? lang);

const entries = [...document.querySelectorAll("details.question")].map((item) => ({
  item,
  home: item.parentElement,
  title: fold(item.querySelector("summary").textContent),
  answer: fold([...item.querySelectorAll(".answer > :not(.tools)")].map((e) => e.textContent).join(" ")),
  words: item.dataset.words,
}));

/* ---------- Search ---------- */

function show(typed) {
  const query = fold(typed);
  const found = search(entries, query);
  for (const { item, home } of entries) home.append(item); // everything back to its place, in order
  $("all").hidden = query !== "";
  $("found").hidden = query === "";
  $("nothing").hidden = query === "" || found.length > 0;
  document.body.classList.toggle("searching", query !== "");
  if (query !== "") $("found").append(...found.map(({ item }) => item));
  $("count").textContent = found.length ? `${results}: ${count.format(found.length)}` : "";
}

$("search").hidden = false;
$("search").addEventListener("submit", (event) => {
  event.preventDefault();
  $("found").querySelector("details")?.setAttribute("open", "");
  $("query").blur();
});
$("query").addEventListener("input", () => show($("query").value));
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, [contenteditable], jawab-widget");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  $("query").focus();
});

/* ---------- Links ---------- */

function openLinked(behavior) {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target || !main.contains(target)) return;
  if ($("query").value) {
    $("query").value = "";
    show("");
  }
  if (target.matches("details")) target.open = true;
  target.scrollIntoView({ block: "start", behavior });
}

addEventListener("hashchange", () => openLinked("auto"));

main.addEventListener("click", async (event) => {
  const link = event.target.closest("a.link");
  if (!link) return;
  event.preventDefault();
  const address = new URL(link.getAttribute("href"), location.href);
  address.search = `?lang=${lang}`;
  history.replaceState(null, "", address);
  tell((await copy(address.href)) ? copied : address.href);
});

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without a secure address have no clipboard of that kind.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

let toldEnds = 0;

function tell(text) {
  clearTimeout(toldEnds);
  $("told").hidden = false;
  $("told").textContent = text;
  toldEnds = setTimeout(() => ($("told").hidden = true), TOLD_MS);
}

/* ---------- The way into the chat ---------- */

$("ask").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || !window.jawab?.open) return;
  event.preventDefault();
  window.jawab.open();
});

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  $("query").value = asked;
  show(asked);
}
openLinked("instant");
