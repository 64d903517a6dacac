// S0, the small site that every collected case starts from: written, built, read.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import vm from "node:vm";
import { SaxesParser } from "saxes";
import { attribute, named, ofClass, read, readFragment, text } from "./html.mjs";
import { filesOf, repository } from "./site.mjs";

const SITE = 'base_url = "https://fayan.example/"\ntitle = "会议发言"\nlanguage = "zh-CN"\ntimezone = "Asia/Shanghai"\n';
const MEETING = '+++\ntitle = "第一次全体会议"\ndate = 2025-01-09\n+++\n';
const HEADER = { title: "办好社区食堂", themes: ["养老服务"] };

const program = [process.env.PLENARY, join(repository, "target/release/plenary"), join(repository, "target/debug/plenary")]
  .find((one) => one && existsSync(one));

// A speech with the header of 01.md, and what the case changes of it.
export function speech(body, { title = HEADER.title, themes = HEADER.themes, extra = "" } = {}) {
  const quoted = (value) => JSON.stringify(value);
  return `+++\ntitle = ${quoted(title)}\ndate = 2025-01-09\nthemes = ${quoted(themes)}\n${extra}\n[speaker]\nname = "林一舟"\nroles = ["街道代表"]\n+++\n\n${body}\n`;
}

// The site in a folder of its own; `files` are added to it, or take the place of its own; null leaves one out.
export function site(files = {}) {
  const root = mkdtempSync(join(tmpdir(), "plenary-case-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  const all = { "content/site.toml": SITE, "content/meetings/m1/_index.md": MEETING, "content/meetings/m1/01.md": speech("社区食堂要算细账。"), ...files };
  for (const [path, content] of Object.entries(all)) if (content !== null) write(root, path, content);
  return root;
}

export function write(root, path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export const settings = (more) => SITE + more;

export function run(root, ...words) {
  const ran = spawnSync(program, words, { cwd: root, encoding: "utf8", env: { ...process.env, LANG: "", LC_ALL: "" } });
  if (/panicked at|stack backtrace/.test(ran.stderr)) throw new Error(ran.stderr);
  return ran;
}

// Builds, and fails with what the program said.
export function build(root, ...words) {
  const ran = run(root, "build", ...words);
  if (ran.status !== 0) throw new Error(`build ended with ${ran.status}:\n${ran.stderr}`);
  return built(root);
}

export function built(root, folder = "public") {
  const at = (path) => join(root, folder, path);
  const source = (path) => readFileSync(at(path), "utf8");
  const page = (name) => read(source(`meetings/m1/${name}/index.html`));
  return {
    files: filesOf(join(root, folder)).filter((file) => file !== ".plenary"),
    source,
    bytes: (path) => readFileSync(at(path)),
    page,
    pageAt: (path) => read(source(path)),
    body: (name) => ofClass(named(page(name).tree, "article")[0], "text")[0],
    entries: () => entries(source("feed.xml")),
    index: () => JSON.parse(source("search/speeches.json")),
    find: (query) => [...client(source, filesOf(join(root, folder))).find(JSON.parse(source("search/speeches.json")), query).hits.map((hit) => hit.speech.url)],
  };
}

function client(source, files) {
  const context = vm.createContext({});
  vm.runInContext(source(files.find((file) => /^assets\/search\.[0-9a-f]+\.js$/.test(file))), context);
  return context.plenarySearch;
}

// The entries of a feed, read strictly: their elements by name, the content as HTML too.
function entries(xml) {
  const found = [];
  const parser = new SaxesParser();
  const path = [];
  parser.on("error", (error) => { throw error; });
  parser.on("opentag", (tag) => {
    path.push(tag.name);
    if (tag.name === "entry") found.push({});
  });
  parser.on("text", (value) => {
    if (path.includes("entry")) found[found.length - 1][path[path.length - 1]] = (found[found.length - 1][path[path.length - 1]] || "") + value;
  });
  parser.on("closetag", () => path.pop());
  parser.write(xml).close();
  return found.map((entry) => ({ ...entry, html: readFragment(entry.content || "").tree }));
}

export function links(node) {
  return named(node, "a").map((element) => attribute(element, "href"));
}

export { attribute, named, ofClass, text };
