// Units of text, the same as `src/search/tokens.rs` cuts: pure, never throws. Both pass `vectors.json`.

const LONGEST_WORD = 40;
// Ranges of code points, first and last in turn, from their differences in base 36. NOTHING, BLANKS, MARKS and CHARACTERS
// are the tables of `tokens.rs`, put before this file where the client is joined.
function rangesOf(steps) {
  let code = 0;
  return steps.split(" ").map(step => code += parseInt(step, 36));
}

function within(code, ranges) {
  for (let i = 0; i < ranges.length; i += 2) if (code <= ranges[i + 1]) return code >= ranges[i];
  return false;
}

// The bulk of Chinese text, which folds to itself.
function isHan(code) {
  return code >= 0x4E00 && code <= 0x9FFF;
}

function isDigit(text) {
  return /^[0-9]$/.test(text);
}

// Lower case, compatibility forms undone; diacritics of Latin, Greek and Cyrillic dropped.
function fold(character) {
  return character.normalize(character < "\u3000" ? "NFKD" : "NFKC").toLowerCase().replace(/[\u0300-\u036F]/g, "");
}

// A text of anything; nothing is no text.
function textOf(value) {
  return value === undefined || value === null ? "" : String(value);
}

// The units of a text: `{text, word, at, start, end}`, `word` for a run of letters, `at` the position from 0, `start`
// and `end` where the unit stands in the text, in UTF-16 units. `map` gives the Simplified form of Traditional
// characters.
function units(source, map) {
  const found = [];
  let next = 0;
  let gap = false;
  let blank = false;
  let word = "";
  let wordStart = 0;
  let wordEnd = 0;

  function push(text, isWord, start, end) {
    if (gap) next++;
    gap = blank = false;
    found.push({ text, word: isWord, at: next++, start, end });
  }
  function endWord() {
    const whole = word;
    word = "";
    if (whole) push(whole, true, wordStart, wordEnd);
  }
  function character(text, start, end) {
    endWord();
    const last = found[found.length - 1];
    if (blank && last && !last.word && last.text > "\x7F" && text > "\x7F") gap = true;
    push(map && map[text] || text, false, start, end);
  }
  function folded(one, start, end) {
    const code = one.codePointAt(0);
    if (isDigit(one)) character(one, start, end);
    else if (within(code, NOTHING)) return;
    else if (within(code, BLANKS)) {
      endWord();
      blank = true;
    } else if (within(code, MARKS)) {
      endWord();
      gap = found.length > 0;
    } else if (within(code, CHARACTERS)) character(one, start, end);
    else {
      if ([...word].length === LONGEST_WORD) endWord();
      if (!word) wordStart = start;
      word += one;
      wordEnd = end;
    }
  }

  for (let i = 0; i < source.length;) {
    const code = source.codePointAt(i);
    const own = String.fromCodePoint(code);
    const end = i + own.length;
    if (isHan(code)) character(own, i, end);
    else {
      const afterDigit = !word && !gap && found.length && isDigit(found[found.length - 1].text);
      if (afterDigit && /^[.．]$/.test(own) && isDigit(fold(source.slice(end, end + 2))[0])) character(".", i, end);
      else if (afterDigit && /^[%％]$/.test(own)) character("%", i, end);
      else for (const one of fold(own)) folded(one, i, end);
    }
    i = end;
  }
  endWord();
  return found;
}
