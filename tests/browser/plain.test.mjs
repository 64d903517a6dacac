// The Tera theme `plain`: large print that a reader of 75 can use on a phone, on paper and in a text browser.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { foreign, launch, watch } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { attribute, elements, ids, named, ofClass, text } from "./html.mjs";
import { fits, violations } from "./look.mjs";
import { filesOf, pagesOf, repository } from "./site.mjs";
import { serve } from "./server.mjs";

const WIDTHS = [320, 360, 1280];
const SCHEMES = ["light", "dark"];
const MOUNT = "/zx/fayan/";
const TARGET = 60;
const SIZE = 22;
const artefacts = new URL("artefacts/", import.meta.url);
const program = process.env.PLENARY || join(repository, "target/release/plenary");
const root = mkdtempSync(join(tmpdir(), "plenary-plain-"));

// A site with every feature, in both Tera themes.
function built(theme) {
  const folder = join(root, theme);
  cpSync(join(repository, "tests/golden/everything/site"), folder, { recursive: true });
  const config = join(folder, "content/site.toml");
  writeFileSync(config, `tera_theme = "${theme}"\n` + readFileSync(config, "utf8"));
  execFileSync(program, ["build", "--now", "2025-06-01T00:00:00"], { cwd: folder, stdio: "pipe" });
  return join(folder, "public");
}

const plain = built("plain");
const ordinary = built("default");
const pages = pagesOf(plain);
const twin = new Map(pagesOf(ordinary).map((page) => [page.address, page]));
const kindOf = (page) => (page.address === "/embed/" ? "embed" : page.kind);

// The fullest page of each kind.
const examples = [...new Set(pages.map(kindOf))]
  .filter((kind) => kind !== "redirect")
  .map((kind) => pages.filter((page) => kindOf(page) === kind).reduce((best, page) => (page.source.length > best.source.length ? page : best)));
const speech = examples.find((page) => page.kind === "speech");

let browser;
let server;

before(async () => {
  mkdirSync(artefacts, { recursive: true });
  [browser, server] = await Promise.all([launch(), serve(plain, MOUNT)]);
});

after(async () => {
  await Promise.all([browser.close(), server.close()]);
  rmSync(root, { recursive: true });
});

// Texts smaller than large print, and what is touched but smaller than a finger that is not steady.
function tooSmall(page) {
  return page.evaluate(({ TARGET, SIZE }) => {
    const faults = [];
    const shown = (one) => {
      const { width, height } = one.getBoundingClientRect();
      return width > 1 && height > 1;
    };
    const roots = [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)];
    for (const top of roots) {
      for (const one of top.querySelectorAll(top === document ? "body *" : "*")) {
        const own = [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "");
        const size = parseFloat(getComputedStyle(one).fontSize);
        if (own && shown(one) && !["SCRIPT", "STYLE", "NOSCRIPT"].includes(one.tagName) && size < SIZE) faults.push(`${size}px: ${one.outerHTML.slice(0, 100)}`);
      }
      for (const one of top.querySelectorAll("nav a, form input, button, select, summary, .list > li > a, .alone a, footer a, h2 > a")) {
        const { width, height } = one.getBoundingClientRect();
        if (shown(one) && (height < TARGET - 0.5 || width < TARGET - 0.5)) faults.push(`${Math.round(width)}×${Math.round(height)}: ${one.outerHTML.slice(0, 100)}`);
      }
    }
    return faults;
  }, { TARGET, SIZE });
}

