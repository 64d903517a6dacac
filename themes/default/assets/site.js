// What a reader has chosen, before the first paint; then copying, sharing, the height of a frame, links that work from a disk.
(function () {
  "use strict";
  var root = document.documentElement;

  // The choices are attributes of the page, data-size="large" and the like, by which the style sheet goes.
  var KEY = "plenary-reading";
  var CHOICES = { size: ["small", "large"], scheme: ["light", "dark"], elder: ["on"] };
  var chosen = {};

  // A browser may forbid storing: then a choice holds for this page.
  function recall() {
    try { chosen = JSON.parse(localStorage.getItem(KEY)) || {}; } catch (forbidden) { return; }
  }
  function keep() {
    try {
      if (Object.keys(chosen).length) localStorage.setItem(KEY, JSON.stringify(chosen));
      else localStorage.removeItem(KEY);
    } catch (forbidden) { return; }
  }
  function apply() {
    Object.keys(CHOICES).forEach(function (name) {
      var value = CHOICES[name].indexOf(chosen[name]) < 0 ? "" : chosen[name];
      if (value) root.setAttribute("data-" + name, value);
      else root.removeAttribute("data-" + name);
      each("button[name=" + name + "]", function (button) {
        button.setAttribute("aria-pressed", button.value === value);
      });
    });
    each("meta[name=theme-color]", function (meta, at) {
      var own = CHOICES.scheme[at], scheme = root.getAttribute("data-scheme");
      meta.media = !scheme ? "(prefers-color-scheme: " + own + ")" : scheme === own ? "all" : "not all";
    });
  }
  function choose(name, value) {
    if (value && !(name === "elder" && chosen.elder)) chosen[name] = value;
    else delete chosen[name];
    keep();
    apply();
  }
  function each(selector, what) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), what);
  }

  root.classList.add("js");
  if (window.speechSynthesis) root.classList.add("speaks");
  if (navigator.share) root.classList.add("shares");
  recall();
  apply();
  // A page that the browser kept from before a choice.
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    recall();
    apply();
  });

  // Says a word where it is seen and to screen readers.
  var said, silence;
  function say(text) {
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(function () { said.textContent = ""; }, 3000);
  }

  function copy(text) {
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(tell, byHand);
    else byHand();
    function tell() { say(words("copied")); }
    function byHand() {
      var field = document.createElement("textarea"), focused = document.activeElement;
      field.value = text;
      field.className = "hidden";
      document.body.appendChild(field);
      field.select();
      if (document.execCommand("copy")) tell();
      document.body.removeChild(field);
      focused.focus();
    }
  }
  function words(name) {
    return document.querySelector("[data-copied]").getAttribute("data-" + name);
  }
  // The address to hand on: the one on show, and from a disk the one on the web.
  function here() {
    return /^http/.test(location.protocol) ? location.origin + location.pathname : document.querySelector("[rel=canonical]").href;
  }

  // The text of a reference. Lines of RIS end with CR LF, of which HTML leaves LF.
  function reference(button) {
    var text = button.parentNode.previousElementSibling.textContent;
    return /^TY/.test(text) ? text.replace(/\r?\n/g, "\r\n") : text;
  }

  var DEEDS = {
    link: function () { copy(here()); },
    share: function () { navigator.share({ title: document.title, url: here() }).catch(function () {}); },
    print: function () { window.print(); },
    copy: function (button) { copy(reference(button)); },
    save: function (button) {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([reference(button)], { type: "text/plain" }));
      link.download = button.value;
      document.body.appendChild(link).click();
      document.body.removeChild(link);
    },
    // Loads the part that reads aloud; an empty utterance within the click opens speech on iOS.
    aloud: function (button) {
      var script = document.createElement("script");
      script.src = button.getAttribute("data-script");
      button.removeAttribute("data-do");
      speechSynthesis.speak(new SpeechSynthesisUtterance(""));
      document.head.appendChild(script);
      button.say = say;
    }
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button, .n"), settings = document.querySelector(".settings");
    if (settings && !settings.contains(event.target)) settings.open = false;
    if (!button) return;
    if (CHOICES[button.name]) choose(button.name, button.value);
    var deed = DEEDS[button.getAttribute("data-do")];
    if (deed) deed(button);
    if (button.className !== "n" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", button.hash);
    copy(here() + button.hash);
  });

  document.addEventListener("keydown", function (event) {
    var at = event.target, settings = document.querySelector(".settings[open]");
    if (event.key === "Escape" && settings) {
      settings.open = false;
      if (settings.contains(at)) settings.querySelector("summary").focus();
    }
    // The numbers of the paragraphs are one stop of the keyboard; arrows lead from one to the next.
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at.className !== "n" || !step) return;
    var all = Array.prototype.slice.call(document.querySelectorAll(".n"));
    var next = all[all.indexOf(at) + step];
    event.preventDefault();
    if (!next) return;
    at.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  document.addEventListener("DOMContentLoaded", function () {
    apply();
    said = document.body.appendChild(document.createElement("p"));
    said.className = "said";
    said.setAttribute("role", "status");

    // The number of a paragraph leads to it and copies its address. It is drawn by the style sheet: nothing is added to the text.
    each(".sheet .text > p[id]", function (paragraph, at) {
      var link = document.createElement("a");
      link.className = "n";
      link.href = "#" + paragraph.id;
      link.tabIndex = at ? -1 : 0;
      link.setAttribute("aria-label", words("paragraph").replace("{n}", paragraph.id.slice(1)));
      paragraph.insertBefore(link, paragraph.firstChild);
    });

    each("[data-today]", function (span) {
      var now = new Date();
      span.textContent = "[" + [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-").replace(/\b\d\b/g, "0$&") + "]";
    });

    // Above each snippet of the page on embedding a button that copies it.
    each(".ways-in pre", function (text) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words("copy");
      button.addEventListener("click", function () { copy(text.textContent); });
      text.parentNode.insertBefore(button, text);
    });

    // In a frame that page shows the search alone and tells its height to the page around it.
    var search = document.querySelector(".embed #search");
    if (search && window.parent !== window) {
      search.setAttribute("target", "_top");
      root.classList.add("framed");
      if (window.ResizeObserver) new ResizeObserver(function () {
        window.parent.postMessage({ plenary: "height", height: Math.ceil(root.getBoundingClientRect().height) }, "*");
      }).observe(root);
    }

    // The same paragraph in another edition.
    each("[data-edition]", function (link) {
      link.addEventListener("click", function () { link.hash = location.hash; });
    });

    // Keeps pages for reading without a network, where the site says so.
    var manifest = document.querySelector("[rel=manifest]");
    if (manifest && navigator.serviceWorker && location.protocol !== "file:") {
      navigator.serviceWorker.register(new URL("service-worker.js", manifest.href).href).catch(function () {});
    }

    // From a disk a folder shows its list of files: there, links to folders lead to their index.html.
    if (location.protocol !== "file:") return;
    function toFile(name) {
      return function (node) {
        var value = node.getAttribute(name);
        if (!value || /^[a-z][a-z0-9+.-]*:|^\/|^#/i.test(value)) return;
        var parts = /^([^?#]*)([^]*)$/.exec(value);
        if (/(^|\/)\.{0,2}$/.test(parts[1]) && parts[1] !== "") {
          var folder = parts[1].slice(-1) === "/" ? parts[1] : parts[1] + "/";
          node.setAttribute(name, folder + "index.html" + parts[2]);
        }
      };
    }
    each("a[href]", toFile("href"));
    each("form[action]", toFile("action"));
  });
})();
