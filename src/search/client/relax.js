// What is done when nothing has the query as it was typed; the answer says so. In the second part of the client.

// First Traditional characters are read as Simplified, then Latin letters as pinyin, then one character may be wrong, missing
// or too many, and at last speeches are shown that have most of the query.

const CANDIDATES = 24;
const CHAINS = 512;
// What a name counts more than anything else.
const NAMED = 1e5;
// Other words than names that letters may mean, at first and where they are not enough.
const OTHERS = [0, 24, 64];
const READINGS = 4;
// The longest pieces of titles that stand under their initials.
const PIECE = 6;
const WORD = 4;
const MENDED = [3, 14];
const PAIRS = 14;
const SYLLABLE = /^(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|ve|a|o|e|i|u|v)|ang|ai|an|ao|ei|en|er|ou|a|o|e)/;

// The answer to terms that were changed, which says what was looked for instead; `plain`, the answer to the query as it was
// typed, where nothing has those. Where speeches have what was typed, they come first, and after them those of names that
// its letters mean.
async function relaxed(index, query, asked, options, size, map, plain) {
  const attempt = async (kind, terms, known, shown) => {
    const said = { kind, shown };
    const found = terms && await answerOf(await questionOf(index, terms, options), query, size, known, said);
    if (!found || !found.hits.length) return null;
    if (shown === undefined) said.shown = wordsOf(found.hits);
    return found;
  };
  if (!asked.length) return plain;
  if (plain.count) {
    const [{ patterns }] = await plainly(index, asked);
    const named = await meanings(index, patterns[0], 0);
    for (const own of patterns) own.bonus = 2 * NAMED;
    return named.length ? attempt("pinyin", [{ patterns: patterns.concat(named) }], map) : plain;
  }
  const spelled = terms => terms.map(term => term.units.map(unit => unit.text).join("")).join(" ");
  // The query as it may be written: as it was typed, but for Traditional characters that no list has, and with those
  // that Simplified text has too (著) read as Traditional.
  let ways = [{ known: map, terms: asked }];
  for (const all of map ? [] : [false, true]) {
    const known = await index.traditional(all);
    const terms = readQuery(query, known);
    const text = spelled(terms);
    if (text === spelled(ways[ways.length - 1].terms)) continue;
    const answer = await attempt("traditional", await plainly(index, terms), known, text);
    if (answer) return answer;
    ways = (all ? ways : []).concat({ known, terms });
  }
  const [usual] = ways;
  for (const terms of new Set([usual.terms, joined(usual.terms)])) {
    const answer = await spoken(index, query, terms, options, size, usual.known, options.sort === "date" ? OTHERS.length - 1 : 0);
    if (answer) return answer;
  }
  for (const { known, terms } of ways) {
    const answer = await attempt("mended", await replaced(index, terms, mended), known);
    if (answer) return answer;
  }
  return await mostOf(index, usual.terms, options, query, size, usual.known) || plain;
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

// Words of letters alone as one, whose syllables do not go beyond them: `di kong jing ji`.
function joined(asked) {
  const isSpoken = asked.length > 1 && asked.every(term => !term.quoted && !term.excluded && /^[a-z'’]+$/i.test(term.text));
  return isSpoken ? readQuery(asked.map(term => term.text).join("'")) : asked;
}

function isLetters(text) {
  return /^[a-z]{2,40}$/i.test(text);
}

// The answer to terms with Latin letters by what they mean: first names, themes and groups, and where their hits do not
// fill what is asked for, ever more other words. `shown` stays before it. By date all of them are one list at once.
async function spoken(index, query, terms, options, size, map, level = 0, shown = []) {
  const meant = await replaced(index, terms, (index, pattern) => meanings(index, pattern, OTHERS[level]));
  const question = meant && Object.assign(await questionOf(index, meant, options), { shown });
  const said = { kind: "pinyin" };
  const answer = question && await answerOf(question, query, size, map, said);
  if (answer) said.shown = wordsOf(answer.hits);
  const wider = length => spoken(index, query, terms, options, length, map, level + 1, question ? question.shown : shown);
  if (level === OTHERS.length - 1) return answer && answer.hits.length ? answer : null;
  return answer && answer.hits.length >= size ? continued(answer, wider) : wider(size);
}

// An answer that goes on with `wider(size)` when it has no more; what is said of all hits is said of those as well.
function continued(answer, wider) {
  const { more, hits } = answer;
  return Object.assign(answer, {
    exact: false,
    more: async step => more ? continued(await more(step), wider) : wider(hits.length + (step || hits.length)),
    facets: async () => (await wider(hits.length)).facets(),
    all: async (limit, progress) => (await wider(hits.length)).all(limit, progress)
  });
}

// What Latin letters mean: names, themes and groups, whose hits come first, and so many other words by their initials
// and by their pinyin.
async function meanings(index, pattern, others) {
  const letters = pattern.map(unit => unit.text).join("");
  if (!isLetters(letters)) return [];
  const met = textOf(await index.entry("sounds", letters)).split("||");
  const named = spelledPatterns(met.length > 1 ? met[0].split("|").slice(0, CANDIDATES) : []);
  for (const own of named) own.bonus = NAMED;
  if (!others) return named;
  // A blank and an apostrophe stand where a syllable begins.
  const join = (ways, { text }) => [].concat(...ways.map(way => begunReadings(text).map(rest => way.concat(rest))));
  const cut = pattern.reduce(join, [[]]);
  const likely = cut.slice(0, named.length ? 1 : READINGS);
  const words = [].concat(...await Promise.all(likely.map(syllables => wordsRead(index, syllables))));
  const read = Array.from(new Set(words.sort((a, b) => a.rank - b.rank).map(({ word }) => word)));
  const begun = met[met.length - 1].split("|");
  return named.concat(spelledPatterns(begun.slice(0, others).concat(read.slice(0, others))));
}

// Those of the letters up to the last whole syllable.
function begunReadings(letters) {
  const whole = readings(letters);
  return whole.length ? whole : readings(letters.replace(/[bpmfdtnlgkhjqxrzcsyw]h?$/, ""));
}

// The ways to cut letters into syllables, the likeliest first: a syllable that begins with a vowel is written with an
// apostrophe before it (GB/T 16159), and who leaves that out means it seldom.
function readings(letters) {
  const cost = syllables => syllables.reduce((sum, syllable, i) => sum + (i && /^[aoe]/.test(syllable) ? 2 : 1), 0);
  const after = [];
  after[letters.length] = [[]];
  for (let at = letters.length - 1; at >= 0; at--) {
    const [longest] = SYLLABLE.exec(letters.slice(at)) || [""];
    after[at] = [];
    for (let length = longest.length; length; length--) {
      const syllable = letters.substr(at, length);
      if ((SYLLABLE.exec(syllable) || [])[0] === syllable) after[at].push(...after[at + length].map(rest => [syllable].concat(rest)));
    }
    after[at] = after[at].sort((a, b) => cost(a) - cost(b)).slice(0, READINGS);
  }
  return letters ? after[0] : [];
}

// Words that are read so, `{word, rank}`: pieces of titles first, then chains of pairs of characters, those of frequent
// pairs first.
async function wordsRead(index, syllables) {
  if (syllables.length < 2) return [];
  const listed = async keys => (await Promise.all(keys.map(key => index.entry("sounds", key))))
    .map(words => textOf(words).split("||").pop().split("|").filter(Boolean));
  const pairs = await listed(syllables.slice(1).map((syllable, i) => syllables[i] + " " + syllable));
  const initials = syllables.map(syllable => syllable[0]).join("");
  const length = Math.min(initials.length, PIECE);
  const pieces = await listed(Array.from(initials.slice(length - 1), (_, i) => initials.substr(i, length)));
  const read = pieces.map((words, at) => words.filter(word => pairs.slice(at, at + length - 1).every((listed, i) => listed.includes(word.substr(i, 2)))));
  return chained(read).map(({ word, rank }) => ({ word, rank: rank - CHAINS })).concat(chained(pairs));
}

// Chains of words of one length, of which each begins with what the one before it ends with.
function chained(lists) {
  let chains = null;
  for (const list of lists) {
    const words = list.map((word, i) => ({ word, rank: Math.log(i + 1) / lists.length }));
    chains = chains ? [].concat(...chains.map(chain => words.filter(({ word }) => chain.word.endsWith(word.slice(0, -1)))
      .map(({ word, rank }) => ({ word: chain.word + word.slice(-1), rank: chain.rank + rank })))) : words;
    chains = chains.sort((a, b) => a.rank - b.rank).slice(0, CHAINS);
  }
  return chains || [];
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
