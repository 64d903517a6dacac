// The grammar of queries, the same as `src/search/query.rs` reads: pure, every other sign is plain text.

const TERMS = 16;
const UNITS = 64;
const CLOSING = { "「": "」", "『": "』" };
for (const mark of "\"“”＂") CLOSING[mark] = "\"“”＂";

// The terms of a query, at most 16: `{text, quoted, excluded}`.
function terms(query) {
  const found = [];
  let rest = textOf(query);
  while ((rest = rest.replace(/^\s+/, "")) && found.length < TERMS) {
    const excluded = /^[-－−]\S/.test(rest);
    if (excluded) rest = rest.slice(1);
    const closing = CLOSING[rest[0]];
    if (closing) rest = rest.slice(1);
    let end = 0;
    while (end < rest.length && (closing ? closing.indexOf(rest[end]) < 0 : /\S/.test(rest[end]))) end++;
    found.push({ text: rest.slice(0, end), quoted: Boolean(closing), excluded });
    rest = rest.slice(closing ? end + 1 : end);
  }
  return found;
}

// The terms that have anything to look for, with their units (`map`: see `units`).
function readQuery(query, map) {
  return terms(query)
    .map(term => Object.assign(term, { units: units(term.text, map).slice(0, UNITS) }))
    .filter(term => term.units.length);
}
