// One build, served by real web servers with exactly the files that plenary wrote for them, at a root and below a path.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { SaxesParser } from "saxes";
import { program } from "./cases/s0.mjs";
import { launch, watch } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { serve } from "./server.mjs";
import { filesOf, repository } from "./site.mjs";
import { missing, names, raw, readable, start } from "./webservers.mjs";

const BASE = "/a/b/";
const OLD = { "/old/first/": "01", "/旧/页.html": "01" };
const HOSTS = ["github", "cloudflare", "netlify", "oss", "cos", "nginx", "apache", "caddy", "iis"];

// What a browser and a portal should be told, written down here a second time.
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  png: "image/png",
  webp: "image/webp",
  webmanifest: "application/manifest+json; charset=utf-8",
  jpg: "image/jpeg",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};
const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
};
const YEAR = "public, max-age=31536000, immutable";

let root;
let site;
let files;

before(() => {
  assert.deepEqual(missing(), [], "servers that `bash tests/run` installs are not there");
  root = readable("plenary-hosts-");
  const source = join(root, "source");
  cpSync(join(repository, "content"), join(source, "content"), { recursive: true });
  mkdirSync(join(source, "content/static/papers"), { recursive: true });
  writeFileSync(join(source, "content/static/papers/第1号 提案.docx"), "PK");
  const settings = join(source, "content/site.toml");
  const changed = `hosts = ${JSON.stringify(HOSTS)}\nprecompress = ["gzip", "br"]\n${readFileSync(settings, "utf8").replace(/^base_url.*$/m, `base_url = "https://fayan.example${BASE}"`)}`;
  writeFileSync(settings, `${changed}\n[[saved_searches]]\nname = "低空"\nquery = "低空"\nslug = "low"\n`);
  const folder = join(source, "content/meetings/2025-01-09-plenary");
  const first = join(folder, readdirSync(folder).find((name) => name.startsWith("01-")));
  writeFileSync(first, readFileSync(first, "utf8").replace("+++\n", `+++\naliases = ${JSON.stringify(Object.keys(OLD))}\n`));
  site = join(root, "served");
  build(source, site);
  mkdirSync(join(root, "below/a"), { recursive: true });
  cpSync(site, join(root, "below/a/b"), { recursive: true });
  files = filesOf(site).filter((file) => !isSetting(file));
});
after(() => rmSync(root, { recursive: true }));

