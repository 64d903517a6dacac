// Machines can rely on it: the index keeps to its schema, the scripts run in old engines, nothing is inline.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse, tokenizer } from "acorn";
import { Ajv2020 } from "ajv/dist/2020.js";
import { attribute, elements, named, text } from "./html.mjs";
import { files, index, pages, pagesOfKind, textOf } from "./site.mjs";

const scripts = files.filter((file) => file.endsWith(".js"));
const FORBIDDEN_NAMES = ["innerHTML", "outerHTML", "insertAdjacentHTML", "createContextualFragment", "eval", "execScript", "setHTML", "parseFromString"];

describe("search/speeches.json", () => {
  test("is as search/speeches.schema.json says", () => {
    const schema = JSON.parse(textOf("search/speeches.schema.json"));
    const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
    assert.ok(ajv.validateSchema(schema), ajv.errorsText(ajv.errors));
    const validate = ajv.compile(schema);
    assert.ok(validate(index), ajv.errorsText(validate.errors, { separator: "\n" }));
  });

  test("says the same as the script for pages opened from disk", () => {
    let received;
    new Function("plenarySearch", textOf("search/speeches.js"))({ receive: (value) => { received = value; } });
    assert.deepEqual(received, index);
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
        assert.ok(attribute(script, "src") || attribute(script, "type") === "application/ld+json", `${page.file}: <script>${text(script).slice(0, 60)}`);
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
