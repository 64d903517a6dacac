// Machines can rely on it: the index keeps to its schema, the scripts run in old engines, nothing is inline.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { parse, tokenizer } from "acorn";
import { Ajv2020 } from "ajv/dist/2020.js";
import { attribute, elements, named, text } from "./html.mjs";
import { clientOf } from "./index.mjs";
import { files, folder, index, pages, pagesOfKind, repository, textOf } from "./site.mjs";

const scripts = files.filter((file) => file.endsWith(".js") && !/^search\/([0-9a-f]{10}\/|index)/.test(file));
const FORBIDDEN_NAMES = ["innerHTML", "outerHTML", "insertAdjacentHTML", "createContextualFragment", "eval", "execScript", "setHTML", "parseFromString"];

describe("search/speeches.json", () => {
  test("is as search/speeches.schema.json says", () => {
    const schema = JSON.parse(textOf("search/speeches.schema.json"));
    const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
    assert.ok(ajv.validateSchema(schema), ajv.errorsText(ajv.errors));
    const validate = ajv.compile(schema);
    assert.ok(validate(index), ajv.errorsText(validate.errors, { separator: "\n" }));
  });

  test("leads only to pages and paragraphs that exist", () => {
    for (const speech of index.speeches) {
      const page = pages.find((one) => one.address === "/" + speech.url);
      assert.ok(page, speech.url);
      const ids = [...elements(page.tree)].map((element) => attribute(element, "id"));
      for (const paragraph of speech.paragraphs) assert.ok(ids.includes(paragraph.id), `${speech.url}#${paragraph.id}`);
      for (const { url } of [speech.meeting, ...speech.speakers]) assert.ok(pages.some((one) => one.address === "/" + url), url);
    }
  });
});

describe("the search index", () => {
  const manifest = JSON.parse(textOf("search/index.json"));
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTuples: false, allowUnionTypes: true });
  ajv.addSchema(JSON.parse(textOf("search/speeches.schema.json")), "speeches.schema.json");
  ajv.addSchema(JSON.parse(textOf("search/index.schema.json")), "index.schema.json");
  const inFolder = files.filter((file) => file.startsWith(`search/${manifest.numbering}/`));
  const json = inFolder.filter((file) => file.endsWith(".json"));

  test("has a manifest that is as search/index.schema.json says, below 3 KB", () => {
    assert.ok(ajv.validate("index.schema.json", manifest), ajv.errorsText());
    assert.ok(Buffer.byteLength(textOf("search/index.json")) < 3072);
    assert.equal(manifest.speeches, index.speeches.length);
  });

  test("has files of every kind, each as search/index.schema.json says", () => {
    const kinds = new Set();
    for (const file of json) {
      const kind = file.split("/")[2].replace(".json", "");
      kinds.add(kind);
      assert.ok(ajv.validate(`index.schema.json#/$defs/${kind}`, JSON.parse(textOf(file))), `${file}: ${ajv.errorsText()}`);
    }
    assert.deepEqual([...kinds].sort(), ["facets", "lists", "skips", "sounds", "speakers", "speeches", "traditional", "words"]);
  });

  test("has for every file a script that says the same", () => {
    for (const file of [...json, "search/index.json"]) {
      const received = [];
      new Function("plenarySearch", textOf(file.replace(/json$/, "js")))({ receive: (...values) => received.push(values) });
      assert.deepEqual(received, [[file.slice("search/".length), JSON.parse(textOf(file))]], file);
    }
  });

  test("is left to the page that the manifest names: there is no file of another numbering", () => {
    const folders = new Set(files.filter((file) => /^search\/[0-9a-f]{10}\//.test(file)).map((file) => file.split("/")[1]));
    assert.deepEqual([...folders], [manifest.numbering]);
  });

  test("has a client of at most 10 KB, compressed as a host does", () => {
    assert.ok(gzipSync(textOf("embed.js")).length <= 10240, `${gzipSync(textOf("embed.js")).length} bytes`);
    const assets = files.filter((file) => /^assets\/search\.[0-9a-f]+\.js$/.test(file));
    assert.ok(assets.some((file) => textOf(file) === textOf("embed.js")), "the same as for our own pages");
  });

  test("is asked for the two lists of four characters at once, and then for the texts", async () => {
    const { open, hash } = clientOf(folder);
    const rounds = [];
    let round = null;
    const load = async (path) => {
      round = round || new Promise((over) => setTimeout(over, 20, []));
      const mine = round;
      const paths = await mine;
      if (mine === round) {
        rounds.push(paths);
        round = null;
      }
      paths.push(path);
      return JSON.parse(textOf(`search/${path}`));
    };
    const query = index.speeches[0].paragraphs[0].text.match(/\p{Script=Han}{4}/u)[0];
    const { hits } = await (await open("/", load, manifest)).search(query);
    const lists = [query.slice(0, 2), query.slice(2)].map((key) => `${manifest.numbering}/lists/${(hash(key) >>> (32 - manifest.bits.lists)).toString(16)}.json`);
    const texts = hits.map(({ number }) => `${manifest.numbering}/speeches/${number.toString(16)}.json`);
    assert.deepEqual(rounds.map((paths) => paths.toSorted()), [[...new Set(lists)].toSorted(), texts.toSorted()]);
  });

  test("has a client that agrees with every vector", () => {
    const { terms, hash, shared: { units, unpack } } = clientOf(folder);
    const vectors = JSON.parse(readFileSync(join(repository, "src/search/vectors.json"), "utf8"));
    const map = { 電: "电", 視: "视", 乾: "干", 著: "着", 國: "国", 務: "务", 臺: "台", 灣: "湾" };
    for (const { text, traditional, units: right } of vectors.units) {
      const own = Object.assign({}, map, !traditional && { 乾: undefined, 著: undefined });
      assert.deepEqual(units(text, own).map((unit) => `${unit.at} ${unit.text}${unit.word ? "*" : ""}`), right, text);
    }
    for (const { query, terms: right } of vectors.queries) assert.deepEqual(terms(query), right, query);
    for (const { key, hash: right } of vectors.hashes) assert.equal(hash(key), right, key);
    for (const { numbers, text } of vectors.packed) assert.deepEqual(unpack(text), numbers);
  });
});

