// Asks one tool all questions of a kind and compares what it finds with what is there.
//
// recall: the document that the question was drawn from is among all results; precision: of the first ten results, those
// that show what was asked for; first: questions with what was meant among the first ten; complete: of all documents
// whose title or text holds what was meant, those that are among all results.

export async function measure(tool, known, { name, queries }) {
  const sum = { found: 0, first: 0, shown: 0, right: 0, there: 0, complete: 0, time: 0 };
  const relaxed = {};
  const faults = [];
  for (const one of queries) {
    const begin = performance.now();
    const answer = await tool.find(one.query).catch((error) => {
      faults.push({ ...told(one), error: String(error) });
      return { shown: [], all: [], relaxed: null };
    });
    sum.time += performance.now() - begin;
    const all = new Set(answer.all);
    const right = answer.shown.filter(one.right);
    sum.shown += answer.shown.length;
    sum.right += right.length;
    sum.found += all.has(one.source) ? 1 : 0;
    sum.first += answer.shown.some((number) => known.shows(number, one.meant)) ? 1 : 0;
    const there = known.holding(one.meant);
    sum.there += there.length;
    sum.complete += there.filter((number) => all.has(number)).length;
    if (answer.relaxed) relaxed[answer.relaxed.kind] = (relaxed[answer.relaxed.kind] || 0) + 1;
    if (!all.has(one.source)) faults.push({ ...told(one), missed: one.source, results: all.size, relaxed: answer.relaxed });
    else if (right.length < answer.shown.length) faults.push({ ...told(one), wrong: answer.shown.filter((number) => !one.right(number)), relaxed: answer.relaxed });
  }
  return {
    kind: name,
    queries: queries.length,
    recall: share(sum.found, queries.length),
    precision: share(sum.right, sum.shown),
    first: share(sum.first, queries.length),
    complete: share(sum.complete, sum.there),
    milliseconds: sum.time / queries.length,
    relaxed,
    faults: faults.slice(0, 40),
  };
}

// How high the document stands whose title the question is a piece of: 1 for first, 1/2 for second…
export async function reciprocalRank(tool, queries) {
  let sum = 0;
  for (const { query, source } of queries) {
    const rank = (await tool.find(query)).all.indexOf(source) + 1;
    sum += rank > 0 ? 1 / rank : 0;
  }
  return share(sum, queries.length);
}

const told = ({ query, meant }) => ({ query, meant });
const share = (part, whole) => (whole > 0 ? part / whole : null);
