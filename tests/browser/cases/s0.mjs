// S0, the site that every collected case starts from: written into a folder of its own, built, read strictly.
//
// What holds for every case is checked here: no stack trace is printed, a failing build leaves `public/`
// as it was and names a file, and whatever a build publishes passes strict parsers.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { SaxesParser } from "saxes";
import { attribute, elements, ids, named, ofClass, read, readFragment, text } from "../html.mjs";
import { openIndex } from "../index.mjs";

export { attribute, elements, named, ofClass, text };

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

// The meeting of S0.
export const M1 = "content/meetings/m1/";

const SETTINGS = {
  base_url: '"https://fayan.example/"',
  title: '"会议发言"',
  language: '"zh-CN"',
  timezone: '"Asia/Shanghai"',
};

const MEETING = '+++\ntitle = "第一次全体会议"\ndate = 2025-01-09\n+++\n';

// The line of a speech file on which its text begins.
export const BODY_LINE = 11;

export function program() {
  const built = ["release", "debug"].map((kind) => join(repository, "target", kind, "plenary"));
  const found = process.env.PLENARY_BIN || process.env.PLENARY || built.find((path) => existsSync(path));
  if (!found) throw new Error("no plenary to test: set PLENARY_BIN, or build it");
  return found;
}

// `content/site.toml` with the settings of S0, some of them changed or added; values as TOML has them.
export function settings(changes = {}) {
  return Object.entries({ ...SETTINGS, ...changes }).map(([key, value]) => `${key} = ${value}\n`).join("");
}

// A speech with the header of `01.md`; what is given takes its place, and null leaves it out. `date` as TOML has it.
export function speech(body, { title = "办好社区食堂", date = "2025-01-09", themes = ["养老服务"], roles = ["街道代表"], more = "" } = {}) {
  const header = [
    `title = ${toml(title)}`,
    date === null ? "" : `date = ${date}`,
    `themes = ${toml(themes)}${more && `\n${more}`}`,
    "",
    "[speaker]",
    'name = "林一舟"',
    `roles = ${toml(roles)}`,
  ];
  return `+++\n${header.join("\n")}\n+++\n\n${body}\n`;
}

// JSON's strings and lists of strings are TOML's.
export function toml(value) {
  return JSON.stringify(value);
}

// A Tera theme `own` of the site that overrides some templates of the default one.
export function ownTheme(templates) {
  const files = Object.entries(templates).map(([name, source]) => [`themes/own/templates/${name}`, source]);
  return { "themes/own/theme.toml": 'extends = "default"\n', ...Object.fromEntries(files) };
}

// S0 with more files; those of S0 can be replaced, or left out with null. It is removed when the test ends.
export function site(t, files = {}) {
  const around = mkdtempSync(join(tmpdir(), "plenary-case-"));
  t.after(() => remove(around));
  const made = siteAt(join(around, "site"), around);
  const all = { "content/site.toml": settings(), [`${M1}_index.md`]: MEETING, [`${M1}01.md`]: speech("社区食堂要算细账。"), ...files };
  made.write(all);
  return made;
}

