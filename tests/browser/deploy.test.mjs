// The recipes of docs/publishing.md and its Chinese edition, run as they stand there: with rsync, git and a server of object storage.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { program } from "./cases/s0.mjs";
import { repository } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const documents = { en: "docs/publishing.md", zh: "docs/publishing.zh-CN.md" };

function recipe(document, name) {
  const text = readFileSync(join(repository, document), "utf8");
  const found = text.match(new RegExp(`<!-- recipe: ${name} -->\n\`\`\`sh\n([^]*?)\`\`\``));
  assert.ok(found, `${document} has no recipe ${name}`);
  return found[1];
}

let scratch;
let tools;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), "plenary-deploy-"));
  tools = join(scratch, "bin");
  mkdirSync(tools);
  symlinkSync(resolve(program()), join(tools, "plenary"));
});
after(() => rmSync(scratch, { recursive: true }));

// A site with three speeches, a picture and settings of a host.
function site(name) {
  const root = join(scratch, name);
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put("content/site.toml", 'title = "会议发言"\nbase_url = "https://fayan.example/"\nhosts = ["apache", "oss"]\nprecompress = ["gzip"]\n[share_pictures]\nenabled = false\n');
  put("content/meetings/m1/_index.md", '+++\ntitle = "第一次会议"\ndate = 2025-01-09\n+++\n');
  for (const [file, title] of [["01", "食堂"], ["02", "绿地"], ["03", "公交"]]) put(`content/meetings/m1/${file}.md`, speech(title));
  return { root, put, remove: (path) => rmSync(join(root, path)) };
}

function speech(title) {
  return `+++\ntitle = "${title}"\nthemes = ["养老服务"]\n[speaker]\nname = "林一舟"\ngroup = "民革"\n+++\n\n${title}要办好。\n`;
}

// Some days of work: a speech is new, one is changed, one is gone.
function edit({ put, remove }) {
  put("content/meetings/m1/04.md", speech("托育"));
  put("content/meetings/m1/02.md", speech("湿地"));
  remove("content/meetings/m1/03.md");
}

// The environment without what a machine tells its tools of S3.
const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));

// Runs in its own process, so that servers of the test can answer meanwhile.
function run(script, folder, variables) {
  return new Promise((done) => {
    const child = spawn("sh", ["-c", script], { cwd: folder, env: { ...own, ...variables, PATH: `${tools}:${process.env.PATH}` } });
    let said = "";
    child.stdout.on("data", (data) => (said += data));
    child.stderr.on("data", (data) => (said += data));
    child.on("close", (status) => done({ status, said }));
  });
}

// What is below a folder, by path.
function filesOf(folder, leftOut) {
  const all = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(all.filter((path) => !leftOut.test(path)).sort().map((path) => [path, readFileSync(join(folder, path)).toString("base64")]));
}

// All that readers can ask for.
const published = (root) => filesOf(join(root, "public"), /^(\.plenary(\.made)?$|\.hosts\/|\.git\/)/);

function lines(root) {
  return readFileSync(join(root, "upload.tsv"), "utf8").split("\n").filter(Boolean);
}

