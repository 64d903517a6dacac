// Real faults of other tools, each as a small site with the right outcome; the names are those of the case collection.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { elements } from "./html.mjs";
import { attribute, build, built, links, named, ofClass, run, settings, site, speech, text, write } from "./s0.mjs";
import { serve } from "./server.mjs";

const M1 = "content/meetings/m1/";
const texts = (node, tag) => named(node, tag).map(text);

for (const minify of [true, false]) {
  test(`TXT-02 a line break inside a Chinese sentence leaves nothing, minify = ${minify}`, () => {
    const public_ = build(site({ "content/site.toml": settings(`minify = ${minify}\n`), [M1 + "01.md"]: speech("全市新建了四十处口袋\n公园，市民推窗见绿。第二句讲 open\ndata 怎么用。") }));
    const listed = text(public_.pageAt("themes/yang-lao-fu-wu/index.html").tree);
    const [entry] = public_.entries();
    for (const where of [text(public_.body("01")), listed, text(entry.html), entry.summary, public_.index().speeches[0].paragraphs[0].text]) {
      assert.match(where, /口袋公园/);
      assert.match(where, /open data/);
    }
    assert.deepEqual(public_.find("口袋公园"), ["meetings/m1/01/"]);
  });
}

test("TXT-01 bold that touches Chinese punctuation", () => {
  const line = "**先试点，**再铺开。要把**“最后一米”**走通。**经费：**由两级分担。*慢下来。*再谈。算式 5 * 3 与 6 * 2 不变。";
  const body = build(site({ [M1 + "01.md"]: speech(line) })).body("01");
  assert.deepEqual(texts(body, "strong"), ["先试点，", "“最后一米”", "经费："]);
  assert.deepEqual(texts(body, "em"), ["慢下来。"]);
  assert.equal(text(body).split("*").length - 1, 2);
});

test("TXT-06 the length of a Chinese text", () => {
  const own = { "content/site.toml": settings('tera_theme = "own"\n'), "themes/own/theme.toml": 'extends = "default"\n', "themes/own/templates/speech.html": "<!doctype html><html lang=zh><title>x</title><p>{{ speech.length }} {{ speech.minutes }}\n" };
  const line = "协商在前，决策在后 open data 2025";
  const once = build(site({ ...own, [M1 + "01.md"]: speech(line) })).source("meetings/m1/01/index.html");
  assert.match(once, /11 1/);
  const many = build(site({ ...own, [M1 + "01.md"]: speech((line + "\n\n").repeat(300)) })).source("meetings/m1/01/index.html");
  const more = build(site({ ...own, [M1 + "01.md"]: speech((line + "\n\n").repeat(3000)) })).source("meetings/m1/01/index.html");
  assert.match(many, /3300 11/);
  assert.match(more, /33000 110/);
});

test("TXT-08 template marks in a speech are printed", () => {
  const body = build(site({ [M1 + "01.md"]: speech("表格里写 `{{ 姓名 }}`，正文写 {{ x }}、{% if y %} 和 {# 注 #}。") })).body("01");
  for (const mark of ["{{ 姓名 }}", "{{ x }}", "{% if y %}", "{# 注 #}"]) assert.ok(text(body).includes(mark), mark);
});

test("FM-01 a byte order mark is ignored in content, settings and templates", () => {
  const template = '{% extends "default/speech.html" %}{% block title %}甲{% endblock title %}\n';
  const files = { "content/site.toml": settings('tera_theme = "own"\n'), "content/meetings/m1/_index.md": '+++\ntitle = "会"\ndate = 2025-01-09\n+++\n', [M1 + "01.md"]: speech("正文"), "themes/own/theme.toml": 'extends = "default"\n', "themes/own/templates/speech.html": template };
  const [plain, marked] = [files, Object.fromEntries(Object.entries(files).map(([path, content]) => [path, "\ufeff" + content]))].map((all) => build(site(all)));
  assert.deepEqual(plain.files, marked.files);
  for (const file of plain.files) {
    assert.ok(plain.bytes(file).equals(marked.bytes(file)), file);
    assert.ok(!marked.source(file).includes("\ufeff"), file);
  }
});