describe("the scripts", () => {
  test("there are some", () => assert.ok(scripts.length > 0));

  for (const file of scripts) {
    const shown = file.replace(/\.[0-9a-f]{6,}\./, ".");

    test(`${shown} is a classic script of ES2017`, () => {
      parse(textOf(file), { ecmaVersion: 2017, sourceType: "script" });
    });

    test(`${shown} uses nothing that turns text into markup or code`, () => {
      const tokens = [...tokenizer(textOf(file), { ecmaVersion: 2017, locations: true })];
      tokens.forEach((token, at) => {
        const where = `${file}:${token.loc.start.line}: ${token.value}`;
        if (token.type.label === "name") assert.ok(!FORBIDDEN_NAMES.includes(token.value), where);
        if (token.type.label === "name" && /^write(ln)?$/.test(token.value)) assert.notEqual(tokens[at - 2]?.value, "document", where);
        if (token.value === "Function") assert.ok(tokens[at - 1]?.value !== "new" && tokens[at + 1]?.type.label !== "(", where);
      });
    });
  }
});

describe("the pages", () => {
  test("have no script of their own in them", () => {
    for (const page of pages) {
      for (const script of named(page.tree, "script")) {
        assert.ok(attribute(script, "src") || /^application\/(ld\+)?json$/.test(attribute(script, "type")), `${page.file}: <script>${text(script).slice(0, 60)}`);
        assert.notEqual(attribute(script, "type"), "module", `${page.file}: a module does not run from disk`);
      }
    }
  });

  test("have no style and no event handler in them", () => {
    for (const page of pages) {
      assert.deepEqual(named(page.tree, "style"), [], `${page.file}: <style>`);
      for (const element of elements(page.tree)) {
        const inline = element.attrs.filter(({ name, value }) => name === "style" || name.startsWith("on") || /^\s*javascript:/i.test(value));
        assert.deepEqual(inline, [], `${page.file}: <${element.tagName}>`);
      }
    }
  });

  test("of speeches carry JSON-LD that tells title, date and speakers", () => {
    for (const speech of index.speeches) {
      const page = pages.find((one) => one.address === "/" + speech.url);
      const [data, ...more] = named(page.tree, "script").filter((script) => attribute(script, "type") === "application/ld+json").map((script) => JSON.parse(text(script)));
      assert.ok(data && more.length === 0, `${page.file}: one JSON-LD block`);
      assert.equal(data.headline, speech.title, page.file);
      assert.equal(data.datePublished.slice(0, 10), speech.date, page.file);
      assert.deepEqual(data.author.map((author) => author.name), speech.speakers.map((speaker) => speaker.name), page.file);
    }
  });

  test("say in which language they are", () => {
    for (const page of pages) assert.match(attribute(named(page.tree, "html")[0], "lang") || "", /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, page.file);
  });

  test("name every script and style with the hash of its content", () => {
    const unhashed = files.filter((file) => file.startsWith("assets/") && !/\.[0-9a-f]{8,}\.\w+$/.test(file));
    assert.deepEqual(unhashed, []);
    assert.ok(pagesOfKind("home").length === 1);
  });
});
