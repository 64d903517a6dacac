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
