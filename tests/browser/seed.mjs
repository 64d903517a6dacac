// The printed proceedings, read independently of the program: heading, sub-heading, byline, paragraphs.
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../seed/proceedings.txt", import.meta.url), "utf8");

// The speeches in the order of the document.
export const speeches = [];

for (const line of source.split("\n").map((one) => one.trim()).filter((one) => one !== "")) {
  const speech = speeches[speeches.length - 1];
  if (line.startsWith("#### ")) speech.subtitle = line.slice(5);
  else if (line.startsWith("### ")) speeches.push({ title: line.slice(4), subtitle: null, byline: null, paragraphs: [] });
  else if (!speech) continue;
  else if (speech.byline === null) speech.byline = line;
  else speech.paragraphs.push(line);
}

for (const speech of speeches) speech.name = speech.byline.slice(speech.byline.lastIndexOf(" ") + 1);
