// What browsers are given is written by the rules: HTML without a fault, scripts of ES2017.
import { describe, test } from "node:test";
import { parse } from "acorn";
import { HtmlValidate } from "html-validate";
import { none } from "./faults.mjs";
import { files, pages, textOf } from "./site.mjs";

// By the standard and for everyone, but for taste: files of the site itself need no digest; a button in a form sends it
// without saying so; `>` may stand in a text; Safari forgets that a list without marks is one unless its role says so.
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  elements: ["html5", { "plenary-search": { flow: true, phrasing: false, permittedContent: ["@flow"] } }],
  rules: {
    "no-implicit-button-type": "off",
    "no-raw-characters": "off",
    "no-redundant-role": "off",
    "prefer-native-element": "off",
    "require-sri": "off",
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
