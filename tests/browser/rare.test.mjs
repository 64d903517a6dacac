// What the real site does not have: long lists, old addresses, withdrawn and corrected speeches, every form of text.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inView, launch, watch } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { named, ofClass, text } from "./html.mjs";
import { fits, framed, violations } from "./look.mjs";
import { serve } from "./server.mjs";
import { filesOf, pagesOf, repository } from "./site.mjs";

const MOUNT = "/dir/site/";
const JOINT = "/meetings/2025-05-06-di-san-ci/01-lian-he/";
const WITHDRAWN = "/meetings/2025-05-06-di-san-ci/02-che-hui/";
const LOOKS = ["/", JOINT, WITHDRAWN, "/themes/", "/themes/min-sheng-shi-shi/", "/themes/min-sheng-shi-shi/page/7/", "/speakers/", "/groups/min-meng/", "/meetings/", "/meetings/2025-05-06-di-san-ci/", "/search/", "/shuo-ming/"];

const folder = mkdtempSync(join(tmpdir(), "plenary-rare-"));
const artefacts = new URL("artefacts/", import.meta.url);
build();
const pages = pagesOf(folder);
const index = JSON.parse(readFileSync(join(folder, "search/speeches.json"), "utf8"));

// Before the first test: while a file waits, the runner would already close what its tests need.
const crawls = [];
for (const mount of ["/", MOUNT]) crawls.push({ mount, crawled: await crawl(folder, mount) });

let browser;
let server;
before(async () => {
  mkdirSync(artefacts, { recursive: true });
  [browser, server] = await Promise.all([launch(), serve(folder, MOUNT)]);
});
after(async () => {
  await Promise.all([browser.close(), server.close()]);
  rmSync(folder, { recursive: true });
});

for (const { mount, crawled } of crawls) {
  test(`every link of the long lists leads somewhere, site at ${mount}`, () => {
    none([...crawled.dead, ...crawled.lost, ...crawled.crooked]);
    const missed = pages.filter((page) => !crawled.reached.has(page.address) && !["404", "redirect", "withdrawn"].includes(page.kind));
    none(missed.map((page) => page.file));
  });
}

test("the pages are HTML without a parse error", () => {
  none(pages.flatMap((page) => page.errors.map((error) => `${page.file}:${error}`)));
});

