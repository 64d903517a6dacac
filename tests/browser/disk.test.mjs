// The site opened from a disk, without any host: it looks and leads the same.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, watch } from "./browser.mjs";
import { folder, index } from "./site.mjs";

describe("a reader who opens public/index.html from a folder with a Chinese name", () => {
  let browser;
  let parent;
  let page;
  let seen;

  before(async () => {
    parent = mkdtempSync(join(tmpdir(), "plenary-"));
    cpSync(folder, join(parent, "大会 发言"), { recursive: true });
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    seen = watch(page);
    await page.goto(pathToFileURL(join(parent, "大会 发言", "index.html")).href);
  });

  after(async () => {
    await browser.close();
    rmSync(parent, { recursive: true });
  });

  test("sees the home page with its style", () => styled(page));

  test("clicks to the newest meeting", async () => {
    await click(page, "main h2 a", /\/meetings\/[^/]+\/index\.html$/);
    assert.equal(await page.locator("main .title a").count(), index.speeches.filter((speech) => speech.meeting.name === index.speeches[0].meeting.name).length);
  });

  test("clicks to its first speech", async () => {
    await click(page, "main .title a", /\/meetings\/[^/]+\/[^/]+\/index\.html$/);
    assert.equal(await page.locator("h1").textContent(), index.speeches[0].title);
    assert.equal(await page.locator("#p1").textContent(), index.speeches[0].paragraphs[0].text);
  });

  test("clicks to a theme of it, and back", async () => {
    await click(page, "main a[href*='themes/']", /\/themes\/[^/]+\/index\.html$/);
    assert.ok(index.speeches[0].themes.includes(await page.locator("h1").textContent()), "not the theme of the speech");
    await page.goBack();
    await styled(page);
  });

  test("clicks to the next speech", async () => {
    await click(page, "a[rel=next]", /\/meetings\/[^/]+\/[^/]+\/index\.html$/);
    assert.equal(await page.locator("h1").textContent(), index.speeches[1].title);
  });

  test("clicks to the speaker, and to every entry of the menu", async () => {
    await click(page, ".byline a", /\/speakers\/[^/]+\/index\.html$/);
    assert.equal(await page.locator("h1").textContent(), index.speeches[1].speakers[0].name);
    const entries = await page.locator("nav.menu a").count();
    for (let entry = 0; entry < entries; entry++) await click(page, `nav.menu li:nth-child(${entry + 1}) a`, /\/index\.html$/);
    await click(page, "header a[rel=home]", /\/大会%20发言\/index\.html$/);
  });

  test("met no missing file and no fault on the way, and asked nothing of any host", () => {
    assert.deepEqual(seen.faults, []);
    assert.deepEqual(seen.requests.filter((url) => !url.startsWith("file:")), []);
  });
});

// Clicks the first of these links, and sees a page of the site where the click leads.
async function click(page, selector, address) {
  const link = page.locator(selector).first();
  const shown = `${await link.textContent()} on ${page.url()}`;
  const before = page.url();
  await link.click();
  await page.waitForLoadState("load");
  assert.notEqual(page.url(), before + "#", shown);
  assert.match(page.url().replace(encodeURIComponent("大会"), "大会").replace(encodeURIComponent("发言"), "发言"), address, shown);
  await styled(page);
}

// A page of the site, with its style: no list of a folder's files, text of a size and height to read.
async function styled(page) {
  const look = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    const size = parseFloat(style.fontSize);
    return {
      heading: document.querySelectorAll("h1").length,
      sheets: [...document.styleSheets].filter((sheet) => sheet.ownerNode.sheet !== null).length,
      size,
      height: parseFloat(style.lineHeight) / size,
      padded: document.querySelector("main") ? document.querySelector("main").getBoundingClientRect().left > 0 : false,
    };
  });
  assert.equal(look.heading, 1, `${page.url()}: one heading`);
  assert.ok(look.sheets > 0, `${page.url()}: no style sheet`);
  assert.ok(look.size >= 16 && look.size <= 22, `${page.url()}: text of ${look.size}px`);
  assert.ok(look.height >= 1.4 && look.height <= 2.2, `${page.url()}: line height ${look.height}`);
  assert.ok(look.padded, `${page.url()}: text at the very edge`);
}
