// Searching, as a reader does it: on a host, in a sub-folder of one, and from a disk.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inView, launch, watch } from "./browser.mjs";
import { attribute, named, text } from "./html.mjs";
import { openIndex } from "./index.mjs";
import { folder, index, pageAt } from "./site.mjs";
import { serve } from "./server.mjs";

const WORD = "低空";
const HOSTILE = [
  "<img src=x onerror=window.p=1>",
  "\"><script>window.p=1</script>",
  "javascript:window.p=1",
  "{{ 7 * 7 }} ${7*7} %24%7B7*7%7D",
  "__proto__ constructor toString hasOwnProperty",
  ".*+?^${}()|[]\\",
  "\u0000\u202E\uFEFF\u200B",
  "%E0%A4%A",
  "&lt;b&gt;",
];

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test("a search page asks for the search while its styles and its other script are on their way", async (t) => {
  const client = /\/assets\/search\.[^/]*\.js$/;
  let ask;
  const asked = new Promise((done) => { ask = () => done("asked for"); });
  const waited = new Promise((done) => { setTimeout(done, 3000, "not asked for").unref(); });
  const first = Promise.race([asked, waited]);
  const host = await serve(folder, "/", {}, true, (path) => {
    if (client.test(path)) ask();
    return /\/assets\/site\.|\.css$/.test(path) ? first : null;
  });
  const context = await browser.newContext();
  t.after(() => Promise.all([context.close(), host.close()]));
  await (await context.newPage()).goto(host.at("search/"));
  assert.equal(await first, "asked for");
});

