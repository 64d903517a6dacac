// What editors wrote: the front matter of the speeches in `content/`.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { repository } from "./site.mjs";

const content = process.env.PLENARY_CONTENT || join(repository, "content");

// The front matter of every speech.
export const speeches = readdirSync(join(content, "meetings"), { recursive: true })
  .filter((file) => file.endsWith(".md") && !file.endsWith("_index.md"))
  .sort()
  .map((file) => ({ file, ...frontMatter(join(content, "meetings", file)) }));

function frontMatter(file) {
  const matter = /^\uFEFF?\+\+\+\r?\n([^]*?)\r?\n\+\+\+(\r?\n|$)/.exec(readFileSync(file, "utf8"));
  if (!matter) throw new Error(`${file}: no front matter between +++`);
  return parse(matter[1]);
}
