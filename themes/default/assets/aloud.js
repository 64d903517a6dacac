// Reads the speech aloud by the browser's voice, a sentence at a time, and marks the paragraph that is being read.
(function () {
  "use strict";
  var synth = window.speechSynthesis;
  var start = document.querySelector("[data-script]"), stop = document.querySelector("[data-do=stop]");
  var label = start.textContent;
  var pieces = [], at = 0, turn = 0, reading = false, current = null, marked = null, watch;

  // What is read: title and speaker, then the blocks of the text; marks of notes are passed over.
  function gather() {
    pieces = [];
    var blocks = document.querySelectorAll("article h1, article .subtitle, article .byline, article .text [id]");
    Array.prototype.forEach.call(blocks, function (block) {
      if (block.closest(".text") && !/^[ps]\d+$/.test(block.id)) return;
      sentences(words(block)).forEach(function (text) { pieces.push({ text: text, block: block }); });
    });
  }

  // The text of a block without that of blocks inside it, which are read by themselves.
  function words(node) {
    return Array.prototype.map.call(node.childNodes, function (child) {
      if (child.nodeType === 3) return child.data;
      if (child.nodeName === "SUP" || /^[ps]\d+$/.test(child.id)) return "";
      return words(child) + (/^(TD|TH|LI|BR)$/.test(child.nodeName) ? "\n" : "");
    }).join("");
  }

  // Some voices fall silent after 15 seconds: sentences, and long ones in parts.
  function sentences(text) {
    var limit = /[\u3400-\u9fff]/.test(text) ? 60 : 180, found = [];
    text.replace(/([。！？；!?;…]+[”’』」）)]*|\.(?=\s))/g, "$1\n").split("\n").forEach(function (rest) {
      rest = rest.trim();
      while (rest.length > limit) {
        var end = Math.max.apply(null, ["，", "、", "：", ",", " "].map(function (mark) { return rest.lastIndexOf(mark, limit - 1); })) + 1 || limit;
        found.push(rest.slice(0, end));
        rest = rest.slice(end).trim();
      }
      if (/[0-9A-Za-z\u00c0-\u1fff\u3040-\ufaff]/.test(rest)) found.push(rest);
    });
    return found;
  }

  // A voice of the page's language, one in the browser rather than one on the net; none known, none needed.
  function voice(lang) {
    var voices = synth.getVoices();
    function fitting(wanted) {
      var fit = voices.filter(function (one) { return one.lang.replace("_", "-").toLowerCase().indexOf(wanted) === 0; });
      return fit.filter(function (one) { return one.localService; })[0] || fit[0];
    }
    return fitting(lang.toLowerCase()) || fitting(lang.toLowerCase().split("-")[0]);
  }

  function language() {
    var lang = document.documentElement.lang;
    return /^zh-hans$/i.test(lang) || /^zh$/i.test(lang) ? "zh-CN" : /^zh-hant$/i.test(lang) ? "zh-TW" : lang;
  }

  function mark(block) {
    if (block === marked) return;
    var followed = !marked || seen(marked);
    if (marked) marked.classList.remove("read");
    if (block) block.classList.add("read");
    if (block && followed && !seen(block)) block.scrollIntoView();
    marked = block;
  }
  function seen(block) {
    var box = block.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight * 0.8 && (box.bottom <= innerHeight || box.height > innerHeight);
  }

  // Whatever an earlier utterance still reports is dropped: each has its turn.
  function speak() {
    var mine = ++turn;
    if (at >= pieces.length) return end();
    mark(pieces[at].block);
    current = new SpeechSynthesisUtterance(pieces[at].text);
    current.lang = language();
    current.voice = voice(current.lang) || null;
    current.onstart = function () { clearTimeout(watch); };
    current.onend = function () {
      if (mine !== turn) return;
      at++;
      speak();
    };
    current.onerror = function () { if (mine === turn) silent(); };
    clearTimeout(watch);
    watch = setTimeout(current.onerror, 8000);
    show(true);
    synth.speak(current);
  }
  function silent() {
    end();
    start.say(start.getAttribute("data-none"));
  }
  function hush() {
    turn++;
    clearTimeout(watch);
    synth.cancel();
  }
  function end() {
    hush();
    at = 0;
    mark(null);
    show(false);
  }

  function show(now) {
    reading = now;
    stop.disabled = !marked;
    start.textContent = now ? start.getAttribute("data-pause") : marked ? start.getAttribute("data-resume") : label;
  }

  // A pause ends the sentence, which is read again: not every engine can halt within one.
  start.addEventListener("click", function () {
    if (!reading) return speak();
    hush();
    show(false);
  });
  stop.addEventListener("click", function () {
    end();
    start.focus();
  });
  addEventListener("pagehide", end);

  gather();
  hush();
  speak();
})();
