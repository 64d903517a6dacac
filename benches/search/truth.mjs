// What the documents really hold, found by looking through all of them.
import { folded, readings, simplified } from "./chinese.mjs";

// For each document: title and text as one string, and all that a page shows.
export function truth(documents) {
  const texts = documents.map((one) => folded([one.title, ...one.paragraphs].join("\n")));
  const shown = documents.map((one, number) =>
    [texts[number], folded([one.speaker, one.role, one.meetingTitle, ...one.themes].join("\n"))].join("\n"));
  const titles = documents.map((one) => folded(one.title));
  const simple = [];
  const read = (number) => simple[number] ??= loose(shown[number]);
  return {
    // The titles that hold a string, each with how much of it the string is: its places by all that one of that length has.
    titled: (text) => titles.flatMap((one, number) =>
      (one.includes(text) ? [{ number, share: (one.split(text).length - 1) / (one.length - text.length + 1) }] : [])),
    // The documents whose title or text holds a string.
    holding: (text) => texts.flatMap((one, number) => (one.includes(text) ? [number] : [])),
    nowhere: (text) => !shown.some((one, number) => one.includes(text) || read(number).includes(loose(text))),
    // Whether a page shows a string, in Simplified or Traditional characters, whatever blanks stand in it.
    shows: (number, text) => shown[number].includes(text) || read(number).includes(loose(text)),
    // Whether it shows, read as Simplified, a string that a pattern finds.
    showsLike: (number, pattern) => pattern.test(read(number)),
    // Whether it shows characters that are read so: each syllable whole, or its first letter.
    sounds: (number, syllables, initials) => sounding(shown[number], syllables, initials),
  };
}

const loose = (text) => simplified(text).replace(/[^\S\n]+/g, "");

function sounding(text, syllables, initials) {
  const is = (character, syllable) => [...readings(character)].some((one) => (initials ? one[0] === syllable[0] : one === syllable));
  const characters = Array.from(text);
  return characters.some((_, at) => syllables.every((syllable, i) => at + i < characters.length && is(characters[at + i], syllable)));
}
