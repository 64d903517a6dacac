// PATH: names, addresses, links, files.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { launch } from "../browser.mjs";
import { crawl } from "../crawl.mjs";
import { none } from "../faults.mjs";
import { addresses } from "../html.mjs";
import { serve } from "../server.mjs";
import { BODY_LINE, M1, attribute, checksums, elements, links, named, ownTheme, sameTrees, settings, site, speech, textsOf } from "./s0.mjs";

// The files that a page leads to.
const reached = (built, page) => links(built.tree(page)).map((href) => built.leadsTo(page, href));

const faults = ({ dead, lost, crooked }) => [...dead, ...lost, ...crooked];

test("PATH-03 · Spellings of one theme", (t) => {
  const spellings = ["open data", "open-data", "Open Data", " open data "];
  const built = site(t, Object.fromEntries(spellings.map((theme, i) => [`${M1}s${i}.md`, speech("正文", { themes: [theme] })]))).build();
  const pages = spellings.map((_, i) => {
    const page = built.speechFile(`s${i}`);
    const themes = new Set(reached(built, page).filter((file) => /^themes\/./.test(file) && file !== "themes/index.html"));
    assert.equal(themes.size, 1, `s${i} leads to its theme`);
    const [theme] = themes;
    assert.ok(reached(built, theme).includes(page), `${theme} lists s${i}`);
    return theme;
  });
  assert.equal(new Set(pages).size, 1, "the documented rule makes them one");
});

test("PATH-05 · Composed and decomposed letters", (t) => {
  const made = site(t, {
    [`${M1}01.md`]: null,
    [`${M1}cafe\u0301.md`]: speech("正文", { title: "访caf\u00e9", themes: ["caf\u00e9"] }),
    [`${M1}02.md`]: speech("[看](caf\u00e9.md)", { title: "引", themes: ["cafe\u0301"] }),
  });
  const built = made.build();
  const hrefs = links(built.body("02"));
  assert.equal(hrefs.length, 1);
  const target = built.leadsTo(built.speechFile("02"), hrefs[0]);
  assert.ok(target && textsOf(built.tree(target), "h1")[0] === "访caf\u00e9", hrefs[0]);
  const themes = built.pages.filter((name) => /^themes\/[^/]+\/index\.html$/.test(name));
  assert.equal(themes.length, 1);
  for (const file of [target, built.speechFile("02")]) assert.ok(reached(built, themes[0]).includes(file), file);
  none(built.files.filter((name) => name !== name.normalize("NFC")));
  const check = made.check();
  assert.equal(check.status, 0);
  assert.deepEqual(check.found, []);
});

