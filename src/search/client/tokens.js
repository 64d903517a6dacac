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
