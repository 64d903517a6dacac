// The search page in the hands of a reader: keyboard, filters, order, history, export, a slow phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { launch, watch } from "./browser.mjs";
import { fits, violations } from "./look.mjs";
import { folder, index } from "./site.mjs";
import { serve } from "./server.mjs";

const WORD = "武汉";
const RARE = "低空";
const THEME = "科技创新";

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(folder)]); });
after(() => Promise.all([browser.close(), server.close()]));

// The search page with a query, open in the browser.
async function open(address = "/search/", options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(server.at(address));
  const part = (name) => page.locator(`[part~="${name}"]`);
  return {
    page,
    seen,
    part,
    input: part("input"),
    results: page.locator("[part=results] > li"),
    titles: () => page.locator("[part=title]").allTextContents(),
    says: (pattern) => part("status").filter({ hasText: pattern }).waitFor(),
    address: () => Object.fromEntries(new URL(page.url()).searchParams),
    focused: () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent ?? document.activeElement.localName),
    close: () => context.close(),
  };
}

function having(word) {
  return index.speeches.filter((speech) => JSON.stringify(speech).includes(word)).map((speech) => speech.title);
}

function asking(values) {
  return `/search/?${new URLSearchParams(values)}`;
}

describe("by keyboard", () => {
  test("goes down into the results and up again; Escape clears", async () => {
    const { page, input, results, titles, focused, close } = await open();
    await input.pressSequentially(WORD);
    await results.nth(1).waitFor();
    const [first, second] = await titles();
    for (const [key, there] of [["ArrowDown", first], ["ArrowDown", second], ["ArrowUp", first], ["ArrowUp", ""]]) {
      await page.keyboard.press(key);
      assert.equal(await focused(), there, key);
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    assert.equal(await input.inputValue(), "");
    assert.equal(await results.count(), 0);
    assert.ok(await page.locator("#browse").isVisible());
    await input.pressSequentially(WORD);
    await results.first().waitFor();
    await close();
  });

  test("every stop shows its focus and is large enough for a finger", async () => {
    const { page, part, results, close } = await open(asking({ q: WORD, theme: "innovation" }));
    await results.first().waitFor();
    await part("filters").locator("summary").click();
    await part("export").waitFor();
    await page.keyboard.press("Tab");
    const small = await page.locator("plenary-search").evaluate(({ shadowRoot }) => [...shadowRoot.querySelectorAll("input, button, select, summary, li a")].filter((one) => one.offsetParent).map((one) => {
      one.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const { width, height } = one.getBoundingClientRect();
      return { what: one.outerHTML.slice(0, 80), focus: outlineStyle !== "none" && parseFloat(outlineWidth) > 0, width, height };
    }).filter(({ focus, width, height }) => !focus || width < 43.9 || height < 43.9));
    assert.deepEqual(small, []);
    await close();
  });
});

describe("filters and order", () => {
  test("narrows by theme with counts, sees the filter, finds it in the address, takes it back", async () => {
    const { part, results, titles, says, address, focused, page, seen, close } = await open(asking({ q: WORD }));
    await results.first().waitFor();
    await part("filters").locator("summary").click();
    const choice = part("select").first();
    await choice.waitFor();
    const expected = index.speeches.filter((speech) => having(WORD).includes(speech.title) && speech.themes.includes(THEME)).map((speech) => speech.title);
    const option = choice.locator("option").filter({ hasText: THEME });
    assert.match(await option.textContent(), new RegExp(`（${expected.length}篇）`));
    await choice.selectOption({ label: await option.textContent() });
    await part("chip").waitFor();
    assert.match(await part("chip").textContent(), new RegExp(THEME));
    await says(new RegExp(`找到${expected.length}篇`));
    assert.deepEqual((await titles()).sort(), expected.sort());
    const theme = await option.getAttribute("value").catch(() => null) ?? address().theme;
    assert.deepEqual(address(), { q: WORD, theme });
    assert.match(await focused(), /筛选/, "the focus is lost");
    await page.goBack();
    await says(new RegExp(`找到${having(WORD).length}篇`));
    assert.equal(await part("chip").count(), 0);
    await page.goForward();
    await part("chip").click();
    await says(new RegExp(`找到${having(WORD).length}篇`));
    assert.deepEqual(address(), { q: WORD });
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("lists what a filter alone gives, and says where nothing is left", async () => {
    const theme = index.speeches.filter((speech) => speech.themes.includes(THEME)).map((speech) => speech.title);
    const { input, titles, results, part, says, close } = await open(asking({ theme: "innovation" }));
    await results.first().waitFor();
    assert.deepEqual((await titles()).sort(), theme.sort());
    await input.fill("月球背面");
    await says(/月球背面/);
    assert.ok(await part("chip").isVisible());
    await part("chip").click();
    await says(/月球背面/);
    assert.equal(await part("chip").count(), 0);
    await close();
  });

  test("orders by date, and the address keeps it", async () => {
    const { part, results, says, address, page, close } = await open(asking({ q: WORD }));
    await results.first().waitFor();
    await part("sort").selectOption("date");
    await page.waitForURL(/sort=date/);
    await says(/找到/);
    assert.deepEqual(address(), { q: WORD, sort: "date" });
    await page.reload();
    await results.first().waitFor();
    assert.equal(await part("sort").inputValue(), "date");
    await close();
  });
});

describe("the history of the browser", () => {
  test("typing changes the entry, sending makes a new one", async () => {
    const { page, input, results, says, address, close } = await open();
    const length = await page.evaluate(() => history.length);
    await input.pressSequentially(WORD);
    await results.first().waitFor();
    assert.deepEqual(address(), { q: WORD });
    assert.equal(await page.evaluate(() => history.length), length);
    await input.press("Enter");
    assert.equal(await page.evaluate(() => history.length), length + 1);
    await input.fill(RARE);
    await says(new RegExp(`找到${having(RARE).length}篇`));
    await input.press("Enter");
    assert.equal(await page.evaluate(() => history.length), length + 2);
    await page.goBack();
    await says(new RegExp(`找到${having(WORD).length}篇`));
    assert.equal(await input.inputValue(), WORD);
    await page.goBack();
    await page.locator("#browse").waitFor();
    assert.equal(await input.inputValue(), "");
    assert.equal(await results.count(), 0);
    await close();
  });
});

describe("what is said", () => {
  for (const [query, said] of [["低空經濟", /没有找到“低空經濟”，以下是“低空经济”的结果。找到1篇/], ["dikongjingji", /按拼音.*低空经济/], ["低恐经济", /没有找到“低恐经济”.*低空经济/], ["低空经济产业链布局乱七八糟", /大部分/]]) {
    test(`to ${query}`, async () => {
      const { says, results, seen, close } = await open(asking({ q: query }));
      await says(said);
      assert.ok(await results.count() > 0);
      assert.deepEqual(seen.faults, []);
      await close();
    });
  }
});

describe("the export", () => {
  test("is a table that spreadsheets read, formulas disarmed", async () => {
    const { page, part, results, says, close } = await open(asking({ q: WORD }), { acceptDownloads: true });
    await page.route(/\/search\/[0-9a-f]+\/speeches\//, async (route) => {
      const answer = await route.fetch();
      const [speech] = await answer.json();
      await route.fulfill({ response: answer, json: [{ ...speech, subtitle: '=HYPERLINK("http://evil.example/"),甲\n乙' }] });
    });
    await results.first().waitFor();
    await part("filters").locator("summary").click();
    const download = page.waitForEvent("download");
    await part("export").click();
    const file = await download;
    assert.match(file.suggestedFilename(), /武汉.*\.csv$/);
    const table = readFileSync(await file.path(), "utf8");
    assert.equal(table.codePointAt(0), 0xFEFF);
    const rows = rowsOf(table.slice(1));
    assert.deepEqual(rows[0], ["标题", "副标题", "发言人", "会议", "日期", "网址", "摘录"]);
    assert.deepEqual(rows.slice(1).map(([title]) => title).sort(), having(WORD).sort());
    for (const row of rows) {
      assert.equal(row.length, 7);
      for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t]/);
    }
    assert.ok(rows.some((row) => row[1] === '\'=HYPERLINK("http://evil.example/"),甲\n乙'));
    for (const row of rows.slice(1)) assert.ok(row[5].startsWith(server.at("/meetings/")), row[5]);
    await says(new RegExp(`已导出${rows.length - 1}篇`));
    await close();
  });
});

