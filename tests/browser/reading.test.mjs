// Reading a speech: the tools around the text, what a reader has chosen, and what both cost.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import jsQR from "jsqr";
import { launch, watch } from "./browser.mjs";
import { attribute, named, text } from "./html.mjs";
import { fits, violations } from "./look.mjs";
import { base, folder, index, pageAt, pages, pagesOfKind } from "./site.mjs";
import { serve } from "./server.mjs";

const KEY = "plenary-reading";
const speech = index.speeches[0];
const address = "/" + speech.url;

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(folder)]);
});

after(() => Promise.all([browser.close(), server.close()]));

// A page of its own, with what the reader has chosen before, and with what a test puts into the browser.
async function open(at, { width = 1280, chosen, put, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...more });
  if (chosen) await context.addInitScript(([key, value]) => localStorage.setItem(key, value), [KEY, JSON.stringify(chosen)]);
  if (put) await context.addInitScript(put);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(server.at(at));
  return { page, seen, context, stored: () => page.evaluate((key) => localStorage.getItem(key), KEY), close: () => context.close() };
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const attributes = (page) => page.evaluate(() => ({ ...document.documentElement.dataset }));
const sizeOf = (page, selector) => page.locator(selector).first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize));

describe("a speech page costs little", () => {
  test("all that reading needs is less than 14 KB to transfer", () => {
    for (const page of pagesOfKind("speech")) {
      const needed = [
        ...named(page.tree, "link").filter((link) => attribute(link, "rel") === "stylesheet").map((link) => attribute(link, "href")),
        ...named(page.tree, "script").map((script) => attribute(script, "src")).filter((src) => src),
      ].map((url) => readFileSync(`${folder}${new URL(url, "http://site" + page.address).pathname}`));
      const bytes = [Buffer.from(page.source), ...needed].map((file) => gzipSync(file).length);
      const sum = bytes.reduce((sum, one) => sum + one, 0);
      assert.ok(sum <= 14 * 1024, `${page.file}: ${bytes.join(" + ")} = ${sum} bytes, compressed`);
    }
  });

  test("asks for three files at most, the icon not counted", async () => {
    const { seen, close } = await open(address);
    assert.ok(seen.requests.filter((url) => !url.endsWith(".svg")).length <= 3, seen.requests.join("\n"));
    await close();
  });

  // After which a line may be slow: in the frame, between it and the text, in the head of the speech, in the text.
  const places = ["settings", "<form", "breadcrumb", "aloud", "<hgroup>", "</h1>", "</header>", "class=text"];

  for (const chosen of [undefined, { size: "large" }, { elder: "on", scheme: "dark" }]) {
    for (const width of [360, 1280]) {
      test(`nothing moves while it loads, ${width} px wide, ${JSON.stringify(chosen) || "first visit"}`, async () => {
        const { source } = pageAt(address);
        const [, body] = source.split("<body");
        const pauses = places.map((place) => {
          assert.ok(body.includes(place), `${place} is nowhere in ${address}`);
          const at = source.length - body.length + (place === "</header>" ? body.lastIndexOf(place) : body.indexOf(place)) + place.length;
          return Buffer.byteLength(source.slice(0, at));
        });
        const { context, close } = await open(address, { width, chosen });
        const moved = await Promise.all([0, ...pauses].map(async (pause, at) => {
          const page = await context.newPage();
          await page.goto(server.at(`${address}?pause=${pause}`));
          await page.waitForTimeout(200);
          const shifts = await page.evaluate(() => new Promise((done) => {
            const at = ({ x, y, width, height }) => [x, y, width, height].join(" ");
            const source = ({ node, previousRect, currentRect }) => `${node?.nodeName} ${node?.className ?? ""}: ${at(previousRect)} to ${at(currentRect)}`;
            const told = (entry) => `${entry.value} (${entry.sources.map(source).join("; ")})`;
            new PerformanceObserver((list) => done(list.getEntries().map(told))).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done([]), 300);
          }));
          return shifts.map((shift) => `${shift} after ${places[at - 1] || "nothing"}`);
        }));
        assert.deepEqual(moved.flat(), []);
        await close();
      });
    }
  }
});

