// TPL: templates, themes, escaping.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "../browser.mjs";
import { serve } from "../server.mjs";
import { BODY_LINE, M1, attribute, bodyOf, elements, named, ofClass, ownTheme, settings, site, speech, text, textsOf } from "./s0.mjs";

const isData = (script) => attribute(script, "type") === "application/ld+json";

// Opens a page of a site in a browser where inline scripts would run, and hands it to `look`.
async function opened(built, file, look) {
  const [browser, server] = await Promise.all([launch(), serve(built.folder)]);
  try {
    const tab = await (await browser.newContext({ bypassCSP: true })).newPage();
    await tab.goto(server.at(`/${file}`));
    await look(tab);
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
}

test("TPL-03 · Titles break JSON-LD, or out of it", async (t) => {
  const title = '"三问"与A&B</script><b id=x>';
  const files = { [`${M1}01.md`]: speech("正文。", { title, roles: ["街道\\代表"] }), [`${M1}02.md`]: speech("正文。", { title: "邻篇" }) };
  const own = ownTheme({ "speech.html": '{% extends "default/speech.html" %}{% block head %}<script>window.t = {{ speech.title | json }};</script>{{ super() }}{% endblock head %}\n' });
  const [built, scripted] = [files, { ...files, ...own, "content/site.toml": settings({ tera_theme: '"own"' }) }].map((all) => site(t, all).build());
  for (const one of [built, scripted]) {
    for (const page of one.pages) {
      for (const script of named(one.tree(page), "script").filter(isData)) JSON.parse(text(script));
      assert.ok(![...elements(one.tree(page))].some((element) => attribute(element, "id") === "x"), page);
    }
    const data = named(one.page("01"), "script").filter(isData).map((script) => JSON.parse(text(script)));
    assert.ok(data.length > 0);
    for (const block of data) assert.equal(block.headline, title);
    assert.deepEqual(textsOf(one.page("01"), "h1"), [title]);
    assert.ok(ofClass(one.page("01"), "byline").some((byline) => text(byline).includes("街道\\代表")));
  }
  await opened(scripted, scripted.speechFile("01"), async (tab) => {
    assert.equal(await tab.evaluate(() => window.t), title);
    assert.equal(await tab.evaluate(() => document.getElementById("x")), null);
  });
});

test("TPL-05 · Raw HTML in a speech: dropped in silence, or run", async (t) => {
  const lines = ["<script>window.p=1</script>", "", '<img src=x onerror="window.p=2"> [点](javascript:window.p=3)', "", "</article></main><b>未闭合", "", "参加人<未定>"];
  const made = site(t, { [`${M1}01.md`]: speech(lines.join("\n")) });
  const built = made.build();
  const body = built.body("01");
  assert.ok(text(body).includes("<未定>"));
  for (const inert of ["script", "img", "b"]) assert.equal(named(body, inert).length, 0, inert);
  for (const element of elements(built.page("01"))) {
    assert.equal(attribute(element, "onerror"), undefined);
    assert.doesNotMatch(attribute(element, "href") ?? "", /^\s*javascript:/i);
  }

  const outside = (page) => {
    const all = [...elements(page)];
    const inside = new Set(elements(bodyOf(page)));
    return all.slice(all.indexOf(bodyOf(page)) + 1).filter((element) => !inside.has(element)).map((element) => `${element.tagName}.${attribute(element, "class") ?? ""}`);
  };
  assert.deepEqual(outside(built.page("01")), outside(site(t, { [`${M1}01.md`]: speech("平常的话。") }).build().page("01")));

  const places = made.check().found.map((one) => one.at);
  for (const offset of [0, 2, 4]) assert.ok(places.includes(`${M1}01.md:${BODY_LINE + offset}`), `line ${BODY_LINE + offset}`);
  assert.ok(made.check().said.match(/content\/meetings\/m1\/01\.md:\d+/g).length >= 3);

  await opened(built, built.speechFile("01"), async (tab) => {
    for (const paragraph of await tab.locator(".text *").all()) {
      await paragraph.click();
      assert.ok(tab.url().split("#")[0].endsWith("/meetings/m1/01/index.html"), "a click led away");
    }
    assert.equal(await tab.evaluate(() => window.p), undefined);
    assert.equal(await tab.locator("[onerror], [href^='javascript:' i]").count(), 0);
    await tab.setContent(lines[0]);
    assert.equal(await tab.evaluate(() => window.p), 1, "scripts are on in this browser");
  });
});

test("TPL-06 · Page description with markup in it", (t) => {
  const body = "## 节\n\n![图注](01/a.png)\n\n**要点**见[附件](01/a.pdf)，\nA&B<C。\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n结尾。[^1]\n\n[^1]: 脚注。";
  const built = site(t, { [`${M1}01.md`]: speech(body), [`${M1}01/a.png`]: "p", [`${M1}01/a.pdf`]: "p" }).build();
  const metas = named(built.page("01"), "meta").filter((meta) => attribute(meta, "name") === "description");
  const shown = {
    "the description": metas.map((meta) => attribute(meta, "content")).join(),
    "the list": ofClass(built.tree("themes/yang-lao-fu-wu/index.html"), "summary").map(text).join(),
    "the feed": built.entries()[0].summary.map((summary) => summary.text).join(),
  };
  assert.equal(metas.length, 1);
  for (const [where, words] of Object.entries(shown)) {
    assert.ok(words.includes("要点见附件，A&B<C。"), `${where}: ${words}`);
    assert.doesNotMatch(words, /[*[|\n\r]|&amp;|<\/?[a-z]+[\s>]|\^1/, `${where}: ${words}`);
  }
});
