// What is done when nothing has the query as it was typed; the answer says so. In the second part of the client.

// First Traditional characters are read as Simplified, then Latin letters as pinyin, then one character may be wrong, missing
// or too many, and at last speeches are shown that have most of the query.

const CANDIDATES = 24;
const CHAINS = 512;
const READINGS = 4;
const WORD = 4;
const MENDED = [3, 14];
const PAIRS = 14;
const SYLLABLE = /^(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|ve|a|o|e|i|u|v)|ang|ai|an|ao|ei|en|er|ou|a|o|e)/;

// The answer to terms that were changed, or null; it says what was looked for instead.
async function relaxed(index, query, asked, options, size, map) {
  const attempt = async (kind, terms, shown) => {
    const said = { kind, shown };
    const found = terms && await answerOf(await questionOf(index, terms, options), query, size, map, said);
    if (!found || !found.hits.length) return null;
    if (shown === undefined) said.shown = wordsOf(found.hits);
    return found;
  };
  const spelled = terms => terms.map(term => term.units.map(unit => unit.text).join("")).join(" ");
  let usual = null;
  for (const known of map ? [] : [await index.traditional(), await index.traditional(true)]) {
    const simple = readQuery(query, known);
    if (spelled(simple) === spelled(asked)) continue;
    [map, asked] = [known, simple];
    const found = await attempt("traditional", await plainly(index, asked), spelled(asked));
    if (found) return found;
    usual = usual || [map, asked];
  }
  if (usual) [map, asked] = usual;
  for (const terms of [asked, joined(asked)]) {
    for (const change of [named, heard]) {
      const found = await attempt("pinyin", await replaced(index, terms, change));
      if (found) return found;
    }
  }
  return await attempt("mended", await replaced(index, asked, mended)) ||
    mostOf(index, asked, options, query, size, map);
}

// What of the texts the first hits were found by.
function wordsOf(hits) {
  const words = new Set();
  for (const hit of hits.slice(0, 5)) {
    for (const { text, ranges } of [hit.title].concat(hit.subtitle || [], hit.speakers, hit.excerpt, hit.labels, hit.meeting)) {
      for (const [start, end] of ranges) words.add(text.slice(start, end));
    }
  }
  return Array.from(words).slice(0, 3).join(" / ");
}

// Terms of which those that nothing has are replaced by what `change` finds; null where none is.
async function replaced(index, asked, change) {
  let changed = false;
  const terms = await Promise.all((await plainly(index, asked)).map(async (plain, i) => {
    const { quoted, excluded, units: own } = asked[i];
    if (quoted || excluded || (await answerOf(await questionOf(index, [plain], {}), "", 1)).hits.length) return plain;
    const patterns = await change(index, patternOf(own));
    changed = changed || patterns.length > 0;
    return patterns.length ? { patterns } : plain;
  }));
  return changed ? terms : null;
}

function spelledPatterns(words) {
  return words.filter(Boolean).map(word => patternOf(units(word)));
}

// Words of letters alone as one: `di kong jing ji`.
function joined(asked) {
  const letters = asked.map(term => term.text).join("");
  return asked.length > 1 && isLetters(letters) && !asked.some(term => term.quoted || term.excluded) ? readQuery(letters) : asked;
}

function isLetters(text) {
  return /^[a-z]{2,40}$/i.test(text);
}

// What letters mean by the table of sounds: names, themes and groups, and other words.
async function sounds(index, pattern) {
  const letters = pattern.map(unit => unit.text).join("");
  const [first, second] = isLetters(letters) ? textOf(await index.entry("sounds", letters)).split("||") : [""];
  return { letters, named: second === undefined ? "" : first, others: second === undefined ? first : second };
}

// Latin letters as pinyin or initials of a name, theme or group.
async function named(index, pattern) {
  return spelledPatterns((await sounds(index, pattern)).named.split("|").slice(0, CANDIDATES));
}

// Latin letters as initials, or as pinyin, syllable by syllable.
async function heard(index, pattern) {
  const { letters, others } = await sounds(index, pattern);
  if (!isLetters(letters)) return [];
  const whole = readings(letters, []);
  const cut = whole.length ? whole : readings(letters.replace(/[bpmfdtnlgkhjqxrzcsyw]h?$/, ""), []);
  const chains = await Promise.all(cut.slice(0, READINGS).map(syllables => chainsOf(index, syllables)));
  return spelledPatterns(others.split("|").slice(0, CANDIDATES).concat(...chains));
}

