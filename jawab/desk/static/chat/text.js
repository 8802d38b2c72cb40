// Texts as nodes: numbers, codes and addresses stand apart, so that «021-91000100» keeps its order inside
// right-to-left words. Only text nodes are made of what people wrote, never markup.

const DIGIT = "0-9\u06f0-\u06f9\u0660-\u0669";
const APART = new RegExp(
  [
    "https?:\\/\\/[^\\s<>\"'«»،؛)]+[^\\s<>\"'«»،؛).,!?؟]",
    "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
    `[+#]?[${DIGIT}](?:[${DIGIT}:/.,\\u066b\\u066c-]*[${DIGIT}])?%?`,
    "@[A-Za-z][\\w.]*\\w",
    "[A-Z]{1,5}-?[0-9][A-Z0-9-]*",
  ].join("|"),
  "gu",
);
const PHONE = /^(?:\+|0)[0-9-]{7,}$|^[0-9]{3,4}(?:-[0-9]{3,4}){2}$/;
const EMAIL = /^[^@]+@[^@]+\.[^@]+$/;
const BULLET = /^•\s/u;
const NUMBERED = /^[0-9\u06f0-\u06f9\u0660-\u0669]{1,2}[.)]\s/u;

// A text of several lines: one block a line, so that the points of a list hang.
export function fillLines(element, text, options) {
  for (const line of text.split("\n")) {
    const block = document.createElement("div");
    if (BULLET.test(line)) block.className = "point";
    if (NUMBERED.test(line)) block.className = "point numbered";
    if (line.trim()) fill(block, line, options);
    else block.append(document.createElement("br"));
    element.append(block);
  }
}

export function fill(element, text, { links = false } = {}) {
  let end = 0;
  for (const match of text.matchAll(APART)) {
    element.append(text.slice(end, match.index), apart(match[0], links));
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
}

function apart(piece, links) {
  const isolated = document.createElement("bdi");
  isolated.dir = "ltr";
  const address = links && addressOf(piece);
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = piece;
    if (address.startsWith("http")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    isolated.append(link);
  } else {
    isolated.textContent = piece;
  }
  return isolated;
}

function addressOf(piece) {
  if (/^https?:\/\//.test(piece)) return piece;
  if (EMAIL.test(piece)) return `mailto:${piece}`;
  return PHONE.test(piece) ? `tel:${piece.replaceAll("-", "")}` : null;
}