function build(source, output) {
  const done = spawnSync(program(), ["build", "--root", source, "--output", output, "--lang", "en"], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
}

function isSetting(file) {
  return /(^|\/)\./.test(file) || ["_headers", "_redirects", "web.config"].includes(file) || /\.(gz|br)$/.test(file);
}

// The path of a file's address on the host.
function pathOf(mount, file) {
  return mount + file.replace(/(^|\/)index\.html$/, "$1").split("/").map(encodeURIComponent).join("/");
}

const one = (answer, name) => (answer.headers[name] || []).join(" | ");

for (const name of names) {
  for (const mount of ["/", BASE]) {
    describe(`${name}, the site at ${mount}`, () => {
      let server;
      before(async () => { server = await start(name, mount === "/" ? site : join(root, "below"), mount); });
      after(() => server.close());

      test("serves every file at its address, with its bytes, type and headers", async () => {
        const wrong = [];
        const ruled = mount === BASE ? files.filter((file) => OLD[pathOf("/", file)] || OLD["/" + file]) : [];
        for (const file of files.filter((one) => !ruled.includes(one))) {
          const answer = await raw(server.origin, pathOf(mount, file));
          const say = (what) => wrong.push(`${file}: ${what}`);
          if (answer.status !== 200) say(`status ${answer.status}`);
          else if (!answer.body.equals(readFileSync(join(site, file)))) say("other bytes");
          const type = TYPES[file.split(".").at(-1)];
          if (one(answer, "content-type").toLowerCase() !== type) say(`type ${one(answer, "content-type")}, not ${type}`);
          for (const [header, value] of Object.entries(expected(file))) {
            if (one(answer, header) !== value) say(`${header}: ${one(answer, header)}, not ${value}`);
          }
          if (!one(answer, "etag") && !one(answer, "last-modified")) say("nothing to revalidate by");
        }
        none(wrong);
      });

      test("answers a browser that has the page with 304", async () => {
        const had = await raw(server.origin, mount);
        const again = await raw(server.origin, mount, { "if-none-match": one(had, "etag") });
        assert.equal(again.status, 304);
        assert.equal(again.body.length, 0);
      });

      test("leads a folder without its slash to the one with it", async () => {
        for (const folder of ["themes", "meetings/2025-01-09-plenary"]) {
          const answer = await raw(server.origin, mount + folder);
          assert.ok([301, 302, 307, 308].includes(answer.status), `status ${answer.status}`);
          assert.equal(new URL(one(answer, "location"), server.origin + mount + folder).href, `${server.home}${folder}/`);
        }
      });

      test("answers what is not there with 404 and the site's own page", async () => {
        const page = readFileSync(join(site, "404.html"));
        for (const path of ["none", "themes/none/", "meetings/x/y/z.html", "search/none.json", "assets/none.0123456789.css", ".plenary", ".hosts/nginx.conf", ".htaccess", "旧/none"]) {
          const answer = await raw(server.origin, mount + encodeURI(path));
          assert.equal(answer.status, 404, path);
          assert.ok(answer.body.equals(page), `${path}: ${answer.body.subarray(0, 200)}`);
          assert.equal(one(answer, "content-type").toLowerCase(), TYPES.html, path);
          assert.doesNotMatch(one(answer, "cache-control"), /max-age=[1-9]/, path);
          assert.match(one(answer, "content-security-policy"), /^default-src 'none'/, path);
        }
      });

      test("hands compressed twins to those who take them", async () => {
        const wrong = [];
        const codings = name === "nginx" ? ["gzip"] : ["gzip", "br"];
        const decoded = { gzip: gunzipSync, br: brotliDecompressSync };
        for (const coding of codings) {
          for (const file of ["index.html", "search/index.json", "embed.js", "search/index.html", "themes/index.html", "feed.xml", "sitemap.xml"]) {
            const answer = await raw(server.origin, pathOf(mount, file), { "accept-encoding": coding });
            if (one(answer, "content-encoding") !== coding) wrong.push(`${file}: ${coding} asked for, got "${one(answer, "content-encoding")}"`);
            else if (!decoded[coding](answer.body).equals(readFileSync(join(site, file)))) wrong.push(`${file}: ${coding} of other bytes`);
            const type = TYPES[file.split(".").at(-1)];
            if (one(answer, "content-type").toLowerCase() !== type) wrong.push(`${file}: ${coding}: type ${one(answer, "content-type")}`);
            if (!/accept-encoding/i.test(one(answer, "vary"))) wrong.push(`${file}: ${coding}: vary "${one(answer, "vary")}"`);
            if (one(answer, "content-language")) wrong.push(`${file}: in the language ${one(answer, "content-language")}`);
            for (const [header, value] of Object.entries(expected(file))) {
              if (one(answer, header) !== value) wrong.push(`${file}: ${coding}: ${header}: ${one(answer, header)}, not ${value}`);
            }
          }
        }
        none(wrong);
      });

      test("redirects old addresses", async () => {
        for (const [old, begin] of Object.entries(OLD)) {
          const answer = await raw(server.origin, mount + encodeURI(old.slice(1)));
          // A site that was moved away from its base address has its pages for this.
          if (mount === "/") {
            assert.equal(answer.status, 200, old);
            assert.match(answer.body.toString(), /http-equiv=["']?refresh/);
            continue;
          }
          assert.equal(answer.status, 301, old);
          assert.match(new URL(one(answer, "location"), server.origin).pathname, new RegExp(`^/a/b/meetings/2025-01-09-plenary/${begin}-[a-z-]+/$`));
        }
      });

      test("leads a reader who follows every link nowhere wrong", async () => {
        const crawled = await crawl(site, mount, server);
        none(crawled.dead);
        none(crawled.lost);
        none(crawled.crooked);
        assert.ok(crawled.reached.size > 150, `${crawled.reached.size} addresses`);
      });

      test("lets a reader search, under the policy that it sends", async () => {
        const browser = await launch();
        try {
          const page = await browser.newPage();
          const seen = watch(page);
          await page.goto(server.at("/search/?q=%E4%BD%8E%E7%A9%BA"));
          await page.locator("[part=results] > li").first().waitFor();
          await page.locator("[part=results] a").first().click();
          await page.waitForURL(/\/meetings\/.*#p\d+/);
          await page.goto(server.home);
          assert.deepEqual(seen.faults.filter((fault) => !fault.endsWith("net::ERR_ABORTED")), []);
        } finally {
          await browser.close();
        }
      });

      test("lets a portal have the search, by script and in a frame, and nothing else in a frame", async () => {
        const browser = await launch();
        const folder = join(root, "portal");
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "index.html"), `<!doctype html><title>门户</title><body><script src="${server.at("embed.js")}" crossorigin></script><iframe name="framed" src="${server.at("embed/")}"></iframe><iframe name="home" src="${server.home}"></iframe>`);
        const portal = await serve(folder, "/", { "content-security-policy": `default-src 'none'; script-src ${server.origin}; connect-src ${server.origin}; frame-src ${server.origin}` });
        try {
          const page = await browser.newPage();
          const seen = watch(page);
          await page.goto(portal.home);
          await page.locator("plenary-search input").first().pressSequentially("低空");
          await page.locator("plenary-search li h2").first().waitFor();
          assert.ok(await page.frame("framed").locator("plenary-search").count() > 0, "the frame for portals is empty");
          assert.match(page.frame("home").url(), /^chrome-error:/, "the home page is in a frame");
          assert.deepEqual(seen.faults.filter((fault) => !/frame|ERR_BLOCKED_BY_RESPONSE/i.test(fault)), []);
        } finally {
          await portal.close();
          await browser.close();
        }
      });
    });
  }
}

// What the answer for a file should say.
function expected(file) {
  const isFramed = /(^|\/)embed\/index\.html$/.test(file);
  const isKept = /(^|\/)assets\//.test(file) || /(^|\/)search\/[0-9a-f]{10}\//.test(file) || /share\.[0-9a-f]{10}\.png$/.test(file);
  const isShared = /(^|\/)search\/.*\.(json|js|xml)$/.test(file) || /(^|\/)embed\.js$/.test(file);
  return {
    ...EVERYWHERE,
    "cache-control": isKept ? YEAR : "no-cache",
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ${isFramed ? "*" : "'self'"}`,
    "x-frame-options": isFramed ? "" : "SAMEORIGIN",
    ...(isShared && { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" }),
  };
}

describe("files for hosts that cannot be run here", () => {
  test("_headers has no header twice for any address, and stays within what Cloudflare takes", () => {
    const rules = readFileSync(join(site, "_headers"), "utf8").split("\n").filter((line) => !line.startsWith("#"));
    const blocks = [];
    for (const line of rules.filter(Boolean)) {
      assert.ok(line.length <= 2000, line);
      if (line.startsWith("/")) blocks.push({ pattern: line, headers: [] });
      else blocks.at(-1).headers.push(line.trim().split(": "));
    }
    assert.ok(blocks.length <= 100, `${blocks.length} rules`);
    for (const { pattern } of blocks) assert.match(pattern, /^\/[^*]*\*?$/, "Netlify takes nothing after a star");
    const wrong = [];
    for (const file of files) {
      const address = pathOf("/", file);
      const sent = new Map();
      const matching = blocks.filter(({ pattern }) => (pattern.endsWith("*") ? address.startsWith(pattern.slice(0, -1)) : address === pattern));
      for (const [name, value] of matching.flatMap((block) => block.headers)) {
        if (sent.has(name.toLowerCase())) wrong.push(`${file}: ${name} twice`);
        sent.set(name.toLowerCase(), value);
      }
      const due = expected(file);
      for (const name of ["x-content-type-options", "referrer-policy", "access-control-allow-origin"]) {
        if (due[name] && sent.get(name) !== due[name]) wrong.push(`${file}: ${name}: ${sent.get(name)}`);
      }
      if (/(^|\/)(assets|search\/[0-9a-f]{10})\//.test(file) && sent.get("cache-control") !== YEAR) wrong.push(`${file}: is not kept`);
      if (!/(^|\/)(assets|search\/[0-9a-f]{10})\//.test(file) && sent.has("cache-control")) wrong.push(`${file}: ${sent.get("cache-control")}`);
      const framed = due["x-frame-options"] || undefined;
      if (file.endsWith(".html") && !OLD["/" + file] && !file.startsWith("old/") && sent.get("x-frame-options") !== framed) wrong.push(`${file}: x-frame-options: ${sent.get("x-frame-options")}`);
      if (!sent.get("content-security-policy").startsWith("default-src 'none'")) wrong.push(`${file}: no policy`);
    }
    none(wrong);
  });

  test("_redirects has one rule for each old address", () => {
    const rules = readFileSync(join(site, "_redirects"), "utf8").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split(" "));
    assert.equal(rules.length, Object.keys(OLD).length);
    for (const [from, to, code] of rules) {
      assert.ok(Object.keys(OLD).some((old) => encodeURI(`/a/b${old}`) === from), from);
      assert.ok(existsSync(join(site, to.slice(BASE.length), "index.html")), to);
      assert.equal(code, "301");
    }
  });

  test("web.config and the settings of object storage are XML without an error", () => {
    const documents = ["web.config", ".hosts/oss-website.xml", ".hosts/oss-cors.xml", ".hosts/cos-website.xml", ".hosts/cos-cors.xml"];
    for (const file of documents) {
      const faults = [];
      const names = [];
      const parser = new SaxesParser();
      parser.on("error", (error) => faults.push(error.message));
      parser.on("opentag", (tag) => names.push(tag.name));
      parser.write(readFileSync(join(site, file), "utf8")).close();
      assert.deepEqual(faults, [], file);
      const root = { web: "configuration", oss: "WebsiteConfiguration", cos: "WebsiteConfiguration" };
      if (file.includes("website") || file === "web.config") assert.equal(names[0], root[file.replace(".hosts/", "").slice(0, 3)]);
    }
    const iis = readFileSync(join(site, "web.config"), "utf8");
    for (const ending of ["json", "webmanifest", "xml", "webp", "svg", "woff2"]) assert.ok(iis.includes(`fileExtension=".${ending}"`), ending);
    assert.match(readFileSync(join(site, ".hosts/oss-website.xml"), "utf8"), /<SupportSubDir>true<\/SupportSubDir>/);
  });

  test("GitHub is told to leave the files as they are", () => assert.equal(readFileSync(join(site, ".nojekyll"), "utf8"), ""));
});
