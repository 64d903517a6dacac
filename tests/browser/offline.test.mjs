// Reading without a network: what is kept, what is not, and that an update never shows two builds mixed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "acorn";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";
import { repository } from "./site.mjs";

const MEETING = "/meetings/2025-01-09-plenary/";
const SPEECH = `${MEETING}01-gou-jian-ren-gong-zhi-neng-cheng-shi-da/`;
const source = "content/meetings/2025-01-09-plenary/01-gou-jian-ren-gong-zhi-neng-cheng-shi-da.md";
const root = mkdtempSync(join(tmpdir(), "plenary-offline-"));
const folder = join(root, "public");
const build = () => execFileSync(process.env.PLENARY, ["build", "--root", root, "--output", folder], { stdio: "pipe" });

cpSync(join(repository, "content"), join(root, "content"), { recursive: true });
appendFileSync(join(root, "content/site.toml"), "\n[offline]\nmeeting = \"2025-01-09-plenary\"\n");
build();

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(folder, "/a/")]); });
after(async () => {
  await Promise.all([browser.close(), server.close()]);
  rmSync(root, { recursive: true });
});

// Opens a page and waits until the worker has what it is to keep.
async function reader(context) {
  const page = await context.newPage();
  await page.goto(server.at("/"));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  return page;
}

// Looks for a new worker, in the page, and says what became of it.
async function updated() {
  const registration = await navigator.serviceWorker.ready;
  await registration.update().catch(() => null);
  const worker = registration.installing || registration.waiting;
  if (!worker) return "none";
  while (worker.state === "installing") await new Promise((passed) => setTimeout(passed, 50));
  return worker.state;
}

const heading = (page) => page.locator("h1").textContent();

test("the worker is ES2017, as old phones read it", () => {
  parse(readFileSync(join(folder, "service-worker.js"), "utf8"), { ecmaVersion: 2017, sourceType: "script" });
});

describe("a reader whose network goes", () => {
  test("has the chosen meeting whole, the pages that were read, and is told of the rest", async () => {
    const context = await browser.newContext();
    const page = await reader(context);
    await page.goto(server.at("/themes/innovation/"));
    await context.setOffline(true);
    await page.goto(server.at(SPEECH));
    assert.match(await heading(page), /人工智能/);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).borderTopWidth), "0px", "its style is there");
    await page.goto(server.at(MEETING));
    assert.equal(await page.locator(".programme > li").count(), 19);
    await page.goto(server.at("/themes/innovation/"));
    assert.match(await heading(page), /科技创新/);
    await page.goto(server.at("/themes/heritage/"));
    assert.match(await heading(page), /没有网络/);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
    await context.close();
  });

  test("never has two builds mixed after an update", async () => {
    const context = await browser.newContext();
    const page = await reader(context);
    await page.goto(server.at("/themes/artificial-intelligence/"));
    const before = readFileSync(join(root, source), "utf8");
    writeFileSync(join(root, source), before.replace(/title = "[^"]*"/, "title = \"换了的题目\""));
    build();
    try {
      // The old worker still answers: what it keeps is all of the old build, whatever the reader sees meanwhile.
      await page.goto(server.at("/themes/artificial-intelligence/"));
      await context.setOffline(true);
      const shown = async (address) => {
        await page.goto(server.at(address));
        return /换了的题目/.test(await page.content());
      };
      const kept = [await shown(SPEECH), await shown(MEETING), await shown("/themes/artificial-intelligence/"), await shown("/")];
      assert.equal(new Set(kept).size, 1, `mixed: ${kept}`);
      await context.setOffline(false);
      await page.goto(server.at("/"));
      assert.equal(await page.evaluate(updated), "installed");
      await page.close();
      const next = await context.newPage();
      await next.goto(server.at("/"));
      await next.waitForFunction(() => caches.keys().then((names) => names.length === 1));
      await context.setOffline(true);
      for (const address of [SPEECH, MEETING, "/themes/artificial-intelligence/", "/"]) {
        await next.goto(server.at(address));
        assert.match(await next.content(), /换了的题目/, address);
      }
    } finally {
      writeFileSync(join(root, source), before);
      await context.close();
    }
  });

  test("a server that has only half of a new build keeps the reader on the old one", async () => {
    build();
    const context = await browser.newContext();
    const page = await reader(context);
    const old = await page.evaluate(() => caches.keys());
    const worker = readFileSync(join(folder, "service-worker.js"), "utf8");
    writeFileSync(join(folder, "service-worker.js"), worker.replace(/const BUILD = "\w+"/, "const BUILD = \"0000000000000000\""));
    assert.equal(await page.evaluate(updated), "redundant");
    await context.setOffline(true);
    await page.goto(server.at(SPEECH));
    assert.match(await heading(page), /人工智能/);
    assert.ok((await page.evaluate(() => caches.keys())).includes(old[0]));
    await context.close();
    build();
  });
});
