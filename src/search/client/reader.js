// Reading the index: which speeches hold every term, in which order, and what to show of each.
// Pure: the index comes in as parsed JSON, hits come out as plain data.
var plenarySearch = (typeof plenarySearch === "object" && plenarySearch) || {};
(function (search) {
  "use strict";

  if (!search.fold && typeof require === "function") Object.assign(search, require("./tokens.js"));

  // A term counts where it is found best; one in the title outweighs any number elsewhere.
  var WEIGHT = { title: 1e6, speaker: 1e4, theme: 1e2, body: 1 };
  var EXCERPT_BEFORE = 28;
  var EXCERPT_LENGTH = 110;

  var prepared = new WeakMap();

  // Every speech of `index` that holds every term of `query`, best first.
  function find(index, query) {
    var terms = search.terms(query);
    if (terms.length === 0) return { terms: terms, hits: [], total: 0 };
    var found = [];
    prepare(index).forEach(function (speech, order) {
      var score = scoreOf(speech, terms);
      if (score > 0) found.push({ speech: speech, score: score, order: order });
    });
    found.sort(byRank);
    return {
      terms: terms,
      total: found.length,
      hits: found.map(function (one) { return hitOf(one.speech, terms); })
    };
  }

  function byRank(a, b) {
    if (a.score !== b.score) return b.score - a.score;
    if (a.speech.data.date !== b.speech.data.date) return a.speech.data.date < b.speech.data.date ? 1 : -1;
    return a.order - b.order;
  }

  // The folded texts of an index, made once.
  function prepare(index) {
    var speeches = prepared.get(index);
    if (!speeches) {
      speeches = (index.speeches || []).map(prepareSpeech);
      prepared.set(index, speeches);
    }
    return speeches;
  }

  function prepareSpeech(data) {
    var people = [];
    (data.speakers || []).forEach(function (speaker) {
      people.push(speaker.name, speaker.byline, speaker.group);
    });
    return {
      data: data,
      title: foldedTexts([data.title, data.subtitle]),
      speaker: foldedTexts(people),
      theme: foldedTexts((data.themes || []).concat(data.meeting ? [data.meeting.name] : [])),
      body: foldedTexts((data.paragraphs || []).map(function (paragraph) { return paragraph.text; }))
    };
  }

  function foldedTexts(texts) {
    return texts.map(function (text) { return text ? search.fold(text).text : ""; });
  }

  // 0 unless every term is found somewhere.
  function scoreOf(speech, terms) {
    var score = 0;
    for (var i = 0; i < terms.length; i++) {
      var weight = weightOf(speech, terms[i]);
      if (weight === 0) return 0;
      score += weight;
    }
    return score;
  }

  function weightOf(speech, term) {
    var fields = Object.keys(WEIGHT);
    for (var i = 0; i < fields.length; i++) {
      if (speech[fields[i]].some(function (text) { return text.indexOf(term) >= 0; })) return WEIGHT[fields[i]];
    }
    return 0;
  }

  function hitOf(speech, terms) {
    var data = speech.data;
    var best = bestParagraph(speech.body, terms);
    var paragraph = best < 0 ? null : data.paragraphs[best];
    return {
      speech: data,
      paragraph: paragraph ? paragraph.id : null,
      address: data.url + (paragraph ? "#" + paragraph.id : ""),
      title: marked(data.title, terms),
      subtitle: data.subtitle ? marked(data.subtitle, terms) : null,
      speakers: (data.speakers || []).map(function (speaker) { return marked(speaker.byline || speaker.name, terms); }),
      meeting: marked(data.meeting ? data.meeting.name : "", terms),
      labels: labelsOf(data, terms),
      excerpt: excerptOf(paragraph ? paragraph.text : data.summary, terms),
      passages: countPassages(speech.body, terms)
    };
  }

  // The themes and groups in which a term is found: they say why the speech is a hit.
  function labelsOf(data, terms) {
    var names = new Set(data.themes || []);
    (data.speakers || []).forEach(function (speaker) {
      if (speaker.group && (speaker.byline || "").indexOf(speaker.group) < 0) names.add(speaker.group);
    });
    return Array.from(names)
      .map(function (name) { return marked(name, terms); })
      .filter(function (label) { return label.ranges.length > 0; });
  }

  // The paragraph with the most different terms, the first of equals; -1 where none has any.
  function bestParagraph(paragraphs, terms) {
    var best = -1;
    var most = 0;
    paragraphs.forEach(function (text, at) {
      var here = terms.filter(function (term) { return text.indexOf(term) >= 0; }).length;
      if (here > most) {
        most = here;
        best = at;
      }
    });
    return best;
  }

  function countPassages(paragraphs, terms) {
    var count = 0;
    paragraphs.forEach(function (text) {
      terms.forEach(function (term) {
        for (var at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) count++;
      });
    });
    return count;
  }

  // A text and the stretches of it to mark: `[start, end]` in UTF-16 units, sorted, apart.
  function marked(text, terms) {
    var folded = search.fold(text);
    var ranges = [];
    terms.forEach(function (term) {
      for (var at = folded.text.indexOf(term); at >= 0; at = folded.text.indexOf(term, at + term.length)) {
        ranges.push([folded.starts[at], folded.ends[at + term.length - 1]]);
      }
    });
    ranges.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return { text: folded.original, ranges: merged(ranges) };
  }

  function merged(ranges) {
    var out = [];
    ranges.forEach(function (range) {
      var last = out[out.length - 1];
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
      else out.push([range[0], range[1]]);
    });
    return out;
  }

  // The part of a text around its first marked stretch, cut between characters.
  function excerptOf(text, terms) {
    var whole = marked(text, terms);
    var first = whole.ranges.length ? whole.ranges[0] : [0, 0];
    var start = first[0] <= EXCERPT_BEFORE ? 0 : clauseStart(whole.text, first[0]);
    var end = Math.max(start + EXCERPT_LENGTH, Math.min(first[1], start + 4 * EXCERPT_LENGTH));
    if (end + 8 >= whole.text.length) end = whole.text.length;
    start = wholeCharacter(whole.text, start);
    end = wholeCharacter(whole.text, end);
    var lead = start > 0 ? "…" : "";
    var shift = lead.length - start;
    var ranges = whole.ranges
      .filter(function (range) { return range[0] < end && range[1] > start; })
      .map(function (range) { return [Math.max(range[0], start) + shift, Math.min(range[1], end) + shift]; });
    return { text: lead + whole.text.slice(start, end) + (end < whole.text.length ? "…" : ""), ranges: ranges };
  }

  // Where an excerpt begins: at a clause, where one begins not too near before `at`.
  function clauseStart(text, at) {
    var from = at - EXCERPT_BEFORE;
    var mark = text.slice(from, at).search(/[。！？；：，、;:,!?]/);
    return mark >= 0 && mark < EXCERPT_BEFORE - 8 ? from + mark + 1 : from;
  }

  function wholeCharacter(text, at) {
    var code = text.charCodeAt(at);
    var before = text.charCodeAt(at - 1);
    return code >= 0xDC00 && code <= 0xDFFF && before >= 0xD800 && before <= 0xDBFF ? at - 1 : at;
  }

  search.find = find;
  search.marked = marked;
  if (typeof module === "object" && module.exports) module.exports = search;
})(plenarySearch);
