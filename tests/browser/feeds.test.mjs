// Every feed and sitemap of two sites is as its standard says, and says what the pages say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { SaxesParser } from "saxes";
import { memoryPages, validateXML } from "xmllint-wasm";
import { none } from "./faults.mjs";
import { addresses, attribute, named, readFragment } from "./html.mjs";
import { fileOf, filesOf, folder, pagesOf, repository } from "./site.mjs";

const schema = (name) => ({ fileName: name, contents: readFileSync(new URL(`schemas/${name}`, import.meta.url), "utf8") });
const jsonFeed = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(JSON.parse(schema("jsonfeed.schema.json").contents));

// A site that has what the repository's has not: corrections, withdrawn and joint speeches, a saved search.
const other = mkdtempSync(join(tmpdir(), "plenary-feeds-"));
after(() => rmSync(other, { recursive: true }));
execFileSync(process.env.PLENARY || join(repository, "target/release/plenary"), ["build", "--root", join(repository, "tests/golden/everything/site"), "--output", other, "--now", "2025-06-01T00:00:00"], { stdio: "pipe" });

for (const [name, site] of [["the repository's site", folder], ["a site with everything", other]]) {
  const files = filesOf(site);
  const base = JSON.parse(readFileSync(join(site, "search/speeches.json"), "utf8")).site.base_url;
  const read = (file) => readFileSync(join(site, file), "utf8");
  const exists = (absolute) => absolute.startsWith(base) && existsSync(join(site, fileOf("/" + absolute.slice(base.length).split(/[?#]/)[0])));
  const atoms = files.filter((file) => /(^|\/)(feed|search\/saved\/[^/]+)\.xml$/.test(file));
  const feeds = atoms.map((file) => ({ file, atom: entriesOf(read(file)), json: JSON.parse(read(jsonOf(file))) }));

  describe(name, () => {
    test("has a feed of each kind, each in both forms", () => {
      for (const kind of ["", "meetings/[^/]+/", "themes/[^/]+/", "groups/[^/]+/", "speakers/[^/]+/", "corrections/"]) assert.ok(atoms.some((file) => new RegExp(`^${kind}feed\\.xml$`).test(file)), kind);
      none(atoms.filter((file) => !files.includes(jsonOf(file))));
      assert.equal(files.filter((file) => /(^|\/)feed\.json$/.test(file)).length, atoms.filter((file) => /(^|\/)feed\.xml$/.test(file)).length);
    });

    test("has Atom feeds that are valid", async () => none(await lint("relaxng", "atom.rng", atoms.map((file) => ({ fileName: file.replaceAll("/", "_"), contents: read(file) })))));

    test("has JSON Feeds that are valid", () => {
      none(feeds.flatMap(({ file, json }) => (jsonFeed(json) ? [] : jsonFeed.errors.map((error) => `${jsonOf(file)}${error.instancePath} ${error.message}`))));
    });

    test("has sitemaps that are valid, and below the limits", async () => {
      const maps = files.filter((file) => /^sitemap.*\.xml$/.test(file));
      none(await lint("schema", "sitemap.xsd", maps.map((file) => ({ fileName: file, contents: read(file) })), [schema("sitemap-languages.xsd")]));
      none(maps.filter((file) => Buffer.byteLength(read(file)) > 52428800));
    });

    test("says the same in both forms", () => {
      for (const { file, atom, json } of feeds) {
        assert.equal(json.title, atom.title, file);
        assert.equal(json.language, atom.language, file);
        assert.deepEqual(json.items.map(({ id, url, title, date_published, date_modified, content_html, tags }) => [id, url, title, date_published, date_modified, content_html, tags || []]), atom.entries.map((entry) => [entry.id, entry.page, entry.title, entry.published, entry.updated, entry.content, entry.categories]), file);
        assert.deepEqual(json.items.map((item) => item.content_html ? item.summary : item.content_text), atom.entries.map((entry) => entry.summary), file);
        assert.deepEqual(json.items.map((item) => (item.authors || []).map((author) => author.name)), atom.entries.map((entry) => entry.authors), file);
      }
    });

    test("has feeds that tell where they are, and lead to what exists", () => {
      none(feeds.flatMap(({ file, atom, json }) => {
        assert.equal(atom.self, base + file);
        assert.equal(json.feed_url, base + jsonOf(file));
        assert.equal(json.home_page_url, atom.page);
        const people = json.items.flatMap((item) => item.authors || []).map((author) => author.url);
        return [json.home_page_url, ...json.items.map((item) => item.url), ...people].filter((url) => !exists(url)).map((url) => `${file}: ${url}`);
      }));
    });

    test("has no id twice in a feed, and one id for one thing in all feeds", () => {
      const known = new Map();
      for (const { file, json, atom } of feeds) {
        const ids = [atom.id, ...json.items.map((item) => item.id)];
        assert.equal(new Set(ids).size, ids.length, file);
        const about = /(^|\/)corrections\//.test(file) ? (item) => `${item.url} ${item.date_published} ${item.content_html}` : (item) => item.url;
        for (const item of json.items) {
          assert.equal(known.get(item.id) ?? about(item), about(item), file);
          known.set(item.id, about(item));
        }
      }
      assert.equal(new Set(known.values()).size, known.size);
    });

    test("has feeds in which the newest comes first, and which changed when an entry last did", () => {
      for (const { file, atom, json } of feeds) {
        const days = json.items.map((item) => Date.parse(item.date_published));
        assert.deepEqual(days, days.toSorted((a, b) => b - a), file);
        const changes = json.items.map((item) => Date.parse(item.date_modified));
        if (changes.length > 0) assert.equal(Date.parse(atom.updated), Math.max(...changes), file);
        none(json.items.filter((item) => item.date_modified < item.date_published).map((item) => item.url));
      }
    });

    test("has texts in feeds that are HTML with whole addresses of what exists", () => {
      none(feeds.flatMap(({ file, json }) => json.items.flatMap((item) => {
        const { tree, errors } = readFragment(item.content_html || "");
        const wrong = addresses(tree).filter(({ value }) => !/^[a-z][a-z0-9+.-]*:/i.test(value) || (value.startsWith(base) && !exists(value)));
        return [...errors, ...wrong.map(({ shown }) => shown)].map((fault) => `${file} ${item.url}: ${fault}`);
      })));
    });

    test("has the texts in few feeds, and small feeds of everything else", () => {
      for (const { file, json } of feeds) {
        const inFull = !/(^|\/)(themes|groups|speakers)\//.test(file);
        assert.ok(json.items.every((item) => "content_html" in item === inFull), file);
        if (!inFull) assert.ok(read(file).length < 1500 + 1500 * json.items.length, file);
      }
    });

    test("announces on every page the page's own feed and the site's, and links the own one", () => {
      const owners = /^\/(hant\/|large\/)?((meetings|themes|groups|speakers)\/(?!page\/)[^/]+|corrections)\/(page\/\d+\/)?$/;
      none(pagesOf(site).filter((page) => page.kind !== "redirect").flatMap((page) => {
        const links = named(page.tree, "link").filter((link) => attribute(link, "rel") === "alternate" && attribute(link, "type"));
        const leads = links.map((link) => new URL(attribute(link, "href"), base + page.file).pathname.slice(new URL(base).pathname.length));
        if (links.some((link) => !attribute(link, "title"))) return [`${page.file}: a feed without a title`];
        const prefix = page.address.startsWith("/hant/") ? "hant/" : "";
        const [, , own] = owners.exec(page.address) || [];
        const stems = [...(own ? [`${prefix}${own}/`] : []), ...(page.kind === "search" || page.address.endsWith("/search/") ? files.flatMap((file) => /^(search\/saved\/[^/]+)\.xml$/.exec(file)?.[1] ?? []) : []), prefix];
        const due = stems.flatMap((stem) => (stem.startsWith("search/") ? [`${stem}.xml`, `${stem}.json`] : [`${stem}feed.xml`, `${stem}feed.json`]));
        const shown = named(page.tree, "a").filter((a) => attribute(a, "type") === "application/atom+xml").length;
        if (JSON.stringify(leads) !== JSON.stringify(due)) return [`${page.file}: ${leads} where ${due} is due`];
        if (leads.some((file) => !files.includes(file))) return [`${page.file}: ${leads}`];
        return shown > (own ? 1 : 0) ? [] : [`${page.file}: ${shown} links for readers`];
      }));
    });
  });
}

test("what is no valid feed or sitemap is found", async () => {
  const atom = readFileSync(join(other, "feed.xml"), "utf8");
  const broken = {
    "an id is missing": atom.replace(/<entry><id>.*?<\/id>/, "<entry>"),
    "two titles": atom.replace(/<title>.*?<\/title>/, "$&$&"),
    "a time without a zone": atom.replace(/(<updated>[^<]*)\+08:00/, "$1"),
    "a day that does not exist": atom.replace(/<published>\d{4}-\d\d-\d\d/, "<published>2025-02-30"),
    "a relative address": atom.replace(/href="https:\/\/[^/]+/, 'href="'),
    "no author": atom.replace(/<author>.*?<\/author>/, ""),
    "an unknown element": atom.replace("</feed>", "<generator2/></feed>"),
    "no XML": atom.replace("</feed>", ""),
  };
  for (const [what, contents] of Object.entries(broken)) assert.notDeepEqual(await lint("relaxng", "atom.rng", [{ fileName: "feed.xml", contents }]), [], what);
  const map = readFileSync(join(folder, "sitemap.xml"), "utf8");
  const wrong = {
    "a page twice": map.replace(/<url>.*?<\/url>/, "$&$&"),
    "a day that does not exist": map.replace(/<lastmod>[^<]*/, "<lastmod>2025-02-30"),
    "a link without its language": map.replace(/ hreflang="[^"]*"/, ""),
  };
  for (const [what, contents] of Object.entries(wrong)) assert.notDeepEqual(await lint("schema", "sitemap.xsd", [{ fileName: "sitemap.xml", contents }], [schema("sitemap-languages.xsd")]), [], what);
  const json = JSON.parse(readFileSync(join(other, "feed.json"), "utf8"));
  for (const change of [{ version: "https://jsonfeed.org/version/1" }, { items: [{ id: "a" }] }, { author: {} }, { feed_url: "feed.json" }]) assert.ok(!jsonFeed({ ...json, ...change }), JSON.stringify(change));
});

function jsonOf(file) {
  return file.replace(/xml$/, "json");
}

// What libxml2 finds in documents, by a schema of this folder.
async function lint(extension, name, xml, preload = []) {
  const { errors, valid } = await validateXML({ xml, schema: schema(name), extension, preload, maxMemoryPages: 1024 * memoryPages.MiB });
  return valid ? [] : errors.map((error) => error.rawMessage);
}

// What an Atom feed says, read strictly.
function entriesOf(xml) {
  const found = { entries: [] };
  const path = [];
  let to = found;
  let author = false;
  const parser = new SaxesParser();
  parser.on("error", (error) => { throw error; });
  parser.on("opentag", (tag) => {
    path.push(tag.name);
    if (tag.name === "feed") found.language = tag.attributes["xml:lang"];
    if (tag.name === "entry") found.entries.push(to = { authors: [], categories: [] });
    if (tag.name === "author") author = true;
    if (tag.name === "link") to[tag.attributes.rel === "self" ? "self" : "page"] = tag.attributes.href;
    if (tag.name === "category") to.categories.push(tag.attributes.term);
  });
  parser.on("text", (text) => {
    const name = path[path.length - 1];
    if (author && name === "name") to.authors?.push(text);
    else if (!author && name !== "feed" && name !== "entry") to[name] = (to[name] || "") + text;
  });
  parser.on("closetag", (tag) => {
    path.pop();
    if (tag.name === "entry") to = found;
    if (tag.name === "author") author = false;
  });
  parser.write(xml).close();
  return found;
}
