// The questions: drawn from the documents by fixed random numbers, each with the document that it was drawn from.
//
// A kind is { name, queries: [{ query, source, right(number) }] }: `right` says whether a result shows what was meant.
import { folded, fullWidth, readings, simplified, syllables, traditional, words } from "./chinese.mjs";
import { pick, random } from "./random.mjs";

const HAN = /^\p{Script=Han}+$/u;
const TRIES = 400;

export function kinds(documents, known, count) {
  const context = { documents, known, count };
  const plain = (n) => draw(context, `${n} characters`, (below) => piece(below, documents, n), exact);
  return [
    ...[1, 2, 3, 4, 6].map(plain),
    draw(context, "4 characters, quoted", (below) => piece(below, documents, 4), exact, (text) => `"${text}"`),
    draw(context, "with Latin letters or digits", (below) => mixed(below, documents), exact),
    draw(context, "the same, full-width", (below) => mixed(below, documents), exact, fullWidth),
    draw(context, "4 characters, as Traditional", (below) => changed(piece(below, documents, 4)), exact, traditional),
    ...["theme", "name", "title words"].flatMap((what) => [false, true].map((initials) => read(context, what, initials))),
    mended(context, "one character wrong", wrong),
    mended(context, "one character missing", missing),
  ];
}

// 4 characters of a title. `chance` is the reciprocal rank to expect where all titles that have them come first, in any
// order; `best` where those come first of which the characters are most, and nobody who knows no more can expect a higher.
export function titles(documents, known, count) {
  const drawn = draw({ documents, known, count }, "title piece", (below) => {
    const source = below(documents.length);
    const text = run(below, folded(documents[source].title), 4);
    return text && { text, source };
  }, exact).queries;
  return drawn.map((one) => {
    const rivals = known.titled(one.meant);
    const own = rivals.find(({ number }) => number === one.source).share;
    const [before, beside] = [rivals.filter(({ share }) => share > own), rivals.filter(({ share }) => share === own)];
    return { ...one, chance: expected(0, rivals.length), best: expected(before.length, beside.length) };
  });
}

// The reciprocal rank to expect of one of `count`, in any order, that come after `before` others.
function expected(before, count) {
  const ranks = Array.from({ length: count }, (_, i) => 1 / (before + i + 1));
  return ranks.reduce((a, b) => a + b, 0) / count;
}

// 4 characters; where `many` is true, such as ten documents hold.
export function cold(documents, known, count, many) {
  const enough = (one) => one && (!many || known.holding(one.text).length >= 10) && one;
  const drawn = draw({ documents, known, count }, `cold ${many}`, (below) => enough(piece(below, documents, 4)), exact).queries;
  return drawn.map((one) => ({ ...one, hits: known.holding(one.query).length }));
}

// Draws until there are enough or the corpus has no more; no question twice.
function draw({ documents, known, count }, name, one, right, write = (text) => text) {
  const below = random(`queries ${name}`);
  const seen = new Set();
  const queries = [];
  for (let tries = 0; queries.length < count && tries < count * TRIES; tries++) {
    const drawn = one(below);
    if (!drawn) continue;
    const query = write(drawn.text, queries.length);
    if (seen.has(query)) continue;
    seen.add(query);
    queries.push({ query, meant: drawn.text, source: drawn.source, right: right(known, drawn.text) });
  }
  return { name, queries };
}

const exact = (known, text) => (number) => known.shows(number, text);

// Some characters of a text of a document.
function piece(below, documents, length) {
  const source = below(documents.length);
  const text = run(below, folded(documents[source].paragraphs.join("\n")), length);
  return text && { text, source };
}

// `length` Han characters at a random place of a text.
function run(below, text, length) {
  if (text.length < length) return null;
  const at = below(text.length - length + 1);
  const found = text.slice(at, at + length);
  return HAN.test(found) ? found : null;
}

