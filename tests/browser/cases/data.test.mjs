// DATA: speakers, meetings, import.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { M1, site } from "./s0.mjs";

test("DATA-03 · Importing twice, and speeches that run together", (t) => {
  const lines = ["# 第一次全体会议", "", "导语。"];
  const names = ["林一舟", "何二", "王三"];
  names.forEach((name, i) => lines.push("", `## 题目${i + 1}`, "", `街道代表 ${name}`, "", `${name}的一段话。`));
  lines.push("", "## 题目四", "", "没有署名的一段话。", "");
  const fourth = lines.indexOf("## 题目四") + 1;
  const made = site(t, { "record.txt": lines.join("\n"), [`${M1}_index.md`]: null, [`${M1}01.md`]: null });
  const imports = () => made.run(["import", "record.txt", "--date", "2025-01-09", "--meeting", "m1"]);
  const folder = made.path(M1);
  const content = () => Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));

  const first = imports();
  assert.ok([0, 1].includes(first.status), first.stderr);
  assert.match(first.stderr, new RegExp(`第 ?${fourth} ?行|line ${fourth}\\b|record\\.txt:${fourth}\\b`));
  const written = content();
  const speeches = Object.keys(written).filter((name) => name.endsWith(".md") && name !== "_index.md");
  assert.ok([3, 4].includes(speeches.length), speeches.join(" "));
  for (const name of names) {
    const own = speeches.filter((file) => written[file].includes(`${name}的一段话`));
    assert.equal(own.length, 1, name);
    assert.ok(!written[own[0]].includes("没有署名"), `the fourth text is in ${own[0]}`);
    assert.ok(written[own[0]].includes(`name = "${name}"`));
  }

  const [file] = speeches.filter((name) => written[name].includes("何二的一段话"));
  const edited = written[file].replace("何二的一段话。", "何二的一段话，编辑改过。");
  made.write({ [M1 + file]: edited });
  const second = imports();
  assert.equal(second.status, 0, second.stderr);
  assert.deepEqual(content(), { ...written, [file]: edited });
  const built = made.build();
  assert.ok(built.speeches.length >= 3);
});
