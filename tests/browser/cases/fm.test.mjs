// FM: front matter and dates.
import assert from "node:assert/strict";
import { test } from "node:test";
import { M1, attribute, links, named, ofClass, ownTheme, sameTrees, settings, site, speech, text, textsOf, toml } from "./s0.mjs";

const yaml = (fields, body = "正文") => `---\n${fields.join("\n")}\nspeaker: {name: 林一舟}\n---\n\n${body}\n`;

// The days that a page names for machines.
const days = (tree) => named(tree, "time").map((time) => attribute(time, "datetime"));

test("FM-01 · Byte order mark hides the front matter", (t) => {
  const files = {
    "content/site.toml": settings({ tera_theme: '"own"' }),
    [`${M1}_index.md`]: '+++\ntitle = "第一次全体会议"\ndate = 2025-01-09\n+++\n',
    [`${M1}01.md`]: speech("社区食堂要算细账。"),
    ...ownTheme({ "speech.html": '{% extends "default/speech.html" %}{% block title %}{{ speech.title }}{% endblock title %}\n' }),
  };
  const marked = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, `\ufeff${content}`]));
  const [without, with_] = [files, marked].map((all) => site(t, all).build());
  assert.equal(textsOf(with_.page("01"), "title")[0], "办好社区食堂");
  sameTrees(without, with_);
  for (const file of with_.files) assert.ok(!with_.bytes(file).includes("\ufeff"), file);
});

test("FM-03 · The end of the front matter is found in the wrong place", (t) => {
  const a = speech("正文").replace("\n+++\n", "\n++++\n");
  const fence = a.split("\n").indexOf("++++") + 1;
  const made = site(t, {
    [`${M1}a.md`]: a,
    [`${M1}b.md`]: speech("乙文").replace("+++\n", "+++  \n"),
    [`${M1}c.md`]: yaml(["title: 三"], "一。\n\n---\n\n二。\n\n---\n\n三。"),
  });
  assert.match(made.fails(), new RegExp(`content/meetings/m1/a\\.md:${fence}\\b`));
  made.write({ [`${M1}a.md`]: null });
  const built = made.build();
  assert.equal(named(built.body("c"), "hr").length, 2);
  assert.deepEqual(textsOf(built.body("c"), "p"), ["一。", "二。", "三。"]);
  assert.equal(text(built.body("b")).trim(), "乙文");
});

test("FM-06 · A date that cannot exist rolls over, or crashes", (t) => {
  const dates = ["2025-15-30", "2025-02-30", "09/01/2025", "2025-1-9"];
  const file = (i) => `${M1}d${i}.md`;
  const made = site(t, Object.fromEntries(dates.map((date, i) => [file(i), speech("正文", { date: toml(date) })])));
  const said = made.fails();
  for (const i of [0, 1, 2]) {
    assert.ok(said.includes(`${file(i)}:3`), `${file(i)}:3`);
    assert.ok(said.includes(dates[i]), dates[i]);
  }
  if (said.includes(file(3))) return;
  made.write({ [file(0)]: null, [file(1)]: null, [file(2)]: null });
  const built = made.build();
  assert.deepEqual(days(named(built.page("d3"), "article")[0]), ["2025-01-09"]);
  for (const page of built.pages) assert.ok(!built.source(page).includes("2026-03"), page);
});

test("FM-07 · Dates as people write them in Chinese", (t) => {
  const meeting = (date) => `+++\ntitle = "会议"\ndate = ${date}\n+++\n`;
  const made = site(t, {
    [`${M1}1.md`]: speech("甲", { date: '"2025年1月9日"' }),
    [`${M1}2.md`]: yaml(["title: 乙", "date: 2025年01月09日", "themes: [养老服务]"]),
    [`${M1}3.md`]: speech("丙", { date: '"二〇二五年一月九日"' }),
    [`${M1}_index.md`]: meeting('"2025年1月9日"'),
    "content/meetings/a/_index.md": meeting("2025-01-10"),
    "content/meetings/a/1.md": speech("前", { date: "2025-01-10" }),
    "content/meetings/z/_index.md": meeting("2025-01-08"),
    "content/meetings/z/1.md": speech("后", { date: "2025-01-08" }),
  });
  assert.match(made.fails(), /content\/meetings\/m1\/3\.md:3\b/);
  made.write({ [`${M1}3.md`]: null });
  const built = made.build();
  for (const name of ["1", "2"]) assert.deepEqual(days(named(built.page(name), "article")[0]), ["2025-01-09"], name);
  const sorted = ["2025-01-10", "2025-01-09", "2025-01-08"];
  assert.deepEqual(days(ofClass(built.tree("meetings/index.html"), "meeting-list")[0]), sorted);
  assert.deepEqual([...new Set(days(ofClass(built.tree("themes/yang-lao-fu-wu/index.html"), "speeches")[0]))], sorted);
  assert.deepEqual([...new Set(built.entries().map((entry) => entry.published[0].text.slice(0, 10)))], sorted);
});

test("FM-09 · Titles and themes that look like numbers or dates", (t) => {
  const built = site(t, {
    [`${M1}1.md`]: yaml(["title: 2025-10-11", "themes: [2035, 360, 养老服务]"]),
    [`${M1}2.md`]: yaml(["title: 2025"]),
    [`${M1}3.md`]: yaml(["title: no"]),
  }).build();
  assert.deepEqual(["1", "2", "3"].map((name) => textsOf(built.page(name), "h1")), [["2025-10-11"], ["2025"], ["no"]]);
  for (const theme of ["2035", "360"]) {
    const page = `themes/${theme}/index.html`;
    assert.deepEqual(textsOf(built.tree(page), "h1"), [theme]);
    assert.ok(links(built.tree(page)).some((href) => built.leadsTo(page, href) === built.speechFile("1")), `${page} lists the speech`);
    assert.ok(links(built.page("1")).some((href) => built.leadsTo(built.speechFile("1"), href) === page), `the speech leads to ${page}`);
  }
});

test("FM-11 · The day depends on the clock of the machine that builds", (t) => {
  const dates = { a: "2025-01-09", b: "2025-01-09T00:30:00+08:00", c: "2025-01-09T00:30:00" };
  const files = Object.entries(dates).map(([name, date]) => [`${M1}${name}.md`, speech("正文", { date })]);
  const made = site(t, Object.fromEntries(files));
  const trees = ["UTC", "Asia/Shanghai", "America/Los_Angeles"].map((zone, i) => made.build(["--output", `out${i}`], { env: { TZ: zone } }));
  trees.slice(1).forEach((tree) => sameTrees(trees[0], tree));
  const [built] = trees;
  for (const file of built.files) assert.ok(!built.bytes(file).includes("2025-01-08"), file);
  for (const name of Object.keys(dates)) assert.deepEqual(days(named(built.page(name), "article")[0]), ["2025-01-09"], name);
  for (const entry of built.entries()) assert.match(entry.published[0].text, /^2025-01-09T/);
  for (const one of built.index().speeches) assert.equal(one.date, "2025-01-09");
  assert.deepEqual(days(ofClass(built.tree("themes/yang-lao-fu-wu/index.html"), "speeches")[0]), Array(4).fill("2025-01-09"));
  assert.equal(built.sitemap().filter((address) => /meetings\/m1\/./.test(address)).length, 4);
});
