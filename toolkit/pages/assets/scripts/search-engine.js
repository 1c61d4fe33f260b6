// Finds what somebody asks for in the files beside this one (see toolkit/pages/build/search/files.py), fetching only
// what the question needs. It knows no page: texts go in, results come out.

import { asked, fold, germanStem, rootOf, slips, stemsOf } from "./words.js";

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Uint8Array(128);
[...SIGNS].forEach((sign, value) => { VALUE[sign.charCodeAt(0)] = value; });
const BLOCK = 64;
const SLICE = 8;

// How surely a word of the site is meant by a word of the question.
const SAME = 1;
const STEM = 0.9;
const ROOT = 0.6;
const BEGUN = 0.5;
const HEAD = 0.45;
const SLIPPED = 0.4;
const PART = 0.35;
const START = 0.25;

// Files that one word of a question may open, words that it may stand for, and long lists of words that begin with it.
const FILES = 24;
const WORDS = 24;
const LONG_BEGUN = 3;
// Documents that are enough, so that parts of a compound need not be looked for.
const ENOUGH = 5;
// Scores that differ by less than one part of these are equal.
const FINE = 2 ** 20;
// Documents whose texts are read to put the best in order, where more than one word is asked for.
const READ = 12;

export class Index {
  constructor(base, about) {
    this.base = base;
    this.about = about;
    this.files = new Map();
    this.first = new Map();
    about.blocks.forEach((group, block) => {
      if (!this.first.has(group)) this.first.set(group, block);
    });
  }

  // What there is below `base`; `about` is the answer, where it was asked for before this program was there.
  static async open(base, about = request(base)) {
    const answer = await about;
    if (!answer.ok) throw new Error(`search/index.json: ${answer.status}`);
    return new Index(base, await answer.json());
  }

  // The results for `text`: {words, total, groups: [{title, total, hits, more}]}, the group with the best hit first; null
  // as soon as they are no longer `wanted`.
  async find(text, wanted = () => true, most = 5) {
    const words = asked(text);
    const found = await Promise.all(words.map((word) => this.meanings(word)));
    if (!wanted()) return null;
    await Promise.all(this.telling(found).map((one) => this.fetchPlaces(one)));
    if (!wanted()) return null;
    const ranked = this.rank(found);
    const marks = new Marks(found);
    const first = words.length > 1 ? READ : 0;
    const best = this.order(await this.readAll(ranked.slice(0, first)), words, marks);
    return { words, total: ranked.length, groups: this.group(best.concat(ranked.slice(first)), most, marks) };
  }

  // What a word of the question may mean: {word, matches: [{word, sure, places | count}], count}.
  async meanings(word) {
    const stems = stemsOf(word);
    const shortest = [...stems, rootOf(word)].reduce((one, other) => (other.length < one.length ? other : one));
    const entries = await this.entries(this.near(shortest, word));
    let matches = entries.map((entry) => ({ ...entry, sure: sureness(word, stems, entry) })).filter((one) => one.sure);
    const sure = matches.reduce((sum, one) => sum + (one.sure >= HEAD ? one.count : 0), 0);
    if (!matches.length && word.length >= 5) matches = await this.slipped(word);
    if (sure < ENOUGH && word.length >= 7) matches.push(...(await this.parts(word)));
    matches.sort((one, other) => other.sure - one.sure || other.count - one.count || (one.word < other.word ? -1 : 1));
    return { word, matches: few(matches) };
  }

  // Of a compound that the site does not have its last part, and less surely its first: Kaffeetüte finds Tüte.
  async parts(word) {
    const cuts = [];
    for (let at = 3; at <= word.length - 4; at += 1) cuts.push(at);
    const found = await Promise.all(cuts.map(async (at) => {
      const end = word.slice(at);
      const stems = stemsOf(end);
      const ends = (await this.entries(this.near(end, end).slice(0, 2))).filter((one) => sureness(end, stems, one) >= HEAD * STEM);
      const starts = ends.length ? await this.starts(word.slice(0, at)) : [];
      return starts.length ? [...ends.map((one) => ({ ...one, sure: PART })), ...starts] : [];
    }));
    return found.find((ones) => ones.length) || [];
  }

