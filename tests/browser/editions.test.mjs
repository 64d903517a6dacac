// Several complete readings of one site: each whole, each leading to the others, each with a search that finds both scripts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, watch } from "./browser.mjs";
import { attribute, named, text } from "./html.mjs";
import { fits, violations } from "./look.mjs";
import { serve } from "./server.mjs";
import { filesOf, pagesOf, repository } from "./site.mjs";

const EDITIONS = `
[[editions]]
name = "简体"

[[editions]]
name = "繁體"
path = "hant"
script = "hant"
quotes = "corner"

[[editions]]
name = "大字版"
path = "large"
tera_theme = "plain"

[[editions]]
name = "繁體大字"
path = "hant-large"
script = "hant"
quotes = "corner"

[traditional]
"城市大模型" = "都市大模型"
`;
const MOUNT = "/a/b/";
const SPEECH = "meetings/2025-01-09-plenary/13-qiang-zhan-di-kong-jing-ji-sai-dao/";
const LOOKS = ["", "meetings/", "meetings/2025-01-09-plenary/", "meetings/2025-01-09-plenary/print.html", SPEECH, "themes/", "themes/innovation/", "speakers/", "speakers/peng-fuchun/", "groups/", "groups/minge/", "search/", "archive/", "privacy/", "about/"];
const PREFIXES = ["", "hant/", "large/", "hant-large/"];

const root = mkdtempSync(join(tmpdir(), "plenary-editions-"));
const folder = join(root, "public");
const run = (...command) => execFileSync(process.env.PLENARY, [...command, "--root", root], { stdio: "pipe" });
cpSync(join(repository, "content"), join(root, "content"), { recursive: true });
const settings = join(root, "content/site.toml");
writeFileSync(settings, readFileSync(settings, "utf8").split("\n[[editions]]")[0] + EDITIONS);
const pinned = join(root, "content/meetings/2025-01-09-plenary/11-tui-jin-ke-ji-chuang-xin-he-chan-ye.md");
writeFileSync(pinned, readFileSync(pinned, "utf8").replace("name = \"高宗余\"\n", "name = \"高宗余\"\ntraditional = \"高宗余\"\n"));
run("build", "--output", folder);
const pages = new Map(pagesOf(folder).map((page) => [page.address, page]));

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(folder, MOUNT)]); });
after(async () => {
  await Promise.all([browser.close(), server.close()]);
  rmSync(root, { recursive: true });
});

const links = (page, rel) => named(page.tree, "link").filter((link) => attribute(link, "rel") === rel);

