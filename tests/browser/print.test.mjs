// A speech on paper: A4, black on white, the text with its head, then its address.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { base, folder, index } from "./site.mjs";
import { serve } from "./server.mjs";

const speech = index.speeches[0];

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(folder)]);
});

after(() => Promise.all([browser.close(), server.close()]));

// The page as the printer gets it, with what the reader has chosen.
async function printed(chosen, colorScheme = "dark") {
  const context = await browser.newContext({ viewport: { width: 640, height: 960 }, colorScheme });
  if (chosen) await context.addInitScript((value) => localStorage.setItem("plenary-reading", value), JSON.stringify(chosen));
  const page = await context.newPage();
  await page.goto(server.at("/" + speech.url));
  await page.emulateMedia({ media: "print" });
  return { page, close: () => context.close() };
}

const shown = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).map((one) => one.outerHTML.slice(0, 80)));

describe("a printed speech", () => {
  test("has no tools, menus or forms, and no numbers in the text", async () => {
    const { page, close } = await printed();
    assert.deepEqual(await shown(page, "button, nav, form, .settings, .take, .others, .said"), []);
    assert.equal(await page.locator("#p2").evaluate((p) => getComputedStyle(p, "::before").display), "none");
    await close();
  });

  test("is black on white whatever colours were chosen", async () => {
    for (const chosen of [undefined, { scheme: "dark" }, { scheme: "light" }]) {
      const { page, close } = await printed(chosen);
      const colours = await page.evaluate(() => [getComputedStyle(document.querySelector(".text p")).color, getComputedStyle(document.body).backgroundColor, getComputedStyle(document.documentElement).colorScheme]);
      assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "light"]);
      await close();
    }
  });

  test("ends with its QR code and its address", async () => {
    const { page, close } = await printed();
    const tops = await page.evaluate(() => [".text", ".qr svg", ".foot .address"].map((one) => document.querySelector(one).getBoundingClientRect()).map((box) => (box.height > 0 ? box.top : -1)));
    assert.ok(tops[0] > 0 && tops[0] < tops[1] && tops[1] < tops[2], tops.join());
    assert.ok((await page.locator(".foot .address").innerText()).includes(base + speech.url));
    await close();
  });

  test("has links that look like text, without addresses among the words", async () => {
    const { page, close } = await printed();
    const links = await page.locator("article a:not(.n)").evaluateAll((all) => all.map((a) => [getComputedStyle(a).textDecorationLine, getComputedStyle(a, "::after").content]));
    for (const link of links) assert.deepEqual(link, ["none", "none"]);
    await close();
  });

  test("keeps title, second line and speaker together with the text", async () => {
    const { page, close } = await printed();
    const kept = await page.locator("article header").evaluate((header) => [getComputedStyle(header).breakInside, getComputedStyle(header).breakAfter]);
    assert.deepEqual(kept, ["avoid", "avoid"]);
    await close();
  });

  test("is large for those who read large print", async () => {
    const sizes = [];
    for (const chosen of [{ size: "small" }, undefined, { size: "large" }, { elder: "on", size: "small" }]) {
      const { page, close } = await printed(chosen);
      sizes.push(await page.locator(".text p").first().evaluate((p) => Math.round(parseFloat(getComputedStyle(p).fontSize) * 0.75 * 10) / 10));
      await close();
    }
    assert.deepEqual(sizes, [10.5, 12, 16, 18]);
  });

  test("has its pages numbered", async () => {
    const { page, close } = await printed();
    const box = await page.evaluate(() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .flatMap((rule) => [...(rule.cssRules || [])]).filter((rule) => rule.constructor.name === "CSSPageRule").map((rule) => rule.cssText).join());
    assert.match(box, /@bottom-center \{[^}]*counter\(page\)/);
    await close();
  });

  test("is A4, on one or a few pages", async () => {
    const { page, close } = await printed();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf);
    assert.deepEqual([Math.round(width), Math.round(height)], [595, 842]);
    assert.ok((pdf.match(/\/Type \/Page\b/g) || []).length <= 3);
    await close();
  });
});
