// Every way through the site leads somewhere, at the root of a host and in a sub-folder.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { SaxesParser } from "saxes";
import { crawl } from "./crawl.mjs";
import { none } from "./faults.mjs";
import { addresses, attribute, ids, named, read, readFragment } from "./html.mjs";
import { addressWithin, base, fileOf, folder, index, pages, pagesOfKind, textOf } from "./site.mjs";
import { serve } from "./server.mjs";

const crawls = [];
for (const mount of ["/", "/a/b/"]) crawls.push({ mount, crawled: await crawl(folder, mount) });

for (const { mount, crawled } of crawls) {
  describe(`a reader who follows every link, site at ${mount}`, () => {
    test("meets no link that leads nowhere", () => none(crawled.dead));
    test("meets no #fragment that is not on its page", () => none(crawled.lost));
    test("stays within the site's folder, by clean paths", () => none(crawled.crooked));
    test("comes to every speech", () => {
      const missed = index.speeches.filter((speech) => !crawled.reached.has("/" + speech.url));
      none(missed.map((speech) => `${speech.url} ${speech.title}`));
    });
    test("comes to every page but 404.html and old addresses", () => {
      const missed = pages.filter((page) => !crawled.reached.has(page.address) && !["404", "redirect", "withdrawn"].includes(page.kind));
      none(missed.map((page) => page.file));
    });
  });
}

describe("an address that does not exist", () => {
  test("answers 404 with a page whose links work from any depth", async () => {
    const mount = new URL(base).pathname;
    const server = await serve(folder, mount);
    const lost = server.at("/no/such/page/");
    const response = await fetch(lost);
    assert.equal(response.status, 404);
    const dead = [];
    for (const { value, shown } of addresses(read(await response.text()).tree)) {
      const target = new URL(value, lost);
      const own = target.href.startsWith(base) ? server.at(addressWithin(target.href)) : target.href;
      if (own.startsWith(server.origin) && (await fetch(own)).status !== 200 && target.hash === "") dead.push(`${shown} → ${own}`);
    }
    await server.close();
    none(dead);
  });
});

describe("the pages", () => {
  test("are HTML without a parse error", () => {
    none(pages.flatMap((page) => page.errors.map((error) => `${page.file}:${error}`)));
  });

  test("hold each id once", () => {
    none(pages.flatMap((page) => repeated(ids(page.tree)).map((id) => `${page.file}: id="${id}"`)));
  });

  test("name their own address as the canonical one", () => {
    const wrong = pages.filter((page) => !["404", "redirect"].includes(page.kind)).flatMap((page) => {
      const canonical = named(page.tree, "link").filter((link) => attribute(link, "rel") === "canonical").map((link) => attribute(link, "href"));
      const right = base + page.address.slice(1);
      return canonical.length === 1 && canonical[0].replace(/index\.html$/, "") === right ? [] : [`${page.file}: ${canonical.join(" ") || "none"}, should be ${right}`];
    });
    none(wrong);
  });

  test("have a title each that no other page has", () => {
    const titles = pages.filter((page) => page.kind !== "redirect").map((page) => named(page.tree, "title").map((title) => title.childNodes[0]?.value).join());
    none(repeated(titles));
  });
});

describe("sitemap.xml", () => {
  const locs = xml("sitemap.xml").filter((node) => node.name === "loc").map((node) => node.text);

  test("lists pages that exist, each once", () => {
    none(locs.filter((loc) => !exists(loc)));
    none(repeated(locs));
  });

  test("lists every page that may be found by a search engine", () => {
    const listed = new Set(locs.map(addressWithin));
    const missing = pages.filter((page) => !page.noindex && !["404", "redirect"].includes(page.kind) && !listed.has(page.address));
    none(missing.map((page) => page.file));
  });

  test("is named in robots.txt", () => {
    assert.match(textOf("robots.txt"), new RegExp(`^sitemap: ${base.replace(/[.]/g, "\\.")}sitemap\\.xml\\s*$`, "im"));
  });
});

describe("feed.xml", () => {
  const nodes = xml("feed.xml");
  const entries = nodes.filter((node) => node.path === "feed/entry");
  const own = (entry, name) => nodes.filter((node) => node.parent === entry && node.name === name);

  test("is an Atom feed with entries", () => {
    assert.equal(nodes[0].uri, "http://www.w3.org/2005/Atom");
    assert.ok(entries.length > 0, "no entry");
    for (const name of ["id", "title", "updated"]) assert.equal(nodes.filter((node) => node.path === `feed/${name}`).length, 1, name);
  });

  test("gives each entry exactly one id, title and time", () => {
    none(entries.flatMap((entry) => ["id", "title", "updated"].flatMap((name) => {
      const found = own(entry, name);
      return found.length === 1 && found[0].text.trim() !== "" ? [] : [`entry ${own(entry, "title")[0]?.text}: ${found.length} ${name}`];
    })));
  });

  test("never uses an id twice", () => {
    none(repeated(nodes.filter((node) => node.name === "id").map((node) => node.text)));
  });

  test("writes times as RFC 3339 does", () => {
    const times = nodes.filter((node) => ["updated", "published"].includes(node.name)).map((node) => node.text);
    none(times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(time) || Number.isNaN(Date.parse(time))));
  });

  test("links to pages that exist, by whole addresses", () => {
    const links = nodes.filter((node) => node.name === "link").map((node) => node.attributes.href.value);
    none(links.filter((link) => !exists(link)));
  });

  test("holds texts whose links are whole addresses of files that exist", () => {
    const contents = nodes.filter((node) => node.name === "content");
    none(contents.flatMap((content) => {
      assert.equal(content.attributes.type.value, "html");
      const { tree, errors } = readFragment(content.text);
      const wrong = addresses(tree).filter(({ value }) => !/^[a-z][a-z0-9+.-]*:/i.test(value) || (value.startsWith(base) && !exists(value)));
      return [...errors, ...wrong.map(({ shown }) => shown)];
    }));
  });

  test("has the newest speeches of the index, in their order", () => {
    const newest = entries.map((entry) => own(entry, "link").find((link) => link.attributes.rel?.value === "alternate").attributes.href.value);
    assert.deepEqual(newest, index.speeches.slice(0, newest.length).map((speech) => base + speech.url));
  });
});

// Every element of an XML file in order, read strictly: name, path, parent, attributes, text of its own.
function xml(file) {
  const parser = new SaxesParser({ xmlns: true, fileName: file });
  const nodes = [];
  const open = [];
  parser.on("error", (error) => { throw error; });
  parser.on("opentag", (tag) => {
    const node = { name: tag.local, uri: tag.uri, attributes: tag.attributes, text: "", parent: open[open.length - 1] };
    node.path = [...open.map((one) => one.name), node.name].join("/");
    nodes.push(node);
    open.push(node);
  });
  parser.on("closetag", () => open.pop());
  for (const event of ["text", "cdata"]) parser.on(event, (text) => { if (open.length) open[open.length - 1].text += text; });
  parser.write(textOf(file)).close();
  return nodes;
}

function exists(absolute) {
  const address = addressWithin(absolute);
  return address !== null && existsSync(join(folder, fileOf(address)));
}

function repeated(values) {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
