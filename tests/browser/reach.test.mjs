// Every list has several pages here, and a reader who follows links comes to all of them.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { filesOf, pagesOf, repository } from "./site.mjs";

const root = mkdtempSync(join(tmpdir(), "plenary-reach-"));
after(() => rmSync(root, { recursive: true }));

function write(path, text) {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

write("content/site.toml", 'base_url = "https://fayan.example/"\ntitle = "会议发言"\npage_size = 1\n');
for (let n = 1; n <= 40; n++) {
  const year = 1990 + n;
  write(`content/meetings/m${n}/_index.md`, `+++\ntitle = "第${n}次会议"\ndate = ${year}-01-09\n+++\n`);
  write(`content/meetings/m${n}/01.md`, `+++\ntitle = "第${n}篇"\nthemes = ["主题${n}", "共同"]\n\n[speaker]\nname = "${"赵钱孙李周吴郑王"[n % 8]}${n}"\ngroup = "界别${n}"\n+++\n\n正文。\n`);
}
execFileSync(process.env.PLENARY || join(repository, "target/release/plenary"), ["build"], { cwd: root, stdio: "pipe" });
const folder = join(root, "public");
const pages = pagesOf(folder);
const crawled = await crawl(folder, "/");

test("every list of the site has more than one page", () => {
  for (const list of ["meetings", "themes", "groups", "speakers", "themes/gong-tong"]) {
    assert.ok(filesOf(folder).includes(`${list}/page/2/index.html`), list);
  }
});

test("every page is reached by links from the home page", () => {
  none([...crawled.dead, ...crawled.lost, ...crawled.crooked]);
  none(pages.filter((page) => page.kind !== "404" && !crawled.reached.has(page.address)).map((page) => page.file));
});

test("no two pages have one title", () => {
  const titles = pages.map((page) => page.source.match(/<title>(.*?)<\/title>/s)[1]);
  none(titles.filter((title, at) => titles.indexOf(title) !== at));
});
