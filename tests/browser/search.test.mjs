// Searching, as a reader does it: on a host, in a sub-folder of one, and from a disk.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { inView, launch, watch } from "./browser.mjs";
import { named, text } from "./html.mjs";
import { files, folder, index, pageAt, textOf } from "./site.mjs";
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
      await page.locator("#search input").pressSequentially(WORD);
      await results(page);
      assert.deepEqual(await titles(page), having(WORD).sort());
      for (const result of await page.locator("#search ol > li").all()) {
        const marked = await result.locator("mark").allTextContents();
        assert.ok(marked.length > 0 && marked.every((one) => one === WORD), `${await result.textContent()}: marked ${marked}`);
      }
      assert.match(await page.locator("#search [role=status]").textContent(), new RegExp(String(having(WORD).length)));
      assert.deepEqual(seen.faults, []);
    });

    test("follows a result to the paragraph that has the word", async () => {
      await open("/search/?q=" + encodeURIComponent(WORD));
      await results(page);
      await page.locator("#search ol > li a").first().click();
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
      await page.locator("main form input[name=q]").fill(WORD);
      await page.locator("main form input[name=q]").press("Enter");
      await results(page);
      assert.equal(await page.locator("#search input").inputValue(), WORD);
      assert.deepEqual(await titles(page), having(WORD).sort());
      assert.deepEqual(seen.faults, []);
    });

    test("opens an address with ?q= and sees its results", async () => {
      await open("/search/?q=" + encodeURIComponent("丹增曲培"));
      await results(page);
      assert.deepEqual(await titles(page), having("丹增曲培").sort());
      assert.equal(await page.locator("#search input").inputValue(), "丹增曲培");
    });

    test("composes with an input method and is left alone until the words are there", async () => {
      await open("/search/");
      await page.locator("#search input").focus();
      await page.evaluate(() => {
        window.shown = [];
        new MutationObserver(() => window.shown.push(document.querySelector("#search").textContent)).observe(document.querySelector("#search"), { childList: true, subtree: true, characterData: true });
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
      await page.locator("#search input").focus();
      await page.evaluate((word) => {
        const input = document.querySelector("#search input");
        input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
        input.value = word;
        input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
      }, WORD);
      await pressEnterWhileComposing(page);
      await page.waitForTimeout(600);
      assert.equal(await page.locator("#search ol").count(), 0);
      await page.evaluate(() => document.querySelector("#search input").dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
      await results(page);
      assert.deepEqual(await titles(page), having(WORD).sort());
    });

    for (const hostile of [...HOSTILE, "长".repeat(20000)]) {
      const shown = JSON.stringify(hostile.slice(0, 40));

      test(`asks for ${shown}, in the field and in the address, and nothing of it runs`, async () => {
        const query = encodeURIComponent(hostile.slice(0, 1000)).replace("%25E0%25A4%25A", "%E0%A4%A");
        await open(`/search/?q=${query}#${query}`);
        await page.locator("#search [role=status]").filter({ hasText: /\S/ }).or(page.locator("#search ol")).or(page.locator("#browse")).first().waitFor();
        await page.locator("#search input").fill(hostile);
        await page.locator("#search input").press("Enter");
        await page.locator("#search input").fill(WORD);
        await results(page);
        assert.equal(await page.evaluate(() => window.p), undefined);
        assert.equal(await page.locator("#search img, #search script").count(), 0);
        assert.deepEqual(seen.faults, []);
      });
    }

    test("finds nothing, is told so, and is led to the themes", async () => {
      await open("/search/");
      await page.locator("#search input").fill("月球背面");
      await page.locator("#search [role=status]").filter({ hasText: "月球背面" }).waitFor();
      assert.equal(await page.locator("#search ol").count(), 0);
      const ways = await page.locator("main a:visible").evaluateAll((links) => links.map((link) => link.href));
      assert.ok(ways.some((way) => /\/themes\/(index\.html)?$/.test(way)), ways.join(" "));
      assert.ok(ways.some((way) => /\/themes\/[^/]+\/(index\.html)?$/.test(way)), "no single theme is offered");
      await page.locator("#search a").first().click();
      await page.locator("h1").waitFor();
      assert.equal(await page.locator("h1").textContent(), text(named(pageAt("/themes/").tree, "h1")[0]));
    });

    test("asks for a common word and gets every speech that has it", async () => {
      await open("/search/");
      await page.locator("#search input").fill("武汉");
      await result(page, having("武汉")[0]);
      assert.deepEqual(await titles(page), having("武汉").sort());
    });

    test("has no script, and is led to themes, speakers and meetings", async () => {
      await open("/search/?q=" + encodeURIComponent(WORD), { javaScriptEnabled: false });
      assert.match(await page.locator("#search").innerText(), /JavaScript/, "not told that searching needs a script");
      const ways = await page.locator("main a:visible").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      for (const kind of ["themes", "speakers", "meetings"]) assert.ok(ways.some((way) => new RegExp(`(^|/)${kind}/(index\\.html)?$`).test(way)), `no way to ${kind} in ${ways.join(" ")}`);
    });

    if (onDisk) return;

    test("goes back and finds the earlier search again", async () => {
      await open("/search/");
      for (const word of [WORD, "非遗"]) {
        await page.locator("#search input").fill(word);
        await page.locator("#search input").press("Enter");
        await page.waitForURL((url) => url.searchParams.get("q") === word);
        await result(page, having(word)[0]);
      }
      await page.goBack();
      await result(page, having(WORD)[0]);
      assert.equal(await page.locator("#search input").inputValue(), WORD);
      assert.deepEqual(await titles(page), having(WORD).sort());
      await page.locator("#search ol > li a").first().click();
      await page.locator("article").waitFor();
      await page.goBack();
      await results(page);
      assert.equal(await page.locator("#search input").inputValue(), WORD);
      assert.deepEqual(await titles(page), having(WORD).sort());
    });

    test("loads nothing of the index before touching the field", async () => {
      await open("/search/", {});
      await page.waitForLoadState("networkidle");
      assert.deepEqual(seen.requests.filter(ofIndex), []);
      const asked = page.waitForRequest((request) => ofIndex(request.url()));
      await page.locator("#search input").focus();
      await asked;
      await page.locator("#search input").pressSequentially(WORD);
      await results(page);
      assert.equal(seen.requests.filter(ofIndex).length, 1, "the index is asked for once");
    });

    for (const fault of ["an unplugged network", "a host that answers 500", "an index that is cut off"]) {
      test(`meets ${fault}, is told so, tries again and finds`, async () => {
        await open("/search/");
        await page.route(/\/search\/speeches\.js/, (route) => spoil(route, fault));
        await page.locator("#search input").fill(WORD);
        const retry = page.locator("#search button[type=button]");
        await retry.waitFor();
        assert.match(await page.locator("#search [role=status]").textContent(), /\S/);
        assert.equal(await page.locator("#search ol").count(), 0);
        await page.unroute(/\/search\/speeches\.js/);
        await retry.click();
        await results(page);
        assert.deepEqual(await titles(page), having(WORD).sort());
        assert.equal(await retry.count(), 0);
      });
    }
  });
}