for (const [language, document] of Object.entries(documents)) {
  describe(`recipes of ${document}`, () => {
    test("rsync sends what changed and removes what is gone", async () => {
      const one = site(`rsync-${language}`);
      const target = join(scratch, `www-${language}/`);
      mkdirSync(target);
      writeFileSync(join(target, "of-the-office.txt"), "left alone");
      const script = recipe(document, "rsync");
      const first = await run(script, one.root, { TARGET: target });
      assert.equal(first.status, 0, first.said);
      const before = published(one.root);
      assert.deepEqual(filesOf(target, /^of-the-office/), before);
      assert.ok(before.has(".htaccess") && before.has("index.html.gz"), "settings and twins are sent");
      edit(one);
      const second = await run(script, one.root, { TARGET: target });
      assert.equal(second.status, 0, second.said);
      assert.deepEqual(filesOf(target, /^of-the-office/), published(one.root));
      assert.ok(existsSync(join(target, "of-the-office.txt")));
      assert.ok(lines(one.root).length < before.size, "all was sent again");
      const third = await run(script, one.root, { TARGET: target });
      assert.equal(third.status, 0, third.said);
      assert.deepEqual(lines(one.root), []);
    });

    test("an upload that fails is begun again by the next", async () => {
      const one = site(`failed-${language}`);
      const script = recipe(document, "rsync");
      const failed = await run(script, one.root, { TARGET: join(scratch, "none/below/this/") });
      assert.notEqual(failed.status, 0);
      assert.ok(!existsSync(join(one.root, "uploaded.plenary")));
      const target = join(scratch, `again-${language}/`);
      mkdirSync(target);
      const again = await run(script, one.root, { TARGET: target });
      assert.equal(again.status, 0, again.said);
      assert.deepEqual(filesOf(target, /^$/), published(one.root));
    });

    test("git pushes one commit for each change", async () => {
      const one = site(`git-${language}`);
      const remote = join(scratch, `remote-${language}.git`);
      const git = (...words) => {
        const done = spawnSync("git", words, { encoding: "utf8" });
        assert.equal(done.status, 0, done.stderr);
        return done.stdout.trim();
      };
      const identity = { GIT_AUTHOR_NAME: "o", GIT_AUTHOR_EMAIL: "o@fayan.example", GIT_COMMITTER_NAME: "o", GIT_COMMITTER_EMAIL: "o@fayan.example" };
      git("init", "-q", "--bare", "--initial-branch", "pages", remote);
      const seed = join(scratch, `seed-${language}`);
      git("clone", "-q", remote, seed);
      writeFileSync(join(seed, "CNAME"), "fayan.example\n");
      git("-C", seed, "add", "CNAME");
      git("-C", seed, "-c", "user.name=o", "-c", "user.email=o@fayan.example", "commit", "-q", "-m", "begin");
      git("-C", seed, "push", "-q", "origin", "HEAD:pages");
      const variables = { ...identity, REMOTE: remote, BRANCH: "pages" };
      const script = recipe(document, "git");
      for (const commits of [2, 2, 3]) {
        if (commits === 3) edit(one);
        const done = await run(script, one.root, variables);
        assert.equal(done.status, 0, done.said);
        assert.equal(git("-C", remote, "rev-list", "--count", "pages"), String(commits));
      }
      const checked = join(scratch, `checked-${language}`);
      git("clone", "-q", "--branch", "pages", remote, checked);
      assert.deepEqual(filesOf(checked, /^(\.git\/|\.plenary(\.made)?$|\.hosts\/)/), published(one.root));
      assert.ok(existsSync(join(checked, "CNAME")));
    });

    test("rclone sends to object storage, with types and times to keep", async () => {
      const one = site(`rclone-${language}`);
      const { close, variables } = await storage(`storage-${language}`);
      try {
        const script = recipe(document, "rclone");
        const stored = async () => {
          const folder = join(scratch, `stored-${language}`);
          rmSync(folder, { recursive: true, force: true });
          const done = await run(`rclone copy "$TARGET" ${folder}`, one.root, variables);
          assert.equal(done.status, 0, done.said);
          return filesOf(folder, /^$/);
        };
        const header = async (path, name) => {
          const answer = await fetch(`${variables.ORIGIN}/fayan/${path}`);
          assert.equal(answer.status, 200, path);
          return answer.headers.get(name) || "";
        };
        for (const change of [() => {}, () => edit(one), () => {}]) {
          change();
          const done = await run(script, one.root, variables);
          assert.equal(done.status, 0, done.said);
          assert.deepEqual(await stored(), published(one.root));
        }
        assert.deepEqual(lines(one.root), []);
        const style = [...published(one.root).keys()].find((path) => /^assets\/style\..*\.css$/.test(path));
        assert.match(await header(style, "cache-control"), /immutable/);
        assert.match(await header(style, "content-type"), /^text\/css/);
        assert.equal(await header("meetings/m1/04/index.html", "cache-control"), "no-cache");
        assert.match(await header("index.html", "content-type"), /^text\/html; charset=utf-8/);
        assert.equal(await header("index.html", "cache-control"), "no-cache");
      } finally {
        await close();
      }
    });
  });
}

// A server of object storage on the loopback address, with a bucket named fayan that all may read.
async function storage(name) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const port = await new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
  const server = spawn(process.execPath, [join(here, "node_modules/s3rver/bin/s3rver.js"), "--directory", folder, "--address", "127.0.0.1", "--port", String(port), "--silent", "--configure-bucket", "fayan"], { stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(origin).then(() => true, () => false)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const variables = {
    ORIGIN: origin,
    TARGET: "store:fayan",
    RCLONE_CONFIG: "/dev/null",
    RCLONE_CONFIG_STORE_TYPE: "s3",
    RCLONE_CONFIG_STORE_PROVIDER: "Other",
    RCLONE_CONFIG_STORE_ENDPOINT: origin,
    RCLONE_CONFIG_STORE_ACCESS_KEY_ID: "S3RVER",
    RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY: "S3RVER",
    RCLONE_CONFIG_STORE_FORCE_PATH_STYLE: "true",
  };
  return { variables, close: () => new Promise((done) => { server.on("close", done); server.kill(); }) };
}