// The ways to cut letters into syllables, the longest first.
function readings(letters, before) {
  if (!letters) return [before];
  const [longest] = SYLLABLE.exec(letters) || [""];
  let all = [];
  for (let length = longest.length; length && all.length < READINGS; length--) {
    const syllable = letters.slice(0, length);
    if ((SYLLABLE.exec(syllable) || [])[0] === syllable) all = all.concat(readings(letters.slice(length), before.concat(syllable)));
  }
  return all;
}

// Chains of pairs of characters that are read so, those of frequent pairs first.
async function chainsOf(index, syllables) {
  if (syllables.length < 2) return [];
  const steps = syllables.slice(1).map((syllable, i) => syllables[i] + " " + syllable);
  let chains = null;
  for (const words of await Promise.all(steps.map(step => index.entry("sounds", step)))) {
    const pairs = textOf(words).split("|").filter(Boolean).map((word, rank) => ({ word, rank }));
    chains = chains ? [].concat(...chains.map(chain => pairs.filter(pair => chain.word.endsWith(pair.word[0]))
      .map(pair => ({ word: chain.word + pair.word.slice(1), rank: chain.rank + pair.rank })))) : pairs;
    chains = chains.sort((a, b) => a.rank - b.rank).slice(0, CHAINS);
  }
  return (chains || []).slice(0, CANDIDATES).map(({ word }) => word);
}

function moved(pattern, by) {
  return pattern.map(unit => Object.assign({}, unit, { at: unit.at + by }));
}

// Patterns that allow for one wrong, one missing or one additional character, in three characters for a missing one
// only; near words for a Latin word.
async function mended(index, own) {
  if (own.length === 1 && own[0].word && own[0].text.length >= WORD) {
    return spelledPatterns((await wordsLike(index, own[0].text)).filter(word => isNear(word, own[0].text)).slice(0, CANDIDATES));
  }
  if (own.length < MENDED[0] || own.length > MENDED[1] || own.some(unit => unit.word)) return [];
  const patterns = [];
  // The units before `i`, and those from `next` on, moved by `by`. Where one is left out at an end, nothing stands for it.
  const allow = (i, next, by) => {
    const pattern = own.slice(0, i).concat(moved(own.slice(next), by));
    const atEnd = pattern.length < own.length && (!i || next === own.length);
    patterns.push(Object.assign(moved(pattern, -pattern[0].at), { span: own.length + by - (atEnd ? 1 : 0) }));
  };
  own.forEach((unit, i) => {
    if (i) allow(i, i, 1);
    if (own.length < WORD) return;
    allow(i, i + 1, 0);
    if (i && i < own.length - 1) allow(i, i + 1, -1);
  });
  return patterns;
}

// Whether one letter more, less or other makes one word of the other.
function isNear(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1);
}

// Speeches that have at least three in five of the query's neighbours.
async function mostOf(index, asked, options, query, size, map) {
  const pieces = [];
  for (const { quoted, excluded, units: own } of asked) {
    if (quoted || excluded) continue;
    if (own.length < 3) pieces.push(patternOf(own));
    else own.slice(1).forEach((unit, i) => pieces.push(patternOf(own.slice(i, i + 2))));
  }
  if (pieces.length < 2) return null;
  const without = asked.filter(term => term.excluded).map(term => ({ patterns: [patternOf(term.units)], excluded: true }));
  const question = await questionOf(index, [{ patterns: pieces.slice(0, PAIRS) }].concat(without), options);
  const { matchers } = question.wanted[0];
  const counts = new Map();
  for (const { hits } of matchers) hits.forEach((hit, speech) => counts.set(speech, (counts.get(speech) || 0) + 1));
  const read = matchers.filter(({ long }) => !long.length).length;
  const least = Math.max(2, Math.ceil(read * 0.6));
  const together = new Map();
  counts.forEach((count, speech) => { if (count >= least) together.set(speech, { at: [], counts: [0, 0, 0, count] }); });
  for (const matcher of matchers) Object.assign(matcher, { hits: together, bound: index.speeches });
  const found = await answerOf(question, query, size, map, { kind: "most", shown: "" });
  return found.count ? found : null;
}