describe("before the script has come", () => {
  test("the field looks as it will, and the words that are offered are there", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 900 } });
    const before = await context.newPage();
    await before.goto(server.at("/search/"));
    const { input, part, close } = await open();
    const [plain, label] = [before.locator("plenary-search input[type=search]"), before.locator("plenary-search label")];
    assert.equal(await part("label").textContent(), await label.textContent());
    assert.equal(await input.getAttribute("placeholder"), await plain.getAttribute("placeholder"));
    assert.deepEqual(await input.boundingBox(), await plain.boundingBox());
    assert.deepEqual(await part("hot").allTextContents(), await before.locator(".hot a").allTextContents());
    await close();
    await context.close();
  });

  test("a reader types; nothing of it is lost, nothing jumps", async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value))).observe({ type: "layout-shift" });
    });
    let release;
    const held = new Promise((go) => { release = go; });
    await page.route(/\/assets\/search\./, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(server.at("/search/"), { waitUntil: "commit" });
    const field = page.locator("#q");
    await field.pressSequentially(WORD);
    const place = await field.boundingBox();
    release();
    await page.locator("[part=results] > li").first().waitFor();
    const own = page.locator("[part=input]");
    assert.equal(await own.inputValue(), WORD);
    assert.deepEqual(await own.boundingBox(), place);
    assert.equal(await page.evaluate(() => document.activeElement.localName), "plenary-search");
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
    await context.close();
  });
});

