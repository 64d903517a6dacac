// Hostile texts in every field that an editor, an import or a technician can fill, in every Tera theme and edition.
// PLENARY_RUNS=all opens each page; without it some, of every kind.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { none } from "./faults.mjs";
import { payloads, schemes } from "./payloads.mjs";
import { kindOf, addressOf, filesOf, repository } from "./site.mjs";
import { serve } from "./server.mjs";

const program = process.env.PLENARY || join(repository, "target/release/plenary");
const folder = mkdtempSync(join(tmpdir(), "plenary-xss-"));
// Each text in a speech of its own; and all of them at once in the fields that a site or a meeting has but one of.
const many = join(folder, "many");
const once = join(folder, "once");
const TABS = 4;
// Nothing stands between a page and the script that it should not have.
const OPEN = { "content-security-policy": "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'" };
// A picture of one pixel.
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==", "base64");

const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f");
// Text of Markdown: no sign of it is markup.
const plain = (text) => text.replace(/[\t\n]/g, " ").replace(/[!-/:-@[-`{-~]/g, "\\$&");

function write(root, path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function body(text) {
  const code = "`````";
  return [
    `## ${plain(text)}`,
    `食堂第一段。${plain(text)} **${plain(text)}** ${code} ${text.replace(/[\t\n]/g, " ")} ${code}`,
    `[${plain(text)}](https://example.org/?q=${encodeURIComponent(text)} "${plain(text)}") ![${plain(text)}](p.png "${plain(text)}")`,
    `${code}${plain(text)}\n${text}\n${code}`,
    `| ${plain(text)} | b |\n|---|---|\n| ${plain(text)} | c |`,
    `> ${plain(text)}[^1]`,
    `[^1]: ${plain(text)}`,
  ].join("\n\n");
}

function speech(text, i) {
  const value = quoted(text);
  return `+++
title = ${value}
subtitle = ${value}
summary = ${value}
themes = [${value}]
editor = ${value}

[[speakers]]
name = ${value}
byline = ${value}
roles = [${value}]
group = ${value}
key = ${value}
traditional = ${value}

[source]
name = ${value}
page = ${value}
url = "https://example.org/${encodeURIComponent(text)}"

[[corrections]]
date = 2025-02-01
note = ${value}
before = ${value}
after = ${value}
${i % 10 === 9 ? `\n[withdrawn]\ndate = 2025-03-01\nnote = ${value}\n` : ""}+++

${body(text)}
`;
}

function settings(texts) {
  const value = quoted(texts.join(" "));
  return `title = ${value}
subtitle = ${value}
description = ${value}
base_url = "https://portal.example/zx/"
tera_theme = "default"
minify = true

[search]
hot_words = [${texts.map(quoted).join(", ")}]

[footer]
publisher = ${value}
operator = ${value}
phone = ${value}
editor = ${value}
copyright = ${value}
icp = ${value}
police = ${value}

[[saved_searches]]
name = ${value}
query = "食堂"
slug = "saved"

[[editions]]
name = ${value}

[[editions]]
name = ${value}
path = "large"
tera_theme = "plain"

[[editions]]
name = ${value}
path = "hant"
script = "hant"
`;
}

function site(root, texts, speeches) {
  write(root, "content/site.toml", settings(texts));
  const value = quoted(texts.join(" "));
  write(root, "content/meetings/m1/_index.md", `+++\ntitle = ${value}\nsubtitle = ${value}\nname = ${value}\nplace = ${value}\neditor = ${value}\ndate = 2025-01-09\n+++\n\n${texts.map(body).join("\n\n").replaceAll("![", "[").replaceAll("[^1]", "")}\n`);
  speeches.forEach((text, i) => {
    const name = `s${String(i).padStart(4, "0")}`;
    write(root, `content/meetings/m1/${name}/index.md`, speech(text, i));
    write(root, `content/meetings/m1/${name}/p.png`, PIXEL);
  });
  write(root, "content/pages/about.md", `+++\ntitle = ${value}\n+++\n\n${texts.map(body).join("\n\n").replace(/!\[[^\n]*/g, "").replaceAll("[^1]", "")}\n`);
  execFileSync(program, ["build", "--root", root], { stdio: "pipe", maxBuffer: 1 << 30 });
}

let browser;
let servers;
const ran = [];

before(async () => {
  site(many, payloads.slice(0, 2), payloads);
  site(once, payloads, payloads.slice(0, 2));
  servers = await Promise.all([many, once].map((root) => serve(join(root, "public"), "/zx/", OPEN)));
  browser = await launch();
});

after(async () => {
  await Promise.all([browser, ...(servers ?? [])].map((one) => one?.close()));
  rmSync(folder, { recursive: true });
});

// Opens addresses in a few tabs; whatever runs in one of them is told.
async function open(server, addresses, afterwards) {
  const context = await browser.newContext();
  await context.exposeFunction("told", (address) => ran.push(address));
  await context.addInitScript(() => {
    for (const name of ["xss", "alert"]) window[name] = () => { window.told(location.href); };
  });
  const waiting = [...addresses];
  await Promise.all(Array.from({ length: TABS }, async () => {
    const page = await context.newPage();
    page.on("dialog", (dialog) => { ran.push(page.url()); dialog.dismiss(); });
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      await page.goto(server.at(address), { waitUntil: "load" });
      await afterwards(page);
    }
  }));
  await context.close();
}

// What waits on a page for a reader's hand.
async function inspect(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("[onmouseover], [onclick], [onfocus]")) one.dispatchEvent(new Event("mouseover"));
  });
  const handlers = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter((attribute) => /^on/i.test(attribute.name)).map((attribute) => attribute.name)));
  if (handlers.length > 0) ran.push(`${page.url()} has ${handlers[0]}`);
  const addresses = await page.evaluate(() => [...document.querySelectorAll("[href], [src], [action], [data], [formaction]")].map((one) => one.href ?? one.src ?? one.action).filter((url) => typeof url === "string" && !/^https?:/.test(url)));
  if (addresses.length > 0) ran.push(`${page.url()} leads to ${addresses[0]}`);
}

