// Counts by theme, speaker and so on, and the whole list for the export. In the second part of the client.

// Parts of long lists that are read for them.
const WHOLE = 96;

// Themes, speakers, groups, meetings and years of the hits with their counts, the most first.
async function facetsOf(question) {
  const { index } = question;
  const speeches = (await reach(question, Infinity, WHOLE)).map(hit => hit.speech);
  const facets = {};
  await Promise.all(COLUMNS.map(async name => {
    const column = await columnOf(index, name, speeches);
    const counts = new Map();
    for (const speech of speeches) for (const slug of column.of(speech)) counts.set(slug, (counts.get(slug) || 0) + 1);
    facets[name] = Array.from(counts, ([value, count]) => ({ value, name: column.names.get(value), count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }));
  facets.year = index.manifest.years.map(([year, first, count]) => ({
    value: String(year),
    name: String(year),
    count: speeches.filter(speech => speech >= first && speech < first + count).length
  })).filter(term => term.count);
  return facets;
}

// All hits up to `limit`, in the order of the list.
async function allHits(question, limit, progress, map) {
  const { shown } = question;
  let before = -1;
  await reach(question, limit, WHOLE);
  while (shown.length > before && shown.length < limit) {
    before = shown.length;
    await show(question, Math.min(limit, before + 20), map);
    if (progress) progress(shown.length);
  }
  return shown.slice(0, limit);
}

// The terms of speeches in one column: `of(number)` gives slugs, `names` has the name of each. Only the chunks of `speeches`
// are read.
async function columnOf(index, name, speeches) {
  const size = index.manifest.chunk;
  const names = new Map();
  const slugs = new Map();
  await Promise.all(Array.from(new Set(speeches.map(speech => Math.floor(speech / size)))).map(async chunk => {
    const { terms, of } = (await index.file((name === "speaker" ? "speakers/" : "facets/") + chunk.toString(16)))[name];
    for (const [slug, shown] of terms) names.set(slug, shown);
    let speech = chunk * size;
    let own = [];
    for (const number of unpack(of)) {
      if (number) own.push(terms[(number >> 1) - 1][0]);
      if (number & 1) continue;
      slugs.set(speech++, own);
      own = [];
    }
  }));
  return { names, of: speech => slugs.get(speech) || [] };
}

// The name of what a filter asks for, as the first hit's chunk has it; else what was asked for.
async function nameOf(question, name, slug) {
  if (!question || name === "year") return slug;
  const { names } = await columnOf(question.index, name, question.shown.slice(0, 1).map(hit => hit.number));
  return names.get(slug) || slug;
}