describe("the editions of a site", () => {
  test("`check` finds every link of every edition whole", () => { run("check"); });

  test("each has every page", () => {
    const own = [...pages.keys()].filter((address) => !/^\/(hant|large|hant-large|embed)\/|404/.test(address));
    assert.ok(own.length > 60);
    for (const prefix of PREFIXES) {
      for (const address of own) assert.ok(pages.has(`/${prefix}${address.slice(1)}`), `/${prefix} lacks ${address}`);
    }
  });

  test("each says its language, and twins name each other", () => {
    const languages = PREFIXES.map((prefix) => attribute(named(pages.get(`/${prefix}${SPEECH}`).tree, "html")[0], "lang"));
    assert.deepEqual(languages, ["zh-CN", "zh-Hant-TW", "zh-CN", "zh-Hant-TW"]);
    for (const prefix of PREFIXES) {
      const page = pages.get(`/${prefix}${SPEECH}`);
      const alternates = links(page, "alternate").filter((link) => attribute(link, "hreflang"));
      assert.deepEqual(alternates.map((link) => [attribute(link, "hreflang"), attribute(link, "href")]), [
        ["zh-CN", `https://fayan.example/${SPEECH}`],
        ["zh-Hant-TW", `https://fayan.example/hant/${SPEECH}`],
      ]);
      const canonical = prefix.startsWith("hant") ? "hant/" : "";
      assert.equal(attribute(links(page, "canonical")[0], "href"), `https://fayan.example/${canonical}${SPEECH}`);
    }
  });

  test("a large print of the same texts writes no second index, a Traditional edition has its own", () => {
    const files = filesOf(folder);
    const has = (prefix, file) => files.includes(prefix + file);
    for (const file of ["search/index.json", "search/speeches.json", "feed.xml", "opensearch.xml", "embed.js"]) {
      assert.deepEqual(PREFIXES.map((prefix) => has(prefix, file)), [true, true, false, false], file);
    }
    assert.deepEqual(PREFIXES.map((prefix) => has(prefix, "404.html")), [true, false, false, false]);
  });

  test("the sitemap lists each text once in each language", () => {
    const sitemap = readFileSync(join(folder, "sitemap.xml"), "utf8");
    const listed = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map((found) => found[1]);
    assert.equal(listed.length, new Set(listed).size);
    assert.ok(listed.includes(`https://fayan.example/hant/${SPEECH}`));
    assert.ok(!listed.some((address) => address.includes("large/")));
  });

  test("texts, titles, names and words are Traditional, the choice of words is the speaker's", () => {
    const page = pages.get(`/hant/${SPEECH}`);
    const shown = text(named(page.tree, "body")[0]);
    assert.match(shown, /搶佔低空經濟賽道/);
    assert.match(shown, /吳餘龍|吳余龍/);
    assert.doesNotMatch(shown, /[经济产业发标准]/);
    assert.match(text(named(pages.get("/hant/meetings/2025-01-09-plenary/01-gou-jian-ren-gong-zhi-neng-cheng-shi-da/").tree, "h1")[0]), /人工智能/);
    const quoted = text(named(pages.get("/hant/meetings/2025-01-09-plenary/09-jian-chi-liang-ge-hao-bu-dong-yao-cu-jin/").tree, "h1")[0]);
    assert.match(quoted, /「兩個毫不動搖」/);
  });

  test("what an editor says of a name or a word wins over the tables", () => {
    const shown = (address) => text(named(pages.get(address).tree, "main")[0]);
    const speech = shown("/hant/meetings/2025-01-09-plenary/11-tui-jin-ke-ji-chuang-xin-he-chan-ye/");
    assert.match(speech, /高宗余/);
    assert.doesNotMatch(speech, /高宗餘/);
    assert.match(shown("/hant/speakers/"), /高宗余/);
    const title = (prefix) => text(named(pages.get(`/${prefix}meetings/2025-01-09-plenary/01-gou-jian-ren-gong-zhi-neng-cheng-shi-da/`).tree, "h1")[0]);
    assert.match(title("hant/"), /都市大模型/);
    assert.match(title(""), /城市大模型/);
  });

  test("a reader goes from one script to the other and stays at the paragraph", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(server.at(`/${SPEECH}#p3`));
    await page.getByRole("link", { name: "繁體", exact: true }).click();
    await page.waitForURL(server.at(`/hant/${SPEECH}#p3`));
    await page.getByRole("link", { name: "简体", exact: true }).click();
    await page.waitForURL(server.at(`/${SPEECH}#p3`));
    await page.close();
  });

  for (const prefix of PREFIXES) {
    for (const query of ["低空经济", "低空經濟"]) {
      test(`the search of /${prefix} finds ${query} and leads to its own pages`, async () => {
        const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
        const seen = watch(page);
        await page.goto(server.at(`/${prefix}search/?q=${encodeURIComponent(query)}`));
        const link = page.locator("plenary-search h2 a").first();
        await link.waitFor();
        const href = await link.evaluate((node) => node.href);
        assert.ok(href.startsWith(server.at(`/${prefix}meetings/`)), href);
        const marked = await page.locator("plenary-search em").first().textContent();
        assert.equal(marked, prefix.startsWith("hant") ? "低空經濟" : "低空经济");
        await link.click();
        await page.waitForURL(/meetings/);
        assert.equal(await page.locator("h1").count(), 1);
        assert.deepEqual(seen.faults, []);
        await page.close();
      });
    }
  }

  for (const prefix of PREFIXES.slice(1)) {
    test(`pages of /${prefix} fit a phone, and axe finds nothing`, async () => {
      for (const [width, colorScheme] of [[320, "light"], [360, "dark"], [768, "light"], [1280, "dark"]]) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
        const page = await context.newPage();
        for (const address of LOOKS) {
          await page.goto(server.at(`/${prefix}${address}`));
          await fits(page);
          assert.deepEqual(await violations(page), [], address);
        }
        await context.close();
      }
    });
  }
});