test("PATH-06 · File names with signs that addresses or Windows cannot carry", async (t) => {
  const names = ["100%达标", "第#1场", "为何？what?", "a b", "结尾."];
  const themes = ["NUL", "问:答", "完。", "点."];
  const made = site(t, Object.fromEntries(names.map((name, i) => [`${M1}${name}.md`, speech(`正文${i}`, { title: `题目${i}`, themes: i ? [themes[i - 1]] : themes })])));
  const built = made.build();
  const crawled = await crawl(built.folder, "/");
  none(faults(crawled));
  const reachedFiles = [...crawled.reached].map((address) => built.at(decodeURIComponent(address.slice(1)), ""));
  const titles = reachedFiles.filter((name) => built.speeches.includes(name)).map((name) => textsOf(built.tree(name), "h1")[0]);
  assert.deepEqual(titles.sort(), ["办好社区食堂", ...names.map((_, i) => `题目${i}`)].sort());
  for (const theme of themes) assert.ok(reachedFiles.some((name) => name?.startsWith("themes/") && textsOf(built.tree(name), "h1")[0] === theme), `a page for ${theme}`);
  const wrong = (part) => /[<>:"|?*\\\u0000-\u001f]|[. ]$/.test(part) || /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i.test(part);
  none(built.files.filter((name) => name.split("/").some(wrong)));
});

test("PATH-08 · Pictures next to the speech, with blanks or Chinese names", (t) => {
  const beside = ["图 片.png", "图/封面（一）.png", "附件"];
  const bytes = Object.fromEntries(beside.map((name) => [name, randomBytes(64)]));
  const made = site(t, {
    [`${M1}03/index.md`]: speech("![](<图 片.png>) ![](图/封面（一）.png) [表](附件) ![](图 片.png)"),
    ...Object.fromEntries(beside.map((name) => [`${M1}03/${name}`, bytes[name]])),
  });
  const built = made.build();
  const body = built.body("03");
  const found = [...named(body, "img").map((image) => attribute(image, "src")), ...links(body)];
  assert.equal(found.length, 3);
  found.forEach((address, i) => {
    const file = built.leadsTo(built.speechFile("03"), address);
    assert.ok(file && built.bytes(file).equals(bytes[beside[i]]), `${address} is ${beside[i]}`);
  });
  const { found: findings } = made.check();
  // What is said of the bytes, which are no pictures, and of missing words beside them is not this case's.
  const ofNames = findings.filter((one) => !/替代文字|显示不了/.test(one.message));
  assert.deepEqual(ofNames.map((one) => one.at), [`${M1}03/index.md:${BODY_LINE}`]);
  const line = speech("").split("\n")[BODY_LINE - 1];
  assert.equal(line, "", "the text begins where the case says");
});

test("PATH-09 · Site under a folder of another site", async (t) => {
  const files = (base) => ({
    "content/site.toml": settings({ base_url: JSON.stringify(base), tera_theme: '"own"' }),
    [`${M1}01.md`]: speech("社区食堂要算细账。![](/图.png) [首页](/)"),
    "content/static/图.png": "静态",
    ...ownTheme({}),
    "themes/own/assets/style.css": "body{background:url(图.png)}\n",
    "themes/own/assets/图.png": "模板",
  });
  const [built, slashed] = ["https://portal.example/zx/fayan", "https://portal.example/zx/fayan/"].map((base) => site(t, files(base)).build());
  sameTrees(built, slashed);
  const crawled = await crawl(built.folder, "/zx/fayan/");
  none(faults(crawled));
  const sound = (path) => path.startsWith("/zx/fayan/") && !path.startsWith("/zx/fayan/zx/") && !path.includes("//");

  const page = built.speechFile("01");
  const [picture] = named(built.body("01"), "img").map((image) => built.leadsTo(page, attribute(image, "src")));
  assert.equal(picture && built.source(picture), "静态");
  assert.deepEqual(links(built.body("01")).map((href) => built.leadsTo(page, href)), ["index.html"]);

  const sheets = built.files.filter((name) => name.endsWith(".css"));
  const inSheets = sheets.flatMap((sheet) => [...built.source(sheet).matchAll(/url\(\s*["']?(.*?)["']?\s*\)/g)].map((found) => built.leadsTo(sheet, found[1])));
  assert.deepEqual(inSheets.map((name) => name && built.source(name)), ["模板"]);

  const base = "https://portal.example/zx/fayan/";
  const inFeed = built.entries().flatMap((entry) => [entry.link[0].attributes.href, ...addresses(entry.html).map((one) => one.value)]);
  const own = [...built.source("feed.xml").matchAll(/<link [^>]*href="([^"]*)"/g)].map((found) => found[1]);
  assert.ok(inFeed.length === 3 && built.sitemap().length > 3);
  for (const address of [...inFeed, ...own, ...built.sitemap()]) {
    assert.ok(built.below(base, address), `${address} exists`);
    assert.ok(sound(new URL(address).pathname), address);
  }
  for (const { value } of addresses(built.tree("404.html"))) {
    if (value.startsWith("#")) continue;
    const url = new URL(value, "https://portal.example/zx/fayan/no/such/page");
    assert.ok(built.below(base, url.href), `404.html: ${value}`);
  }

  const [browser, server] = await Promise.all([launch(), serve(built.folder, "/zx/fayan/")]);
  try {
    const tab = await browser.newPage();
    const answers = [];
    tab.on("response", (response) => answers.push(`${response.status()} ${response.url()}`));
    await tab.goto(server.at(`/search/?q=${encodeURIComponent("细账")}`));
    const hit = tab.locator("[part=body] em, plenary-search em").first();
    await hit.waitFor();
    await tab.locator("plenary-search li a").first().click();
    await tab.waitForURL(/\/meetings\/m1\/01\//);
    for (const answer of answers) {
      assert.match(answer, /^200 /);
      assert.ok(sound(new URL(answer.slice(4)).pathname), answer);
    }
    assert.ok(answers.some((answer) => /\/search\/[0-9a-f]{10}\/lists\//.test(answer)));
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
});

test("PATH-13 · Pages of a long list", async (t) => {
  const names = [...Array(49).keys()].map((i) => `n${i}`).concat("page", "2");
  const made = site(t, {
    "content/site.toml": settings({ page_size: 25 }),
    [`${M1}01.md`]: null,
    ...Object.fromEntries(names.map((name) => [`${M1}${name}.md`, speech("正文", { title: `篇${name}` })])),
  });
  const before = checksums(made.around);
  const built = made.build();
  const after = Object.entries(checksums(made.around)).filter(([name]) => !/^site\/public(\/|$)/.test(name));
  assert.deepEqual(Object.fromEntries(after), before, "something outside public/ was written");

  const first = "themes/yang-lao-fu-wu/index.html";
  const related = (page, rel) => {
    const found = [...elements(built.tree(page))].filter((element) => ["a", "link"].includes(element.tagName) && (attribute(element, "rel") ?? "").split(" ").includes(rel));
    assert.ok(found.length <= 1, `${page}: one ${rel}`);
    return found.map((element) => built.leadsTo(page, attribute(element, "href")))[0];
  };
  const pages = [first];
  for (let next = related(first, "next"); next; next = related(next, "next")) {
    assert.equal(related(next, "prev"), pages.at(-1), `${next} leads back`);
    pages.push(next);
    assert.ok(pages.length <= 3, "more than three pages");
  }
  assert.equal(related(first, "prev"), undefined);
  assert.equal(pages.length, 3);
  assert.deepEqual(built.pages.filter((name) => name.startsWith("themes/yang-lao-fu-wu/")).sort(), [...pages].sort());

  const listed = pages.map((page) => [...new Set(reached(built, page).filter((file) => built.speeches.includes(file)))]);
  assert.deepEqual(listed.map((page) => page.length), [25, 25, 1]);
  assert.deepEqual(listed.flat().sort(), names.map(built.speechFile).sort());
  for (const name of ["page", "2"]) assert.deepEqual(textsOf(built.page(name), "h1"), [`篇${name}`]);
  none(faults(await crawl(built.folder, "/")));
});
