// OPS: building and previewing at work.
import assert from "node:assert/strict";
import { chmodSync, chownSync, copyFileSync, lstatSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { M1, checksums, ownTheme, program, settings, site, speech } from "./s0.mjs";

const NOBODY = 65534;

test("OPS-01 · Read-only sources make the second build fail", (t) => {
  const made = site(t, {
    "content/site.toml": settings({ tera_theme: '"own"' }),
    "content/static/附件.txt": "甲",
    [`${M1}02/index.md`]: speech("![](图.png)", { title: "第二篇" }),
    [`${M1}02/图.png`]: "p",
    ...ownTheme({}),
    "themes/own/assets/own.css": "p{}\n",
  });
  const below = (folder) => [folder, ...readdirSync(made.path(folder), { recursive: true }).map((name) => join(folder, name))];
  const sources = ["content", "themes"].flatMap(below);
  // A program that runs as root can write everywhere: then it runs as nobody, from where nobody may go.
  const isRoot = process.getuid() === 0;
  if (isRoot) for (const path of [made.around, made.root, ...sources.map(made.path)]) chownSync(path, NOBODY, NOBODY);
  for (const path of sources.map(made.path).reverse()) chmodSync(path, lstatSync(path).mode & 0o555);
  const as = isRoot ? { uid: NOBODY, gid: NOBODY, binary: made.path("../plenary") } : {};
  if (isRoot) {
    copyFileSync(program(), as.binary);
    chmodSync(as.binary, 0o755);
  }
  const before = process.umask(0o022);
  t.after(() => process.umask(before));

  for (let times = 0; times < 2; times++) {
    made.build([], as);
    for (const [name, stat] of Object.entries(checksums(made.path("public")))) {
      const mode = parseInt(stat, 8);
      assert.ok(mode & 0o200, `${name} can be written by its owner`);
      assert.ok(mode & 0o004, `${name} can be read by all`);
      if ((mode & 0o170000) === 0o040000) assert.ok(mode & 0o001, `${name} can be entered by all`);
    }
  }
  const after = checksums(made.path("public"));
  chmodSync(made.path("content/static/附件.txt"), 0);
  assert.ok(made.fails([], as).includes("content/static/附件.txt"));
  assert.deepEqual(checksums(made.path("public")), after);
});

test("OPS-04 · Preview meets a bad file or the system's limit: the port is taken", async (t) => {
  const made = site(t);
  const taken = createServer();
  await new Promise((listening) => taken.listen(0, "127.0.0.1", listening));
  t.after(() => taken.close());
  const port = String(taken.address().port);
  const ran = made.run(["serve", "--port", port]);
  assert.ok(ran.status > 0, `ended with ${ran.status}`);
  assert.ok(ran.stderr.includes(port), ran.stderr);
  assert.ok(ran.stderr.trim().split("\n").length <= 3, `a plain message: ${ran.stderr}`);
});