  // Words of the site that a compound can begin with, the joint behind them or their ending cut: Krisen-, Farb-.
  async starts(part) {
    const entries = await this.entries(this.near(part, part).slice(0, 2));
    return entries.filter(({ word }) => (
      (part.startsWith(word) && /^(?:e?s|e?n|er|e)?$/.test(part.slice(word.length))) || germanStem(word) === part
    )).map((one) => ({ ...one, sure: START }));
  }

  // Words that differ by a slip from what was typed, or from how they begin.
  async slipped(word) {
    const most = word.length >= 9 ? 2 : 1;
    const starts = new Set([word[0], word[1]]);
    const names = [...starts].flatMap((start) => this.near(start, word)).sort((one, other) => shared(other, word) - shared(one, word));
    const entries = await this.entries([...new Set(names)].slice(0, FILES));
    return entries.map((entry) => {
      const plain = entry.word.replace("-", "");
      const away = Math.min(...[plain, plain.slice(0, word.length)].map((one) => slips(word, one, most)));
      return { ...entry, sure: away > most ? 0 : (SLIPPED / away) * (plain.length > word.length + 1 ? 0.7 : 1) };
    }).filter((one) => one.sure);
  }

  // Names of files that hold words beginning with `start`, first the one that holds `word` itself; the less was typed,
  // the fewer of all that begin so.
  near(start, word) {
    const most = Math.min(FILES, 6 * word.length);
    const names = this.about.words.filter((name) => name.startsWith(start) || start.startsWith(name));
    return names.sort((one, other) => shared(other, word) - shared(one, word) || other.length - one.length).slice(0, most);
  }

  async entries(names) {
    const files = await Promise.all(names.map((name) => this.fetch(`words/${fileName(name)}.json`)));
    return files.flatMap((file) => Object.entries(file).map(([word, held]) => (
      typeof held === "number" ? { word, count: held } : { word, count: countOf(held), places: held }
    )));
  }

  // Matches whose places have to be fetched: of words that stand nearly everywhere only when nothing else is asked for.
  telling(found) {
    const common = this.about.count / 3;
    const all = found.filter((one) => one.matches.length);
    for (const one of all) one.count = Math.max(...one.matches.filter((match) => match.sure >= HEAD).map((match) => match.count), 1);
    const rare = all.filter((one) => one.count <= common || one.count < 20);
    for (const one of all) one.silent = rare.length > 0 && !rare.includes(one);
    return all.filter((one) => !one.silent).flatMap((one) => one.matches).filter((match) => match.places === undefined);
  }

  async fetchPlaces(match) {
    match.places = await this.fetch(`lists/${fileName(match.word)}.txt`);
  }

  // Documents with their scores, the best first. A letter may stand for nearly all documents: so no objects before the end.
  rank(found) {
    const size = this.about.blocks.length * BLOCK;
    const scores = new Float64Array(size);
    const met = new Float64Array(size);
    const loud = found.filter((one) => !one.silent);
    const all = loud.reduce((sum, one) => sum + this.rarity(one), 0);
    for (const one of loud) {
      const best = new Float64Array(size);
      for (const match of one.matches) raise(best, match.places, match.sure);
      const rarity = this.rarity(one);
      for (let number = 0; number < size; number += 1) {
        if (best[number]) {
          scores[number] += Math.log2(1 + best[number]) * rarity;
          met[number] += rarity;
        }
      }
    }
    let enough = 0;
    for (let number = 0; number < size; number += 1) if (met[number] > enough) enough = met[number];
    enough *= 0.5;
    // Score and number as one number, which browsers sort without asking us.
    const keys = new Float64Array(size);
    let count = 0;
    for (let block = 0; block * BLOCK < size; block += 1) {
      const young = this.youth(block) / all;
      for (let number = block * BLOCK; number < (block + 1) * BLOCK; number += 1) {
        if (met[number] > enough) {
          scores[number] *= met[number] * young;
          keys[count] = Math.floor(scores[number] * FINE) * size + number;
          count += 1;
        }
      }
    }
    const ranked = [];
    for (const sorted = keys.subarray(0, count).sort(); count > 0; count -= 1) {
      const number = sorted[count - 1] % size;
      ranked.push({ number, score: scores[number] });
    }
    return ranked;
  }

