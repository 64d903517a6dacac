// `links = "explicit"` on a host that shows nothing at the address of a folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, watch } from "./browser.mjs";
import { program } from "./cases/s0.mjs";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { attribute, named } from "./html.mjs";
import { serve } from "./server.mjs";
import { filesOf, pagesOf, repository } from "./site.mjs";

const BASE = "https://portal.example/zx/fayan/";
const MOUNT = "/a/";
const root = mkdtempSync(join(tmpdir(), "plenary-explicit-"));
const site = join(root, "served");

cpSync(join(repository, "tests/golden/everything/site/content"), join(root, "content"), { recursive: true });
const settings = join(root, "content/site.toml");
writeFileSync(settings, `links = "explicit"\n${readFileSync(settings, "utf8")}
[offline]
meeting = "2025-plenary"

[[editions]]
path = "hant"
name = "繁體"
script = "hant"
`);
execFileSync(program(), ["build", "--root", root, "--output", site, "--now", "2025-06-01"], { stdio: "pipe" });
const files = filesOf(site);
const textOf = (file) => readFileSync(join(site, file), "utf8");

let browser;
let server;
let page;
let seen;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(site, MOUNT, {}, false)]);
  page = await browser.newPage();
  seen = watch(page);
});
after(async () => {
  await Promise.all([browser.close(), server.close()]);
  rmSync(root, { recursive: true });
});

// What answers to an absolute address of the site once it stands on this host.
const status = async (absolute) => (await fetch(absolute.replaceAll("&amp;", "&").replace(BASE, server.home))).status;

async function all(absolutes) {
  const wrong = [];
  for (const absolute of new Set(absolutes)) {
    assert.ok(absolute.startsWith(BASE), absolute);
    if (await status(absolute) !== 200) wrong.push(absolute);
  }
  none(wrong);
}

describe("a host without index documents", () => {
  test("shows nothing at a folder", async () => {
    for (const folder of ["", "themes/", "meetings/2025-plenary/"]) assert.equal((await fetch(server.home + folder)).status, 404);
  });

  test("has every page within reach of the home page, and no dead link", async () => {
    const found = await crawl(site, MOUNT, { ...server, home: server.at("index.html") });
    none([...found.dead, ...found.lost, ...found.crooked]);
    const hidden = ["404", "redirect", "withdrawn"];
    // The golden site's page that stands in no menu.
    const pages = pagesOf(site).filter((one) => !hidden.includes(one.kind) && !one.noindex && !one.address.endsWith("/hidden/"));
    assert.ok(pages.length > 40, `${pages.length} pages`);
    none(pages.map((one) => one.address).filter((address) => !found.reached.has(address)));
  });

  test("has something at every address that feeds, sitemap and OpenSearch name", async () => {
    const feeds = files.filter((file) => /(feed|saved\/[^/]+)\.(xml|json)$/.test(file));
    assert.ok(feeds.length > 20, feeds.join(" "));
    const within = feeds.flatMap((file) => textOf(file).replaceAll("&quot;", '"').match(/https:\/\/portal\.example[^"<\\ ]*/g));
    const listed = [...textOf("sitemap.xml").matchAll(/<loc>(.*?)<\/loc>/g)].map((match) => match[1]);
    assert.ok(listed.length > 20 && listed.every((address) => address.endsWith(".html")), listed.join(" "));
    const search = textOf("opensearch.xml").match(/https:\/\/portal\.example[^"<]*/g);
    await all([...within, ...listed, ...search].filter((address) => address !== BASE));
  });

  test("has each page at its own canonical address, and redirects lead on", async () => {
    const links = pagesOf(site).flatMap(({ tree }) => named(tree, "link"));
    const canonicals = links.filter((link) => attribute(link, "rel") === "canonical").map((link) => attribute(link, "href"));
    assert.ok(canonicals.length > 40, `${canonicals.length} canonical addresses`);
    await all(canonicals);
    await page.goto(server.at("subjects/index.html"));
    await page.waitForURL(server.at("themes/index.html"));
  });

  test("finds by search, and leads from a search that finds nothing to the themes", async () => {
    await page.goto(server.at("index.html"));
    await page.locator("nav.menu a[href*='search/']").first().click();
    await page.locator("[part=input]").fill("食堂");
    await page.locator("[part=results] a").first().click();
    await page.waitForURL(/\/meetings\/.+\/index\.html(#p\d+)?$/);
    await page.locator("article h1").waitFor();
    await page.goto(server.at("hant/search/index.html"));
    await page.locator("[part=input]").fill("月球背面");
    await page.locator("[part=status] a").first().click();
    await page.waitForURL(server.at("hant/themes/index.html"));
    none(seen.faults);
  });

  test("keeps a meeting for reading without a network", async () => {
    const context = await browser.newContext();
    const reader = await context.newPage();
    await reader.goto(server.at("index.html"));
    await reader.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await reader.waitForFunction(() => navigator.serviceWorker.controller);
    await context.setOffline(true);
    await reader.goto(server.at("meetings/2025-plenary/index.html"));
    assert.ok(await reader.locator("main .title a").count() > 1);
    await reader.locator("main .title a").first().click();
    await reader.locator("article h1").waitFor();
    await context.close();
  });
});
