// One question to the index: terms, filters, ranking, and the answer that is shown page by page.

// Parts of long lists that one step reads at most, once there is something to show.
const BUDGET = 6;
// A word of letters that so few speeches have may be meant as a name as well.
const RARE = 10;
const COLUMNS = ["theme", "speaker", "group", "meeting"];
const FILTERS = COLUMNS.concat("year");

// A question: `terms` is `[{patterns, excluded}]`, and a speech needs any pattern of each term.
async function questionOf(index, terms, options) {
  const year = options.year && index.manifest.years.find(one => one[0] === +options.year);
  const question = {
    index,
    byDate: options.sort === "date",
    filters: COLUMNS.filter(name => options[name]).map(name => ({ name, value: String(options[name]) })),
    low: year ? year[1] : 0,
    high: year ? Math.min(year[1] + year[2], index.speeches) : options.year ? 0 : index.speeches,
    shown: [],
    ready: [],
    dropped: new Set(),
    passed: new Map(),
    scanned: 0
  };
  question.terms = await Promise.all(terms.map(async ({ patterns, excluded }) => ({
    excluded,
    matchers: await Promise.all(patterns.map(pattern => matcherOf(index, pattern)))
  })));
  question.wanted = question.terms.filter(term => !term.excluded);
  question.matchers = [].concat(...question.terms.map(term => term.matchers));
  return question;
}

// Up to where everything was read.
function boundOf({ wanted, matchers, scanned, low }) {
  return wanted.length ? Math.min(...matchers.map(matcher => matcher.bound)) : low + scanned;
}

function isComplete(question) {
  return !(boundOf(question) < question.high);
}

async function advance(question) {
  if (!question.wanted.length) {
    question.scanned += question.index.manifest.chunk;
    return 1;
  }
  const bound = boundOf(question);
  const read = await Promise.all(question.matchers.filter(matcher => matcher.bound === bound).map(advanceMatcher));
  return Math.max(1, ...read);
}

// The one long list that alone answers the question, if it is so.
function onlyList({ index, matchers, filters, low, high }) {
  const need = matchers.length === 1 && matchers[0].needs.length === 1 && !matchers[0].empty && matchers[0].needs[0];
  return need && !need.list.whole && !filters.length && high - low === index.speeches ? need.list : null;
}

// Hits as far as they are known: `[{speech, score}]`, unordered.
function knownHits(question) {
  const { index, terms, wanted, low, high, dropped, byDate } = question;
  const end = Math.min(boundOf(question), high);
  const found = [];
  const inside = speech => speech >= low && speech < high && !dropped.has(speech);
  const add = (speech, hits) => { if (inside(speech)) found.push({ speech, score: scoreOf(hits) }); };
  if (!wanted.length) {
    for (let speech = low; speech < end; speech++) add(speech, []);
    return found;
  }
  const excluded = terms.filter(term => term.excluded);
  const each = wanted.map(term => bestHits(term, matcher => matcher.hits));
  each[0].forEach((hit, speech) => {
    const hits = each.map(all => all.get(speech));
    if (speech < end && hits.every(Boolean) && !excluded.some(({ matchers }) => matchers.some(matcher => matcher.hits.has(speech)))) add(speech, hits);
  });
  if (terms.length === 1 && !byDate) {
    bestHits(wanted[0], titleHits).forEach((hit, speech) => { if (speech >= end) add(speech, [hit]); });
  }
  return found;
}

// The best hit of each speech among the patterns of a term.
function bestHits(term, hitsOf) {
  const all = new Map();
  for (const matcher of term.matchers) {
    hitsOf(matcher).forEach((hit, speech) => {
      const other = all.get(speech);
      if (!other || scoreOf([other]) < scoreOf([hit])) all.set(speech, hit);
    });
  }
  return all;
}

// Title, people and labels, then how often in the text, growing ever less; terms near each other rank higher.
// The same as `lists.rs` uses for the best of a long list.
function scoreOf(hits) {
  return hits.reduce((score, { counts, at, bonus = 0 }, i) => {
    const [title, people, labels, text] = counts;
    const near = i ? Math.floor(500 / (1 + distance(hits[i - 1].at, at) / 10)) : 0;
    return score + bonus + (title && 8000) + (people && 4000) + (labels && 100) + Math.floor(1000 * text / (text + 2)) + near;
  }, 0);
}

function distance(some, others) {
  let least = Infinity;
  for (let i = 0, j = 0; i < some.length && j < others.length; some[i] < others[j] ? i++ : j++) {
    least = Math.min(least, Math.abs(some[i] - others[j]));
  }
  return least;
}

// The known hits that pass the filters, best first.
async function ranked(question) {
  const { index, filters, passed, byDate } = question;
  const only = !byDate && !isComplete(question) && onlyList(question);
  let known = knownHits(question);
  if (only) {
    const end = boundOf(question);
    known = only.best.map((speech, i) => ({ speech, score: 1e9 - i }))
      .concat(known.filter(({ speech }) => speech < end && only.best.indexOf(speech) < 0));
  }
  const speeches = known.map(hit => hit.speech).filter(speech => !passed.has(speech));
  const columns = await Promise.all(filters.map(async filter => (await secondPart(index)).columnOf(index, filter.name, speeches)));
  for (const speech of speeches) passed.set(speech, columns.every((column, i) => column.of(speech).indexOf(filters[i].value) >= 0));
  return known.filter(hit => passed.get(hit.speech)).sort((a, b) => (byDate ? 0 : b.score - a.score) || a.speech - b.speech);
}

