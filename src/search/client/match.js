// Which speeches have a pattern of units: a phrase, or a phrase with places where anything may stand.

// Candidates whose texts are read rather than more parts of a long list.
const FEW = 40;

// The units of a term as a pattern: `[{text, word, at}]`, the first at 0.
function patternOf(some) {
  return some.map(({ text, word, at }) => ({ text, word, at: at - some[0].at }));
}

// What has to be looked up for a pattern: the fewest lists that cover it. `kind` says how a list is written.
function needsOf(pattern) {
  const needs = [];
  const joins = i => {
    const [a, b] = [pattern[i], pattern[i + 1]];
    return a && b && b.at - a.at === 1 && !(a.word && b.word);
  };
  const pair = i => needs.push({ key: pattern[i].text + pattern[i + 1].text, at: pattern[i].at, kind: "pair" });
  const skip = (a, b) => a && b && b.at - a.at === 2 && needs.push({ key: a.text + "_" + b.text, at: a.at, kind: "skip" });
  for (let i = 0; i < pattern.length; i++) {
    const { text, word, at } = pattern[i];
    if (joins(i) && !(word && joins(i + 1))) pair(i++);
    else if (word) needs.push({ key: text, at, kind: "pair" });
    else if (joins(i - 1)) pair(i - 1);
    else if (!skip(pattern[i - 1], pattern[i]) && !skip(pattern[i], pattern[i + 1])) needs.push({ key: text, at, kind: "single" });
  }
  return needs;
}

// The speeches of one pattern as far as they are known: `hits` up to the number `bound`. `unsure` hits are certain only
// after a look at their texts.
async function matcherOf(index, pattern) {
  const needs = needsOf(pattern);
  const unsure = pattern.span || needs.length > 1 && needs.some(need => need.kind !== "pair");
  const find = some => Promise.all(some.map(async need => need.list = await index.list(need)));
  const isLong = ({ list }) => list && !list.whole;
  await find(needs);
  if (needs.some(isLong)) {
    // A long list is read for few speeches only where the pairs between those of the cover are rare.
    const between = pattern.length > 2 ? needsOf(pattern.slice(1)) : [];
    await find(between);
    needs.push(...between.filter(need => !isLong(need)));
  }
  const long = needs.filter(isLong);
  const matcher = { index, pattern, needs, long, unsure, hits: new Map(), bound: 0 };
  if (!needs.every(({ list }) => list)) return Object.assign(matcher, { empty: true, bound: index.speeches });
  if (!long.length) await advanceMatcher(matcher);
  return matcher;
}

// Reads on. Resolves with the number of parts that were read.
async function advanceMatcher(matcher) {
  const { index, pattern, needs, long, bound } = matcher;
  const end = index.speeches;
  const take = joined => joined.forEach((hit, speech) => {
    hit.bonus = pattern.bonus;
    matcher.hits.set(speech, hit);
  });
  if (bound >= end) return 0;
  const short = needs.filter(({ list }) => list.whole);
  const joined = short.length ? join(index, short, bound, end) : null;
  const candidates = joined && [...joined.keys()];
  if (joined && (!long.length || !bound && joined.size <= FEW)) {
    matcher.unsure = matcher.unsure || long.length > 0;
    take(joined);
    matcher.bound = end;
    return 0;
  }
  const first = candidates ? candidates[0] : bound;
  const to = first === undefined ? end : Math.min(...long.map(({ list }) => list.ends.find(last => last > first)));
  const read = await Promise.all(long.map(({ list }) => readParts(list, bound, to, candidates)));
  take(join(index, needs, bound, to));
  matcher.bound = to;
  return read.reduce((a, b) => a + b, 0);
}

// Hits in titles beyond what was read, as far as the lists name them.
function titleHits({ index, needs, bound, empty, unsure }) {
  return empty || unsure || bound >= index.speeches ? new Map() : join(index, needs, bound, index.speeches, true);
}

// Speeches that have all needs at the right distances: from number to `{at: [start…], counts}`, how often in title,
// people, labels and text.
function join(index, needs, from, to, inTitles) {
  const zones = index.manifest.zones;
  const order = needs.slice().sort((a, b) => (a.kind !== "pair") - (b.kind !== "pair") || a.list.count - b.list.count);
  let joined = null;
  for (const { list, kind, at } of order) {
    const next = new Map();
    for (const posting of inTitles ? list.titles : [].concat(...list.parts.filter((part, i) => list.starts[i] < to && list.ends[i] > from))) {
      const before = joined && joined.get(posting.speech);
      if (posting.speech < from || posting.speech >= to || joined && !before) continue;
      let starts = posting.at.map(place => place - at);
      if (inTitles) starts = starts.filter(start => start < zones[0]);
      if (before && kind === "pair") {
        const there = new Set(before.at);
        starts = starts.filter(start => there.has(start));
      }
      if (kind !== "pair") {
        if (before || !inTitles || !posting.zone) next.set(posting.speech, before || { at: [], zone: posting.zone });
      } else if (starts.length) next.set(posting.speech, { at: starts });
    }
    joined = next;
  }
  joined.forEach(hit => {
    hit.counts = [0, 0, 0, 0];
    if (!hit.at.length) hit.counts[hit.zone]++;
    for (const at of hit.at) hit.counts[zones.filter(first => at >= first).length]++;
  });
  return joined;
}

// Where a pattern stands among the units of a text: `[[first unit, last unit]…]`, apart. A pattern with a `span` has so
// many units from its first to its last: no punctuation stands where any unit may.
function places(some, pattern) {
  const found = [];
  for (let i = 0; i < some.length; i++) {
    let last = i;
    if (pattern.every(({ text, at }) => {
      while (last < some.length && some[last].at < some[i].at + at) last++;
      return last < some.length && some[last].at === some[i].at + at && some[last].text === text;
    }) && (!pattern.span || last - i + 1 === pattern.span)) {
      found.push([i, last]);
      i = last;
    }
  }
  return found;
}