describe("hostile texts", () => {
  test("there are enough of them", () => assert.ok(payloads.length >= 500, `${payloads.length}`));

  for (const [at, root, words] of [[0, many, "each in a speech"], [1, once, "all in the site and its meeting"]]) {
    test(`run nowhere: ${words}`, async () => {
      const pages = filesOf(join(root, "public")).filter((file) => file.endsWith(".html")).map(addressOf);
      const seen = new Map();
      const chosen = pages.filter((address) => {
        const edition = /^\/(large|hant)\//.exec(address)?.[1] ?? "";
        const kind = `${edition} ${kindOf(address.replace(/^\/(large|hant)\//, "/"))}`;
        const count = (seen.get(kind) ?? 0) + 1;
        seen.set(kind, count);
        // A third of the speeches of the main edition; of the others, and of each list, some.
        return process.env.PLENARY_RUNS === "all" || (kind === " speech" && count % 3 === 0) || count <= 12;
      });
      assert.ok(chosen.length > 40, `${chosen.length} pages`);
      await open(servers[at], chosen, inspect);
      none(ran.splice(0));
    });
  }

  test("run nowhere: as a query, and in what a query finds", async () => {
    const queries = ["食堂", ...payloads.filter((_, i) => process.env.PLENARY_RUNS === "all" || i % 16 === 0)];
    const addresses = ["", "hant/", "large/"].flatMap((edition, at) => queries.filter((_, i) => at === 0 || i % 8 === 0).map((query) => `${edition}search/?q=${encodeURIComponent(query)}`));
    await open(servers[0], addresses, (page) => page.waitForSelector("plenary-search [role=status]:not(:empty), plenary-search li, plenary-search .status", { state: "attached", timeout: 10_000 }).catch(() => {}));
    none(ran.splice(0));
  });

  test("would be noticed", async () => {
    for (const html of ["<script>xss()</script>", "<p onclick=xss()>", "<a href=javascript:xss()>"]) {
      writeFileSync(join(many, "public/control.html"), `<!doctype html><title>x</title>${html}`);
      await open(servers[0], ["control.html"], inspect);
      assert.equal(ran.splice(0).length, 1, html);
    }
  });

  test("are refused as targets of links and as markup", () => {
    const faults = [];
    schemes.forEach((target, i) => {
      write(once, "content/pages/about.md", `+++\ntitle = "x"\n+++\n\n[a](<${target}>) <${target}>\n\n[b]: <${target}>\n\n[b] ![c](<${target}>)\n`);
      const checked = spawnSync(program, ["check", "--root", once, "--format", "short"], { encoding: "utf8", maxBuffer: 1 << 30 });
      // Escaped in the file, or an address on this site that is not there: in no case a link.
      if (checked.status !== 1) faults.push(`${i}: ${target} is let through`);
    });
    none(faults);
  });
});
