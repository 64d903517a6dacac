// Other ways to write Chinese: Traditional characters, full width, pinyin and initials.
import { Converter } from "opencc-js";
import { pinyin } from "pinyin-pro";

const OUTWARD = ["t", "tw", "hk"].map((to) => Converter({ from: "cn", to }));
const INWARD = Converter({ from: "t", to: "cn" });

// Simplified text in Traditional characters: of the standard, of Taiwan or of Hong Kong.
export const traditional = (text, which) => OUTWARD[which % OUTWARD.length](text);
export const simplified = (text) => INWARD(text);

// ASCII as full-width characters.
export const fullWidth = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

// Text as everybody may type it: one width, small letters.
export const folded = (text) => text.normalize("NFKC").toLowerCase();

// The syllables of a word as it is read.
export function syllables(text, surname) {
  return pinyin(text, { toneType: "none", type: "array", v: true, surname: surname ? "head" : "off" });
}

// All readings of one character.
const known = new Map();
export function readings(character) {
  if (!known.has(character)) {
    const all = /\p{Script=Han}/u.test(character) ? pinyin(character, { toneType: "none", type: "array", multiple: true, v: true }) : [];
    known.set(character, new Set(all));
  }
  return known.get(character);
}

// The words of a text, as the standard library cuts them.
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
export const words = (text) => Array.from(segmenter.segment(text), (one) => one.segment);
