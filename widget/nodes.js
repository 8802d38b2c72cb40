/* ---------- Texts as nodes, colours, icons ---------- */

/** An element with attributes, listeners (`onclick: …`) and children; texts go in as text. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const ICONS = {
  chat: "M21 11.5a8.5 8.5 0 0 1-8.5 8.5H4l1.7-3.3A8.5 8.5 0 1 1 21 11.5zM8.6 11.5h.01M12.5 11.5h.01M16.4 11.5h.01",
  close: "M6 6l12 12M18 6L6 18", fold: "M6 9.5l6 6 6-6", send: "M12 19V5.5M6 11.2L12 5l6 6.2",
  attach: "M20 11.6l-8 8a5 5 0 0 1-7-7l8.3-8.4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  thumb: "M7 10.5V20M7 10.8l3.6-7.3a2.3 2.3 0 0 1 2.3 2.7L12.4 9h5.7a2 2 0 0 1 2 2.4l-1.4 7A2 2 0 0 1 16.8 20H4.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1H7",
  copy: "M9.5 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9a1.5 1.5 0 0 1-1.5-1.5v-9a1.5 1.5 0 0 1 1.5-1.5zM5 15.5a1.5 1.5 0 0 1-1-1.4V5a1.5 1.5 0 0 1 1.5-1.5h9a1.5 1.5 0 0 1 1.4 1",
  check: "M5 12.5l4.7 4.7L19 7.5", menu: "M4.5 4.5h5.5v5.5H4.5zM14 4.5h5.5v5.5H14zM4.5 14h5.5v5.5H4.5zM14 14h5.5v5.5H14z",
  fresh: "M12.5 20H20M16.3 4.7a2.1 2.1 0 0 1 3 3L8.5 18.5 4.5 19.5l1-4z", save: "M12 4v11M7.2 10.5L12 15.3l4.8-4.8M5 19.5h14",
  next: "M9.5 6l6 6-6 6", file: "M6.5 3.5H14l4.5 4.7v12.3h-12zM13.8 3.7v4.7h4.7", video: "M4 6.5h11v11H4zM15 10.5l5-3v9l-5-3",
};
function icon(name) {
  const make = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon-${name}` });
  svg.append(make("path", { d: ICONS[name] }));
  return svg;
}

// Numbers, codes and addresses stand apart, so that «021-91000100» keeps its order inside right-to-left words.
const DIGIT = "0-9\u06f0-\u06f9\u0660-\u0669";
const APART = new RegExp([
  "https?:\\/\\/[^\\s<>\"'«»،؛)]+[^\\s<>\"'«»،؛).,!?؟]", "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
  `\\+[${DIGIT}](?:[ -]?[${DIGIT}]){7,14}`, `[+#]?[${DIGIT}](?:[${DIGIT}:/.,\\u066b\\u066c-]*[${DIGIT}])?[%٪]?`,
  "@[A-Za-z][\\w.]*\\w", "[A-Z]{1,5}-?[0-9][A-Z0-9-]*",
].join("|"), "gu");
const PHONE = /^(?:\+|0)[0-9-]{7,}$|^[0-9]{3,4}(?:-[0-9]{3,4}){2}$/;
const RTL_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/gu;

const westernDigits = (text) => text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) & 15);

function addressOf(piece) {
  if (/^https?:/.test(piece)) return piece;
  if (/^[^@]+@[^@]+\.[^@]+$/.test(piece)) return `mailto:${piece}`;
  const number = westernDigits(piece).replaceAll(" ", "-");
  return PHONE.test(number) ? `tel:${number.replaceAll("-", "")}` : null;
}

function apart(piece, links) {
  const address = links ? addressOf(piece) : null;
  const away = address?.startsWith("http") && { target: "_blank", rel: "noopener noreferrer" };
  return h("bdi", { dir: "ltr" }, address ? h("a", { href: address, ...away }, piece) : piece);
}

/** Puts one line into an element, its numbers and codes isolated. */
function fill(element, text, links = false) {
  let end = 0;
  for (const match of text.matchAll(APART)) {
    element.append(text.slice(end, match.index), apart(match[0], links));
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
  return element;
}

/** "auto", but for what that would get wrong: no letter at all, or Persian that begins with a Latin name. */
function directionOf(line) {
  const letters = line.replace(APART, "").match(/\p{L}/gu)?.length ?? 0;
  const rightToLeft = line.match(RTL_LETTER)?.length ?? 0;
  if (!letters) return DIRECTION;
  return rightToLeft && rightToLeft >= letters * 0.3 ? "rtl" : "auto";
}

/** A text of several lines: a paragraph each, with its own direction; the points of a list hang. */
function paragraphs(text, links) {
  return text.trim().split("\n").map((line) => {
    const kind = /^•\s/u.test(line) ? "point" : new RegExp(`^[${DIGIT}]{1,2}[.)]\\s`, "u").test(line) && "point numbered";
    const paragraph = h("p", { dir: directionOf(line), class: kind });
    return line.trim() ? fill(paragraph, line, links) : paragraph;
  });
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
function luminance(colour) {
  const [r, g, b] = channels(colour).map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** The contrast of two #rrggbb colours by WCAG, 1 to 21. */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
/** The colour, moved towards another until it can be read on the ground. */
function readable(colour, towards, ground) {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channels(colour).map((c, i) => Math.round(c + (channels(towards)[i] - c) * share));
    const found = `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
    if (contrast(found, ground) >= 4.6) return found;
  }
  return towards;
}
