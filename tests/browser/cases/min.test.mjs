// MIN: HTML output and minifying.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "../browser.mjs";
import { readFragment } from "../html.mjs";
import { serve } from "../server.mjs";
import { M1, attribute, bodyOf, collapsed, frameOf, named, ofClass, ownTheme, settings, site, speech, text, textsOf } from "./s0.mjs";

test("MIN-01 · Blanks between inline elements disappear", async (t) => {
  const main = `<main><div>Speaker <a href="/speakers/">Lin</a> <a href="/meetings/">He</a></div>
<section>主讲 <time datetime="2025-01-09">1月9日</time> <a href="/speakers/">林一舟</a></section>
<form>搜索 <input name="q"> <button>查</button></form></main>`;
  const template = `<!doctype html>\n<html lang="zh">\n<head>\n<title>{{ speech.title }}</title>\n</head>\n<body>\n${main}\n</body>\n</html>\n`;
  const files = (minify, theme) => ({
    "content/site.toml": settings({ minify, tera_theme: JSON.stringify(theme) }),
    [`${M1}01.md`]: speech("社区食堂 要算**细账**。\n\n- 一\n- 二 [三](https://a.example/) `四` 五\n\n> 引\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |"),
    [`${M1}02.md`]: speech("第二篇。", { title: "第二篇" }),
    ...ownTheme({ "speech.html": template }),
  });
  const browser = await launch();
  try {
    const tab = await browser.newPage();
    for (const theme of ["own", "default"]) {
      const [small, plain] = [true, false].map((minify) => site(t, files(minify, theme)).build());
      assert.deepEqual(small.pages, plain.pages);
      assert.ok(small.bytes("index.html").length < plain.bytes("index.html").length, "nothing was minified");
      const servers = await Promise.all([small, plain].map((built) => serve(built.folder)));
      try {
        for (const page of small.pages) {
          assert.equal(withBlocksApart(small.tree(page)), withBlocksApart(plain.tree(page)), page);
          const [read, right] = [await shown(tab, servers[0], page), await shown(tab, servers[1], page)];
          assert.equal(read, right, page);
        }
      } finally {
        await Promise.all(servers.map((server) => server.close()));
      }
      if (theme === "own") {
        const [div, section, form] = ["div", "section", "form"].map((name) => named(small.page("01"), name)[0]);
        assert.equal(collapsed(text(div)), "Speaker Lin He");
        assert.equal(collapsed(text(section)), "主讲 1月9日 林一舟");
        assert.match(form.childNodes.map((node) => node.tagName ?? (/^\s+$/.test(node.value) ? "blank" : "text")).join(" "), /^text input blank button$/);
      }
    }
  } finally {
    await browser.close();
  }
});

// Elements at whose edges a reader sees a break, or which are not shown: white space beside them is no part of the text.
const APART = new Set("article aside blockquote body br dd div dl dt footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li link main meta nav ol p pre script section table tbody td th thead title tr ul".split(" "));

// The text content with runs of white space collapsed.
function withBlocksApart(node) {
  const all = (one) => {
    if (one.nodeName === "#text") return one.value;
    if (one.tagName === "noscript") return all(readFragment(text(one)).tree);
    const inside = (one.childNodes ?? []).map(all).join("");
    return APART.has(one.tagName) ? `\n\n${inside}\n\n` : one.tagName === "input" ? "\u25a1" : inside;
  };
  return all(node).replace(/[ \t\r\f]*\n\n\s*/g, "\n\n").split("\n\n").map(collapsed).filter(Boolean).join("\n");
}

async function shown(tab, server, page) {
  await tab.goto(server.at(`/${page}`));
  return tab.evaluate(() => document.body.innerText);
}

test("MIN-03 · Inline script and JSON-LD changed by minifying", async (t) => {
  const data = '{"@type":"Article","name":"甲 &lt; 乙","s":"</p>"}';
  const page = (json) => `<!doctype html>
<html lang="zh">
<head>
<title>甲</title>
<script>const d=[{l:"$$",r:"$$"},{l:"$",r:"$"}];window.ok=d.map(x=>x.l+x.r).join("|");if(1<2&&3>2)window.ok+="!"</script>
<script type="application/ld+json">${json}</script>
</head>
<body>
<p>甲</p>
</body>
</html>
`;
  const made = site(t, { "content/site.toml": settings({ tera_theme: '"own"' }), ...ownTheme({ "speech.html": page(data) }) });
  const built = made.build();
  const [json] = named(built.page("01"), "script").filter((script) => attribute(script, "type") === "application/ld+json");
  assert.deepEqual(JSON.parse(text(json)), JSON.parse(data));
  const [browser, server] = await Promise.all([launch(), serve(built.folder)]);
  try {
    const tab = await (await browser.newContext({ bypassCSP: true })).newPage();
    await tab.goto(server.at(`/${built.speechFile("01")}`));
    assert.equal(await tab.evaluate(() => window.ok), "$$$$|$$!");
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
  const broken = '{"@type":"Article", // 注\n"name":"甲",}';
  made.write(ownTheme({ "speech.html": page(broken) }));
  const ran = made.run(["build"]);
  if (ran.status !== 0) return assert.match(ran.stderr, /themes\/own\/templates\/speech\.html:\d+/);
  assert.equal(text(named(made.build().page("01"), "script")[1]), broken);
});

test("MIN-05 · Angle brackets and entities in plain text", (t) => {
  const line = "<< 上一场 | 下一场 >> 党<建 <未完成> A&B &copy; &amp;lt; 1 < 2";
  const files = (minify, body, title) => ({ "content/site.toml": settings({ minify }), [`${M1}01.md`]: speech(body), [`${M1}02.md`]: speech("正文", { title }) });
  const [small, plain, clean] = [[true, line, line], [false, line, line], [true, "平常的话。", "平常"]].map((words) => site(t, files(...words)).build());
  for (const built of [small, plain]) {
    assert.equal(collapsed(text(built.body("01"))), "<< 上一场 | 下一场 >> 党<建 <未完成> A&B © &lt; 1 < 2");
    assert.deepEqual(textsOf(built.page("02"), "h1"), [line]);
    assert.equal(named(bodyOf(built.page("01")), "p").length, 1);
    for (const name of ["01", "02"]) assert.deepEqual(frameOf(built.page(name)), frameOf(clean.page(name)), name);
    for (const list of ["index.html", "meetings/m1/index.html", "themes/yang-lao-fu-wu/index.html"]) {
      assert.equal(ofClass(built.tree(list), "title").map(text).filter((title) => title.trim() === line).length, 1, list);
    }
  }
  assert.equal(small.entries().find((entry) => entry.link[0].attributes.href.endsWith("/02/")).title[0].text, line);
});
