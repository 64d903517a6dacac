// Any number of speeches of about 1,000 characters, written anew from the clauses of a real corpus.
//
// A sentence begins with one real clause and, where two characters of it also stand in another clause, goes on
// with that one: pairs and triples of characters stay as frequent as in real text, longer strings are new.
import { dressed } from "./documents.mjs";
import { pick, random } from "./random.mjs";

const LENGTH = 1000;

export function* synthetic(count, documents) {
  const { clauses, places } = material(documents);
  for (let number = 0; number < count; number++) {
    const below = random(`speech ${number}`);
    const paragraphs = [];
    for (let size = 0; size < LENGTH; size += paragraphs.at(-1).length) paragraphs.push(paragraph(below, clauses, places));
    yield dressed(number, joined(below, clauses, places).slice(0, 12 + below(8)), paragraphs);
  }
}

// The clauses of a corpus, and for each pair of characters the places at which it stands.
function material(documents) {
  const text = documents.flatMap((one) => one.paragraphs).join("\n");
  const clauses = [...new Set(text.split(/[^\p{L}\p{N}、“”《》.%]+/u))].filter((one) => one.length >= 6 && one.length <= 40);
  const places = new Map();
  clauses.forEach((clause, index) => {
    for (let at = 0; at + 2 < clause.length; at++) {
      const pair = clause.slice(at, at + 2);
      if (!/^\p{Script=Han}{2}$/u.test(pair)) continue;
      if (!places.has(pair)) places.set(pair, []);
      places.get(pair).push(index * 64 + at);
    }
  });
  return { clauses, places };
}

function paragraph(below, clauses, places) {
  let text = "";
  for (const length = 120 + below(160); text.length < length;) {
    text += joined(below, clauses, places) + (below(3) === 0 ? "。" : "，");
  }
  return text.slice(0, -1) + "。";
}

// One clause, or the beginning of one and the end of another that meet in a pair of characters.
function joined(below, clauses, places) {
  const clause = pick(below, clauses);
  const at = 1 + below(clause.length - 3);
  const others = places.get(clause.slice(at, at + 2)) || [];
  if (others.length < 2) return clause;
  const place = pick(below, others);
  return clause.slice(0, at) + clauses[place >> 6].slice(place & 63);
}