test("FM-03 the end of the front matter", () => {
  const a = speech("正文").replace(/\n\+\+\+\n\n/, "\n++++\n\n");
  const b = speech("正文").replace("+++\n", "+++  \n");
  const c = "---\ntitle: 三\nspeaker: {name: 林一舟}\n---\n\n一。\n\n---\n\n二。\n\n---\n\n三。\n";
  const root = site({ [M1 + "a.md"]: a, [M1 + "b.md"]: b, [M1 + "c.md"]: c });
  const failed = run(root, "build");
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /content\/meetings\/m1\/a\.md:\d+/);
  write(root, M1 + "a.md", speech("正文", { title: "甲" }));
  const public_ = build(root);
  assert.equal(named(public_.body("c"), "hr").length, 2);
  assert.equal(named(public_.body("c"), "p").length, 3);
  assert.doesNotMatch(text(public_.body("b")), /\+|title/);
});

test("FM-06 a date that cannot exist", () => {
  const dates = ["2025-15-30", "2025-02-30", "09/01/2025", "2025-1-9"];
  const files = Object.fromEntries(dates.map((date, i) => [`${M1}d${i}.md`, speech("正文").replace("date = 2025-01-09", `date = "${date}"`)]));
  const root = site(files);
  const failed = run(root, "build");
  assert.equal(failed.status, 1);
  dates.slice(0, 3).forEach((date, i) => {
    assert.match(failed.stderr, new RegExp(`content/meetings/m1/d${i}\\.md:3`));
    assert.ok(failed.stderr.includes(date), date);
  });
  [0, 1, 2].forEach((i) => write(root, `${M1}d${i}.md`, speech("正文")));
  const public_ = build(root);
  assert.equal(attribute(named(named(public_.page("d3").tree, "article")[0], "time")[0], "datetime"), "2025-01-09");
  none(public_.files.filter((file) => public_.bytes(file).includes("2026-03")));
});

test("FM-07 dates as people write them in Chinese", () => {
  const root = site({
    [M1 + "1.md"]: speech("甲").replace("date = 2025-01-09", 'date = "2025年1月9日"'),
    [M1 + "2.md"]: "---\ntitle: 乙\ndate: 2025年01月09日\nspeaker: {name: 林一舟}\n---\n\n乙\n",
    [M1 + "3.md"]: speech("丙").replace("date = 2025-01-09", 'date = "二〇二五年一月九日"'),
  });
  const failed = run(root, "build");
  assert.match(failed.stderr, /content\/meetings\/m1\/3\.md:3/);
  write(root, M1 + "3.md", speech("丙"));
  const public_ = build(root);
  for (const name of ["1", "2"]) assert.ok(named(public_.page(name).tree, "time").some((time) => attribute(time, "datetime") === "2025-01-09"), name);
});

test("FM-09 titles and themes that look like numbers or dates are text as typed", () => {
  const yaml = (title, themes) => `---\ntitle: ${title}\nthemes: [${themes}]\nspeaker: {name: 林一舟}\n---\n\n正文\n`;
  const public_ = build(site({ [M1 + "1.md"]: yaml("2025-10-11", "2035, 360, 养老服务"), [M1 + "2.md"]: yaml("2025", ""), [M1 + "3.md"]: yaml("no", "") }));
  assert.deepEqual(["1", "2", "3"].map((name) => texts(public_.page(name).tree, "h1")[0]), ["2025-10-11", "2025", "no"]);
  for (const theme of ["2035", "360"]) {
    assert.ok(links(public_.pageAt(`themes/${theme}/index.html`).tree).some((href) => href.endsWith("meetings/m1/1/")), theme);
    assert.ok(links(public_.page("1").tree).some((href) => href.endsWith(`themes/${theme}/`)), theme);
  }
});