  rarity(one) {
    return Math.log(1 + this.about.count / ((one.count || 1) + 0.5));
  }

  // Among equals the younger first: up to a tenth more for the youngest of a group that has days.
  youth(block) {
    const group = this.about.blocks[block];
    if (this.about.groups[group][0] !== "posts") return 1.1;
    const first = this.first.get(group);
    return 1 + (0.1 * (block - first)) / Math.max(1, this.about.blocks.length - 1 - first);
  }

  // The best again, by what their texts say: all words beside each other count most, in the title more than below.
  order(best, words, marks) {
    for (const one of best) {
      const title = marks.run(one.title, words);
      const text = marks.run(one.text, words);
      one.score *= 1 + 0.5 * title + 0.3 * text;
    }
    return best.sort((one, other) => other.score - one.score || other.number - one.number);
  }

  group(ranked, most, marks) {
    const groups = new Map();
    for (const one of ranked) {
      const key = this.about.blocks[Math.floor(one.number / BLOCK)];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(one);
    }
    return [...groups].map(([key, ones]) => ({
      key: this.about.groups[key][0],
      title: this.about.groups[key][1],
      total: ones.length,
      best: ones[0].score,
      hits: async (count = most) => (await this.readAll(ones.slice(0, count))).map((one) => marks.show(one)),
    }));
  }

  readAll(ones) {
    return Promise.all(ones.map(async (one) => {
      if (one.location === undefined) {
        const block = Math.floor(one.number / BLOCK);
        const slot = one.number % BLOCK;
        const held = await this.fetch(`texts/${block}-${Math.floor(slot / SLICE)}.json`);
        [one.location, one.title, one.context, one.day, one.text] = held[slot % SLICE];
      }
      return one;
    }));
  }

  fetch(path) {
    if (!this.files.has(path)) this.files.set(path, this.load(path));
    return this.files.get(path);
  }

  async load(path) {
    const url = new URL(path, this.base);
    url.searchParams.set("v", this.about.version);
    const answer = await fetch(url);
    if (!answer.ok) {
      this.files.delete(path);
      throw new Error(`${path}: ${answer.status}`);
    }
    return path.endsWith(".txt") ? answer.text() : answer.json();
  }
}

// Which words of a text are meant by the question.
class Marks {
  constructor(found) {
    this.words = new Map();
    this.ends = [];
    found.forEach((one) => one.matches.forEach((match) => {
      if (match.word.startsWith("-")) this.ends.push([match.word.slice(1), one.word]);
      else if (!this.words.has(match.word)) this.words.set(match.word, one.word);
    }));
  }

  // The word of the question that a word of a text answers, undefined for none.
  meaning(word) {
    const plain = fold(word);
    if (this.words.has(plain)) return this.words.get(plain);
    const end = this.ends.find(([end]) => plain.length > end.length && plain.endsWith(end));
    return end && end[1];
  }

  // How much of the question stands in `text` as it was asked, from 0 to 1.
  run(text, words) {
    if (words.length < 2) return 0;
    const said = split(text).filter((one) => one.word).map((one) => this.meaning(one.text));
    let best = 0;
    said.forEach((_word, start) => {
      for (let first = 0; first < words.length; first += 1) {
        let length = 0;
        while (first + length < words.length && said[start + length] === words[first + length]) length += 1;
        best = Math.max(best, length);
      }
    });
    return (best - 1) / (words.length - 1);
  }

  // A hit as it is shown: title, context and the best stretch of its text in pieces [{text, hit}].
  show(one) {
    const pieces = split(one.text).map((piece) => ({ ...piece, hit: piece.word && this.meaning(piece.text) !== undefined }));
    return {
      location: one.location, context: one.context, day: one.day, title: this.mark(one.title), snippet: join(stretch(pieces)),
    };
  }

