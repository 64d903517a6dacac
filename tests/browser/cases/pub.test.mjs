// PUB: what is published and what is kept.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { none } from "../faults.mjs";
import { addresses, read } from "../html.mjs";
import { BODY_LINE, M1, attribute, bodyOf, checksums, published, sameTrees, settings, site, speech, text, textsOf } from "./s0.mjs";

test("PUB-01 · Drafts leak", async (t) => {
  const link = { [`${M1}01.md`]: speech("社区食堂要算细账。参见[另一篇](02/index.md)。"), [`${M1}03.md`]: speech("第三篇。", { title: "第三篇" }) };
  const draft = speech("暗号甲乙丙。![](秘.png)", { title: "密稿", themes: ["仅草稿"], more: "draft = true" }).replace("林一舟", "草一");
  const made = site(t, { ...link, [`${M1}02/index.md`]: draft, [`${M1}02/秘.png`]: "p" });
  const built = made.build();

  const words = ["暗号甲乙丙", "仅草稿", "草一", "秘", "密稿", "jin-cao-gao", "cao-yi", "/02"];
  const traces = words.flatMap((word) => [word, encodeURIComponent(word), encodeURIComponent(word).toLowerCase()]);
  const everything = built.files.map((name) => [name, `${name}\n${built.bytes(name)}`]);
  none(everything.flatMap(([name, content]) => traces.filter((trace) => content.includes(trace)).map((trace) => `${name}: ${trace}`)));
  sameTrees(site(t, link).build(), built);
  assert.deepEqual(await built.find("暗号甲乙丙"), []);
  assert.ok(made.check().found.some((one) => one.at === `${M1}01.md:${BODY_LINE}`), "check reports the link");

  const drafts = made.build(["--drafts", "--output", "drafts"]);
  assert.ok(text(drafts.body("02")).includes("暗号甲乙丙"));
  assert.deepEqual(await drafts.find("暗号甲乙丙"), ["02"]);
  assert.match(drafts.said, /草稿|draft/);
  assert.match(text(drafts.page("02")), /草稿/);
  sameTrees(built, made.build());
});

test("PUB-01 · Drafts leak: draft: yes", (t) => {
  const third = "---\ntitle: 密稿\ndraft: yes\nthemes: [仅草稿]\nspeaker: {name: 草一}\n---\n\n暗号甲乙丙\n";
  const made = site(t, { [`${M1}04.md`]: third });
  const ran = made.run(["build"]);
  if (ran.status !== 0) return assert.match(made.fails(), /content\/meetings\/m1\/04\.md:3\b/);
  sameTrees(site(t).build(), made.build());
});

test("PUB-04 · The build empties a folder it should not: a Git work tree", (t) => {
  const made = site(t, { [`${M1}02.md`]: speech("第二篇。", { title: "第二篇" }) });
  execFileSync("git", ["init", "--quiet", made.path("public")]);
  made.write({ "public/CNAME": "fayan.example\n" });
  assert.ok(made.build().files.includes("meetings/m1/02/index.html"));
  const git = checksums(made.path("public/.git"));
  made.write({ [`${M1}02.md`]: null });
  for (let times = 0; times < 2; times++) {
    const built = made.build();
    assert.deepEqual(built.speeches, ["meetings/m1/01/index.html"]);
    assert.ok(!Object.keys(checksums(built.folder)).some((name) => name.startsWith("meetings/m1/02")), "a stale folder is left");
    assert.equal(readFileSync(made.path("public/CNAME"), "utf8"), "fayan.example\n");
    assert.deepEqual(checksums(made.path("public/.git")), git);
    assert.match(execFileSync("git", ["-C", made.path("public"), "status", "--porcelain"], { encoding: "utf8" }), /CNAME/);
  }
});

const refused = { b: ".", c: "..", d: "content", e: "../other" };
for (const [letter, output] of Object.entries(refused)) {
  test(`PUB-04 · The build empties a folder it should not: ${letter}, --output ${output}`, (t) => {
    const made = site(t, { "notes.txt": "记", "themes/own/theme.toml": 'extends = "default"\n' });
    made.build();
    made.write({ "../other/报告.txt": "别人的", "../other/sub/a.txt": "a" });
    const before = checksums(made.around);
    for (const written of [output, join(made.root, output)]) {
      const said = made.fails(["--output", written]);
      assert.ok(said.includes(written), said);
      assert.deepEqual(checksums(made.around), before);
    }
  });
}

test("PUB-04 · The build empties a folder it should not: f, an address that climbs out", async (t) => {
  for (const address of ["/../../逃", "/../../逃/", "../../逃", "/a/../../../逃/index.html"]) {
    const made = site(t);
    made.build();
    made.write({ [`${M1}01.md`]: speech("社区食堂要算细账。", { more: `aliases = ["${address}"]` }) });
    const before = checksums(made.around);
    assert.match(made.fails(), /content\/meetings\/m1\/01\.md:5\b/, address);
    assert.deepEqual(checksums(made.around), before);
  }
});

for (const base of ["https://fayan.example/", "https://portal.example/zx/fayan/"]) {
  test(`PUB-05 · The preview server leaves its marks in the published site (${base})`, async (t) => {
    const made = site(t, { "content/site.toml": settings({ base_url: JSON.stringify(base) }) });
    const built = made.build();
    const before = checksums(built.folder);
    const preview = await made.serve(t);
    const origin = new URL(preview.home).origin;
    assert.equal(new URL(preview.home).pathname, new URL(base).pathname, "the preview stands at the path of the site");
    const get = async (address) => {
      const response = await fetch(new URL(address, preview.home));
      return { status: response.status, type: response.headers.get("content-type"), body: await response.text() };
    };
    for (const address of ["", "meetings/m1/01/", "search/"]) {
      const url = new URL(address, preview.home);
      const page = await get(address);
      assert.equal(page.status, 200);
      assert.match(page.type, /^text\/html; *charset=utf-8$/i);
      const targets = addresses(read(page.body).tree).filter(({ element }) => attribute(element, "rel") !== "canonical").map(({ value }) => new URL(value, url));
      assert.ok(targets.length > 5);
      for (const target of targets) {
        assert.equal(target.origin, origin, `${address}: ${target}`);
        assert.equal((await get(target)).status, 200, `${address}: ${target}`);
      }
    }
    made.write({ [`${M1}01.md`]: speech("改过的一句话。") });
    assert.ok(text(bodyOf(read((await get("meetings/m1/01/")).body).tree)).includes("改过的一句话"), "the preview shows the change");
    assert.equal((await get("no/such/")).status, 404);
    await preview.stop();
    assert.deepEqual(checksums(built.folder), before);
    const marked = /127\.0\.0\.1|localhost|livereload/;
    none(published(built.folder).files.filter((name) => marked.test(built.bytes(name).toString("latin1"))));
    assert.deepEqual(textsOf(built.body("01"), "p"), ["社区食堂要算细账。"]);
  });
}
