// Lists that are too long for one file: of hundreds of speeches that have the same few characters, every query finds those
// that have it, and no others.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { program } from "./cases/s0.mjs";
import { openIndex } from "./index.mjs";

const SPEECHES = 480;
const MEETING = 20;
const CHARACTERS = [..."山水风云日月"];
const RARE = "铁路";

const root = mkdtempSync(join(tmpdir(), "plenary-lists-"));
after(() => rmSync(root, { recursive: true }));

// The same speeches each time (Lehmer's generator, as Park and Miller have it).
let state = 1;
const random = (below) => (state = state * 48271 % 0x7FFFFFFF) % below;
const some = (length) => Array.from({ length }, () => CHARACTERS[random(CHARACTERS.length)]).join("");

const write = (path, text) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

const speeches = Array.from({ length: SPEECHES }, (_, i) => {
  const meeting = Math.floor(i / MEETING);
  const paragraphs = [some(120), some(120) + (i % 60 ? "" : RARE + some(4)), some(120)];
  return { url: `meetings/m${meeting}/${i % MEETING + 1}/`, date: `${2000 + meeting}-01-09`, title: some(6), paragraphs };
});

write("content/site.toml", 'base_url = "https://a.example/"\ntitle = "发言"\n\n[share_pictures]\nenabled = false\n');
for (const { url, date, title, paragraphs } of speeches) {
  const [, meeting, name] = url.split("/");
  write(`content/meetings/${meeting}/_index.md`, `+++\ntitle = "会议"\ndate = ${date}\n+++\n`);
  write(`content/meetings/${meeting}/${name}.md`, `+++\ntitle = "${title}"\n[speaker]\nname = "何二"\n+++\n\n${paragraphs.join("\n\n")}\n`);
}
execFileSync(program(), ["build"], { cwd: root, stdio: "pipe" });

const text = speeches[300].paragraphs[1];
const rare = speeches[300].paragraphs[1].slice(118, 124);
const queries = [
  ...[1, 2, 3, 4, 5, 6, 7].map((length) => text.slice(20, 20 + length)),
  rare.slice(0, 4), rare.slice(1, 5), rare.slice(2), rare,
  `"${text.slice(50, 54)}"`,
  `${text.slice(0, 3)} ${text.slice(60, 64)}`,
  `${RARE} ${text.slice(60, 63)}`,
  `${text.slice(60, 64)} -${text.slice(10, 13)}`,
  `${RARE} -${text.slice(60, 62)}${text.slice(10, 12)}`,
];

// Whether a text has all words of a query and none of those after a minus.
const answers = (query, texts) => query.split(" ").every((word) => {
  const own = word.replace(/^-|"/g, "");
  return word.startsWith("-") !== texts.some((one) => one.includes(own));
});

describe("an archive with long lists", () => {
  for (const query of queries) {
    const right = speeches.filter(({ title, paragraphs }) => answers(query, [title, ...paragraphs]));

    for (const sort of ["", "date"]) {
      test(`finds every speech with ${query}${sort && ", the newest first"}, and no other`, async () => {
        const asked = [];
        const index = await openIndex(join(root, "public"), undefined, (path) => asked.push(path));
        let answer = await index.search(query, { sort });
        if (sort === "") {
          const inTitle = query.includes(" ") ? [] : right.filter(({ title }) => answers(query, [title]));
          const first = answer.hits.slice(0, inTitle.length).map(({ speech }) => speech.title);
          assert.ok(first.every((title) => answers(query, [title])), `titles first: ${first}`);
        }
        while (answer.more) answer = await answer.more(100);
        const found = answer.hits.map(({ speech }) => speech);
        assert.deepEqual(found.map(({ url }) => url).toSorted(), right.map(({ url }) => url).toSorted());
        assert.deepEqual([answer.count, answer.exact], [right.length, true]);
        if (sort) assert.deepEqual(found.map(({ date }) => date), right.map(({ date }) => date).toSorted().toReversed());
        assert.ok(asked.some((path) => path.includes("/parts/")) || [...query].length < 2 || query.includes(RARE), "its lists are in parts");
      });
    }
  }

  test("is asked about more queries that have an answer than not", () => {
    const found = queries.filter((query) => speeches.some(({ title, paragraphs }) => answers(query, [title, ...paragraphs])));
    assert.ok(found.length > 13, `${found.length} of ${queries.length}`);
  });
});
