// What browsers are given is written by the rules: HTML without a fault, scripts of ES2017.
import { describe, test } from "node:test";
import { parse } from "acorn";
import { HtmlValidate } from "html-validate";
import { none } from "./faults.mjs";
import { files, pages, textOf } from "./site.mjs";

// By the standard and for everyone. What minifying does to quotes and case is no fault; a role of a list is written
// because Safari forgets lists without marks.
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  elements: ["html5", { "plenary-search": { flow: true, phrasing: false, permittedContent: ["@flow"] } }],
  rules: {
    "no-redundant-role": "off",
  },
});

describe("the pages", () => {
  test("are valid HTML", async () => {
    const faults = [];
    for (const page of pages) {
      const { results } = await validator.validateString(page.source);
      for (const { messages } of results) faults.push(...messages.map(({ line, column, ruleId, message }) => `${page.file}:${line}:${column} ${ruleId}: ${message}`));
    }
    none(faults);
  });
});

describe("the scripts", () => {
  const scripts = files.filter((file) => file.endsWith(".js"));
  test("are classic scripts of ES2017", () => {
    none(scripts.flatMap((file) => {
      try {
        parse(textOf(file), { ecmaVersion: 2017, sourceType: "script" });
        return [];
      } catch (error) {
        return [`${file}: ${error.message}`];
      }
    }));
  });
});