function siteAt(root, around) {
  const path = (name) => join(root, name);
  const made = { root, around, path };

  // Writes files by path; null removes one.
  made.write = (files) => {
    for (const [name, content] of Object.entries(files)) {
      if (content === null) {
        rmSync(path(name), { force: true, recursive: true });
        continue;
      }
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
    }
  };

  // Runs a command to its end; `binary` may be a copy of the program, `options` those of Node's spawn.
  made.run = (words, { env = {}, binary = program(), ...options } = {}) => {
    const ran = spawnSync(binary, words, { cwd: root, encoding: "utf8", env: { ...neutral(), ...env }, timeout: 120_000, ...options });
    if (ran.error) throw ran.error;
    noStackTrace(ran.stdout + ran.stderr);
    return ran;
  };

  // Builds, and reads what is published with strict parsers.
  made.build = (words = [], options) => {
    const ran = made.run(["build", ...words], options);
    assert.equal(ran.status, 0, `build ended with ${ran.status}:\n${ran.stderr}`);
    const output = words.includes("--output") ? words[words.indexOf("--output") + 1] : "public";
    return { ...published(join(root, output)), said: ran.stderr };
  };

  // Builds what must not build: gives back what was said, once it names a file and `public/` is as before.
  made.fails = (words = [], options) => {
    const before = checksums(path("public"));
    const ran = made.run(["build", ...words], options);
    assert.notEqual(ran.status, 0, `build ended well:\n${ran.stderr}`);
    assert.deepEqual(checksums(path("public")), before, "a failing build changed public/");
    if (!words.includes("--output")) assert.match(ran.stderr, /\b(content|themes|public)\/\S+/, "the error names no file");
    return ran.stderr;
  };

  // What `check` finds: `file:line`, and all that is printed with it. `said` is everything.
  made.check = () => {
    const before = checksums(root);
    const ran = made.run(["check", "--format", "json"]);
    assert.deepEqual(checksums(root), before, "check wrote something");
    const found = ran.stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    return { status: ran.status, found: found.map((one) => ({ ...one, at: `${one.place.file}:${one.place.line}` })), said: made.run(["check"]).stderr };
  };

  // Serves on a free port until the test ends: its address, and what it has said so far.
  made.serve = async (t, words = []) => {
    const server = spawn(program(), ["serve", "--port", "0", ...words], { cwd: root, env: neutral(), stdio: ["ignore", "pipe", "pipe"] });
    const preview = { said: "", stop: () => stop(server) };
    t.after(preview.stop);
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding("utf8").on("data", (chunk) => { preview.said += chunk; });
    preview.home = await new Promise((resolve, reject) => {
      const look = () => {
        const found = /http:\/\/(127\.0\.0\.1|localhost):[1-9]\d*\/\S*?(?=[\s（(，]|$)/.exec(preview.said);
        if (found) resolve(found[0]);
      };
      server.stderr.on("data", look);
      server.stdout.on("data", look);
      server.on("exit", () => reject(new Error(`serve ended:\n${preview.said}`)));
    });
    return preview;
  };
  return made;
}

function neutral() {
  const { LANG, LANGUAGE, LC_ALL, LC_MESSAGES, TZ, RUST_BACKTRACE, ...rest } = process.env;
  return rest;
}

function noStackTrace(said) {
  assert.doesNotMatch(said, /panicked at|stack backtrace|RUST_BACKTRACE|stack overflow|SIGABRT/, "a panic was printed");
}

async function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGINT");
  const late = setTimeout(() => server.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(late);
}

function remove(folder) {
  for (const name of under(folder)) if (lstatSync(join(folder, name)).isDirectory()) chmodSync(join(folder, name), 0o755);
  rmSync(folder, { recursive: true, force: true });
}

// Everything below a folder, with forward slashes.
function under(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => name.split(sep).join("/")).sort();
}

// Each file and folder below `folder` with its mode and a digest of its content; nothing where there is none.
export function checksums(folder) {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(under(folder).map((name) => {
    const stat = lstatSync(join(folder, name));
    const digest = stat.isFile() ? createHash("sha256").update(readFileSync(join(folder, name))).digest("hex") : "";
    return [name, `${stat.mode.toString(8)} ${digest}`];
  }));
}

// A built site. Paths are those of files below its folder.
export function published(folder) {
  const files = under(folder).filter((name) => ![".plenary", ".plenary.made"].includes(name) && lstatSync(join(folder, name)).isFile());
  const pages = files.filter((name) => name.endsWith(".html"));
  const made = { folder, files, pages };
  made.bytes = (name) => readFileSync(join(folder, name));
  made.source = (name) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(made.bytes(name));
  made.tree = (name) => read(made.source(name)).tree;
  made.speechFile = (name) => `meetings/m1/${name}/index.html`;
  made.page = (name) => made.tree(made.speechFile(name));
  made.body = (name) => bodyOf(made.page(name));
  made.index = () => JSON.parse(made.source("search/speeches.json"));
  made.entries = () => entries(made.source("feed.xml"));
  made.sitemap = () => texts(made.source("sitemap.xml"), "loc");
  made.find = finder(made);
  // The published file that an address on the page `from` leads to, decoded once; null where it leaves the site or
  // where there is none; the fragment, too, must be there.
  made.leadsTo = (from, address) => {
    const home = "http://site.invalid/";
    const url = new URL(address, home + from.split("/").map(encodeURIComponent).join("/"));
    return url.href.startsWith(home) ? made.at(decodeURIComponent(url.pathname.slice(1)), decodeURIComponent(url.hash.slice(1))) : null;
  };
  // The published file of an absolute address below `base`.
  made.below = (base, address) => {
    if (!address.startsWith(base)) return null;
    const [path, fragment = ""] = address.slice(base.length).split("#");
    return made.at(decodeURIComponent(path), decodeURIComponent(fragment));
  };
  made.at = (path, fragment) => {
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!files.includes(file)) return null;
    return fragment === "" || ids(made.tree(file)).includes(fragment) ? file : null;
  };
  made.speeches = files.filter((name) => /^meetings\/m1\/[^/]+\/index\.html$/.test(name));
  made.entries();
  made.sitemap();
  made.index();
  return made;
}

