// Folding of text and cutting of queries: pure, no document, never throws.
// Texts and queries go through the same `fold`, so what a reader copies from a page is found.
var plenarySearch = (typeof plenarySearch === "object" && plenarySearch) || {};
(function (search) {
  "use strict";

  var MAX_TERMS = 64;
  var INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/;
  var BLANK = /\s/;

  // One code point, folded: NFKC, lower case, no invisible characters, one kind of blank.
  // Han characters of the main block, the bulk of every text, are what they are.
  function foldOne(character) {
    var code = character.charCodeAt(0);
    if (code >= 0x4E00 && code <= 0x9FFF) return character;
    if (INVISIBLE.test(character)) return "";
    if (BLANK.test(character)) return " ";
    return character.normalize("NFKC").toLowerCase().replace(/\s/g, " ");
  }

  // The folded text, and for each of its UTF-16 units where the character it comes from
  // begins and ends in the original.
  function fold(text) {
    var original = String(text === undefined || text === null ? "" : text);
    var folded = "";
    var starts = [];
    var ends = [];
    var at = 0;
    while (at < original.length) {
      var character = String.fromCodePoint(original.codePointAt(at));
      var piece = foldOne(character);
      for (var i = 0; i < piece.length; i++) {
        starts.push(at);
        ends.push(at + character.length);
      }
      folded += piece;
      at += character.length;
    }
    return { text: folded, starts: starts, ends: ends, original: original };
  }

  // The different terms of a query, in their order. Every sign is plain text.
  function terms(query) {
    var seen = new Set();
    fold(query).text.split(" ").forEach(function (term) {
      if (term !== "" && seen.size < MAX_TERMS) seen.add(term);
    });
    return Array.from(seen);
  }

  search.fold = fold;
  search.terms = terms;
  if (typeof module === "object" && module.exports) module.exports = search;
})(plenarySearch);
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
// The search page: enhances `#search`, whose form works without this script.
// Words and addresses come from the element's `data-` attributes.
var plenarySearch = (typeof plenarySearch === "object" && plenarySearch) || {};
(function (search) {
  "use strict";

  if (typeof module === "object" && module.exports) module.exports = search;

  var PAUSE = 160;
  var TIMEOUT = 20000;
  var STEP = 20;

  // What the index's script calls where the index is loaded as a script.
  var received = null;
  search.receive = function (index) {
    if (received) received(index);
  };

  function enhance(element) {
    var form = element.querySelector("form");
    var input = element.querySelector("input[name=q]");
    var status = element.querySelector(".status");
    var browse = document.getElementById("browse");
    if (!form || !input || !status) return;
    var results = element.appendChild(node("div"));
    var loading = null;
    var turn = 0;
    var timer = 0;
    var composing = false;

    function word(name, values) {
      return (element.getAttribute("data-word-" + name) || "").replace(/\{(\w+)\}/g, function (whole, key) {
        return values && key in values ? values[key] : whole;
      });
    }

    // The index, asked for once; after a fault it is asked for again.
    function index() {
      if (!loading) {
        loading = load(element.getAttribute("data-index"));
        loading.catch(function () { loading = null; });
      }
      return loading;
    }

    function run() {
      var query = input.value;
      var mine = ++turn;
      clearTimeout(timer);
      if (search.terms(query).length === 0) return clear();
      status.textContent = word("loading");
      index().then(function (data) {
        if (mine === turn) show(query, search.find(data, query));
      }).catch(function () {
        if (mine === turn) fault();
      });
    }

    function clear() {
      status.textContent = "";
      results.textContent = "";
      setBrowse(true);
    }

    function setBrowse(visible) {
      if (browse) browse.hidden = !visible;
    }

    function show(query, answer) {
      results.textContent = "";
      setBrowse(answer.total === 0);
      if (answer.total === 0) {
        status.textContent = word("none", { query: shortened(query.trim()) });
        if (element.hasAttribute("data-themes")) results.appendChild(advice());
        return;
      }
      status.textContent = word("found", { n: answer.total });
      var list = results.appendChild(node("ol", "", "results"));
      list.setAttribute("role", "list");
      list.setAttribute("aria-label", word("results"));
      more(list, answer.hits, 0);
    }

    function advice() {
      var words = node("p", word("advice") + " ");
      var themes = words.appendChild(node("a", word("themes")));
      themes.href = forDisk(element.getAttribute("data-themes"));
      return words;
    }

    function more(list, hits, from) {
      hits.slice(from, from + STEP).forEach(function (hit) { list.appendChild(item(hit)); });
      if (from + STEP >= hits.length) return;
      var button = results.appendChild(node("button", word("more")));
      button.type = "button";
      button.addEventListener("click", function () {
        results.removeChild(button);
        more(list, hits, from + STEP);
        list.children[from + STEP].querySelector("a").focus();
      });
    }

    function item(hit) {
      var speech = hit.speech;
      var li = node("li");
      var link = li.appendChild(node("h2", "", "title")).appendChild(node("a"));
      var parts = hit.address.split("#");
      link.href = forDisk(element.getAttribute("data-root") + parts[0]) + (parts[1] ? "#" + parts[1] : "");
      appendMarked(link, hit.title);
      if (hit.subtitle) appendMarked(li.appendChild(node("p", "", "subtitle")), hit.subtitle);
      hit.speakers.forEach(function (speaker) {
        appendMarked(li.appendChild(node("p", "", "byline")), speaker);
      });
      appendMarked(li.appendChild(node("p", "", "excerpt")), hit.excerpt);
      var facts = li.appendChild(node("ul", "", "facts"));
      facts.setAttribute("role", "list");
      var time = facts.appendChild(node("li")).appendChild(node("time", dateText(speech.date)));
      time.setAttribute("datetime", speech.date);
      [hit.meeting].concat(hit.labels).forEach(function (fact) {
        if (fact.text) appendMarked(facts.appendChild(node("li")), fact);
      });
      if (hit.passages > 0) facts.appendChild(node("li", word("passages", { n: hit.passages })));
      return li;
    }

    function fault() {
      results.textContent = "";
      setBrowse(true);
      status.textContent = word("fault");
      var retry = results.appendChild(node("button", word("retry")));
      retry.type = "button";
      retry.addEventListener("click", function () {
        input.focus();
        run();
      });
    }

    // Typing changes the entry of the browser's history, sending the form makes a new one.
    function remember(asNew) {
      var query = input.value;
      if (query === asked()) return;
      var address = query === "" ? location.pathname : "?" + new URLSearchParams([["q", query]]).toString();
      try {
        history[asNew ? "pushState" : "replaceState"](null, "", address);
      } catch (refused) {
        // From a disk some browsers do not allow it; searching goes on without.
      }
    }

    function soon() {
      clearTimeout(timer);
      turn++;
      timer = setTimeout(function () {
        remember(false);
        run();
      }, PAUSE);
    }

    input.addEventListener("focus", function () { index().catch(function () {}); });
    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () {
      composing = false;
      soon();
    });
    input.addEventListener("input", function (event) {
      if (!composing && !event.isComposing) soon();
    });
    input.addEventListener("keydown", function (event) {
      var ofInputMethod = composing || event.isComposing || event.keyCode === 229;
      if (event.key === "Enter" && ofInputMethod) event.preventDefault();
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (composing) return;
      remember(true);
      run();
    });
    window.addEventListener("popstate", function () {
      input.value = asked();
      run();
    });

    if (asked() !== "") {
      input.value = asked();
      run();
    } else if (document.activeElement === input) {
      index().catch(function () {});
    }
  }

  // The query in the page's address.
  function asked() {
    return new URLSearchParams(location.search).get("q") || "";
  }

  function load(address) {
    var loaded = location.protocol === "file:" || typeof fetch !== "function" ? loadScript(address) : loadJson(address);
    var late = new Promise(function (resolve, reject) {
      setTimeout(function () { reject(new Error("timeout")); }, TIMEOUT);
    });
    return Promise.race([loaded, late]).then(function (index) {
      if (!index || index.version !== 1) throw new Error("unknown version of the index");
      return index;
    });
  }

  function loadJson(address) {
    return fetch(address).then(function (response) {
      if (!response.ok) throw new Error("status " + response.status);
      return response.json();
    });
  }

  function loadScript(address) {
    return new Promise(function (resolve, reject) {
      var script = node("script");
      received = resolve;
      script.onload = function () { reject(new Error("no index in the script")); };
      script.onerror = reject;
      script.src = address.replace(/\.json(?=$|[?#])/, ".js");
      document.head.appendChild(script);
    });
  }

  // From a disk a folder shows its list of files.
  function forDisk(address) {
    return location.protocol === "file:" && /\/$/.test(address) ? address + "index.html" : address;
  }

  function node(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function appendMarked(parent, marked) {
    var at = 0;
    marked.ranges.forEach(function (range) {
      parent.appendChild(document.createTextNode(marked.text.slice(at, range[0])));
      parent.appendChild(node("mark", marked.text.slice(range[0], range[1])));
      at = range[1];
    });
    parent.appendChild(document.createTextNode(marked.text.slice(at)));
  }

  function shortened(text) {
    var characters = Array.from(text.slice(0, 100));
    return characters.length > 40 ? characters.slice(0, 40).join("") + "…" : characters.join("");
  }

  function dateText(iso) {
    var day = new Date(iso + "T00:00:00Z");
    if (isNaN(day)) return iso;
    var options = { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" };
    try {
      return day.toLocaleDateString(document.documentElement.lang || "zh-CN", options);
    } catch (unknownLanguage) {
      return iso;
    }
  }

  if (typeof document === "object") {
    var start = function () {
      var element = document.getElementById("search");
      if (element) enhance(element);
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }
})(plenarySearch);
