// What is shown of a speech that was found: marked texts, the best paragraph, an excerpt of it.

const EXCERPT_BEFORE = 28;
const EXCERPT_LENGTH = 110;

function listed(value) {
  return Array.isArray(value) ? value : [];
}

// The hit for a speech. `marks` has for each term its patterns; `map` reads Traditional texts. `found` tells whether
// every term stands anywhere in the speech.
function hitOf(number, speech, base, marks, map) {
  let seen = new Set();
  let passages = 0;
  let best = null;
  let most = 0;
  function marked(value) {
    const text = textOf(value);
    const own = units(text, map);
    const ranges = [];
    marks.forEach((patterns, term) => patterns.forEach(pattern => places(own, pattern).forEach(([first, last]) => {
      ranges.push([own[first].start, own[last].end]);
      seen.add(term);
    })));
    return { text, ranges: merged(ranges) };
  }
  const speakers = listed(speech.speakers);
  const names = listed(speech.themes).concat(speakers.map(one => one.group)).filter(Boolean);
  const hit = {
    number,
    speech,
    title: marked(speech.title),
    subtitle: speech.subtitle ? marked(speech.subtitle) : null,
    speakers: speakers.map(one => marked(one.byline || one.name)),
    meeting: marked(speech.meeting),
    labels: [...new Set(names)].map(marked).filter(label => label.ranges.length)
  };
  speakers.forEach(one => marked(one.name));
  const everywhere = seen;
  const paragraphs = listed(speech.paragraphs);
  for (const paragraph of paragraphs) {
    if (!mayHave(paragraph.text, marks, map)) continue;
    seen = new Set();
    const text = marked(paragraph.text);
    const here = seen.size + Math.min(text.ranges.length, 9) / 10;
    seen.forEach(term => everywhere.add(term));
    passages += text.ranges.length;
    if (text.ranges.length && here > most) {
      most = here;
      best = { id: textOf(paragraph.id), text };
    }
  }
  const cover = ({ text, ranges }) => ranges.reduce((sum, [start, end]) => sum + end - start, 0) / text.length;
  return Object.assign(hit, {
    cover: 3e4 * (cover(hit.title) || 0),
    found: everywhere.size === marks.length,
    paragraph: best && best.id,
    address: base + speech.url + (best ? "#" + best.id : ""),
    excerpt: excerptOf(best ? best.text : marked(speech.summary || (paragraphs[0] || {}).text)),
    passages
  });
}

// Whether it is worth to cut a text into units: it has the first character of a pattern, or might after folding.
function mayHave(text, marks, map) {
  return map || marks.some(patterns => patterns.some(([{ text: first }]) =>
    !isHan(first.charCodeAt(0)) || textOf(text).indexOf(first) >= 0));
}

function merged(ranges) {
  const out = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

// The part of a text around its first marked stretch, cut between characters.
function excerptOf({ text, ranges }) {
  const first = ranges[0] || [0, 0];
  const from = first[0] <= EXCERPT_BEFORE ? 0 : clauseStart(text, first[0]);
  const to = Math.max(from + EXCERPT_LENGTH, Math.min(first[1], from + 4 * EXCERPT_LENGTH));
  const start = wholeCharacter(text, from);
  const end = to + 8 >= text.length ? text.length : wholeCharacter(text, to);
  const lead = start > 0 ? "…" : "";
  const shift = lead.length - start;
  return {
    text: lead + text.slice(start, end) + (end < text.length ? "…" : ""),
    ranges: ranges.filter(range => range[0] < end && range[1] > start)
      .map(range => [Math.max(range[0], start) + shift, Math.min(range[1], end) + shift])
  };
}

// Where an excerpt begins: at a clause, where one begins not too near before `at`.
function clauseStart(text, at) {
  const from = at - EXCERPT_BEFORE;
  const mark = text.slice(from, at).search(/[。！？；：，、;:,!?]/);
  return mark >= 0 && mark < EXCERPT_BEFORE - 8 ? from + mark + 1 : from;
}

// `at`, or the place before where a pair of surrogates would be cut.
function wholeCharacter(text, at) {
  return text.charCodeAt(at) >> 10 === 0xDC00 >> 10 ? at - 1 : at;
}