// The element that holds the text of a speech.
export function bodyOf(page) {
  const [article, ...others] = named(page, "article");
  assert.equal(others.length, 0, "more than one article");
  const [body, ...more] = ofClass(article, "text");
  assert.equal(more.length, 0, "more than one text");
  return body;
}

// The speeches that the shipped client finds, by the names of their files, best first.
function finder(made) {
  let opened;
  return async (query) => {
    opened ??= openIndex(made.folder);
    const { hits } = await (await opened).search(query, { size: 100 });
    return Array.from(hits, (hit) => hit.speech.url.replace(/^meetings\/m1\/(.*)\/$/, "$1"));
  };
}

// The content of each element of one name, read strictly.
function texts(xml, name) {
  const found = [];
  let inside = false;
  strictly(xml, {
    opentag: (tag) => { if (tag.name === name) { inside = true; found.push(""); } },
    text: (value) => { if (inside) found[found.length - 1] += value; },
    closetag: () => { inside = false; },
  });
  return found;
}

// The entries of a feed, read strictly. Each has a list for each kind of child, `{ text, attributes }`; `html` is the
// content as HTML; `authors` are its own or, where it has none, those of the feed.
function entries(xml) {
  const found = [];
  const ofFeed = [];
  const path = [];
  let entry = null;
  let child = null;
  let author = null;
  strictly(xml, {
    opentag: (tag) => {
      path.push(tag.name);
      if (path.join(" ") === "feed entry") {
        entry = {};
        found.push(entry);
      } else if (path.length === 3 && entry) {
        child = { text: "", attributes: Object.fromEntries(Object.entries(tag.attributes).map(([key, value]) => [key, value])) };
        (entry[tag.name] ||= []).push(child);
      } else if (path.join(" ") === "feed author name") {
        author = { text: "" };
        ofFeed.push(author);
      }
    },
    text: (value) => {
      if (child) child.text += value;
      else if (author) author.text += value;
    },
    cdata: (value) => {
      if (child) child.text += value;
    },
    closetag: () => {
      if (path.length === 3) child = null;
      if (path.join(" ") === "feed entry") entry = null;
      if (path.join(" ") === "feed author name") author = null;
      path.pop();
    },
  });
  for (const one of found) {
    one.authors = (one.author || ofFeed).map((each) => each.text.trim()).filter(Boolean);
    assert.equal(one.content?.[0].attributes.type, "html");
    one.html = readFragment(one.content[0].text).tree;
  }
  return found;
}

function strictly(xml, handlers) {
  const parser = new SaxesParser();
  parser.on("error", (error) => { throw error; });
  for (const [event, handler] of Object.entries(handlers)) parser.on(event, handler);
  parser.write(xml).close();
}

export function links(node) {
  return named(node, "a").map((element) => attribute(element, "href")).filter((href) => href !== undefined);
}

// Texts of the elements of one name.
export function textsOf(node, tagName) {
  return named(node, tagName).map(text);
}

export function collapsed(string) {
  return string.replace(/[ \t\n\r\f]+/g, " ").trim();
}

// Two built sites hold the same files with the same bytes.
export function sameTrees(one, other) {
  assert.deepEqual(other.files, one.files);
  for (const name of one.files) assert.ok(one.bytes(name).equals(other.bytes(name)), `${name} differs`);
}

// The tags of a page in their order, with what tells them apart, but for the inside of the speech.
export function frameOf(page) {
  const inside = new Set(elements(bodyOf(page)));
  return [...elements(page)].filter((element) => !inside.has(element)).map((element) => [element.tagName, attribute(element, "class")].filter(Boolean).join("."));
}