// Contrast of 7:1 (WCAG 1.4.6, AAA). `violations` has brought axe.
function paleTexts(page) {
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { runOnly: { type: "rule", values: ["color-contrast-enhanced"] } });
    return violations.flatMap(({ nodes }) => nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary}`));
  });
}

for (const example of examples) {
  describe(`the ${kindOf(example)} page in large print (${example.address})`, () => {
    for (const width of WIDTHS) {
      for (const colorScheme of SCHEMES) {
        test(`${width} px wide in ${colorScheme} colours: fits, is large, is black on white enough, axe finds nothing`, async () => {
          const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
          const page = await context.newPage();
          const seen = watch(page);
          await page.goto(server.at(example.address), { waitUntil: "load" });
          if (width !== 320) await page.screenshot({ path: fileURLToPath(new URL(`plain-${kindOf(example)}-${width}-${colorScheme}.png`, artefacts)), fullPage: true });
          await fits(page);
          assert.deepEqual(await tooSmall(page), []);
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await paleTexts(page), []);
          assert.deepEqual(seen.faults, []);
          assert.deepEqual(foreign(seen.requests, server.origin), []);
          await context.close();
        });
      }
    }

    test("is readable without JavaScript, in one column", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.goto(server.at(example.address));
      const { hidden, beside } = await page.evaluate(() => {
        const blocks = [...document.querySelectorAll("main p, main .list > li, main h1, main h2, main dd")];
        const boxes = blocks.filter((one) => !one.closest("noscript, table")).map((one) => ({ one, box: one.getBoundingClientRect() }));
        const leaves = boxes.filter(({ one }) => !blocks.some((other) => other !== one && one.contains(other)));
        return {
          hidden: boxes.filter(({ one, box }) => one.textContent.trim() !== "" && box.height === 0).map(({ one }) => one.outerHTML.slice(0, 100)),
          beside: leaves.filter(({ box }, at) => at > 0 && box.top < leaves[at - 1].box.bottom - 1).map(({ one }) => one.outerHTML.slice(0, 100)),
        };
      });
      assert.deepEqual(hidden, [], "text that is not visible");
      assert.deepEqual(beside, [], "text beside or above other text");
      await context.close();
    });

    test("reads well in a text browser: skip link, menu, one heading, headings in steps", () => {
      const links = named(example.tree, "a");
      assert.equal(attribute(links[0], "href"), "#main");
      const order = [...elements(example.tree)].filter((one) => ["header", "main", "footer"].includes(one.tagName) && one.parentNode.tagName === "body");
      assert.deepEqual(order.map((one) => one.tagName), ["header", "main", "footer"]);
      const levels = [...elements(example.tree)].filter((one) => /^h[1-6]$/.test(one.tagName)).map((one) => Number(one.tagName[1]));
      assert.equal(levels[0], 1);
      assert.equal(levels.filter((level) => level === 1).length, 1);
      none(levels.filter((level, at) => at > 0 && level > levels[at - 1] + 1));
      none(links.filter((link) => text(link).trim() === "").map((link) => attribute(link, "href")));
    });
  });
}

// The pieces of text of an element, one for each text node.
function* pieces(node) {
  for (const child of node.childNodes || []) {
    if (child.nodeName === "#text" && child.value.trim() !== "") yield child.value.trim();
    yield* pieces(child);
  }
}

const squeezed = (one) => one.replace(/\s+/g, " ");

describe("the large-print site", () => {
  test("has the same pages and files as the default, all reached by links", async () => {
    const named = (folder) => filesOf(folder).filter((file) => !file.startsWith("assets/"));
    assert.deepEqual(named(plain), named(ordinary));
    const crawled = await crawl(plain, MOUNT);
    none([...crawled.dead, ...crawled.lost, ...crawled.crooked]);
    const reached = (await crawl(ordinary, MOUNT)).reached;
    const isPage = (address) => !address.startsWith("/assets/");
    assert.deepEqual([...crawled.reached].filter(isPage).sort(), [...reached].filter(isPage).sort());
  });

  test("loses no text of a speech, a meeting, a speaker or a notice", () => {
    for (const page of pages.filter(({ kind }) => ["speech", "meeting", "speaker", "withdrawn", "standing"].includes(kind))) {
      const [other, own] = [twin.get(page.address), squeezed(text(named(page.tree, "body")[0]))];
      const labels = new Set([...ofClass(other.tree, "kicker"), ...ofClass(other.tree, "tags"), ...ofClass(other.tree, "number"), ...ofClass(other.tree, "group"), ...ofClass(other.tree, "tools"), ...ofClass(other.tree, "take"), ...ofClass(other.tree, "qr")].flatMap((one) => [...pieces(one)].map(squeezed)));
      const texts = [...pieces(named(other.tree, "main")[0])].map(squeezed).filter((one) => !labels.has(one));
      none(texts.filter((one) => !own.includes(one)).map((one) => `${page.address} lacks ${one}`));
    }
  });

  test("leads wherever a speech's page leads, and has its paragraphs at the same places", () => {
    for (const page of pages.filter(({ kind }) => kind === "speech")) {
      const targets = (tree) => [...new Set(named(tree, "a").map((link) => attribute(link, "href")))];
      none(targets(twin.get(page.address).tree).filter((href) => !targets(page.tree).includes(href)).map((href) => `${page.address}: ${href}`));
      const places = (tree) => ids(ofClass(tree, "text")[0]);
      assert.deepEqual(places(page.tree), places(twin.get(page.address).tree));
    }
  });

  test("has a style sheet of less than 2 KB", () => {
    const sheets = filesOf(plain).filter((file) => file.endsWith(".css"));
    assert.equal(sheets.length, 1);
    const bytes = gzipSync(readFileSync(join(plain, sheets[0]))).length;
    assert.ok(bytes < 2000, `${bytes} bytes, compressed`);
  });

  test("sets a text with a gap between paragraphs, no indent, 1.8 high, left aligned, and grows with the reader's own size", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 900 } });
    await page.goto(server.at(speech.address));
    const set = () => page.locator(".text p").first().evaluate((p) => {
      const style = getComputedStyle(p);
      const size = parseFloat(style.fontSize);
      return { size, height: parseFloat(style.lineHeight) / size, gap: parseFloat(style.marginBottom) > size / 2, indent: style.textIndent, align: style.textAlign };
    });
    const { height, ...rest } = await set();
    assert.deepEqual(rest, { size: SIZE, gap: true, indent: "0px", align: "start" });
    assert.ok(Math.abs(height - 1.8) < 0.01, `${height}`);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "24px"));
    assert.equal((await set()).size, SIZE * 1.5);
    await page.close();
  });

  test("can be walked by keyboard: every stop shows its focus, nothing covers it", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 900 } });
    await page.goto(server.at(speech.address));
    const stops = await page.locator("a[href], button, input:not([type=hidden])").count();
    for (let stop = 0; stop < stops; stop++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const one = document.activeElement;
        const box = one.getClientRects()[0];
        const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const style = getComputedStyle(one);
        return { what: one.outerHTML.slice(0, 80), shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3, covered: !(at && (one.contains(at) || at.contains(one))) };
      });
      assert.ok(focused.shown && !focused.covered, JSON.stringify(focused));
    }
    await page.close();
  });

  test("searches in large print", async () => {
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ viewport: { width: 360, height: 900 }, colorScheme });
      const seen = watch(page);
      await page.goto(server.at("/search/") + "?q=" + encodeURIComponent("养老"));
      await page.locator("plenary-search [part=result]").first().waitFor();
      await page.screenshot({ path: fileURLToPath(new URL(`plain-results-360-${colorScheme}.png`, artefacts)), fullPage: true });
      assert.equal(await page.locator("#browse").isVisible(), false, "the lists make way for the results");
      await fits(page);
      assert.deepEqual(await tooSmall(page), []);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await paleTexts(page), []);
      assert.deepEqual(seen.faults, []);
      await page.close();
    }
  });

  test("prints black on white in large type, without menus and forms, with the address", async () => {
    const page = await browser.newPage({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });
    await page.goto(server.at(speech.address));
    await page.emulateMedia({ media: "print" });
    const printed = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector(".text p"));
      const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0).length;
      return { size: Math.round(parseFloat(style.fontSize) * 0.75), colour: style.color, menus: shown("nav, form"), address: shown(".address") };
    });
    assert.deepEqual(printed, { size: 16, colour: "rgb(0, 0, 0)", menus: 0, address: 1 });
    await page.pdf({ path: fileURLToPath(new URL("plain-speech.pdf", artefacts)), preferCSSPageSize: true });
    await page.close();
  });
});