describe("a search page with a query in plain Chinese", () => {
  const { text: words } = index.speeches[0].paragraphs.find((one) => /[\u4E00-\u9FFF]{9}/.test(one.text));
  const run = words.match(/[\u4E00-\u9FFF]{9}/)[0];
  const queries = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((length) => run.slice(0, length));

  const twenty = words.match(/[\u4E00-\u9FFF]{2}/g).slice(0, 20);
  assert.equal(twenty.length, 20);

  for (const query of [...queries, `${run.slice(0, 2)} ${run.slice(2, 7)}`, ` ${twenty.join(" ")}`]) {
    test(`asks for the lists of ${query} before the search is there, for no others, and for each once`, async (t) => {
      const needed = await firstLists(query);
      const asked = [];
      let all;
      const complete = new Promise((done) => { all = () => done("all of them"); });
      const waited = new Promise((done) => { setTimeout(done, 3000, "not all").unref(); });
      const held = Promise.race([complete, waited]);
      const host = await serve(folder, "/a/b/", { "cache-control": "max-age=600" }, true, (path) => {
        if (/\/assets\/search\./.test(path)) return held;
        if (/\/lists\//.test(path)) asked.push(path.split("/search/")[1]);
        if (asked.length >= needed.length) all();
        return null;
      });
      const page = await (await browser.newContext()).newPage();
      t.after(() => Promise.all([page.context().close(), host.close()]));
      const seen = watch(page);
      await page.goto(host.at("search/?q=" + encodeURIComponent(query)));
      assert.equal(await held, "all of them", `asked for ${asked}, needs ${needed}`);
      await results(page);
      assert.deepEqual(asked.sort(), needed);
      assert.deepEqual(seen.faults, []);
    });
  }

  // The lists that the client itself asks for first.
  async function firstLists(query) {
    const lists = new Set();
    let isFirst = true;
    const opened = await openIndex(folder, undefined, (path) => {
      if (/\/speeches\//.test(path)) isFirst = false;
      if (isFirst && /\/lists\//.test(path)) lists.add(path);
    });
    assert.ok((await opened.search(query)).count > 0, query);
    return [...lists].sort();
  }
});

for (const mount of ["/", "/a/b/", "a disk"]) {
  describe(`a reader who searches, site at ${mount}`, () => {
    const onDisk = mount === "a disk";
    let place;
    let page;
    let seen;

    before(async () => { place = onDisk ? disk() : await serve(folder, mount); });
    after(() => place.close());

    async function open(address, options) {
      if (page) await page.context().close();
      page = await (await browser.newContext({ viewport: { width: 360, height: 900 }, ...options })).newPage();
      seen = watch(page);
      await page.goto(place.at(address));
      return page;
    }
    after(() => page?.context().close());

    test("types 低空 and finds the speeches that have it, the word marked in each", async () => {
      await open("/search/");
      await page.locator("[part=input]").pressSequentially(WORD);
      await results(page);
      assert.deepEqual(await titles(page), having(WORD).sort());
      for (const result of await page.locator("[part=results] > li").all()) {
        const marked = await result.locator("em").allTextContents();
        assert.ok(marked.length > 0 && marked.every((one) => one === WORD), `${await result.textContent()}: marked ${marked}`);
      }
      assert.match(await page.locator("[part=status]").textContent(), new RegExp(String(having(WORD).length)));
      assert.deepEqual(seen.faults, []);
    });

    test("follows a result to the paragraph that has the word", async () => {
      await open("/search/?q=" + encodeURIComponent(WORD));
      await results(page);
      await page.locator("[part=results] > li a").first().click();
      await page.locator("article").waitFor();
      const { hash } = new URL(page.url());
      assert.match(hash, /^#p\d+$/, page.url());
      assert.match(await page.locator(hash).textContent(), new RegExp(WORD));
      await inView(page, hash);
      assert.ok(await page.locator(hash).evaluate((p) => p.matches(":target")), "the paragraph is not the target");
      assert.deepEqual(seen.faults, []);
    });

    test("sends the form of the home page and gets results", async () => {
      await open("/");
      await page.locator("main form input[type=search]").fill(WORD);
      await page.locator("main form input[type=search]").press("Enter");
      await results(page);
      assert.equal(await page.locator("[part=input]").inputValue(), WORD);
      assert.deepEqual(await titles(page), having(WORD).sort());
      assert.deepEqual(seen.faults, []);
    });

    test("opens an address with ?q= and sees its results", async () => {
      await open("/search/?q=" + encodeURIComponent("丹增曲培"));
      await results(page);
      assert.deepEqual(await titles(page), having("丹增曲培").sort());
      assert.equal(await page.locator("[part=input]").inputValue(), "丹增曲培");
    });

    test("composes with an input method and is left alone until the words are there", async () => {
      await open("/search/");
      await page.locator("[part=input]").focus();
      await page.evaluate(() => {
        window.shown = [];
        const root = document.querySelector("plenary-search").shadowRoot.querySelector("[part=body]");
          new MutationObserver(() => window.shown.push(root.textContent)).observe(root, { childList: true, subtree: true, characterData: true });
      });
      const address = page.url();
      const keyboard = await page.context().newCDPSession(page);
      for (const composed of ["d", "di", "di k", "di kong"]) {
        await keyboard.send("Input.imeSetComposition", { text: composed, selectionStart: composed.length, selectionEnd: composed.length });
        await pressEnterWhileComposing(page);
      }
      await page.waitForTimeout(600);
      assert.deepEqual(await page.evaluate(() => window.shown), [], "something was shown while composing");
      assert.equal(page.url(), address);
      await keyboard.send("Input.insertText", { text: WORD });
      await results(page);
      assert.deepEqual(await titles(page), having(WORD).sort());
    });

    test("composes with an input method that only sends its events, and is left alone until they end", async () => {
      await open("/search/");
      await page.locator("[part=input]").focus();
      await page.evaluate((word) => {
        const input = document.querySelector("plenary-search").shadowRoot.querySelector("input");
        input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
        input.value = word;
        input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
      }, WORD);
      await pressEnterWhileComposing(page);
      await page.waitForTimeout(600);
      assert.equal(await page.locator("[part=results] > li").count(), 0);
      await page.evaluate(() => document.querySelector("plenary-search").shadowRoot.querySelector("input").dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
      await results(page);
      assert.deepEqual(await titles(page), having(WORD).sort());
    });

    for (const hostile of [...HOSTILE, "长".repeat(20000)]) {
      const shown = JSON.stringify(hostile.slice(0, 40));

      test(`asks for ${shown}, in the field and in the address, and nothing of it runs`, async () => {
        const query = encodeURIComponent(hostile.slice(0, 1000)).replace("%25E0%25A4%25A", "%E0%A4%A");
        await open(`/search/?q=${query}#${query}`);
        await page.locator("[part=input]").waitFor();
        await page.locator("[part=input]").fill(hostile);
        await page.locator("[part=input]").press("Enter");
        await page.locator("[part=input]").fill(WORD);
        await results(page);
        assert.equal(await page.evaluate(() => window.p), undefined);
        assert.equal(await page.locator("[part=body] img, [part=body] script").count(), 0);
        assert.deepEqual(seen.faults, []);
      });
    }

    test("finds nothing, is told so, and is led to the themes", async () => {
      await open("/search/");
      await page.locator("[part=input]").fill("月球背面");
      await page.locator("[part=status]").filter({ hasText: "月球背面" }).waitFor();
      assert.equal(await page.locator("[part=results] > li").count(), 0);
      const ways = await page.locator("main a:visible").evaluateAll((links) => links.map((link) => link.href));
      assert.ok(ways.some((way) => /\/themes\/(index\.html)?$/.test(way)), ways.join(" "));
      assert.ok(ways.some((way) => /\/themes\/[^/]+\/(index\.html)?$/.test(way)), "no single theme is offered");
      await page.locator("[part=status] a").first().click();
      await page.locator("h1").waitFor();
      assert.equal(await page.locator("h1").textContent(), text(named(pageAt("/themes/").tree, "h1")[0]));
    });

    test("asks for a common word and gets every speech that has it", async () => {
      await open("/search/");
      await page.locator("[part=input]").fill("武汉");
      await result(page, having("武汉")[0]);
      assert.deepEqual(await titles(page), having("武汉").sort());
    });

    test("has no script, and is led to themes, speakers and meetings", async () => {
      await open("/search/?q=" + encodeURIComponent(WORD), { javaScriptEnabled: false });
      assert.match(await page.locator("plenary-search").innerText(), /JavaScript/, "not told that searching needs a script");
      const ways = await page.locator("main a:visible").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      for (const kind of ["themes", "speakers", "meetings"]) assert.ok(ways.some((way) => new RegExp(`(^|/)${kind}/(index\\.html)?$`).test(way)), `no way to ${kind} in ${ways.join(" ")}`);
    });

    if (onDisk) return;

    test("goes back and finds the earlier search again", async () => {
      await open("/search/");
      for (const word of [WORD, "非遗"]) {
        await page.locator("[part=input]").fill(word);
        await page.locator("[part=input]").press("Enter");
        await page.waitForURL((url) => url.searchParams.get("q") === word);
        await result(page, having(word)[0]);
      }
      await page.goBack();
      await result(page, having(WORD)[0]);
      assert.equal(await page.locator("[part=input]").inputValue(), WORD);
      assert.deepEqual(await titles(page), having(WORD).sort());
      await page.locator("[part=results] > li a").first().click();
      await page.locator("article").waitFor();
      await page.goBack();
      await results(page);
      assert.equal(await page.locator("[part=input]").inputValue(), WORD);
      assert.deepEqual(await titles(page), having(WORD).sort());
    });

    test("loads nothing of the index before touching the field", async () => {
      await open("/search/", {});
      await page.waitForLoadState("networkidle");
      assert.deepEqual(seen.requests.filter(ofIndex), []);
      await page.locator("[part=input]").pressSequentially(WORD);
      await results(page);
      const asks = seen.requests.filter(ofIndex);
      assert.equal(new Set(asks).size, asks.length, "a file is asked for once");
      assert.ok(asks.length < 12, asks.join(" "));
    });

    for (const fault of ["an unplugged network", "a host that answers 500", "an index that is cut off"]) {
      test(`meets ${fault}, is told so, tries again and finds`, async () => {
        await open("/search/");
        await page.route(/\/search\/[0-9a-f]+\//, (route) => spoil(route, fault));
        await page.locator("[part=input]").fill(WORD);
        const retry = page.locator("[part=retry]");
        await retry.waitFor();
        assert.match(await page.locator("[part=status]").textContent(), /\S/);
        assert.equal(await page.locator("[part=results] > li").count(), 0);
        await page.unroute(/\/search\/[0-9a-f]+\//);
        await retry.click();
        await results(page);
        assert.deepEqual(await titles(page), having(WORD).sort());
        assert.equal(await retry.count(), 0);
      });
    }
  });
}

describe("the search client in Node", () => {
  let opened;
  before(async () => { opened = await openIndex(folder); });
  const find = async (query, options) => (await opened.search(query, Object.assign({ size: 100 }, options))).hits;

  for (const speech of index.speeches) {
    test(`finds ${speech.title} by every 1, 2, 3 and 4 characters of it`, async () => {
      const texts = [speech.title, speech.subtitle || "", ...speech.paragraphs.map((paragraph) => paragraph.text)];
      const queries = [...new Set(texts.flatMap(runs))];
      assert.ok(queries.length > speech.length, `only ${queries.length} queries`);
      for (const query of queries) {
        const hit = (await find(query)).find((one) => one.speech.url === speech.url);
        assert.ok(hit, `${query} does not find it`);
        const paragraph = speech.paragraphs.find((one) => one.id === hit.paragraph);
        if (speech.paragraphs.some((one) => one.text.includes(query))) assert.ok(paragraph?.text.includes(query), `${query} leads to ${hit.address}`);
      }
    });
  }

  test("finds for each word exactly the speeches that have it", async () => {
    for (const query of ["武汉", "民营企业", "13个", "斯朗·丹增曲培", "光车康装斗", "九三学社", "武", "的", "第二次全体会议"]) {
      const hits = await find(query);
      assert.deepEqual(hits.map((hit) => hit.speech.title).sort(), having(query).sort(), query);
      for (const hit of hits) for (const part of [hit.title, hit.excerpt]) ranged(part);
    }
  });

  test("puts titles first, and the newest first where the order is by date", async () => {
    const hits = await find("经济");
    const inTitle = hits.map((hit) => (hit.speech.title + hit.speech.subtitle).includes("经济"));
    assert.deepEqual(inTitle, [...inTitle].sort((a, b) => b - a));
    const numbers = (await find("经济", { sort: "date" })).map((hit) => hit.number);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  });

  for (const [query, kind, shown] of [
    ["低空經濟", "traditional", "低空经济"],
    ["dikongjingji", "pinyin", "低空经济"],
    ["dkjj", "pinyin", "低空经济"],
    ["pengfuchun", "pinyin", "彭富春"],
    ["pfc", "pinyin", "彭富春"],
    ["wuhan", "pinyin", "武汉"],
    ["低空经及", "mended", "低空经"],
    ["低恐经济", "mended", "低空经济"],
    ["低空济", "mended", "低空经济"],
    ["低空的经济", "mended", "低空经济"],
  ]) {
    test(`finds ${shown} where ${query} was asked for, and says so`, async () => {
      const answer = await opened.search(query, { size: 100 });
      assert.equal(answer.relaxed?.kind, kind);
      assert.ok(answer.relaxed.shown.includes(shown), answer.relaxed.shown);
      const whole = kind === "mended" ? "低空经济" : shown;
      assert.deepEqual(answer.hits.map((hit) => hit.speech.title).sort(), having(whole).sort());
    });
  }

  test("takes widths, quotation marks, a minus and several words as they are meant", async () => {
    const said = async (query) => (await find(query)).map((hit) => hit.speech.title).sort();
    assert.deepEqual(await said("１３个"), having("13个").sort());
    assert.deepEqual(await said("「低空经济」"), having("低空经济").sort());
    assert.deepEqual(await said("“低恐经济”"), []);
    assert.deepEqual(await said("经济 低空"), having("经济").filter((title) => having("低空").includes(title)).sort());
    assert.deepEqual(await said("经济 -低空"), having("经济").filter((title) => !having("低空").includes(title)).sort());
    assert.deepEqual(await said("-低空"), []);
  });

  test("says when only most of a query is found", async () => {
    const answer = await opened.search("低空经济产业链布局乱七八糟");
    assert.equal(answer.relaxed?.kind, "most");
    assert.deepEqual(answer.hits.map((hit) => hit.speech.title), having("低空经济"));
  });

  test("filters by theme, speaker, group, meeting and year, and counts them", async () => {
    const theme = slugOf("themes", "低空经济");
    assert.deepEqual((await find("", { theme })).map((hit) => hit.speech.title).sort(), index.speeches.filter((one) => one.themes.includes("低空经济")).map((one) => one.title).sort());
    const speaker = index.speeches[0].speakers[0];
    const own = await find("武汉", { speaker: speaker.url.split("/")[1] });
    assert.ok(own.length > 0 && own.every((hit) => hit.speech.speakers.some((one) => one.name === speaker.name)));
    assert.equal((await find("武汉", { year: "1999" })).length, 0);
    assert.equal((await find("武汉", { year: index.speeches[0].date.slice(0, 4), meeting: index.speeches[0].meeting.url.split("/")[1] })).length, having("武汉").length);
    const facets = await (await opened.search("武汉")).facets();
    const found = index.speeches.filter((one) => having("武汉").includes(one.title));
    for (const term of facets.theme) assert.equal(term.count, found.filter((one) => one.themes.includes(term.name)).length, term.name);
    for (const term of facets.group) assert.equal(term.count, found.filter((one) => one.speakers.some((by) => by.group === term.name)).length, term.name);
    assert.equal(facets.speaker.length, new Set(found.flatMap((one) => one.speakers.map((by) => by.name))).size);
    assert.equal(facets.year.reduce((sum, term) => sum + term.count, 0), found.length);
  });

  test("shows more without moving what was shown", async () => {
    const first = await opened.search("武汉", { size: 5 });
    const then = await first.more();
    assert.deepEqual(then.hits.slice(0, 5).map((hit) => hit.number), first.hits.map((hit) => hit.number));
    assert.equal(then.hits.length, 10);
    assert.equal((await (await opened.search("武汉")).all(1000)).length, having("武汉").length);
  });

  test("never throws, whatever is asked", async () => {
    const odd = [...HOSTILE, "", " ", "\u3000", "\uD83D", "\uDE00低", "😀", "a\u0301", "ﷺ".repeat(500), "低".repeat(1e5), "低 ".repeat(1e5), undefined, null, 0, NaN, {}, [], true];
    for (const query of odd) {
      const answer = await opened.search(query);
      assert.ok(answer.count >= answer.hits.length, String(query).slice(0, 40));
      for (const hit of answer.hits) for (const part of [hit.title, hit.excerpt]) ranged(part);
    }
  });
});

// The titles of the speeches that have a word anywhere, in the order of the index.
function having(word) {
  return index.speeches.filter((speech) => {
    const parts = [speech.title, speech.subtitle, ...speech.themes, speech.meeting.name, ...speech.paragraphs.map((paragraph) => paragraph.text)];
    for (const speaker of speech.speakers) parts.push(speaker.name, speaker.byline, speaker.group);
    return parts.some((part) => part && part.includes(word));
  }).map((speech) => speech.title);
}

function results(page) {
  return page.locator("[part=results] > li").first().waitFor();
}

// Shows more until all is shown.
async function everything(page) {
  const more = page.locator("[part=more]");
  while (await more.isVisible()) {
    const before = await page.locator("[part=results] > li").count();
    await more.click();
    await page.locator("[part=results] > li").nth(before).waitFor();
  }
}

function result(page, title) {
  return page.locator("[part=results] > li").filter({ hasText: title }).first().waitFor();
}

async function titles(page) {
  await everything(page);
  return (await page.locator("[part=results] > li h2").allTextContents()).sort();
}

// Enter as a keyboard sends it while an input method is composing.
function pressEnterWhileComposing(page) {
  return page.evaluate(() => {
    for (const type of ["keydown", "keyup"]) {
      document.querySelector("plenary-search").shadowRoot.querySelector("input").dispatchEvent(new KeyboardEvent(type, { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    }
  });
}

function ofIndex(url) {
  return /\/search\/.*\.(js|json)(\?|$)/.test(new URL(url).pathname);
}

function spoil(route, fault) {
  if (fault === "an unplugged network") return route.abort("internetdisconnected");
  if (fault === "a host that answers 500") return route.fulfill({ status: 500, body: "" });
  return route.fulfill({ status: 200, contentType: "application/json", body: '{"低空":"(' });
}

function disk() {
  const home = pathToFileURL(folder).href + "/";
  return { at: (address) => home + address.replace(/^\//, "").replace(/(^|\/)(?=$|[?#])/, "$1index.html"), close: () => {} };
}

// Every run of 1 to 4 characters that crosses no punctuation and no blank and cuts no Latin word.
function runs(text) {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((part) => {
    const atoms = part.match(/[A-Za-z]+|[^]/gu) || [];
    return [1, 2, 3, 4].flatMap((length) => atoms.map((_, at) => atoms.slice(at, at + length)).filter((run) => run.length === length).map((run) => run.join("")))
      .filter((run) => [...run].length <= 4);
  });
}

// The last part of the address of a theme.
function slugOf(folder, name) {
  const link = [...named(pageAt(`/${folder}/`).tree, "a")].find((one) => text(one).includes(name));
  return attribute(link, "href").split("/").filter(Boolean).pop();
}

// The marked stretches lie within the text, apart and in order.
function ranged({ text: shown, ranges }) {
  let last = 0;
  for (const [start, end] of ranges) {
    assert.ok(last <= start && start < end && end <= shown.length, `${start}–${end} in ${shown}`);
    last = end;
  }
}