describe("a slow network", () => {
  test("says that it searches; nothing moves as results come", async () => {
    const { page, input, results, says, close } = await open();
    await page.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value))).observe({ type: "layout-shift" });
    });
    await page.route(/\/search\/.*\.js/, async (route) => {
      await new Promise((later) => setTimeout(later, 600));
      await route.continue();
    });
    await input.pressSequentially(WORD);
    await says(/正在检索/);
    await results.first().waitFor();
    await says(new RegExp(`找到${having(WORD).length}篇`));
    await page.waitForTimeout(200);
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
    await close();
  });

  test("more results that do not come can be asked for again", async () => {
    const { page, part, results, says, close } = await open(asking({ q: WORD }));
    await results.nth(9).waitFor();
    await page.route(/\/search\/[0-9a-f]+\//, (route) => route.abort());
    await part("more").click();
    await says(/检索数据没有载入/);
    assert.equal(await results.count(), 10);
    await page.unroute(/\/search\/[0-9a-f]+\//);
    await part("more").click();
    await results.nth(10).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), (await page.locator("[part=title]").allTextContents())[10]);
    await close();
  });
});

for (const width of [320, 360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`results and filters at ${width} px in ${colorScheme} colours: fit, axe finds nothing`, async () => {
      const { page, part, results, close } = await open(asking({ q: WORD, theme: "innovation" }), { viewport: { width, height: 900 }, colorScheme });
      await results.first().waitFor();
      await part("filters").locator("summary").click();
      await part("export").waitFor();
      await page.screenshot({ path: new URL(`artefacts/results-${width}-${colorScheme}.png`, import.meta.url).pathname, fullPage: true });
      await fits(page);
      assert.deepEqual(await violations(page), []);
      await close();
    });
  }
}

// The rows of a table as RFC 4180 writes it.
function rowsOf(table) {
  assert.match(table, /^("([^"]|"")*"(,|\r\n))*$/);
  const rows = [[]];
  for (const [, cell, end] of table.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1).push(cell.replace(/""/g, '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}
