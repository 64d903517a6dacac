// What was said is what is shown: the pages against the printed proceedings and the front matter.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { speeches as written } from "./content.mjs";
import { attribute, named, ofClass, text } from "./html.mjs";
import { speeches as printed } from "./seed.mjs";
import { fileOf, index, kindOf, pageAt, pages, pagesOfKind } from "./site.mjs";

// The speech pages in the order in which one reads on from the first.
const shown = index.speeches.map((speech) => shownAt("/" + speech.url));

describe("the nineteen speeches", () => {
  test("are nineteen pages, no more and no fewer", () => {
    assert.equal(printed.length, 19);
    assert.equal(pagesOfKind("speech").length, 19);
    assert.equal(shown.length, 19);
  });

  test("stand in the order in which they were made", () => {
    assert.deepEqual(shown.map((speech) => speech.title), printed.map((speech) => speech.title));
  });

  for (const [at, speech] of printed.entries()) {
    test(`${speech.title} (${speech.name}) reads word for word as printed`, () => {
      const page = shown[at];
      assert.equal(page.title, speech.title);
      assert.equal(page.subtitle, speech.subtitle);
      assert.deepEqual(page.bylines, [speech.byline]);
      assert.deepEqual(page.names, [speech.name]);
      assert.deepEqual(page.paragraphs, speech.paragraphs);
      assert.deepEqual(page.ids, speech.paragraphs.map((_, number) => `p${number + 1}`));
      assert.equal(page.all, speech.paragraphs.join(""), "something but the paragraphs is in the text");
    });
  }

  test("have 6,711 characters together", () => {
    const characters = shown.flatMap((speech) => speech.paragraphs).map((paragraph) => [...paragraph].length);
    assert.equal(characters.reduce((sum, one) => sum + one, 0), 6711);
  });

  test("were made by nineteen people, 斯朗·丹增曲培 among them", () => {
    const names = shown.flatMap((speech) => speech.names);
    assert.equal(new Set(names).size, 19);
    assert.ok(names.includes("斯朗·丹增曲培"));
  });

  test("show as their length one for each Han character and each run of letters or digits", () => {
    const counted = printed.map((speech) => speech.paragraphs.join("\n").match(/\p{Script=Han}|((?!\p{Script=Han})[\p{L}\p{N}])+/gu).length);
    assert.deepEqual(index.speeches.map((speech) => speech.length), counted);
  });
});

describe("the search index", () => {
  test("has the text of every page, paragraph by paragraph", () => {
    for (const [at, speech] of index.speeches.entries()) {
      assert.equal(speech.title, shown[at].title);
      assert.equal(speech.subtitle, shown[at].subtitle);
      assert.deepEqual(speech.speakers.map((speaker) => speaker.byline), shown[at].bylines);
      assert.deepEqual(speech.paragraphs, shown[at].paragraphs.map((paragraph, number) => ({ id: shown[at].ids[number], text: paragraph })));
    }
  });
});

describe("the pages of themes, groups and speakers", () => {
  const kinds = [
    { kind: "theme", of: (speech) => speech.themes || [] },
    { kind: "group", of: (speech) => speakersOf(speech).flatMap((speaker) => speaker.group || []) },
    { kind: "speaker", of: (speech) => speakersOf(speech).map((speaker) => speaker.name) },
  ];
  for (const { kind, of } of kinds) {
    test(`list exactly the speeches that name the ${kind} in their front matter`, () => {
      const listed = listings(kind);
      const expected = new Map();
      for (const speech of written.filter((one) => !one.draft)) {
        for (const name of of(speech)) expected.set(name, [...(expected.get(name) || []), speech.title].sort());
      }
      for (const [name, titles] of expected) {
        assert.deepEqual(listed.get(name), titles, `the page of ${name}`);
        listed.delete(name);
      }
      for (const [name, titles] of listed) assert.deepEqual(titles, [], `the page of ${name}, which no speech names`);
    });

    test(`are all in the list of ${kind}s`, () => {
      const links = pagesOfKind(`${kind}s`).flatMap((page) => named(page.tree, "a").map((a) => target(page, a)));
      for (const page of pagesOfKind(kind)) assert.ok(links.includes(page.address) || /\/page\/\d+\/$/.test(page.address), `${page.file} is not in the list`);
    });
  }

  test("are named on each speech as in its front matter", () => {
    for (const speech of written.filter((one) => !one.draft)) {
      const page = shown.find((one) => one.title === speech.title);
      const linked = (kind) => [...new Set(page.links.filter((link) => kindOf(link.address) === kind).map((link) => link.text))].sort();
      assert.deepEqual(linked("theme"), [...(speech.themes || [])].sort(), speech.title);
      assert.deepEqual(linked("group"), [...new Set(speakersOf(speech).flatMap((speaker) => speaker.group || []))].sort(), speech.title);
    }
  });
});

test("every speech carries one to three themes", () => {
  for (const speech of written) assert.ok(speech.themes?.length >= 1 && speech.themes.length <= 3, `${speech.file}: ${speech.themes}`);
});

// What a reader sees of one speech.
function shownAt(address) {
  const page = pageAt(address);
  const [article] = named(page.tree, "article");
  const [body] = ofClass(article, "text");
  const paragraphs = named(body, "p").filter((p) => /^p\d+$/.test(attribute(p, "id") || ""));
  const subtitle = ofClass(article, "subtitle")[0];
  const main = named(page.tree, "main")[0];
  return {
    title: text(named(page.tree, "h1")[0]),
    subtitle: subtitle ? text(subtitle) : null,
    bylines: ofClass(article, "byline").map(text),
    names: ofClass(article, "byline").flatMap((byline) => named(byline, "a").map(text)),
    paragraphs: paragraphs.map(text),
    ids: paragraphs.map((p) => attribute(p, "id")),
    all: text(body).trim(),
    links: named(main, "a").map((a) => ({ address: target(page, a), text: text(a) })).filter((link) => link.address !== null),
  };
}

// Name → titles of the speeches, over all pages of a list.
function listings(kind) {
  const listed = new Map();
  const speeches = new Map(index.speeches.map((speech) => ["/" + speech.url, speech.title]));
  for (const page of pages.filter((one) => one.kind === kind)) {
    const name = text(named(page.tree, "h1")[0]).trim();
    const whole = (a) => !attribute(a, "href").includes("#");
    const links = named(named(page.tree, "main")[0], "a").filter(whole).map((a) => speeches.get(target(page, a))).filter((title) => title !== undefined);
    listed.set(name, [...(listed.get(name) || []), ...links].sort());
  }
  return listed;
}

// The address on this site to which a link leads; null where it leads elsewhere.
function target(page, a) {
  const url = new URL(attribute(a, "href"), "http://site" + page.address);
  return url.host === "site" ? "/" + fileOf(url.pathname).replace(/(^|\/)index\.html$/, "$1") : null;
}

function speakersOf(speech) {
  return speech.speakers || [speech.speaker];
}