describe("what a reader has chosen", () => {
  test("is kept, holds on every page from the first paint on, and can be taken back", async () => {
    const { page, seen, stored, close } = await open(address);
    await page.locator(".settings summary").click();
    for (const name of ["大", "深色", "适老模式"]) await page.locator(".panel").getByRole("button", { name, exact: true }).click();
    assert.deepEqual(await attributes(page), { size: "large", scheme: "dark", elder: "on" });
    for (const other of ["/", "/themes/", "/search/"]) {
      await page.goto(server.at(other));
      assert.deepEqual(await attributes(page), { size: "large", scheme: "dark", elder: "on" }, other);
      assert.equal(await page.locator(".settings button[name=elder]").getAttribute("aria-pressed"), "true");
    }
    await page.locator(".settings summary").click();
    for (const name of ["中", "自动", "适老模式"]) await page.locator(".panel").getByRole("button", { name, exact: true }).click();
    assert.deepEqual(await attributes(page), {});
    assert.equal(await stored(), null, "something is left in the browser");
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("is applied before anything is painted", async () => {
    const { page, close } = await open(address, { chosen: { size: "large", scheme: "dark" }, put: () => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.atFirst = { ...document.documentElement.dataset };
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    } });
    assert.deepEqual(await page.evaluate(() => window.atFirst), { size: "large", scheme: "dark" });
    await close();
  });

  test("works for the page where storing is forbidden", async () => {
    const { page, seen, close } = await open(address, { put: () => {
      Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    } });
    await page.locator(".tools").getByRole("button", { name: "大", exact: true }).click();
    assert.deepEqual(await attributes(page), { size: "large" });
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("is not believed when it is none of the choices", async () => {
    const { page, seen, close } = await open(address, { chosen: { size: "huge", scheme: ["dark"], other: 1 } });
    assert.deepEqual(await attributes(page), {});
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("makes the text smaller and larger, up to 30 px for the elderly", async () => {
    const sizes = [];
    for (const chosen of [{ size: "small" }, {}, { size: "large" }, { elder: "on", size: "small" }, { elder: "on" }, { elder: "on", size: "large" }]) {
      const { page, close } = await open(address, { chosen });
      sizes.push(await sizeOf(page, ".text p"));
      await close();
    }
    assert.ok(sizes.every((size, at) => at === 0 || size !== sizes[at - 1]), sizes.join());
    assert.ok(sizes[0] >= 16 && sizes[0] < sizes[1] && sizes[1] < sizes[2], sizes.join());
    assert.ok(sizes[3] >= 18 && sizes[3] < sizes[4] && sizes[4] < sizes[5] && Math.round(sizes[5]) === 30, sizes.join());
  });

  test("wins over the colours of the system", async () => {
    for (const [colorScheme, scheme, dark] of [["light", "dark", true], ["dark", "light", false], ["dark", undefined, true], ["light", undefined, false]]) {
      const { page, close } = await open(address, { colorScheme, chosen: scheme && { scheme } });
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
      assert.equal(paper[0] < 128, dark, `${scheme} on ${colorScheme}: ${paper}`);
      const bars = await page.evaluate(() => [...document.querySelectorAll("meta[name=theme-color]")].filter((meta) => matchMedia(meta.media).matches).map((meta) => meta.content));
      assert.equal(bars.length, 1, "the colour of the browser's bar");
      assert.equal(parseInt(bars[0].slice(1, 3), 16) < 128, dark, "the colour of the browser's bar");
      await close();
    }
  });

  test("closes by Escape and by a click beside it", async () => {
    const { page, close } = await open(address);
    const summary = page.locator(".settings summary");
    await summary.press("Enter");
    assert.ok(await page.locator(".panel").isVisible());
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    assert.ok(!(await page.locator(".panel").isVisible()));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
    await summary.click();
    await page.locator("h1").click();
    assert.ok(!(await page.locator(".panel").isVisible()));
    await close();
  });
});

describe("elder mode", () => {
  // The fullest page of each kind.
  const examples = [...new Set(pages.map((page) => page.kind))].filter((kind) => kind !== "redirect")
    .map((kind) => pagesOfKind(kind).reduce((best, page) => (page.source.length > best.source.length ? page : best)));
  for (const example of examples) {
    test(`on the ${example.kind} page: text of 18 px at least, what is pressed 60 px at least, nothing too wide`, async () => {
      for (const width of [320, 1280]) {
        const { page, close } = await open(example.address, { width, chosen: { elder: "on" } });
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
        await fits(page);
        const found = await page.evaluate(() => {
          const shown = (one) => one.getClientRects().length > 0 && !one.closest(".hidden, .skip, [hidden]");
          const words = [...document.querySelectorAll("body *")].filter((one) => shown(one) && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
          const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
            .filter((one) => shown(one) && !one.closest("p, .text") && one.className !== "n");
          return {
            small: words.filter((one) => parseFloat(getComputedStyle(one).fontSize) < 18).map((one) => one.outerHTML.slice(0, 100)),
            low: targets.filter((one) => Math.round(one.getBoundingClientRect().height) < 60 || Math.round(one.getBoundingClientRect().width) < 60).map((one) => one.outerHTML.slice(0, 100)),
          };
        });
        assert.deepEqual(found, { small: [], low: [] }, `${width} px`);
        await close();
      }
    });
  }

  test("sets gaps between paragraphs instead of indents", async () => {
    const { page, close } = await open(address, { chosen: { elder: "on" } });
    const set = await page.locator("#p2").evaluate((p) => {
      const style = getComputedStyle(p);
      return { indent: style.textIndent, gap: parseFloat(style.marginTop) > 0, height: parseFloat(style.lineHeight) / parseFloat(style.fontSize) >= 1.5 };
    });
    assert.deepEqual(set, { indent: "0px", gap: true, height: true });
    await close();
  });
});

describe("a speech page as readers set it", () => {
  for (const chosen of [{ size: "large" }, { elder: "on" }, { elder: "on", size: "large" }]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [320, 360, 768, 1280]) {
        test(`${width} px wide, ${colorScheme}, ${JSON.stringify(chosen)}: fits, and axe finds nothing`, async () => {
          const { page, close } = await open(address, { width, colorScheme, chosen });
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
          await fits(page);
          assert.deepEqual(await violations(page), []);
          await close();
        });
      }
    }
  }

  for (const width of [640, 1280]) {
    test(`${width} px wide with text twice as large: all of it is there, and fits`, async () => {
      const { page, close } = await open(address, { width, put: () => addEventListener("DOMContentLoaded", () => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("html { font-size: 200% !important }");
        document.adoptedStyleSheets = [sheet];
      }) });
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await fits(page);
      const cut = await page.locator("main :is(p, a, button, h1, h2, dd, dt, pre, summary)").evaluateAll((all) => all
        .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).overflow !== "visible" && one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.outerHTML.slice(0, 100)));
      assert.deepEqual(cut, []);
      await close();
    });
  }
});

describe("the numbers of the paragraphs", () => {
  for (const width of [360, 1280]) {
    test(`are pressed to copy the paragraph's address, ${width} px wide`, async () => {
      const { page, close } = await open(address, { width });
      const link = page.locator("#p3 .n");
      const box = await link.boundingBox();
      assert.ok(box.width >= 24 && box.height >= 24, `${box.width} × ${box.height} px`);
      await link.click();
      await page.locator(".said").getByText("已复制").waitFor();
      assert.equal(await page.locator(".said").getAttribute("role"), "status");
      assert.equal(await clipboard(page), server.at(address) + "#p3");
      assert.equal(new URL(page.url()).hash, "#p3");
      await close();
    });
  }

  test("stand beside the first line, on no letter of it", async () => {
    for (const width of [320, 360, 1280]) {
      const { page, close } = await open(address, { width });
      const apart = await page.locator("#p2").evaluate((p) => {
        const range = document.createRange();
        range.setStart([...p.childNodes].find((node) => node.nodeType === 3), 0);
        range.collapse(true);
        return range.getBoundingClientRect().left - p.querySelector(".n").getBoundingClientRect().right;
      });
      assert.ok(apart >= -1, `${apart} px at ${width}`);
      await close();
    }
  });

  test("are one stop of the keyboard, and arrows lead from one to the next", async () => {
    const { page, close } = await open(address);
    assert.equal(await page.locator(".n").evaluateAll((all) => all.filter((one) => one.tabIndex === 0).length), 1);
    await page.locator("#p1 .n").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.hash), "#p2");
    await page.keyboard.press("Enter");
    await page.locator(".said").getByText("已复制").waitFor();
    assert.equal(await clipboard(page), server.at(address) + "#p2");
    await close();
  });

  test("are not in the text, however it is taken", async () => {
    const paragraphs = speech.paragraphs.map((paragraph) => paragraph.text);
    const taken = [];
    for (const javaScriptEnabled of [true, false]) {
      const { page, close } = await open(address, { javaScriptEnabled });
      taken.push(await page.locator("article .text").innerText(), await page.locator("article").innerText());
      await close();
    }
    assert.deepEqual(taken[0].split(/\n+/), paragraphs);
    assert.equal(taken[0], taken[2]);
    assert.equal(taken[1], taken[3]);
    const { page, close } = await open(address);
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("article .text")));
    await page.keyboard.press("Control+C");
    assert.deepEqual((await clipboard(page)).trim().split(/\n+/), paragraphs);
    await close();
  });
});

