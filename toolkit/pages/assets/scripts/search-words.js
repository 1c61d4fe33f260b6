// Words as search compares them: one spelling (the same as toolkit/pages/build/search/words.py), endings cut, slips
// counted. A test compares `fold` and `wordsOf` with the builder's, word by word.

const RUN = /[\p{L}\p{N}_]+(?:[-*:·'\u2019][\p{L}\p{N}_]+)*/gu;
const JOINT = /[^\p{L}\p{N}]+/u;
const HUMP = /(?<=[^\P{L}A-ZÄÖÜ])(?=[A-ZÄÖÜ])/gu;
const MOST = 40;

// Small letters without marks; ä, ae and a are one, as are ö, oe, o, and ü, ue, u, and ß, ss.
export function fold(word) {
  let plain = word.toLowerCase();
  if (/[^\0-\x7f]/.test(plain)) {
    plain = plain.replaceAll("ß", "ss").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }
  plain = plain.replaceAll("ae", "a").replaceAll("oe", "o").replace(/(^|[^aeq])ue/g, "$1u");
  return [...plain].slice(0, MOST).join("");
}

function composed(text) {
  return text.normalize("NFC").replaceAll("\u00ad", "");
}

// The words of a text, folded; of a word with joints its parts and the whole.
export function wordsOf(text) {
  const found = [];
  const apart = composed(text).replace(/#[\p{L}\p{N}_]+/gu, (tag) => tag.replace(HUMP, "-"));
  for (const [run] of apart.matchAll(RUN)) {
    const parts = run.split(JOINT).filter(Boolean);
    found.push(...parts.map(fold));
    if (parts.length > 1 && parts.length <= 4) found.push(fold(parts.join("")));
  }
  return found;
}

// What somebody asks for: parts of words with joints stand for the whole.
export function asked(text) {
  const found = [...composed(text).matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => fold(word));
  return [...new Set(found)].slice(0, 8);
}

// German: CISTEM (Weissweiler and Fraser, GSCL 2017) without cutting ge- off the front, which a reader has typed by
// then, and without cutting the -t of short words (Welt, Post). Umlauts are folded before.
export function germanStem(word) {
  let stem = word.replace(/sch/g, "$").replace(/ei/g, "%").replace(/ie/g, "&").replace(/(.)\1/g, "$1*");
  while (stem.length > 3) {
    const shorter = stem.length > 5 ? stem.replace(/(?:e[mr]|nd|t)$/, "") : stem;
    const cut = shorter !== stem ? shorter : stem.replace(/[esn]$/, "");
    if (cut === stem) break;
    stem = cut;
  }
  return stem.replace(/(.)\*/g, "$1$1").replace(/&/g, "ie").replace(/%/g, "ei").replace(/\$/g, "sch");
}

// English: step 1 of Porter's stemmer (Program 14, 1980) and a silent -e: voices, voice; planned, planning, plan.
export function englishStem(word) {
  let stem = word;
  if (/sses$/.test(stem)) stem = stem.slice(0, -2);
  else if (/ies$/.test(stem) && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/[^su]s$/.test(stem) && stem.length > 3) stem = stem.slice(0, -1);
  const bare = stem.replace(/(?:ing|ed)$/, "");
  if (bare !== stem && bare.length > 2 && /[aeiouy]/.test(bare)) stem = bare.replace(/([^aeioulsz])\1$/, "$1");
  if (stem.length > 3) stem = stem.replace(/e$/, "");
  return stem.length > 3 ? stem.replace(/([^aeiou])y$/, "$1i") : stem;
}

// The ends that a word and a question may have in common.
export function stemsOf(word) {
  return [germanStem(word), englishStem(word)];
}

// What nouns and verbs of one root share: Kündigung, kündigen; Lieferung, liefern; Allergie, Allergene.
export function rootOf(word) {
  let root = germanStem(word);
  for (;;) {
    const shorter = root.replace(/(?:ung|keit|heit|lich|isch|bar|er|ie)$/, "");
    if (shorter === root || shorter.length < 4) return root;
    root = shorter;
  }
}

// How many slips lie between two words: letters left out, added, mixed up, or two that changed places; more than `most`
// are `most` + 1.
export function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_none, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      now[at] = Math.min(last[at] + 1, now[at - 1] + 1, last[at - 1] + (same ? 0 : 1));
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) now[at] = Math.min(now[at], before[at - 2] + 1);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return Math.min(last[other.length], most + 1);
}
