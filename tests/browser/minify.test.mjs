// `minify = true` changes no page: the same elements, attributes and words, and the browser shows the same text.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { program } from "./cases/s0.mjs";
import { none } from "./faults.mjs";
import { elements, read, text } from "./html.mjs";
import { filesOf, repository } from "./site.mjs";

const root = mkdtempSync(join(tmpdir(), "plenary-minify-"));
const SPEECH = `+++
title = "一 & 二 < 三 \\"四\\" '五'"
[speaker]
name = "林一舟"
+++

党<建 &lt;未完成&gt; A&B，1 < 2 *一* **二** [三](https://fayan.example/?a=1&b='2'#c) \`  a   b  \`

\`\`\`
  两格
    四格  <b> &amp;
\`\`\`

| 甲 | 乙 |
|---|---|
| 一 *二* 三 | "四" '五' |

1. 一
   - 二 **三** *四*
`;

function built(minify) {
  const folder = join(root, String(minify));
  cpSync(join(repository, "tests/golden/everything/site"), folder, { recursive: true });
  const config = join(folder, "content/site.toml");
  writeFileSync(config, `minify = ${minify}\n${readFileSync(config, "utf8")}`);
  writeFileSync(join(folder, "content/meetings/2025-plenary/signs.md"), SPEECH);
  execFileSync(program(), ["build", "--now", "2025-06-01T00:00:00"], { cwd: folder, stdio: "pipe" });
  return join(folder, "public");
}

const [small, large] = [built(true), built(false)];
const pages = filesOf(large).filter((path) => path.endsWith(".html"));
// A redirect is gone before it can be looked at.
const staying = pages.filter((path) => !/http-equiv="?refresh/.test(readFileSync(join(large, path), "utf8")));

// Digests in the names of assets differ, as these are made small, too.
const named = (value) => value.replace(/(assets\/[\w/-]+)\.[0-9a-f]{10}/g, "$1").replace(/sha384-[\w+/=]+/g, "sha384");
const tags = (tree) => [...elements(tree)].map(({ tagName, attrs }) => `<${tagName} ${attrs.map(({ name, value }) => `${name}="${named(value)}"`).join(" ")}>`);

let browser;
let page;
before(async () => {
  browser = await launch();
  page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
});
after(async () => {
  await browser.close();
  rmSync(root, { recursive: true });
});

describe("a page made small", () => {
  test("has the same elements, attributes and characters", () => {
    assert.ok(staying.length > 25, `${staying.length} pages`);
    for (const path of pages) {
      // To a parser of pages with scripts, what is in a `noscript` is text.
      const source = (folder) => readFileSync(join(folder, path), "utf8").replaceAll(/(<\/?)noscript\b/g, "$1div");
      const [one, other] = [small, large].map((folder) => read(source(folder)).tree);
      assert.deepEqual(tags(one), tags(other), path);
      assert.equal(named(text(one)).replace(/\s+/g, ""), named(text(other)).replace(/\s+/g, ""), path);
      const kept = (tree) => [...elements(tree)].filter(({ tagName }) => ["pre", "textarea"].includes(tagName)).map(text);
      assert.deepEqual(kept(one), kept(other), path);
    }
  });

  test("shows the same text", async () => {
    const wrong = [];
    for (const path of staying) {
      const shown = [];
      for (const folder of [small, large]) {
        // What is shown depends on the style sheet: only a loaded page has it for certain.
        await page.goto(pathToFileURL(join(folder, path)).href, { waitUntil: "load" });
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        shown.push(named(await page.evaluate(() => `${document.title}\n${document.body.innerText}`)));
      }
      if (shown[0] !== shown[1]) wrong.push(`${path}:\n${shown[0]}\n≠\n${shown[1]}`);
    }
    none(wrong);
  });
});