test("ENC-01 a GBK file among UTF-8 ones is named, and import reads it", () => {
  const draft = execFileSync("iconv", ["-f", "UTF-8", "-t", "GB18030"], { input: '+++\ntitle = "旧稿"\ndate = 2025-01-09\n+++\n\n办好社区食堂。\n' });
  const root = site({});
  const before = build(root);
  const kept = before.files.map((file) => before.bytes(file));
  write(root, M1 + "old1.md", draft);
  write(root, M1 + "old2.md", draft);
  const failed = run(root, "build");
  assert.equal(failed.status, 1);
  for (const word of ["old1.md", "old2.md", "GB18030"]) assert.ok(failed.stderr.includes(word), word);
  before.files.forEach((file, i) => assert.ok(built(root).bytes(file).equals(kept[i]), file));
  const document = execFileSync("iconv", ["-f", "UTF-8", "-t", "GB18030"], { input: "# 会议\n\n导语。\n\n## 题目\n\n街道代表 林一舟\n\n办好社区食堂。\n" });
  write(root, "proceedings.txt", document);
  const imported = run(root, "import", "proceedings.txt", "--date", "2025-01-09", "--meeting", "new");
  assert.equal(imported.status, 0, imported.stderr);
  const folder = join(root, "content/meetings/new");
  assert.ok(readdirSync(folder).some((file) => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(join(folder, file))).includes("办好社区食堂")));
});

test("ENC-05 zero-width spaces and soft hyphens do not split words", () => {
  const public_ = build(site({
    [M1 + "z1.md"]: speech("推进高\u00ad质\u00ad量发展", { title: "标题一", themes: ["养老\u200b服务"] }),
    [M1 + "z2.md"]: speech("普通正文", { title: "标\u200b题二" }),
  }));
  const listing = public_.files.filter((file) => /^themes\/[^/]+\/index\.html$/.test(file) && /z1/.test(public_.source(file)) && /z2/.test(public_.source(file)));
  assert.equal(listing.length, 1);
  none(public_.files.filter((file) => file.includes("\u200b") || /%E2%80%8B/i.test(public_.source(file))));
  assert.deepEqual(public_.find("高质量"), ["meetings/m1/z1/"]);
  assert.deepEqual(public_.find("标题二"), ["meetings/m1/z2/"]);
});

test("ENC-06 private-use bullets from Word", () => {
  const root = site({ [M1 + "01.md"]: speech("甲\n\n\uf0b7 第一项\n\n\uf0a7 第二项\n\n结尾\ue5d2。") });
  build(root);
  const checked = run(root, "check");
  for (const code of ["U+F0B7", "U+F0A7", "U+E5D2"]) assert.ok(checked.stderr.includes(code), code);
  assert.equal(checked.stderr.match(/content\/meetings\/m1\/01\.md:\d+/g).length, 3);
  write(root, "word.txt", "# 会议\n\n## 题目\n\n街道代表 林一舟\n\n开头。\n\n\uf0b7 第一项\n\n\uf0a7 第二项\n");
  assert.equal(run(root, "import", "word.txt", "--date", "2025-01-09", "--meeting", "w").status, 0);
  const folder = join(root, "content/meetings/w");
  const text_ = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8")).join("");
  assert.match(text_, /^- 第一项/m);
  assert.match(text_, /^- 第二项/m);
  assert.doesNotMatch(text_, /[\uf000-\uf0ff]/);
});

test("PATH-03 spellings of one theme are one, and no speech gets lost", () => {
  const spellings = ["open data", "open-data", "Open Data", " open data "];
  const public_ = build(site(Object.fromEntries(spellings.map((theme, i) => [`${M1}s${i}.md`, speech("正文", { themes: [theme] })]))));
  const page = public_.pageAt("themes/open-data/index.html").tree;
  spellings.forEach((_, i) => assert.ok(links(page).some((href) => href.endsWith(`/s${i}/`)), spellings[i]));
});

test("PATH-05 composed and decomposed letters", () => {
  const root = site({
    [M1 + "cafe\u0301.md"]: speech("正文", { title: "访caf\u00e9", themes: ["caf\u00e9"] }),
    [M1 + "02.md"]: speech("[看](caf\u00e9.md)", { title: "引", themes: ["cafe\u0301"] }),
  });
  const public_ = build(root);
  assert.deepEqual(links(public_.body("02")), ["../cafe/"]);
  assert.ok(public_.files.includes("meetings/m1/cafe/index.html"));
  assert.equal(public_.files.filter((file) => /^themes\/caf/.test(file)).length, 1);
  none(public_.files.filter((file) => file !== file.normalize("NFC")));
  assert.equal(run(root, "check").status, 0);
});

