// What is found though it was typed otherwise: as it is read, names first and then every word of a title that may be meant;
// with a fault; and with a character that only Traditional text has in that sense.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { program } from "./cases/s0.mjs";
import { openIndex } from "./index.mjs";

const root = mkdtempSync(join(tmpdir(), "plenary-relaxed-"));
after(() => rmSync(root, { recursive: true }));

const write = (path, text) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

const speeches = [
  ["送解优服务到企业", "何二"],
  ["夜市建设", "沈洁阳"],
  ["迫切任務", "上官国乐"],
  ["学习三个代表", "单一重"],
  ["关于原字石的考证", "纪天"],
  ["集体安全", "何二"],
  ["效果作用显著增强", "何二"],
  ["着手成春", "何二"],
  ["提名办法", "何二"],
  ["由意大利归来", "何二"],
  ["认识世界", "何二"],
  ["讨论ZBW标准", "何二"],
  ["去河西岸调研", "赵北望"],
  ["和贤能共事", "何贤"],
];
// Pairs of characters that are read like some of these and are more frequent, but never one after the other: so many of
// 识世 that it is none of the usual ones, and of 由意大利 that more than enough chains of them are likelier.
const SHI = [..."是时事实式市室示视试始使士世史石师诗识失适势"];
const LIKELIER = [
  ...SHI.flatMap((a) => SHI.map((b) => a + b)).filter((pair) => pair !== "识世").slice(0, 120),
  ...[..."一以已义易"].flatMap((yi) => [`有${yi}`, `又${yi}`, `友${yi}`, `优${yi}`, `${yi}大`, `${yi}达`]),
  ...["大力", "大理", "大里", "达力", "达理", "达里"],
];
// So many words of titles are read with the same initials that not all are looked for at first.
const ALIKE = [..."高公工功供共攻宫巩广光关管馆观贯干甘感港钢岗稿革格隔哥歌各个根跟更谷古故顾骨固"].map((c) => `${c}里地`);

write("content/site.toml", 'base_url = "https://a.example/"\ntitle = "发言"\n\n[share_pictures]\nenabled = false\n');
write("content/meetings/m/_index.md", '+++\ntitle = "会议"\ndate = 2024-01-09\n+++\n');
// Of one name there are more speeches than a page shows, all older than what else its letters may mean.
write("content/meetings/n/_index.md", '+++\ntitle = "会议"\ndate = 2020-01-09\n+++\n');
for (let i = 1; i <= 12; i++) write(`content/meetings/n/${i}-a.md`, `+++\ntitle = "同名${i}"\n[speaker]\nname = "唐铭"\n+++\n\n正文。\n`);
[...speeches, ...ALIKE.map((title) => [title, "何二"])].forEach(([title, name], i) => {
  write(`content/meetings/m/${String(i + 1).padStart(2, "0")}-a${i}.md`, `+++\ntitle = "${title}"\n[speaker]\nname = "${name}"\n+++\n\n正文。\n`);
});
write("content/meetings/m/99-likelier.md", `+++\ntitle = "从前"\n[speaker]\nname = "何二"\n+++\n\n${LIKELIER.join("，").repeat(2)}。\n`);
write("content/meetings/n/99-likelier.md", `+++\ntitle = "从前"\n[speaker]\nname = "何二"\n+++\n\n${LIKELIER.join("，")}。\n`);
execFileSync(program(), ["build"], { cwd: root, stdio: "pipe" });
const index = await openIndex(join(root, "public"));

const titles = (answer) => answer.hits.map((hit) => hit.title.text);

