// SRCH: the search index and the search box.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "../browser.mjs";
import { serve } from "../server.mjs";
import { M1, named, ownTheme, repository, settings, site, speech, text } from "./s0.mjs";

test("SRCH-01 · Chinese words are found only where the program cuts them", async (t) => {
  const others = [...Array(10).keys()].map((i) => [`${M1}o${i}.md`, speech(`第${i}篇讲社区食堂的账，也讲绿地和建材。`, { title: `别的${i}` })]);
  const built = site(t, { ...Object.fromEntries(others), [`${M1}01.md`]: speech("全域推进口袋公园建设，让绿意可亲。") }).build();
  for (const query of ["口袋", "袋公", "推进口", "园建设", "亲", "全域推进口袋公园建设"]) assert.deepEqual(await built.find(query), ["01"], query);
  assert.deepEqual(await built.find("公袋"), []);
});

test("SRCH-01 · Chinese words are found only where the program cuts them: every run of a real speech", async (t) => {
  const meetings = join(repository, "content/meetings");
  const [real] = readdirSync(meetings, { recursive: true }).filter((name) => /\/[^_/][^/]*\.md$/.test(name)).sort();
  const [, body] = /^\+\+\+\n[^]*?\n\+\+\+\n([^]*)$/.exec(readFileSync(join(meetings, real), "utf8"));
  const built = site(t, { [`${M1}real.md`]: speech(body, { title: "真实的一篇" }) }).build();
  const missed = [];
  let tried = 0;
  for (const paragraph of named(built.body("real"), "p").map(text)) {
    const characters = Array.from(paragraph);
    for (const length of [2, 3, 4]) {
      for (let at = 0; at + length <= characters.length; at++) {
        const query = characters.slice(at, at + length).join("");
        tried++;
        if (!(await built.find(query)).includes("real")) missed.push(query);
      }
    }
  }
  assert.ok(tried > 500, `${tried} runs`);
  assert.deepEqual(missed, []);
});

test("SRCH-03 · Signs in the query crash the search", async (t) => {
  const words = ["C++", "《养老条例》", "问：答", "50%", "a\\b", "[草案]"];
  const built = site(t, {
    [`${M1}01.md`]: null,
    ...Object.fromEntries(words.map((word, i) => [`${M1}w${i}.md`, speech(`前文${word}后文。`, { title: `题目${i}`, themes: [] })])),
  }).build();
  words.forEach((word, i) => assert.ok(text(built.body(`w${i}`)).includes(word), word));
  for (const [i, word] of words.entries()) assert.deepEqual(await built.find(word), [`w${i}`], word);
  const hostile = ["(", "[", "*", "\\", "a:b", "+x", "-", "~1", "^", "$", "%", "", "   ", "\u3000", "长".repeat(10_000), "\ud800", "\udc00长", "*a", "a*", "(?:", "__proto__", "constructor"];
  for (const query of hostile) assert.ok(Array.isArray(await built.find(query)), query.slice(0, 20));
  for (const query of ["", "   ", "\u3000"]) assert.deepEqual(await built.find(query), []);
});

test("SRCH-04 · Query or titles are put on the page as HTML", async (t) => {
  const built = site(t, {
    [`${M1}01.md`]: speech("代码 `<img src=x onerror=window.p=1>` 与 &amp;amp; 及 mark 一词，1 < 2。", { title: "说说 <input> 标签" }),
    [`${M1}02.md`]: speech("第二篇。", { title: "第二篇" }),
  }).build();
  assert.deepEqual(await built.find("<input>"), ["01"]);
  assert.deepEqual(await built.find("onerror"), ["01"]);
  const attack = "<img src=x onerror=window.p=1>";
  const queries = [`?q=${encodeURIComponent(attack)}`, `?q=${encodeURIComponent(attack)}#${attack}`, `#${attack}`, ...["<", "&amp;", "mark", "<input>", "onerror"].map((query) => `?q=${encodeURIComponent(query)}`)];
  const [browser, server] = await Promise.all([launch(), serve(built.folder)]);
  try {
    const context = await browser.newContext({ bypassCSP: true });
    for (const query of queries) {
      const tab = await context.newPage();
      await tab.goto(server.at("/search/") + query);
      const asked = new URLSearchParams(query.split("#")[0]).get("q");
      const found = asked && asked !== "<";
      if (found) await tab.locator("[part=body] em").first().waitFor();
      else await tab.waitForLoadState("networkidle");
      assert.equal(await tab.evaluate(() => window.p), undefined, query);
      assert.equal(await tab.locator("[part=results] li input, [part=results] li img, main img").count(), 0, query);
      const marks = await tab.locator("[part=body] em").evaluateAll((all) => all.map((mark) => ({ text: mark.textContent, children: mark.childElementCount })));
      for (const mark of marks) {
        assert.equal(mark.children, 0, query);
        assert.ok(asked.includes(mark.text), `${query}: ${mark.text} is marked`);
      }
      if (found) assert.equal(await tab.locator("[part=results] li a").first().textContent(), "说说 <input> 标签", query);
      await tab.close();
    }
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
});

test("SRCH-05 · Menus and footers fill the results", async (t) => {
  const built = site(t, {
    "content/site.toml": settings({ tera_theme: '"own"' }),
    ...ownTheme({ "base.html": '{% extends "default/base.html" %}{% block masthead %}<nav>养老服务 低空经济</nav>{{ super() }}{% endblock masthead %}{% block footer %}<footer>版权所有</footer>{% endblock footer %}\n' }),
    [`${M1}01.md`]: speech("## 小标题之词\n\n社区食堂要算细账。", { title: "独有题词" }),
    [`${M1}02.md`]: speech("第二篇。", { title: "第二篇", themes: ["低空经济"] }),
  }).build();
  for (const page of built.pages) assert.ok(text(built.tree(page)).includes("版权所有") && text(built.tree(page)).includes("低空经济"), page);
  assert.deepEqual(await built.find("版权所有"), []);
  assert.deepEqual(await built.find("养老服务"), ["01"]);
  assert.deepEqual(await built.find("低空经济"), ["02"]);
  assert.deepEqual(await built.find("独有题词"), ["01"]);
  assert.deepEqual(await built.find("小标题之词"), ["01"]);
  assert.deepEqual(await built.find("细账"), ["01"]);
  for (const query of ["林一舟", "第一次全体会议"]) assert.deepEqual((await built.find(query)).sort(), ["01", "02"], query);
});
