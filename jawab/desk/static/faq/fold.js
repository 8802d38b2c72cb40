// One comparable form of what people type in many ways: what jawab.text.characters.fold_letters does on the
// server, letter for letter. `letters` is the language's table of data/lexicon/characters.yml.

const APOSTROPHES = "'’‘`´ʼʻʹ";
const TATWEEL = "\u0640";
// Without looking behind, which older phones cannot.
const GROUPING = /(\p{Nd})[,٬،](?=\p{Nd}{3}(?!\p{Nd}))/gu;
const SCRIPT_TO_DIGIT = /([\u0620-\u06ff])(?=[0-9])|([0-9])(?=[\u0620-\u06ff])/g;

export function folder(letters) {
  const map = new Map(Object.entries(letters));
  for (const mark of APOSTROPHES + TATWEEL) map.set(mark, "");

  return (text) => {
    const plain = text.replace(GROUPING, "$1").normalize("NFKD").toLowerCase().normalize("NFKD");
    let folded = "";
    for (const character of plain) folded += map.get(character) ?? keep(map, character);
    return folded.replace(SCRIPT_TO_DIGIT, "$& ").split(" ").filter(Boolean).join(" ");
  };
}

function keep(map, character) {
  const found = ofCategory(character);
  map.set(character, found);
  return found;
}

function ofCategory(character) {
  if (character === "ß") return "ss";
  if (character === "ς") return "σ";
  if (/\p{L}/u.test(character)) return character;
  if (/\p{Nd}/u.test(character)) return digit(character.codePointAt(0));
  return /[\p{M}\p{Cf}]/u.test(character) ? "" : " ";
}

// The ten digits of a script stand side by side.
function digit(code) {
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
