// Pictures in a text as a reader on a phone meets them: in their place from the beginning, no larger than needed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { launch, watch } from "./browser.mjs";
import { none } from "./faults.mjs";
import { fits, violations } from "./look.mjs";
import { serve } from "./server.mjs";
import { repository } from "./site.mjs";

const SPEECH = "/meetings/m1/01/";
const PARAGRAPH = "社区食堂要算细账，菜价、成本和补贴都要让老人看得明白。".repeat(12);
const folder = mkdtempSync(join(tmpdir(), "plenary-pictures-"));
const site = join(folder, "public");

write("content/site.toml", 'title = "会议发言"\nbase_url = "https://fayan.example/"\n');
write("content/meetings/m1/_index.md", '+++\ntitle = "第一次全体会议"\ndate = 2025-01-09\n+++\n');
write("content/meetings/m1/wide.png", png(1600, 900));
write("content/meetings/m1/small.png", png(120, 90));
write(
  "content/meetings/m1/01.md",
  `+++\ntitle = "办好社区食堂"\n[speaker]\nname = "林一舟"\n+++\n\n${PARAGRAPH}\n\n![食堂里的老人](wide.png "社区食堂开张第一天")\n\n${PARAGRAPH}\n\n` +
    `一枚![徽标](small.png)徽标。\n\n${PARAGRAPH}\n\n![食堂里的老人](wide.png)\n\n${PARAGRAPH}\n`,
);
const program = process.env.PLENARY || join(repository, "target/release/plenary");
execFileSync(program, ["build", "--root", folder, "--output", site], { stdio: "pipe" });

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), serve(site)]);
});
after(async () => {
  await Promise.all([browser.close(), server.close()]);
  rmSync(folder, { recursive: true });
});

for (const { width, fine, copy } of [{ width: 390, fine: 3, copy: 1440 }, { width: 390, fine: 1, copy: 480 }, { width: 1280, fine: 1, copy: 960 }]) {
  test(`${width} px wide, ${fine} pixels to the px: the copy of ${copy} is taken and nothing moves`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, deviceScaleFactor: fine });
    const page = await context.newPage();
    const seen = watch(page);
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; })).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server.at(SPEECH));
    const pictures = page.locator("article img");
    for (const picture of await pictures.all()) {
      await picture.scrollIntoViewIfNeeded();
      await picture.evaluate((one) => one.decode());
    }
    const shown = await pictures.evaluateAll((all) => all.map((one) => ({
      source: one.currentSrc.split("/").pop(),
      alt: one.alt,
      proportion: one.clientWidth / one.clientHeight,
      width: one.clientWidth,
    })));
    assert.deepEqual(shown.map((one) => one.alt), ["食堂里的老人", "徽标", "食堂里的老人"]);
    for (const wide of [shown[0], shown[2]]) {
      assert.match(wide.source, new RegExp(`^wide-${copy}\\.[0-9a-f]{10}\\.webp$`));
      assert.ok(Math.abs(wide.proportion - 16 / 9) < 0.02, `${wide.proportion}`);
    }
    assert.equal(shown[1].width, 120);
    assert.match(shown[1].source, /^small\.png$/);
    assert.equal(await page.locator(".text figcaption").innerText(), "社区食堂开张第一天");
    assert.equal(await page.evaluate(() => window.moved), 0);
    await fits(page);
    none(await violations(page));
    none(seen.faults);
    await context.close();
  });
}

function write(path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

// A picture of stripes.
function png(width, height) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.fill(Math.floor((x + y) / 40) % 2 ? 0xe0 : 0x60, y * (width * 3 + 1) + 1 + x * 3, y * (width * 3 + 1) + 4 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const number = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
  return Buffer.concat([number(content.length), body, number(crc32(body))]);
}