for (const address of LOOKS) {
  for (const width of [320, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${address}, ${width} px wide in ${colorScheme} colours: fits, axe finds nothing, nothing fails`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
        const page = await context.newPage();
        const seen = watch(page);
        await page.goto(server.at(address), { waitUntil: "load" });
        await page.screenshot({ path: fileURLToPath(new URL(`rare-${address.split("/").filter(Boolean).join("-") || "home"}-${width}-${colorScheme}.png`, artefacts)), fullPage: true });
        await fits(page);
        await framed(page);
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(seen.faults, []);
        await context.close();
      });
    }
  }
}

describe("an old address", () => {
  for (const address of ["/old/lian-he/", "/2025/lian-he.html"]) {
    test(`${address} leads to the speech, with a script and without, on a host and from a disk`, async () => {
      for (const javaScriptEnabled of [true, false]) {
        const context = await browser.newContext({ javaScriptEnabled });
        const page = await context.newPage();
        await page.goto(server.at(address));
        await page.waitForURL((url) => url.href.replace(/index\.html$/, "") === server.at(JOINT));
        await page.locator("article").waitFor();
        await context.close();
      }
      for (const javaScriptEnabled of [true, false]) {
        const context = await browser.newContext({ javaScriptEnabled });
        const page = await context.newPage();
        await page.goto(pathToFileURL(join(folder, address.endsWith("/") ? address + "index.html" : address)).href);
        await page.locator("article").waitFor({ timeout: 5000 }).catch(() => assert.fail(`from a disk ${address} leads to ${page.url()}`));
        await context.close();
      }
    });

    test(`${address} keeps the query and the place in the page, on a host and from a disk`, async () => {
      const file = pathToFileURL(join(folder, address.endsWith("/") ? address + "index.html" : address)).href;
      const arrived = pathToFileURL(join(folder, JOINT, "index.html")).href;
      for (const [from, to] of [[server.at(address), server.at(JOINT)], [file, arrived]]) {
        const page = await browser.newPage({ viewport: { width: 800, height: 300 } });
        const seen = watch(page);
        await page.goto(from + "?from=%E6%8A%A5#p2");
        await page.waitForURL(to + "?from=%E6%8A%A5#p2");
        await inView(page, "#p2");
        assert.deepEqual(seen.faults, []);
        await page.close();
      }
    });

    test(`${address} keeps the place in the page where the new page is slow to come`, async () => {
      const page = await browser.newPage();
      await page.route((url) => url.href === server.at(JOINT), async (route) => {
        await new Promise((later) => setTimeout(later, 1500));
        await route.continue();
      });
      await page.goto(server.at(address) + "#p2", { waitUntil: "commit" });
      await page.locator("article").waitFor();
      assert.equal(page.url(), server.at(JOINT) + "#p2");
      await page.close();
    });

    test(`${address} is left out of the way back`, async () => {
      const page = await browser.newPage();
      await page.goto(server.at("/themes/"));
      await page.goto(server.at(address));
      await page.locator("article").waitFor();
      await page.goBack();
      assert.equal(page.url(), server.at("/themes/"));
      await page.close();
    });
  }
});

describe("what is not public", () => {
  const everything = filesOf(folder).map((file) => ({ file, content: readFileSync(join(folder, file), "utf8") }));

  for (const [what, words] of Object.entries({
    "a draft": ["还是草稿的发言题目", "草稿的正文", "草稿人", "只有草稿才有的主题"],
    "a speech before its time": ["还没到时间的发言题目", "未到时间的正文", "未到人", "只有未到时间的发言才有的主题"],
    "a withdrawn speech": ["撤回的正文", "撤回人", "只有撤回的发言才有的主题"],
  })) {
    test(`${what} is nowhere in the output`, () => {
      none(everything.flatMap(({ file, content }) => words.filter((word) => content.includes(word)).map((word) => `${file}: ${word}`)));
    });
  }

  test("a withdrawn speech leaves a notice at its address, and its title nowhere else", () => {
    const notice = pages.find((page) => page.address === WITHDRAWN);
    assert.match(text(named(notice.tree, "main")[0]), /应发言人要求撤回。/);
    assert.match(text(named(notice.tree, "main")[0]), /2025年6月1日/);
    none(everything.filter(({ file, content }) => file !== notice.file && content.includes("已经撤回的发言题目")).map(({ file }) => file));
    assert.ok(notice.noindex, "the notice is offered to search engines");
  });
});

test("two people of one name have a page each, with their own speech", () => {
  for (const [address, title] of [["/speakers/wang-wei-jia/", "同名的两个人（甲）"], ["/speakers/wang-wei-yi/", "同名的两个人（乙）"]]) {
    const page = pages.find((one) => one.address === address);
    assert.equal(text(named(page.tree, "h1")[0]), "王伟");
    assert.deepEqual(ofClass(named(page.tree, "main")[0], "title").map(text), [title]);
  }
});

test("corrections are told on the page, before and after", () => {
  const page = pages.find((one) => one.address === JOINT);
  const told = text(named(page.tree, "main")[0]);
  for (const word of ["2025年5月8日", "第2段的数字有误。", "四十处", "四十四处", "2025年5月9日", "补充了表格。"]) assert.ok(told.includes(word), word);
  assert.deepEqual(named(page.tree, "del").map(text), ["四十处"]);
});

test("a reader who turns the pages of a theme meets each of its speeches once", async () => {
  const page = await browser.newPage();
  await page.goto(server.at("/themes/min-sheng-shi-shi/"));
  const met = await page.locator("main h2.title a").allTextContents();
  while (await page.locator("main nav a[rel=next]").count() > 0) {
    await page.locator("main nav a[rel=next]").click();
    await page.waitForLoadState("load");
    met.push(...(await page.locator("main h2.title a").allTextContents()));
  }
  assert.deepEqual([...met].sort(), index.speeches.filter((speech) => speech.themes.includes("民生实事")).map((speech) => speech.title).sort());
  await page.close();
});

test("a search with many results shows ten, then ten more, with the focus on the first new one", async () => {
  const page = await browser.newPage();
  await page.goto(server.at("/search/?q=" + encodeURIComponent("实事")));
  const results = page.locator("[part=results] > li");
  const more = page.locator("[part=more]");
  await results.first().waitFor();
  assert.equal(await results.count(), 10);
  for (const shown of [10, 20]) {
    await more.click();
    await results.nth(shown).waitFor();
    const focused = await page.evaluate(() => document.querySelector("plenary-search").shadowRoot.activeElement?.textContent);
    assert.equal(focused, await results.nth(shown).locator("h2 a").textContent());
  }
  while (await more.isVisible()) {
    const before = await results.count();
    await more.click();
    await results.nth(before).waitFor();
  }
  assert.equal(await results.count(), index.speeches.filter((speech) => JSON.stringify(speech).includes("实事")).length);
  await page.close();
});

test("bold beside full-width punctuation is bold", () => {
  const [body] = ofClass(pages.find((one) => one.address === JOINT).tree, "text");
  assert.deepEqual(named(body, "strong").map(text), ["再铺开。", "“最后一米”"]);
});

function build() {
  const binary = process.env.PLENARY || join(repository, "target/release/plenary");
  execFileSync(binary, ["build", "--root", fileURLToPath(new URL("rare", import.meta.url)), "--output", folder], { stdio: ["ignore", "ignore", "inherit"] });
}