describe("the tools after the text", () => {
  test("copy the address, without what came after it", async () => {
    const { page, close } = await open(address + "?from=timeline#p2");
    await page.getByRole("button", { name: "复制链接" }).click();
    await page.locator(".said").getByText("已复制").waitFor();
    assert.equal(await clipboard(page), server.at(address));
    await close();
  });

  test("copy it by hand where the browser has no clipboard", async () => {
    const { page, close } = await open(address, { put: () => Object.defineProperty(navigator, "clipboard", { value: undefined }) });
    await page.evaluate(() => document.addEventListener("copy", () => { window.copied = document.activeElement.value; }));
    await page.getByRole("button", { name: "复制链接" }).click();
    await page.locator(".said").getByText("已复制").waitFor();
    assert.equal(await page.evaluate(() => window.copied), server.at(address));
    await close();
  });

  test("share by the system where it can", async () => {
    const { page, close } = await open(address, { put: () => { navigator.share = (what) => { window.shared = what; return Promise.reject(new DOMException("", "AbortError")); }; } });
    await page.getByRole("button", { name: "分享", exact: true }).click();
    const shared = await page.evaluate(() => window.shared);
    assert.equal(shared.url, server.at(address));
    assert.ok(shared.title.startsWith(speech.title));
    await close();
  });

  test("do not offer what the browser cannot", async () => {
    const { page, close } = await open(address, { put: () => {
      Object.defineProperty(navigator, "share", { value: undefined });
      Object.defineProperty(window, "speechSynthesis", { value: undefined });
    } });
    assert.ok(!(await page.locator("[data-do=share]").isVisible()));
    assert.ok(!(await page.locator(".aloud").isVisible()));
    await close();
  });

  test("print", async () => {
    const { page, close } = await open(address, { put: () => { window.print = () => { window.printed = true; }; } });
    await page.getByRole("button", { name: "打印" }).click();
    assert.ok(await page.evaluate(() => window.printed));
    await close();
  });

  test("none is shown without scripts, and the text and its references are", async () => {
    const { page, close } = await open(address, { javaScriptEnabled: false });
    assert.deepEqual(await page.locator("button").evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0 && one.type === "button").map((one) => one.outerHTML)), []);
    assert.ok(!(await page.locator(".settings").isVisible()));
    await page.locator(".cite summary").click();
    assert.match(await page.locator(".cite dd p").first().innerText(), /\[C\/OL\]\/\/.*\(2025-01-09\)\. https:/);
    assert.equal(await page.locator(".cite pre").count(), 3);
    await close();
  });
});

