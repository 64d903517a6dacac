// FEED: feeds and sitemap.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addresses } from "../html.mjs";
import { M1, collapsed, sameTrees, settings, site, speech, text } from "./s0.mjs";

test("FEED-02 · Relative addresses in the feed", (t) => {
  const base = "https://portal.example/zx/";
  const body = "![](图.png) [甲](../01.md) [乙](#节) [丙](/meetings/m1/)[^注]\n\n## 节 {#节}\n\n文。\n\n[^注]: 脚注。";
  const built = site(t, {
    "content/site.toml": settings({ base_url: JSON.stringify(base) }),
    [`${M1}03/index.md`]: speech(body, { title: "第三篇" }),
    [`${M1}03/图.png`]: "p",
  }).build();
  const entry = built.entries().find((one) => one.title[0].text === "第三篇");
  const found = addresses(entry.html).map(({ value }) => [value, built.below(base, value)]);
  for (const [address, file] of found) assert.ok(address.startsWith(base) && file, `${address} is absolute and right`);
  const leadTo = found.map(([, file]) => file);
  const own = built.speechFile("03");
  assert.deepEqual(leadTo.slice(0, 4), ["meetings/m1/03/图.png", built.speechFile("01"), own, "meetings/m1/index.html"]);
  assert.deepEqual(leadTo.slice(4), [own, own], "the footnote's mark and the way back");
});

test("FEED-03 · Required parts of a feed entry", (t) => {
  const files = { [`${M1}02.md`]: speech("没有日期的一篇。", { title: "没有日期", date: null }) };
  const made = site(t, files);
  const built = made.build([], { env: { LANG: "zh_CN.UTF-8" } });
  sameTrees(built, made.build(["--output", "c"], { env: { LANG: "C" } }));
  sameTrees(built, made.build(["--output", "later", "--now", "2035-06-01T12:01:00"]));
  const entries = built.entries();
  assert.equal(entries.length, 2);
  for (const entry of entries) {
    for (const name of ["id", "title", "updated"]) assert.equal(entry[name]?.length, 1, name);
    assert.match(entry.updated[0].text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
    assert.ok(entry.updated[0].text.startsWith("2025-01-09T"), "the time comes from the source");
    assert.match(entry.id[0].text, /^[a-z]+:\S+$/);
    assert.ok(entry.title[0].text.trim());
    assert.ok(entry.authors.length > 0, "an author");
  }
  const idsOf = (all) => Object.fromEntries(all.map((entry) => [new URL(entry.link[0].attributes.href).pathname.split("/").at(-2), entry.id[0].text]));
  const ids = idsOf(entries);
  assert.equal(new Set(Object.values(ids)).size, 2);
  made.write({ [`${M1}02.md`]: speech("没有日期的一篇。", { title: "改过的题目", date: null }) });
  const renamed = made.build().entries();
  assert.ok(renamed.some((entry) => entry.title[0].text === "改过的题目"));
  assert.deepEqual(idsOf(renamed), ids);
  made.write({ "content/site.toml": settings({ base_url: '"https://fayan.example/zx/"' }) });
  assert.deepEqual(idsOf(made.build().entries()), ids);
});

test("FEED-04 · Markup in titles and CDATA ends", (t) => {
  const title = 'A&B <三> "引" ]]>';
  const built = site(t, { [`${M1}01.md`]: speech("正文。\n\n```\n<![CDATA[ x ]]>\n&amp;\n```", { title }) }).build();
  const [entry] = built.entries();
  assert.ok(["text", undefined].includes(entry.title[0].attributes.type), "a title of plain text");
  assert.equal(entry.title[0].text, title);
  assert.equal(collapsed(text(entry.html)), collapsed(text(built.body("01"))));
  assert.ok(text(entry.html).includes("<![CDATA[ x ]]>\n&amp;"));
});