  mark(text) {
    return join(split(text).map((piece) => ({ text: piece.text, hit: piece.word && this.meaning(piece.text) !== undefined })));
  }
}

function request(base) {
  return fetch(new URL("index.json", base), { cache: "no-cache" });
}

function sureness(word, stems, entry) {
  const head = entry.word.startsWith("-");
  const plain = head ? entry.word.slice(1) : entry.word;
  const by = head ? HEAD : 1;
  if (plain === word) return SAME * by;
  const own = stemsOf(plain);
  if (own[0] === stems[0] || own[1] === stems[1]) return STEM * by;
  const begun = plain.startsWith(word) ? BEGUN * by * (word.length / plain.length) ** 0.5 : 0;
  return rootOf(plain) === rootOf(word) ? Math.max(ROOT * by, begun) : begun;
}

// Of the many that begin alike the surest, and of long lists only a few.
function few(matches) {
  let long = 0;
  return matches.slice(0, WORDS).filter((one) => {
    if (one.places !== undefined || one.sure >= HEAD * STEM) return true;
    long += 1;
    return long <= LONG_BEGUN;
  });
}

function shared(name, word) {
  let length = 0;
  while (length < name.length && name[length] === word[length]) length += 1;
  return length;
}

function fileName(word) {
  return `w${[...word].map((char) => (/[a-zA-Z0-9-]/.test(char) ? char : `_${char.codePointAt(0).toString(16)}`)).join("")}`;
}

// A word's places, as toolkit/pages/build/search/blocks.py writes them: its blocks, each with how many documents.
function eachBlock(places, use) {
  for (let at = 0; at < places.length;) {
    const block = (valueAt(places, at) << 12) | (valueAt(places, at + 1) << 6) | valueAt(places, at + 2);
    const count = valueAt(places, at + 3) + 1;
    use(block, count, at + 4);
    at += 4 + 2 * count;
  }
}

function valueAt(places, at) {
  return VALUE[places.charCodeAt(at)];
}

function countOf(places) {
  let all = 0;
  eachBlock(places, (_block, count) => { all += count; });
  return all;
}

// Lets each document at `places` have at least the score that this word gives to it.
function raise(best, places, sure) {
  eachBlock(places, (block, count, start) => {
    for (let at = start; at < start + 2 * count; at += 2) {
      const number = block * BLOCK + valueAt(places, at);
      const score = valueAt(places, at + 1) * sure;
      if (score > best[number]) best[number] = score;
    }
  });
}

// A text as its words and what stands between them; joined, they are the text.
function split(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\u0300-\u036f\u00ad]+/gu)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), word: false });
    found.push({ text: match[0], word: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), word: false });
  return found;
}

// About 160 letters around the densest hits.
function stretch(pieces, width = 160, before = 40) {
  let best = 0;
  let most = -1;
  pieces.forEach((piece, start) => {
    if (!piece.hit && start) return;
    const seen = new Set();
    for (let at = start, length = 0; at < pieces.length && length < width - before; at += 1) {
      length += pieces[at].text.length;
      if (pieces[at].hit) seen.add(fold(pieces[at].text));
    }
    if (seen.size > most) [best, most] = [start, seen.size];
  });
  let first = best;
  for (let length = 0; first > 0 && length < before; first -= 1) length += pieces[first - 1].text.length;
  let last = first;
  for (let length = 0; last < pieces.length && length < width; last += 1) length += pieces[last].text.length;
  const shown = pieces.slice(first, last);
  if (first > 0) shown.unshift({ text: "… ", hit: false });
  if (last < pieces.length) shown.push({ text: " …", hit: false });
  return shown;
}

// Neighbours of one kind as one piece.
function join(pieces) {
  const found = [];
  for (const { text, hit } of pieces) {
    const last = found.at(-1);
    if (last && last.hit === Boolean(hit)) last.text += text;
    else found.push({ text, hit: Boolean(hit) });
  }
  return found;
}
