// Finds questions by typed words: those that have all of them; if none has, those that have most, rare words first.

const WEIGHTS = { title: 8, words: 4, answer: 2 };

// An entry is { title, words, answer }, folded texts; the query is folded too. Returns entries, best first.
export function search(entries, query) {
  const typed = [...new Set(query.split(" ").filter(Boolean))];
  const worth = typed.map((word) => entries.map((entry) => worthOf(entry, word)));
  const rarity = worth.map((row) => Math.log(1 + entries.length / (1 + row.filter(Boolean).length)));
  const scored = entries.map((entry, place) => ({
    entry,
    place,
    has: worth.filter((row) => row[place] > 0).length,
    score: worth.reduce((sum, row, word) => sum + row[place] * rarity[word], 0),
  }));
  const most = Math.max(0, ...scored.map(({ has }) => has));
  if (most === 0 || most < typed.length / 2) return [];
  return scored
    .filter(({ has }) => has === most)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ entry }) => entry);
}

function worthOf(entry, word) {
  return Math.max(...Object.keys(WEIGHTS).map((part) => WEIGHTS[part] * fit(entry[part], word)));
}

// A whole word is better than the beginning of one, and that better than a part of it.
function fit(text, word) {
  const padded = ` ${text} `;
  if (padded.includes(` ${word} `)) return 1;
  if (padded.includes(` ${word}`)) return 0.75;
  return word.length > 2 && text.includes(word) ? 0.25 : 0;
}