// Reads until `size` hits are known or everything is; where there are some already, about `budget` parts at most. Files
// that were mixed up must not keep it reading for ever.
async function reach(question, size, budget) {
  let known = await ranked(question), bound = -1;
  while (known.length < size && !isComplete(question) && (budget > 0 || known.length <= question.shown.length)) {
    if (!(boundOf(question) > bound)) throw new Error("index.json");
    bound = boundOf(question);
    budget -= await advance(question);
    known = await ranked(question);
  }
  return known;
}

// Shows hits until there are `size`; those shown before stay where they are. Of titles, the one that is most of it first.
async function show(question, size, map) {
  const { shown, dropped, matchers } = question;
  let next;
  do {
    const known = await reach(question, size, BUDGET);
    const there = new Set(shown.map(hit => hit.number));
    next = known.filter(({ speech }) => !there.has(speech)).slice(0, size - shown.length);
    const hits = await Promise.all(next.map(({ speech }) => hitFor(question, speech, map)));
    if (!question.byDate) {
      const rank = hit => next.find(({ speech }) => speech === hit.number).score + hit.cover;
      hits.sort((a, b) => rank(b) - rank(a));
    }
    for (const hit of hits) {
      if (hit.found || !matchers.some(matcher => matcher.unsure)) shown.push(hit);
      else dropped.add(hit.number);
    }
    question.ready = known.filter(({ speech }) => !dropped.has(speech));
  } while (shown.length < size && next.length);
}

async function hitFor({ index, wanted }, number, map) {
  const marks = wanted.map(({ matchers }) => matchers.filter(matcher => !matcher.empty).map(matcher => matcher.pattern));
  const speech = await index.speech(number);
  const hit = hitOf(number, speech, index.base, marks, map);
  return hit.found || map ? hit : hitOf(number, speech, index.base, marks, await index.traditional());
}

// How many speeches there are: `{count, exact}`.
function sizeOf(question) {
  const { ready, shown, matchers, wanted, low, high } = question;
  const only = onlyList(question);
  if (only) return { count: only.count, exact: true };
  const count = ready.length;
  if (isComplete(question)) return { count, exact: count <= shown.length || !matchers.some(matcher => matcher.unsure) };
  const end = boundOf(question);
  const least = Math.min(...wanted.map(term => Math.max(...term.matchers.map(({ needs }) => Math.min(...needs.map(need => need.list ? need.list.count : 0))))));
  const guess = end > low ? ready.filter(({ speech }) => speech < end).length * (high - low) / (end - low) : least;
  return { count: Math.max(count, +guess.toPrecision(2)), exact: false };
}

// The answer as the page shows it. `relaxed` says what was looked for instead of the query.
async function answerOf(question, query, size, map, relaxed = null) {
  await show(question, size, map);
  const rest = question.shown.length < question.ready.length || !isComplete(question);
  return Object.assign(sizeOf(question), {
    query,
    relaxed,
    hits: question.shown.slice(0, size),
    more: rest ? step => answerOf(question, query, question.shown.length + (step || size), map, relaxed) : null,
    question,
    facets: async () => (await secondPart(question.index)).facetsOf(question),
    all: async (limit, progress) => (await secondPart(question.index)).allHits(question, limit, progress, map)
  });
}

// Answers a query; `options` has `size`, `sort` and the filters. Where a new index was published meanwhile, asks it.
async function answerTo(index, query, options) {
  try {
    return await ask(index, query, options);
  } catch (error) {
    await renew(index, error);
    return ask(index, query, options);
  }
}

async function ask(index, query, options) {
  const size = options.size || 10;
  const map = index.manifest.traditional ? await index.traditional() : null;
  const asked = readQuery(query, map);
  const wanted = asked.filter(term => !term.excluded);
  if (!wanted.length && (asked.length || !FILTERS.some(name => options[name]))) {
    return { query, relaxed: null, count: 0, exact: true, hits: [], more: null, facets: async () => ({}), all: async () => [] };
  }
  const plain = await answerOf(await questionOf(index, await plainly(index, asked), options), query, size, map);
  if (plain.count > (/^\s*\w+\s*$/.test(query) ? RARE : 0)) return plain;
  return (await secondPart(index)).relaxed(index, query, asked, options, size, map, plain);
}

const EXPANSIONS = 12;

// Terms as they were typed; a last word stands for all that begin with it.
function plainly(index, asked) {
  return Promise.all(asked.map(async ({ units: own, quoted, excluded }) => {
    const pattern = patternOf(own);
    const last = pattern[pattern.length - 1];
    const longer = quoted || excluded || !last.word || last.text.length < 2 ? [] :
      (await wordsLike(index, last.text)).filter(word => word !== last.text && word.startsWith(last.text));
    const others = longer.slice(0, EXPANSIONS).map(text => pattern.slice(0, -1).concat(Object.assign({}, last, { text })));
    return { patterns: [pattern].concat(others), excluded };
  }));
}

// Words of the archive that share their first two characters with `word`, the most frequent first.
async function wordsLike(index, word) {
  const parts = textOf(await index.entry("words", [...word].slice(0, 2).join(""))).split(" ");
  const counted = parts.filter((part, i) => i % 2 === 0).map((own, i) => ({ own, count: +parts[2 * i + 1] }));
  return counted.sort((a, b) => b.count - a.count).map(({ own }) => own);
}