describe("reading aloud", () => {
  // A browser that speaks at once, or when it is told to.
  function voice() {
    const spoken = [];
    const waiting = [];
    class SpeechSynthesisUtterance {
      constructor(text) { this.text = text; }
    }
    const speechSynthesis = {
      spoken,
      getVoices: () => [{ lang: "en-US", localService: true }, { lang: "zh_CN", localService: true, name: "国语" }],
      speak(one) { if (one.text) { spoken.push(one); waiting.push(one); } },
      cancel() { const cut = waiting.splice(0); setTimeout(() => cut.forEach((one) => one.onerror({ error: "interrupted" }))); },
      pause() {},
      resume() {},
      say() { const one = waiting.shift(); one.onstart(); one.onend(); },
      idle: () => waiting.length === 0,
    };
    Object.defineProperty(window, "speechSynthesis", { value: speechSynthesis, configurable: true });
    window.SpeechSynthesisUtterance = SpeechSynthesisUtterance;
  }

  test("says every word once, in parts that no engine gives up on, and marks where it is", async () => {
    const { page, seen, close } = await open(address, { put: voice });
    await page.getByRole("button", { name: "朗读" }).click();
    await page.getByRole("button", { name: "暂停" }).waitFor();
    const marks = await page.evaluate(() => {
      const marks = [];
      while (!speechSynthesis.idle()) {
        const block = document.querySelector(".read");
        if (marks[marks.length - 1] !== (block.id || block.tagName)) marks.push(block.id || block.tagName);
        speechSynthesis.say();
      }
      return marks;
    });
    const spoken = await page.evaluate(() => speechSynthesis.spoken.map((one) => ({ text: one.text, lang: one.lang, voice: one.voice.name })));
    const expected = [speech.title, speech.subtitle || "", speech.speakers[0].byline, ...speech.paragraphs.map((paragraph) => paragraph.text)].join("");
    assert.equal(spoken.map((one) => one.text).join("").replace(/\s/g, ""), expected.replace(/\s/g, ""));
    assert.ok(spoken.every((one) => one.text.length <= 60 && one.lang === "zh-CN" && one.voice === "国语"));
    assert.deepEqual(marks.slice(-speech.paragraphs.length), speech.paragraphs.map((paragraph) => paragraph.id));
    assert.equal(await page.locator(".read").count(), 0);
    assert.equal(await page.locator("[data-script]").textContent(), "朗读");
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("pauses, goes on with the sentence, stops, begins anew", async () => {
    const { page, close } = await open(address, { put: voice });
    const said = () => page.evaluate(() => speechSynthesis.spoken.map((one) => one.text));
    await page.getByRole("button", { name: "朗读" }).click();
    await page.getByRole("button", { name: "暂停" }).waitFor();
    await page.evaluate(() => { speechSynthesis.say(); speechSynthesis.say(); });
    await page.getByRole("button", { name: "暂停" }).click();
    assert.ok(await page.evaluate(() => speechSynthesis.idle()));
    await page.getByRole("button", { name: "继续" }).click();
    const again = await said();
    assert.equal(again[again.length - 1], again[again.length - 2]);
    await page.getByRole("button", { name: "停止" }).click();
    assert.ok(await page.evaluate(() => speechSynthesis.idle()));
    assert.equal(await page.locator(".read").count(), 0);
    assert.ok(!(await page.locator("[data-do=stop]").isVisible()));
    await page.getByRole("button", { name: "朗读" }).click();
    const anew = await said();
    assert.equal(anew[anew.length - 1], anew[0]);
    await close();
  });

  test("stops when the page is left", async () => {
    const { page, close } = await open(address, { put: voice });
    await page.getByRole("button", { name: "朗读" }).click();
    await page.getByRole("button", { name: "暂停" }).waitFor();
    assert.ok(await page.evaluate(() => { dispatchEvent(new Event("pagehide")); return speechSynthesis.idle(); }));
    await close();
  });

  test("says so where there is no voice", async () => {
    const { page, close } = await open(address, { put: voice });
    await page.evaluate(() => { speechSynthesis.speak = (one) => { if (one.text) one.onerror({ error: "voice-unavailable" }); }; });
    await page.getByRole("button", { name: "朗读" }).click();
    await page.locator(".said").getByText("语音").waitFor();
    assert.equal(await page.locator("[data-script]").textContent(), "朗读");
    await close();
  });
});

describe("taking a speech along", () => {
  test("the QR code leads to the page's address", async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await open(address, { colorScheme, deviceScaleFactor: 2 });
      const shot = await page.locator(".qr svg").screenshot();
      const { data, width, height } = await page.evaluate(async (png) => {
        const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]));
        const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        canvas.drawImage(picture, 0, 0);
        return { data: [...canvas.getImageData(0, 0, picture.width, picture.height).data], width: picture.width, height: picture.height };
      }, shot.toString("base64"));
      assert.equal(jsQR(Uint8ClampedArray.from(data), width, height)?.data, base + speech.url);
      await close();
    }
  });

  test("a reference is copied with the reader's day, a RIS record with its line ends", async () => {
    const { page, close } = await open(address);
    await page.locator(".cite summary").click();
    await page.getByRole("button", { name: "复制 GB/T 7714" }).click();
    await page.locator(".said").getByText("已复制").waitFor();
    const day = await page.evaluate(() => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); });
    const copied = await clipboard(page);
    assert.ok(copied.startsWith(`${speech.speakers[0].name}. ${speech.title}`), copied);
    assert.ok(copied.endsWith(`(${speech.date})[${day}]. ${base}${speech.url}`), copied);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载 RIS" }).click()]);
    assert.match(download.suggestedFilename(), /^[a-z0-9-]+\.ris$/);
    const ris = readFileSync(await download.path(), "utf8");
    assert.match(ris, /^TY {2}- CPAPER\r\n([A-Z][A-Z0-9] {2}- [^\r\n]*\r\n)+ER {2}- \r\n$/);
    await close();
  });

  test("every CSL-JSON is one speech with its authors and address", () => {
    for (const one of index.speeches) {
      const sources = named(pageAt("/" + one.url).tree, "pre").map(text);
      const [item, ...more] = JSON.parse(sources.find((source) => source.startsWith("[")));
      assert.deepEqual(more, []);
      assert.equal(item.type, "speech");
      assert.deepEqual(item.author, one.speakers.map((speaker) => ({ literal: speaker.name })));
      assert.equal(item.URL, base + one.url);
    }
  });

  test("other speeches of its themes are offered, none twice, itself not", () => {
    const ours = (page) => named(page.tree, "section").filter((section) => attribute(section, "class") === "others");
    const offered = pagesOfKind("speech").map((page) => ours(page).flatMap((section) => named(section, "li").map((li) => new URL(attribute(named(li, "a")[0], "href"), "http://site" + page.address).pathname)));
    assert.ok(offered.some((list) => list.length > 0));
    pagesOfKind("speech").forEach((page, at) => {
      assert.equal(new Set(offered[at]).size, offered[at].length, page.file);
      assert.ok(!offered[at].includes(page.address), page.file);
    });
  });
});
