// Finds the questions whose words begin as the typed ones: first those that have them in the title.

const WEIGHTS = { title: 8, words: 4, answer: 2 };

// An entry is { title, words, answer }: folded texts. Resolves to the entries that have every typed word.
export function search(entries, query) {
  const typed = query.split(" ").filter(Boolean);
  if (!typed.length) return [];
  return entries
    .map((entry, place) => ({ entry, place, score: scoreOf(entry, typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ entry }) => entry);
}

function scoreOf(entry, typed) {
  let score = 0;
  for (const word of typed) {
    const best = Math.max(...Object.keys(WEIGHTS).map((part) => WEIGHTS[part] * fit(entry[part], word)));
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

// A whole word is better than the beginning of one, and that better than a part of it.
function fit(text, word) {
  const padded = ` ${text} `;
  if (padded.includes(` ${word} `)) return 1;
  if (padded.includes(` ${word}`)) return 0.75;
  return word.length > 2 && text.includes(word) ? 0.25 : 0;
}
