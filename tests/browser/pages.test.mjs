// Each kind of page on a phone and on a desk, by day and by night: readable, quiet, open to everyone.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { foreign, inView, launch, watch } from "./browser.mjs";
import { attribute, named } from "./html.mjs";
import { fits, framed, violations } from "./look.mjs";
import { folder, pages, pagesOfKind } from "./site.mjs";
import { serve } from "./server.mjs";

const WIDTHS = [320, 360, 768, 1280];
const SCHEMES = ["light", "dark"];
const artefacts = new URL("artefacts/", import.meta.url);

// The fullest page of each kind.
const examples = [...new Set(pages.map((page) => page.kind))]
  .filter((kind) => kind !== "redirect")
  .map((kind) => pagesOfKind(kind).reduce((best, page) => (page.source.length > best.source.length ? page : best)));

let browser;
let server;

before(async () => {
  mkdirSync(artefacts, { recursive: true });
  [browser, server] = await Promise.all([launch(), serve(folder)]);
});

after(() => Promise.all([browser.close(), server.close()]));

for (const example of examples) {
  describe(`the ${example.kind} page (${example.address})`, () => {
    for (const width of WIDTHS) {
      for (const colorScheme of SCHEMES) {
        test(`${width} px wide in ${colorScheme} colours: fits, axe finds nothing, nothing fails`, async () => {
          const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
          const page = await context.newPage();
          const seen = watch(page);
          await page.goto(server.at(example.address), { waitUntil: "load" });
          if (width !== 320) await page.screenshot({ path: fileURLToPath(new URL(`${example.kind}-${width}-${colorScheme}.png`, artefacts)), fullPage: true });
          await fits(page);
          await framed(page);
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(seen.faults, []);
          assert.deepEqual(foreign(seen.requests, server.origin), []);
          assert.deepEqual(await context.cookies(), []);
          assert.equal(await page.evaluate(() => document.cookie + Object.keys({ ...localStorage, ...sessionStorage }).join()), "", "something is stored");
          await context.close();
        });
      }
    }

    test("still fits 320 px with the text spacing that a reader may set (WCAG 1.4.12)", async () => {
      const page = await browser.newPage({ viewport: { width: 320, height: 900 } });
      await page.goto(server.at(example.address));
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
        document.adoptedStyleSheets = [sheet];
      });
      await fits(page);
      await page.close();
    });

    test("is readable without JavaScript", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 900 } });
      const page = await context.newPage();
      await page.goto(server.at(example.address));
      assert.ok(await page.locator("h1").isVisible(), "the heading is not visible");
      const hidden = await page.locator("main p, main li, main dd").evaluateAll((all) => all
        .filter((one) => one.textContent.trim() !== "" && one.getClientRects().length === 0 && !one.closest("noscript, .live, details:not([open])"))
        .map((one) => one.outerHTML.slice(0, 100)));
      assert.deepEqual(hidden, [], "text that is not visible");
      await context.close();
    });
  });
}

describe("a speech page", () => {
  const speech = examples.find((page) => page.kind === "speech");

  test("has, with its style, less than 14 KB to transfer", () => {
    for (const page of pagesOfKind("speech")) {
      const styles = named(page.tree, "link").filter((link) => attribute(link, "rel") === "stylesheet")
        .map((link) => readFileSync(`${folder}${new URL(attribute(link, "href"), "http://site" + page.address).pathname}`));
      const bytes = [Buffer.from(page.source), ...styles].map((file) => gzipSync(file).length).reduce((sum, one) => sum + one, 0);
      assert.ok(bytes < 14 * 1024, `${page.file}: ${bytes} bytes of HTML and CSS, compressed`);
    }
  });

  test("sets its text in large lines of comfortable height, about 36 characters at most", async () => {
    for (const width of [360, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.goto(server.at(speech.address));
      const set = await page.locator(".text p").first().evaluate((p) => {
        const style = getComputedStyle(p);
        const size = parseFloat(style.fontSize);
        return { size, height: parseFloat(style.lineHeight) / size, characters: p.clientWidth / size };
      });
      assert.ok(set.size >= 16, `${set.size}px at ${width}`);
      assert.ok(set.height >= 1.5 && set.height <= 2.2, `line height ${set.height} at ${width}`);
      assert.ok(set.characters <= 40, `${set.characters} characters a line at ${width}`);
      await page.close();
    }
  });

  test("shows the paragraph that the address names, below nothing that covers it", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 600 } });
    await page.goto(server.at(speech.address) + "#p3");
    await inView(page, "#p3");
    const cover = await page.locator("#p3").evaluate((p) => {
      const box = p.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + 5);
      return p.contains(top) ? "nothing" : String(top && top.outerHTML.slice(0, 80));
    });
    assert.equal(cover, "nothing");
    await page.close();
  });

  test("can be walked by keyboard: the first stop skips to the text, every stop shows its focus", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(server.at(speech.address));
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
    const stops = await page.locator("a[href], button, input, summary").evaluateAll((all) => all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true })).length);
    for (let stop = 0; stop < stops; stop++) {
      const focused = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
        return { shown, what: document.activeElement.outerHTML.slice(0, 80) };
      });
      assert.ok(focused.shown, `no visible focus on ${focused.what}`);
      await page.keyboard.press("Tab");
    }
    await page.close();
  });

  test("prints black on white without menus", async () => {
    const page = await browser.newPage({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });
    await page.goto(server.at(speech.address));
    await page.emulateMedia({ media: "print" });
    const printed = await page.evaluate(() => ({
      text: document.querySelector(".text p").getClientRects().length > 0,
      colour: getComputedStyle(document.querySelector(".text p")).color.match(/\d+/g).slice(0, 3).every((one) => one < 80),
      menu: [...document.querySelectorAll("nav, form")].filter((one) => one.getClientRects().length > 0).map((one) => one.className),
    }));
    assert.deepEqual(printed, { text: true, colour: true, menu: [] });
    await page.close();
  });
});