test("PATH-06 signs that addresses or Windows cannot carry", async () => {
  const names = ["100%达标", "第#1场", "为何？what?", "a b", "结尾."];
  const themes = ["NUL", "问:答", "完。", "点."];
  const root = site(Object.fromEntries(names.map((name, i) => [`${M1}${name}.md`, speech("正文", { title: name, themes: [themes[i % 4]] })])));
  const public_ = build(root);
  const crawled = await crawl(join(root, "public"), "/");
  none([...crawled.dead, ...crawled.lost, ...crawled.crooked]);
  assert.equal(public_.files.filter((file) => /^meetings\/m1\/[^/]+\/index\.html$/.test(file)).length, 6);
  const bad = (part) => /[<>:"|?*\\]|[. ]$/.test(part) || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part);
  none(public_.files.filter((file) => file.split("/").some(bad)));
});

test("PATH-08 pictures next to the speech, with blanks or Chinese names", () => {
  const files = { "图 片.png": "一", "图/封面（一）.png": "二", 附件: "三" };
  const body = "![](<图 片.png>) ![](图/封面（一）.png) [表](附件) ![](图 片.png)";
  const root = site({ [M1 + "03/index.md"]: speech(body), ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`${M1}03/${name}`, content])) });
  const public_ = build(root);
  const found = [...named(public_.body("03"), "img").map((image) => attribute(image, "src")), ...links(public_.body("03"))];
  assert.deepEqual(found.map((address) => public_.source(`meetings/m1/03/${decodeURIComponent(address)}`)), ["一", "二", "三"]);
  assert.match(run(root, "check").stderr, /content\/meetings\/m1\/03\/index\.md:\d+/);
});

