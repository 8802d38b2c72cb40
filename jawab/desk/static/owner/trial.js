// Keeps a running trial's place on the page: asks for the page again and takes its section over. Without it, a link does.
const PAUSE = 2000;
const OPEN = ["running", "stopping"];

async function look() {
  const section = document.getElementById("trial");
  if (!OPEN.includes(section.dataset.state)) return;
  const fresh = await asked();
  // Whoever is about to press the button keeps it under their hand.
  if (fresh && !section.contains(document.activeElement)) section.replaceWith(fresh);
  else if (fresh && !OPEN.includes(fresh.dataset.state)) section.replaceWith(fresh);
  setTimeout(look, PAUSE);
}

async function asked() {
  try {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("trial");
  } catch {
    return null; // the desk is away for a moment
  }
}

setTimeout(look, PAUSE);