// A whole word of Latin letters or digits with the characters around it.
function mixed(below, documents) {
  const source = below(documents.length);
  const text = folded(documents[source].paragraphs.join("\n"));
  const found = [...text.matchAll(/\p{Script=Han}{0,2}(?<![a-z0-9.%])[a-z0-9]+(\.[0-9]+)?(?![a-z0-9.%+-])\p{Script=Han}{0,3}/gu)].map((one) => one[0]);
  const long = found.filter((one) => one.length >= 2);
  return long.length > 0 ? { text: pick(below, long), source } : null;
}

const changed = (one) => (one && traditional(one.text, 0) !== one.text ? one : null);

// A theme, a name or words of a title, typed as it is read.
function read(context, what, initials) {
  const { documents } = context;
  const one = (below) => {
    const source = below(documents.length);
    const text = { theme: () => pick(below, documents[source].themes), name: () => documents[source].speaker, "title words": () => titleWords(below, documents[source].title) }[what]();
    return text && HAN.test(text) && text.length >= (initials ? 3 : 2) ? { text, source } : null;
  };
  const spoken = (text) => syllables(simplified(text), what === "name");
  const write = (text) => (initials ? spoken(text).map((syllable) => syllable[0]) : spoken(text)).join("");
  const right = (known, text) => (number) => known.sounds(number, spoken(text), initials);
  return draw(context, `${initials ? "initials" : "pinyin"} of a ${what}`, one, right, write);
}

// 3 to 5 characters of a title that begin and end where words do.
function titleWords(below, title) {
  const all = words(title);
  let text = "";
  for (let at = below(all.length); at < all.length && text.length < 3 && HAN.test(all[at]); at++) text += all[at];
  return text.length >= 3 && text.length <= 5 ? text : null;
}

// 4 to 6 characters with a fault, such as no document holds.
function mended(context, name, spoil) {
  const { documents, known } = context;
  const one = (below) => {
    const drawn = piece(below, documents, 4 + below(3));
    return drawn && { ...drawn, ...spoil(below, drawn.text, documents) };
  };
  const { queries } = draw(context, name, (below) => {
    const drawn = one(below);
    return drawn && drawn.typed && known.nowhere(drawn.typed) ? { text: drawn, source: drawn.source } : null;
  }, (_, drawn) => (number) => known.showsLike(number, drawn.pattern), (drawn) => drawn.typed);
  return { name, queries: queries.map((query) => ({ ...query, meant: query.meant.text })) };
}

// One character replaced: by one that is read alike, as input methods do, or by any other.
function wrong(below, text, documents) {
  const at = below(text.length);
  const other = below(2) === 0 ? alike(below, text[at], documents) : someCharacter(below, documents);
  if (!other || other === text[at]) return {};
  const typed = text.slice(0, at) + other + text.slice(at + 1);
  return { typed, pattern: oneEdit(typed) };
}

// One character left out, neither the first nor the last.
function missing(below, text) {
  const at = 1 + below(text.length - 2);
  const typed = text.slice(0, at) + text.slice(at + 1);
  return { typed, pattern: oneEdit(typed) };
}

// What has one character more, less or other than what was typed, in Simplified characters.
function oneEdit(written) {
  const typed = simplified(written);
  const ways = Array.from(typed).flatMap((_, i) => {
    const [before, after] = [typed.slice(0, i), typed.slice(i + 1)];
    return [`${before}.${after}`, `${before}.${typed[i]}${after}`, before + after];
  });
  return new RegExp(ways.join("|"), "u");
}

function someCharacter(below, documents) {
  const text = documents[below(documents.length)].paragraphs[0];
  const character = text[below(text.length)];
  return HAN.test(character) ? character : null;
}

function alike(below, character, documents) {
  const sound = [...readings(character)][0];
  for (let tries = 0; tries < TRIES * 10; tries++) {
    const other = someCharacter(below, documents);
    if (other && other !== character && readings(other).has(sound)) return other;
  }
  return null;
}