describe("the search client in Node", () => {
  const file = files.find((one) => /^assets\/search\.[0-9a-f]+\.js$/.test(one));
  const context = vm.createContext({});
  vm.runInContext(textOf(file), context, { filename: file });
  const { find } = context.plenarySearch;

  for (const speech of index.speeches) {
    test(`finds ${speech.title} by every 2, 3 and 4 characters of it`, () => {
      const texts = [speech.title, speech.subtitle || "", ...speech.paragraphs.map((paragraph) => paragraph.text)];
      const queries = [...new Set(texts.flatMap(runs))];
      assert.ok(queries.length > speech.length, `only ${queries.length} queries`);
      for (const query of queries) {
        const hit = find(index, query).hits.find((one) => one.speech.url === speech.url);
        assert.ok(hit, `${query} does not find it`);
        const paragraph = speech.paragraphs.find((one) => one.id === hit.paragraph);
        if (speech.paragraphs.some((one) => one.text.includes(query))) assert.ok(paragraph?.text.includes(query), `${query} leads to ${hit.address}`);
        assert.ok(hit.address === speech.url || hit.address === `${speech.url}#${hit.paragraph}`, hit.address);
      }
    });
  }

  test("finds for each word exactly the speeches that have it", () => {
    for (const query of ["武汉", "民营企业", "13个", "非遗+", "斯朗·丹增曲培", "光车康装斗", "九三学社"]) {
      assert.deepEqual([...find(index, query).hits.map((hit) => hit.speech.title)].sort(), having(query).sort(), query);
    }
  });

  test("never throws, whatever is asked", () => {
    const odd = [...HOSTILE, "", " ", "\u3000", "\uD83D", "\uDE00低", "😀", "a\u0301", "ﷺ".repeat(500), "低".repeat(1e5), "低 ".repeat(1e5), undefined, null, 0, NaN, {}, [], true];
    for (const query of odd) {
      const answer = find(index, query);
      assert.equal(answer.total, answer.hits.length, String(query).slice(0, 40));
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
  return page.locator("#search ol > li").first().waitFor();
}

function result(page, title) {
  return page.locator("#search ol > li").filter({ hasText: title }).first().waitFor();
}

async function titles(page) {
  return (await page.locator("#search ol > li h2").allTextContents()).sort();
}

// Enter as a keyboard sends it while an input method is composing.
function pressEnterWhileComposing(page) {
  return page.evaluate(() => {
    for (const type of ["keydown", "keyup"]) {
      document.querySelector("#search input").dispatchEvent(new KeyboardEvent(type, { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    }
  });
}

function ofIndex(url) {
  return /\/search\/.*\.(js|json)(\?|$)/.test(new URL(url).pathname);
}

function spoil(route, fault) {
  if (fault === "an unplugged network") return route.abort("internetdisconnected");
  if (fault === "a host that answers 500") return route.fulfill({ status: 500, body: "" });
  return route.fulfill({ status: 200, contentType: "application/json", body: '{"version":1,"speeches":[{"ti' });
}

function disk() {
  const home = pathToFileURL(folder).href + "/";
  return { at: (address) => home + address.replace(/^\//, "").replace(/(^|\/)(?=$|[?#])/, "$1index.html"), close: () => {} };
}

// Every run of 2, 3 and 4 characters that crosses no punctuation and no blank.
function runs(text) {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((part) => {
    const characters = [...part];
    return [2, 3, 4].flatMap((length) => characters.map((_, at) => characters.slice(at, at + length).join("")).filter((run) => [...run].length === length));
  });
}

// The marked stretches lie within the text, apart and in order.
function ranged({ text: shown, ranges }) {
  let last = 0;
  for (const [start, end] of ranges) {
    assert.ok(last <= start && start < end && end <= shown.length, `${start}–${end} in ${shown}`);
    last = end;
  }
}
