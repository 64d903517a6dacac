// plenary's side: writes documents as `content/`, builds the site, and asks its client.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { program } from "./program.mjs";
import { files, sizes } from "./files.mjs";

// Writes the sources of a site below `root`.
export function write(root, documents) {
  const content = join(root, "content");
  mkdirSync(content, { recursive: true });
  writeFileSync(join(content, "site.toml"), 'title = "会议发言"\nbase_url = "https://fayan.example/"\n');
  const meetings = new Set();
  documents.forEach((one, number) => {
    const folder = join(content, "meetings", one.meeting);
    if (!meetings.has(one.meeting)) {
      meetings.add(one.meeting);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "_index.md"), `+++\ntitle = ${quoted(one.meetingTitle)}\ndate = ${one.date}\n+++\n`);
    }
    writeFileSync(join(folder, `${name(number)}.md`), page(one));
  });
}

function page(one) {
  const speaker = one.speaker ? `\n[speaker]\nname = ${quoted(one.speaker)}\nroles = [${quoted(one.role)}]\n` : "";
  const head = `title = ${quoted(one.title)}\nthemes = [${one.themes.map(quoted).join(", ")}]\n${speaker}`;
  return `+++\n${head}+++\n\n${one.paragraphs.map(plain).join("\n\n")}\n`;
}

const name = (number) => `${String(number % 20 + 1).padStart(2, "0")}-d${number}`;
const quoted = (text) => JSON.stringify(text);

// A text that Markdown leaves as it is.
function plain(text) {
  return text.replace(/[\\`*_[\]<>&~|$^={}]/g, "\\$&").replace(/^([#+\-:])/, "\\$1").replace(/^(\d+)([.)])/, "$1\\$2");
}

// Builds the site; says how long it took, the stages that make its index by themselves, and how much memory.
export async function build(binary, root, output) {
  const { told, ...cost } = await program(binary, ["build", "--root", root, "--output", output, "--timings", "--lang", "en"]);
  const stages = [...told.matchAll(/([\d.]+) s +(?:postings|shards)/g)];
  return { ...cost, index: stages.reduce((sum, [, seconds]) => sum + Number(seconds), 0) };
}

// How large the search of a site is on disk, and compressed as a host would send it. The index stands there twice:
// as JSON, and as scripts for pages that may not fetch.
export function size(site) {
  const folder = join(site, "search");
  const { numbering } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  const all = ["index.json", "index.js", ...files(folder, join(folder, numbering))];
  return {
    index: sizes(folder, all.filter((file) => file.endsWith(".json"))),
    scripts: sizes(folder, all.filter((file) => file.endsWith(".js"))),
    client: sizes(site, ["embed.js"]),
    later: sizes(site, ["search/more.js"]),
  };
}

// The client in this process: `find(query)` gives the numbers of the ten that a page shows first and of all documents
// found, those ten before the others.
export async function open(site) {
  const client = createRequire(import.meta.url)(join(site, "embed.js"));
  const read = new Map();
  const load = async (path) => {
    if (!read.has(path)) read.set(path, JSON.parse(readFileSync(join(site, "search", path), "utf8")));
    return read.get(path);
  };
  const index = await client.open("https://fayan.example/", load);
  const number = (hit) => Number(/-d(\d+)\//.exec(hit.speech.url)[1]);
  return {
    close: async () => {},
    find: async (query) => {
      const answer = await index.search(query, { size: 10 });
      const shown = answer.hits.map(number);
      const whole = answer.more ? await index.search(query, { size: index.manifest.speeches }) : answer;
      return { shown, all: [...new Set([...shown, ...whole.hits.map(number)])], count: answer.count, exact: answer.exact, relaxed: answer.relaxed };
    },
  };
}
