// TXT: Chinese text and Markdown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { M1, ofClass, ownTheme, settings, site, speech, text, textsOf } from "./s0.mjs";

test("TXT-01 · Bold that touches Chinese punctuation", (t) => {
  const line = "**先试点，**再铺开。要把**“最后一米”**走通。**经费：**由两级分担。*慢下来。*再谈。算式 5 * 3 与 6 * 2 不变。";
  const body = site(t, { [`${M1}01.md`]: speech(line) }).build().body("01");
  assert.deepEqual(textsOf(body, "strong"), ["先试点，", "“最后一米”", "经费："]);
  assert.deepEqual(textsOf(body, "em"), ["慢下来。"]);
  assert.equal(text(body).split("*").length - 1, 2);
});

for (const minify of [true, false]) {
  test(`TXT-02 · A line break inside a Chinese sentence becomes a space (minify = ${minify})`, async (t) => {
    const line = "全市新建了四十处口袋\n公园，市民推窗见绿。第二句讲 open\ndata 怎么用。";
    const built = site(t, { "content/site.toml": settings({ minify }), [`${M1}01.md`]: speech(line) }).build();
    const [entry] = built.entries();
    const shown = {
      "the speech": text(built.body("01")),
      "the excerpt in a list": ofClass(built.tree("themes/yang-lao-fu-wu/index.html"), "summary").map(text).join("\n"),
      "the feed's content": text(entry.html),
      "the feed's summary": entry.summary[0].text,
      "the index": built.index().speeches[0].paragraphs.map((one) => one.text).join("\n"),
    };
    for (const [where, words] of Object.entries(shown)) {
      assert.ok(words.includes("口袋公园"), `${where}: ${words}`);
      assert.ok(words.includes("open data"), `${where}: ${words}`);
    }
    assert.deepEqual(await built.find("口袋公园"), ["01"]);
  });
}

test("TXT-06 · Length of a Chinese text counted as one word", (t) => {
  const theme = ownTheme({ "speech.html": "<!doctype html><title>数</title><p>{{ speech.length }} {{ speech.minutes }}" });
  const made = site(t, { "content/site.toml": settings({ tera_theme: '"own"' }), ...theme });
  const measure = (times) => {
    made.write({ [`${M1}01.md`]: speech("协商在前，决策在后 open data 2025\n\n".repeat(times)) });
    return textsOf(made.build().page("01"), "p")[0].trim().split(" ").map(Number);
  };
  const [length, minutes] = measure(1);
  assert.equal(length, 11);
  assert.ok(minutes >= 1);
  const [long, longer] = [measure(300), measure(3000)];
  assert.deepEqual([long[0], longer[0]], [3300, 33000]);
  assert.ok(Math.abs(longer[1] - 10 * long[1]) <= 10, `${long[1]} and ${longer[1]} minutes`);
  assert.ok(long[1] > 1, `${long[1]} minutes`);
});

test("TXT-08 · Template marks in a speech are executed", (t) => {
  const line = "表格里写 `{{ 姓名 }}`，正文写 {{ x }}、{% if y %} 和 {# 注 #}。";
  const body = site(t, { [`${M1}01.md`]: speech(line) }).build().body("01");
  for (const mark of ["{{ 姓名 }}", "{{ x }}", "{% if y %}", "{# 注 #}"]) assert.ok(text(body).includes(mark), mark);
});
