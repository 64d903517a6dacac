// ENC: encodings and pasted characters.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { BODY_LINE, M1, attribute, elements, links, site, speech } from "./s0.mjs";

const gb18030 = (input) => execFileSync("iconv", ["-f", "UTF-8", "-t", "GB18030"], { input });

// What an import wrote into a meeting's folder, as one text; anything but UTF-8 is an exception.
function imported(made, meeting) {
  const folder = made.path(`content/meetings/${meeting}`);
  return readdirSync(folder).map((name) => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(`${folder}/${name}`))).join("\n");
}

test("ENC-01 · A GBK file among UTF-8 ones", (t) => {
  const made = site(t);
  made.build();
  const bytes = gb18030('+++\ntitle = "旧稿"\ndate = 2025-01-09\n+++\n\n办好社区食堂。\n');
  made.write({ [`${M1}old1.md`]: bytes, [`${M1}old2.md`]: bytes });
  const said = made.fails();
  for (const word of [`${M1}old1.md`, `${M1}old2.md`, "GB18030"]) assert.ok(said.includes(word), word);
  assert.match(said, /iconv|UTF-8/);
  const check = made.check();
  assert.notEqual(check.status, 0);
  copyFileSync(made.path(`${M1}old1.md`), made.path("old.md"));
  made.write({ [`${M1}old1.md`]: null, [`${M1}old2.md`]: null });
  const ran = made.run(["import", "old.md", "--date", "2025-01-09", "--meeting", "old"]);
  assert.equal(ran.status, 0, ran.stderr);
  assert.ok(imported(made, "old").includes("办好社区食堂"), "the import kept the text");
});

test("ENC-01 · A GBK file among UTF-8 ones: a proceedings document", (t) => {
  const made = site(t, { "old.txt": gb18030("# 会议\n\n导语。\n\n## 旧稿\n\n街道代表 林一舟\n\n办好社区食堂。\n") });
  const ran = made.run(["import", "old.txt", "--date", "2025-01-09", "--meeting", "old"]);
  assert.equal(ran.status, 0, ran.stderr);
  assert.ok(imported(made, "old").includes("办好社区食堂"));
});

test("ENC-05 · Zero-width spaces and soft hyphens split words", async (t) => {
  const built = site(t, {
    [`${M1}01.md`]: null,
    [`${M1}z1.md`]: speech("推进高\u00ad质\u00ad量发展", { title: "标题一", themes: ["养老\u200b服务"] }),
    [`${M1}z2.md`]: speech("普通正文", { title: "标\u200b题二", themes: ["养老服务"] }),
  }).build();
  const themes = built.pages.filter((name) => /^themes\/[^/]+\/index\.html$/.test(name));
  assert.equal(themes.length, 1);
  const listed = new Set(links(built.tree(themes[0])).map((href) => built.leadsTo(themes[0], href)));
  for (const name of ["z1", "z2"]) assert.ok(listed.has(built.speechFile(name)), name);
  for (const file of built.files) assert.ok(!file.includes("\u200b"), file);
  for (const page of built.pages) {
    for (const element of elements(built.tree(page))) {
      assert.doesNotMatch(attribute(element, "href") ?? "", /%E2%80%8B|\u200b/i, page);
    }
  }
  assert.deepEqual(await built.find("高质量"), ["z1"]);
  assert.deepEqual(await built.find("标题二"), ["z2"]);
});

test("ENC-06 · Private-use bullets from Word", (t) => {
  const pasted = "\uf0b7 第一项\n\n\uf0a7 第二项\n\n结尾\ue5d2。";
  const made = site(t, { [`${M1}01.md`]: speech(`社区食堂要算细账。\n\n${pasted}`) });
  made.build();
  const { found } = made.check();
  const places = Object.fromEntries(["U+F0B7", "U+F0A7", "U+E5D2"].map((code) => [code, found.filter((one) => one.message.includes(code)).map((one) => one.at)]));
  const line = (offset) => [`${M1}01.md:${BODY_LINE + offset}`];
  assert.deepEqual(places, { "U+F0B7": line(2), "U+F0A7": line(4), "U+E5D2": line(6) });
  assert.equal(found.length, 3);
  made.write({ "word.txt": `# 会议\n\n导语。\n\n## 题目\n\n街道代表 林一舟\n\n社区食堂要算细账。\n\n${pasted}\n` });
  const ran = made.run(["import", "word.txt", "--date", "2025-01-09", "--meeting", "word"]);
  assert.equal(ran.status, 0, ran.stderr);
  const text = imported(made, "word");
  assert.deepEqual(text.match(/^[-*+] .*$/gm).map((item) => item.slice(2).trim()), ["第一项", "第二项"]);
  assert.doesNotMatch(text, /[\uf000-\uf0ff]/);
  const items = made.build().pages.filter((name) => name.startsWith("meetings/word/") && name.split("/").length === 4);
  assert.equal(items.length, 1);
});