for (const slash of ["", "/"]) {
  test(`PATH-09 a site under a folder of another site, base_url ending in “${slash}”`, async () => {
    const own = { "themes/own/theme.toml": 'extends = "default"\n', "themes/own/assets/style.css": "body{background:url(图.png)}\n", "themes/own/assets/图.png": "p" };
    const root = site({
      "content/site.toml": 'base_url = "https://portal.example/zx/fayan' + slash + '"\ntitle = "会议发言"\ntera_theme = "own"\n',
      [M1 + "01.md"]: speech("![](/图.png) [首页](/)"), "content/static/图.png": "p", ...own,
    });
    const public_ = build(root);
    const crawled = await crawl(join(root, "public"), "/zx/fayan/");
    none([...crawled.dead, ...crawled.lost, ...crawled.crooked]);
    const sheet = public_.files.find((file) => file.endsWith(".css"));
    const picture = public_.source(sheet).match(/url\((.*?)\)/)[1];
    assert.ok(public_.files.includes("assets/" + decodeURIComponent(picture)), picture);
    for (const file of ["feed.xml", "sitemap.xml", "404.html"]) {
      assert.doesNotMatch(public_.source(file).replace(/https?:\/\//g, ""), /zx\/fayan\/zx\/fayan|\/\/(?!www)/, file);
      assert.match(public_.source(file), /\/zx\/fayan\//, file);
    }
  });
}

test("PATH-13 pages of a long list", async () => {
  const many = Object.fromEntries([...Array(50)].map((_, i) => [`${M1}n${i}.md`, speech("正文", { title: `第${i}篇` })]));
  const root = site({ ...many, "content/site.toml": settings("page_size = 25\n"), [M1 + "01.md"]: null, [M1 + "page.md"]: speech("页", { title: "页" }), [M1 + "2.md"]: speech("二", { title: "二", themes: ["别的"] }) });
  const public_ = build(root);
  const folder = "themes/yang-lao-fu-wu/";
  const pages = ["", "page/2/", "page/3/"].map((part) => public_.pageAt(`${folder}${part}index.html`).tree);
  assert.ok(!public_.files.includes(`${folder}page/4/index.html`));
  const listed = pages.map((tree) => links(named(tree, "main")[0]).map((href) => href.match(/meetings\/m1\/([^/]+)\/$/)?.[1]).filter(Boolean));
  assert.equal(new Set(listed[2]).size, 1);
  const all = listed.flatMap((page) => [...new Set(page)]);
  assert.equal(all.length, 51);
  assert.equal(new Set(all).size, 51);
  assert.equal(texts(public_.page("page").tree, "h1")[0], "页");
  assert.equal(texts(public_.page("2").tree, "h1")[0], "二");
  const rel = (tree, name) => [...elements(tree)].some((element) => (attribute(element, "rel") || "").split(" ").includes(name));
  assert.deepEqual(pages.map((tree) => [rel(tree, "prev"), rel(tree, "next")]), [[false, true], [true, true], [true, false]]);
  const crawled = await crawl(join(root, "public"), "/");
  none([...crawled.dead, ...crawled.lost, ...crawled.crooked]);
});

test("MIN-01 every page reads the same with and without minifying", async () => {
  const block = '<main><div>Speaker <a href="../../../">Lin</a> <a href="../">He</a></div>\n<section>主讲 <time datetime="2025-01-09">1月9日</time> <a href="../../../">林一舟</a></section>\n<form>搜索 <input name="q"> <button>查</button></form></main>';
  const files = (minify) => ({ "content/site.toml": settings(`tera_theme = "own"\nminify = ${minify}\n`), "themes/own/theme.toml": 'extends = "default"\n', "themes/own/templates/withdrawn.html": `<!doctype html>\n<html lang="zh"><head><title>甲</title></head>\n<body>\n${block}\n</body></html>\n`, [M1 + "02.md"]: speech("乙", { title: "乙" }) + "", [M1 + "03.md"]: speech("丙").replace("+++\n\n丙", "[withdrawn]\ndate = 2025-02-01\n+++\n\n丙") });
  const roots = [true, false].map((minify) => site(files(minify)));
  const [small] = roots.map((root) => build(root));
  const [browser, ...servers] = await Promise.all([launch(), ...roots.map((root) => serve(join(root, "public"), "/"))]);
  try {
    const page = await browser.newPage();
    const reads = async (server, file) => {
      await page.goto(server.at(`/${file}`));
      return page.evaluate(() => document.body.innerText);
    };
    for (const file of small.files.filter((one) => one.endsWith(".html"))) {
      assert.equal(await reads(servers[0], file), await reads(servers[1], file), file);
    }
    const shown = await reads(servers[0], "meetings/m1/03/index.html");
    assert.match(shown, /Speaker Lin He/);
    assert.match(shown, /主讲 1月9日 林一舟/);
    assert.match(small.source("meetings/m1/03/index.html"), /<\/a>\s<a/);
  } finally {
    await Promise.all([browser.close(), ...servers.map((server) => server.close())]);
  }
});

test("MIN-03 inline script and JSON-LD do what they did before", async () => {
  const script = 'const d=[{l:"$$",r:"$$"},{l:"$",r:"$"}];window.ok=d.map(x=>x.l+x.r).join("|");if(1<2&&3>2)window.ok+="!"';
  const data = '{"@type":"Article","name":"甲 &lt; 乙","s":"</p>"}';
  const template = `<!doctype html><html lang="zh"><head><title>甲</title><script>${script}</script><script type="application/ld+json">${data}</script></head><body><p>甲</body></html>\n`;
  const root = site({ "content/site.toml": settings('tera_theme = "own"\n'), "themes/own/theme.toml": 'extends = "default"\n', "themes/own/templates/speech.html": template });
  const public_ = build(root);
  const scripts = named(public_.page("01").tree, "script");
  assert.deepEqual(JSON.parse(text(scripts[1])), JSON.parse(data));
  const window = {};
  new Function("window", text(scripts[0]))(window);
  assert.equal(window.ok, "$$$$|$$!");
});

test("MIN-05 angle brackets and entities in plain text", () => {
  const line = "<< 上一场 | 下一场 >> 党<建 <未完成> A&B &copy; &amp;lt; 1 < 2";
  const files = (minify) => ({ "content/site.toml": settings(`minify = ${minify}\n`), [M1 + "01.md"]: speech(line), [M1 + "02.md"]: speech("正文", { title: line }) });
  const [small, plain] = [true, false].map((minify) => build(site(files(minify))));
  assert.equal(text(small.body("01")).trim(), text(plain.body("01")).trim());
  assert.ok(text(small.body("01")).includes("<未完成>") && text(small.body("01")).includes("&lt;"));
  assert.equal(texts(small.page("02").tree, "h1")[0], line);
  const clean = build(site({ [M1 + "02.md"]: speech("正文", { title: "平常" }) }));
  const outside = (public_) => [...elements(public_.page("01").tree)].map((element) => element.tagName).join(" ");
  assert.equal(outside(small), outside(clean));
});

test("PUB-05 the preview leaves public/ alone", async () => {
  const root = site({});
  const before = build(root);
  const kept = before.files.map((file) => before.bytes(file));
  const port = 20000 + (process.pid % 20000);
  const { spawn } = await import("node:child_process");
  const server = spawn(process.env.PLENARY || "plenary", ["serve", "--port", String(port)], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  try {
    await new Promise((resolve, reject) => {
      server.stderr.on("data", (chunk) => /127\.0\.0\.1/.test(chunk) && resolve());
      server.on("exit", () => reject(new Error("the preview ended")));
    });
    const get = async (address) => (await fetch(`http://127.0.0.1:${port}${address}`)).text();
    for (const address of ["/", "/meetings/m1/01/", "/feed.xml"]) await get(address);
    write(root, M1 + "01.md", speech("换了一句话。"));
    assert.match(await get("/meetings/m1/01/"), /换了一句话/);
    write(root, M1 + "01.md", "坏了");
    assert.match(await get("/meetings/m1/01/"), /换了一句话/);
    write(root, M1 + "01.md", speech("又修好了。"));
    assert.match(await get("/meetings/m1/01/"), /又修好了/);
    const missing = await fetch(`http://127.0.0.1:${port}/nowhere/`);
    assert.equal(missing.status, 404);
  } finally {
    server.kill("SIGINT");
  }
  before.files.forEach((file, i) => assert.ok(built(root).bytes(file).equals(kept[i]), file));
  none(before.files.filter((file) => /127\.0\.0\.1|localhost|livereload/.test(before.source(file))));
});

test("FEED-02 every address in the feed is whole and right", () => {
  const body = "![](图.png) [甲](../01.md) [乙](#s1) [丙](/meetings/m1/)[^1]\n\n## 节\n\n文\n\n[^1]: 注";
  const root = site({ "content/site.toml": 'base_url = "https://portal.example/zx"\ntitle = "会"\n', [M1 + "03/index.md"]: speech(body), [M1 + "03/图.png"]: "p" });
  const public_ = build(root);
  const base = "https://portal.example/zx/";
  for (const entry of public_.entries()) {
    for (const element of elements(entry.html)) {
      for (const { name, value } of element.attrs.filter((one) => ["href", "src"].includes(one.name))) {
        assert.ok(value.startsWith(base), `${name}=${value}`);
        const [path, fragment] = decodeURIComponent(value.slice(base.length)).split("#");
        const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
        assert.ok(public_.files.includes(file), value);
        if (fragment) assert.ok([...elements(public_.pageAt(file).tree)].some((one) => attribute(one, "id") === fragment), value);
      }
    }
  }
});

test("FEED-03 the required parts of a feed entry, the same at any time and in any locale", () => {
  const root = site({ [M1 + "02.md"]: speech("无日期").replace("date = 2025-01-09\n", "") });
  const first = build(root);
  const entries = first.entries();
  for (const entry of entries) {
    assert.match(entry.id, /^urn:uuid:/);
    assert.match(entry.updated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    assert.ok(entry.title && entry.name, "a title and an author");
  }
  assert.equal(new Set(entries.map((entry) => entry.id)).size, 2);
  write(root, M1 + "02.md", speech("无日期", { title: "改了题目" }));
  write(root, "content/site.toml", settings("").replace("fayan.example/", "fayan.example/moved/"));
  assert.deepEqual(build(root).entries().map((entry) => entry.id).sort(), entries.map((entry) => entry.id).sort());
});

test("FEED-04 markup in titles and CDATA ends", () => {
  const title = 'A&B <三> "引" ]]>';
  const public_ = build(site({ [M1 + "01.md"]: speech("```\n<![CDATA[ x ]]> &amp;\n```", { title }) }));
  const [entry] = public_.entries();
  assert.equal(entry.title, title);
  assert.equal(text(entry.html).trim(), text(public_.body("01")).trim());
});

test("TPL-03 titles do not break JSON-LD, or out of it", () => {
  const title = '"三问"与A&B</script><b id=x>';
  const public_ = build(site({ [M1 + "01.md"]: speech("正文", { title }).replace('"街道代表"', '"街道\\\\代表"') }));
  for (const file of public_.files.filter((one) => one.endsWith(".html"))) {
    const { tree } = public_.pageAt(file);
    for (const script of named(tree, "script").filter((one) => attribute(one, "type") === "application/ld+json")) JSON.parse(text(script));
    none([...elements(tree)].filter((element) => attribute(element, "id") === "x").map(() => file));
  }
  const [data] = named(public_.page("01").tree, "script").filter((one) => attribute(one, "type") === "application/ld+json");
  assert.equal(JSON.parse(text(data)).headline, title);
});

test("TPL-05 raw HTML in a speech is neither dropped in silence nor run", async () => {
  const body = '<script>window.p=1</script>\n\n<img src=x onerror="window.p=2"> [点](javascript:window.p=3)\n\n</article></main><b>未闭合\n\n参加人<未定>';
  const root = site({ [M1 + "01.md"]: speech(body) });
  const public_ = build(root);
  const clean = build(site({}));
  const after = (one) => {
    const all = [...elements(one.page("01").tree)];
    return all.slice(all.findIndex((element) => element.tagName === "article")).filter((element) => !["p", "br", "a"].includes(element.tagName)).map((element) => element.tagName).join(" ");
  };
  assert.equal(after(public_), after(clean));
  assert.ok(text(public_.body("01")).includes("<未定>"));
  assert.ok(run(root, "check").stderr.match(/01\.md:\d+/g).length >= 3);
  const [browser, server] = await Promise.all([launch(), serve(join(root, "public"), "/")]);
  try {
    const page = await browser.newPage();
    await page.goto(server.at("/meetings/m1/01/"));
    await page.getByText("点", { exact: true }).first().click();
    assert.equal(await page.evaluate(() => window.p), undefined);
    assert.equal(await page.locator("[onerror], [href^='javascript:' i]").count(), 0);
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
});

test("TPL-06 the description is a short plain text", () => {
  const body = "## 节\n\n![图](a.png)\n\n**要点**见[附件](a.pdf)，\nA&B<C。\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n尾[^1]\n\n[^1]: 注";
  const root = site({ [M1 + "01/index.md"]: speech(body), [M1 + "01.md"]: null, [M1 + "01/a.png"]: "p", [M1 + "01/a.pdf"]: "p" });
  const public_ = build(root);
  const description = attribute(named(public_.page("01").tree, "meta").find((meta) => attribute(meta, "name") === "description"), "content");
  const [entry] = public_.entries();
  const listed = text(ofClass(public_.pageAt("themes/yang-lao-fu-wu/index.html").tree, "summary")[0]);
  for (const plain of [description, entry.summary, listed]) {
    assert.ok(plain.includes("要点见附件，A&B<C。"), plain);
    assert.doesNotMatch(plain, /[*|\n]|\[|&amp;|<strong/, plain);
  }
});

test("DATA-03 importing twice, and speeches that run together", () => {
  const document = "# 会议\n\n导语。\n\n## 题一\n\n街道代表 林一舟\n\n甲段。\n\n## 题二\n\n街道代表 何二\n\n乙段。\n\n## 题三\n\n街道代表 王三\n\n丙段。\n\n## 题四\n\n丁段，没有发言人一行。\n";
  const root = site({ "doc.txt": document, "content/meetings/m1/_index.md": null, [M1 + "01.md"]: null });
  const first = run(root, "import", "doc.txt", "--date", "2025-01-09", "--meeting", "m1");
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stderr, /第23行/);
  const folder = join(root, "content/meetings/m1");
  const names = readdirSync(folder).sort();
  assert.equal(names.filter((name) => /^\d/.test(name)).length, 4);
  const third = names.find((name) => name.startsWith("03"));
  assert.doesNotMatch(readFileSync(join(folder, third), "utf8"), /丁段/);
  const edited = readFileSync(join(folder, third), "utf8").replace("丙段。", "编辑改过的丙段。");
  write(root, M1 + third, edited);
  assert.equal(run(root, "import", "doc.txt", "--date", "2025-01-09", "--meeting", "m1").status, 0);
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.equal(readFileSync(join(folder, third), "utf8"), edited);
  build(root);
});

test("OPS-01 read-only sources do not make the second build fail", () => {
  const root = site({ "content/static/a.txt": "甲" });
  chmodSync(join(root, "content/static/a.txt"), 0o444);
  build(root);
  const public_ = build(root);
  for (const file of public_.files) assert.equal(statSync(join(root, "public", file)).mode & 0o644, 0o644, file);
});

test("OPS-04 a taken port is named", async () => {
  const root = site({});
  const taken = createServer();
  await new Promise((resolve) => taken.listen(0, "127.0.0.1", resolve));
  try {
    const ran = run(root, "serve", "--port", String(taken.address().port));
    assert.notEqual(ran.status, 0);
    assert.ok(ran.stderr.includes(String(taken.address().port)), ran.stderr);
  } finally {
    taken.close();
  }
});

test("SRCH-01 any run of characters that stands in the text is found", () => {
  const others = Object.fromEntries([...Array(10)].map((_, i) => [`${M1}o${i}.md`, speech(`第${i}篇别的话。`, { title: `题${i}` })]));
  const public_ = build(site({ ...others, [M1 + "01.md"]: speech("全域推进口袋公园建设，让绿意可亲。") }));
  for (const query of ["口袋", "袋公", "推进口", "园建设", "亲", "全域推进口袋公园建设"]) assert.deepEqual(public_.find(query), ["meetings/m1/01/"], query);
  assert.deepEqual(public_.find("公袋"), []);
});

test("SRCH-03 signs in the query are plain text", () => {
  const words = ["C++", "《养老条例》", "问：答", "50%", "a\\b", "[草案]"];
  const public_ = build(site(Object.fromEntries(words.map((word, i) => [`${M1}w${i}.md`, speech("前文`" + word + "`后文", { title: `题${i}` })]))));
  words.forEach((word, i) => assert.deepEqual(public_.find(word), [`meetings/m1/w${i}/`], word));
  for (const query of ["(", "[", "*", "\\", "a:b", "+x", "-", "~1", "^", "$", "%", "", "   ", "甲".repeat(10000), "\ud800"]) public_.find(query);
});

test("SRCH-04 query and titles are shown as text and found as text", async () => {
  const root = site({
    [M1 + "01.md"]: speech("代码 `<img src=x onerror=window.p=1>` 一段 &amp;amp; mark", { title: "说说 <input> 标签" }),
  });
  const public_ = build(root);
  assert.deepEqual(public_.find("<input>"), ["meetings/m1/01/"]);
  assert.deepEqual(public_.find("onerror"), ["meetings/m1/01/"]);
  const [browser, server] = await Promise.all([launch(), serve(join(root, "public"), "/")]);
  try {
    for (const query of ["<img src=x onerror=window.p=1>", "<", "&amp;", "mark", "<input>"]) {
      const page = await browser.newPage();
      await page.goto(server.at(`/search/?q=${encodeURIComponent(query)}#${encodeURIComponent(query)}`));
      await page.locator("#search mark").first().waitFor();
      assert.equal(await page.evaluate(() => window.p), undefined, query);
      assert.equal(await page.locator("#search li input, #search img").count(), 0, query);
      assert.ok((await page.locator("#search mark").allTextContents()).every((marked) => marked.length > 0), query);
      await page.close();
    }
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
});

test("SRCH-05 the frame of the pages is not searched", () => {
  const root = site({
    "content/site.toml": settings('[footer]\ncopyright = "版权所有"\n'),
    [M1 + "01.md"]: speech("## 小标题之词\n\n正文。", { title: "独有题词" }),
    [M1 + "02.md"]: speech("另一篇。", { title: "别的", themes: ["低空经济"] }),
  });
  const public_ = build(root);
  assert.deepEqual(public_.find("版权所有"), []);
  assert.deepEqual(public_.find("低空经济"), ["meetings/m1/02/"]);
  assert.deepEqual(public_.find("独有题词"), ["meetings/m1/01/"]);
  assert.deepEqual(public_.find("小标题之词"), ["meetings/m1/01/"]);
});