describe("what is typed as it is read", () => {
  for (const [query, first, others] of [
    ["sjy", "夜市建设", ["送解优服务到企业"]],
    ["shenjieyang", "夜市建设", []],
    ["songjieyou", "送解优服务到企业", []],
    ["sggl", "迫切任務", []],
    ["sggy", "迫切任務", []],
    ["shangguanguole", "迫切任務", []],
    ["shangguanguoyue", "迫切任務", []],
    ["shanyizhong", "学习三个代表", []],
    ["danyichong", "学习三个代表", []],
    ["pqrw", "迫切任務", []],
    ["poqierenwu", "迫切任務", []],
    ["sangedaibiao", "学习三个代表", []],
    ["yuanzishi", "关于原字石的考证", []],
    ["jitian", "关于原字石的考证", []],
    ["jitianquan", "集体安全", []],
    ["ji ti'an quan", "集体安全", []],
    ["renshishijie", "认识世界", []],
    ["youyidali", "由意大利归来", []],
    ["hexian", "和贤能共事", []],
    ["he xian", "和贤能共事", []],
    ["hexi'an", "和贤能共事", ["去河西岸调研"]],
    ["zbw", "讨论ZBW标准", ["去河西岸调研"]],
    ["ZBW ", "讨论ZBW标准", ["去河西岸调研"]],
  ]) {
    test(query, async () => {
      const answer = await index.search(query);
      assert.deepEqual(titles(answer).slice(0, 1), [first]);
      assert.deepEqual(titles(answer).slice(1).sort(), others);
      assert.equal(answer.relaxed.kind, "pinyin");
    });
  }

  test("goes on to words that were not looked for at first, and those before stay", async () => {
    let answer = await index.search("gld", { size: 10 });
    assert.equal(answer.hits.length, 10);
    assert.equal((await answer.facets()).speaker.find((one) => one.name === "何二").count, ALIKE.length);
    assert.equal((await answer.all(1000)).length, ALIKE.length);
    assert.equal(answer.exact, false);
    while (answer.more) {
      const before = titles(answer);
      answer = await answer.more(10);
      assert.deepEqual(titles(answer).slice(0, before.length), before);
    }
    assert.deepEqual(titles(answer).sort(), [...ALIKE].sort());
    assert.deepEqual([answer.count, answer.exact], [ALIKE.length, true]);
    assert.deepEqual(titles(await index.search("gld", { size: 100 })).sort(), [...ALIKE].sort());
  });
});

test("a filter alone is no word, and neither is what has no letters", async () => {
  for (const query of ["", "__"]) {
    const answer = await index.search(query, { speaker: "zhao-beiwang" });
    assert.deepEqual([titles(answer), answer.relaxed], [["去河西岸调研"], null], query);
    assert.deepEqual(titles(await index.search(query, { speaker: "无人" })), [], query);
  }
});

describe("letters that are a name of many speeches and a word", () => {
  test("give the name first, and the word after all of its speeches", async () => {
    let answer = await index.search("tm", { size: 10 });
    assert.ok(answer.hits.every((hit) => hit.speakers[0].text === "唐铭"));
    while (answer.more) answer = await answer.more(10);
    assert.equal(titles(answer).length, 13);
    assert.equal(titles(answer)[12], "提名办法");
  });

  test("are one list by date", async () => {
    const numbers = (await index.search("tm", { size: 100, sort: "date" })).hits.map((hit) => hit.number);
    const first = (await index.search("tm", { size: 5, sort: "date" })).hits.map((hit) => hit.number);
    assert.equal(numbers.length, 13);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
    assert.deepEqual(first, numbers.slice(0, 5));
  });
});

describe("what is typed with one fault", () => {
  for (const [query, kind, found] of [
    ["作用著增", "mended", "效果作用显著增强"],
    ["作用顯着增", "mended", "效果作用显著增强"],
    ["作用顯著增強", "traditional", "效果作用显著增强"],
    ["著手成春", "traditional", "着手成春"],
    ["著守成春", "mended", "着手成春"],
  ]) {
    test(query, async () => {
      const answer = await index.search(query);
      assert.deepEqual(titles(answer), [found]);
      assert.equal(answer.relaxed.kind, kind);
    });
  }
});
