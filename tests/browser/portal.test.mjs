// The search on other people's pages: one script tag, a frame, a form; strict policies, hostile styles, hostile data.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, watch } from "./browser.mjs";
import { named, text } from "./html.mjs";
import { fits, violations } from "./look.mjs";
import { base, folder, index, pageAt } from "./site.mjs";

const WORD = "低空";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml", ".xml": "application/xml" };
const CORS = { "access-control-allow-origin": "*" };
const TAG = '<script src="$A/embed.js" async></script>';
const FOUND = "plenary-search li h2";

let browser;
let scratch;
const open = [];

before(async () => {
  browser = await launch();
  scratch = mkdtempSync(join(tmpdir(), "plenary-portal-"));
});
after(async () => {
  await browser.close();
  await Promise.all(open.map((server) => server.close()));
  rmSync(scratch, { recursive: true });
});

// A host on an origin of its own; `respond(path)` gives `{headers, body}` or nothing.
async function host(respond) {
  const server = createServer((request, response) => {
    const answer = respond(decodeURIComponent(new URL(request.url, "http://host").pathname));
    response.writeHead(answer ? 200 : 404, { "cache-control": "no-store", ...answer?.headers });
    response.end(answer?.body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const one = { origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }) };
  open.push(one);
  return one;
}

// The archive at its own origin, under a path, with and without CORS; its address without the last slash.
async function archive({ site = folder, mount = "/", headers = {} } = {}) {
  const { origin } = await host((path) => path.startsWith(mount) && file(site, path.slice(mount.length), headers));
  return origin + mount.replace(/\/$/, "");
}

function file(site, path, headers) {
  const name = normalize(path === "" || path.endsWith("/") ? `${path}index.html` : path);
  try {
    return { headers: { "content-type": TYPES[extname(name)] || "text/plain", ...headers }, body: readFileSync(join(site, name)) };
  } catch {
    return null;
  }
}

// A portal's page, open in the browser.
async function portal(body, { head = "", policy, viewport = { width: 1280, height: 900 }, prepare } = {}) {
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门户</title>${head}</head><body>${body}</body></html>`;
  const { origin } = await host((path) => (path === "/favicon.ico" ? { body: "" } : path === "/" && { headers: { "content-type": TYPES[".html"], ...(policy && { "content-security-policy": policy }) }, body: html }));
  const page = await (await browser.newContext({ viewport })).newPage();
  const seen = watch(page);
  if (prepare) await prepare(page);
  await page.goto(`${origin}/`);
  return { page, seen, origin, close: () => page.context().close() };
}

async function ask(page, word, field = "plenary-search input") {
  await page.locator(field).pressSequentially(word);
}

async function titles(page, selector = FOUND) {
  await page.locator(selector).first().waitFor();
  return (await page.locator(selector).allTextContents()).sort();
}

function having(word) {
  return index.speeches.filter((speech) => JSON.stringify(speech).includes(word)).map((speech) => speech.title).sort();
}

// A portal that may not fetch hears of it on its console, and of nothing else.
function faultsBut(seen, allowed) {
  return seen.faults.filter((fault) => !allowed.test(fault));
}

test("a page that stands open while a new index is published takes it and goes on", async () => {
  const site = join(scratch, "renewed");
  cpSync(folder, site, { recursive: true });
  const search = join(site, "search");
  const manifest = readFileSync(join(search, "index.json"), "utf8");
  const { numbering, version } = JSON.parse(manifest);
  const { page, close } = await portal(TAG.replace("$A", await archive({ site, headers: CORS })));
  await ask(page, "武汉");
  await titles(page);
  cpSync(join(search, numbering), join(search, "0123456789"), { recursive: true });
  rmSync(join(search, numbering), { recursive: true });
  writeFileSync(join(search, "index.json"), manifest.replace(numbering, "0123456789").replace(version, "9876543210"));
  await page.locator("plenary-search input").fill(WORD);
  await page.locator(FOUND).filter({ hasText: having(WORD)[0] }).first().waitFor();
  assert.deepEqual(await titles(page), having(WORD));
  await close();
});

describe("a portal with one script tag", () => {
  for (const [what, headers, allowed] of [["with CORS", CORS, /^$/], ["without CORS", {}, /CORS policy|\/search\/index\.json/]]) {
    for (const [policy, rules] of [
      ["no policy", () => undefined],
      ["a strict policy", (a) => `default-src 'none'; script-src ${a}; connect-src ${a}`],
      ["a strict policy and Trusted Types", (a) => `default-src 'none'; script-src ${a}; connect-src ${a}; require-trusted-types-for 'script'; trusted-types plenary`],
    ]) {
      test(`${what}, under ${policy}: finds, and each title leads to the archive`, async () => {
        const site = await archive({ headers });
        const { page, seen, origin, close } = await portal(TAG.replace("$A", site), { policy: rules(new URL(site).origin) });
        await ask(page, WORD);
        assert.deepEqual(await titles(page), having(WORD));
        for (const link of await page.locator(`${FOUND} a`).all()) assert.ok((await link.getAttribute("href")).startsWith(`${site}/meetings/`));
        await page.locator("plenary-search [role=status]").filter({ hasText: String(having(WORD).length) }).waitFor();
        assert.deepEqual(faultsBut(seen, allowed), []);
        assert.deepEqual(seen.requests.filter((url) => !url.startsWith(site) && !url.startsWith(origin)), []);
        assert.equal(await page.evaluate(() => document.cookie + Object.keys({ ...localStorage, ...sessionStorage }).join()), "");
        assert.equal((await page.context().cookies()).length, 0);
        await close();
      });
    }
  }

  test("finds where the archive lies under a path", async () => {
    const site = await archive({ mount: "/a/b/", headers: CORS });
    const { page, seen, close } = await portal(TAG.replace("$A", site));
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    await page.locator(`${FOUND} a`).first().click();
    await page.locator("article").waitFor();
    assert.ok(page.url().startsWith(`${site}/meetings/`), page.url());
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("finds on a page from disk, whose folder has a Chinese name", async () => {
    const home = join(scratch, "门户 网站");
    cpSync(folder, join(home, "发言"), { recursive: true });
    writeFileSync(join(home, "index.html"), `<!doctype html><meta charset="utf-8"><title>门户</title><body>${TAG.replace("$A", "发言")}`);
    const page = await browser.newPage();
    const seen = watch(page);
    await page.goto(pathToFileURL(join(home, "index.html")).href);
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    await page.locator(`${FOUND} a`).first().click();
    await page.locator("article").waitFor();
    assert.deepEqual(seen.faults, []);
    await page.close();
  });

  test("has it in two places, with a filter each, from a script that stands twice", async () => {
    const site = await archive({ headers: CORS });
    const [speech] = index.speeches.filter((one) => one.title === having(WORD)[0]);
    const slug = speech.speakers[0].url.split("/").at(-2);
    const tag = `<script src="${site}/embed.js" data-year="2025" data-size="3" data-placeholder="先查这里"></script>`;
    const { page, seen, close } = await portal(`<main>${tag}<p id="between">之间</p>${tag.replace(/data-year="2025"/, `data-speaker="${slug}"`)}</main>`);
    assert.deepEqual(await page.locator("main > *").evaluateAll((all) => all.map((one) => one.localName)), ["script", "plenary-search", "p", "script", "plenary-search"]);
    const [first, second] = [page.locator("plenary-search").nth(0), page.locator("plenary-search").nth(1)];
    assert.equal(await first.locator("input").getAttribute("placeholder"), "先查这里");
    await second.locator("li").first().waitFor();
    assert.deepEqual((await second.locator("h2").allTextContents()).sort(), index.speeches.filter((one) => one.speakers.some(({ url }) => url === speech.speakers[0].url)).map((one) => one.title).sort());
    assert.match(await second.locator("[part=chip]").textContent(), new RegExp(speech.speakers[0].name));
    await first.locator("li").nth(2).waitFor();
    assert.equal(await first.locator("li").count(), 3);
    await second.locator("input").pressSequentially("月球背面");
    await second.locator("[role=status]").filter({ hasText: "月球背面" }).waitFor();
    assert.equal(await second.locator("li").count(), 0);
    await second.locator("[part=chip]").waitFor();
    assert.equal(await first.locator("li").count(), 3, "the other one has changed");
    assert.equal(await first.locator("input").inputValue(), "");
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("places it itself, with words of its own inside for readers without scripts", async () => {
    const site = await archive({ headers: CORS });
    const { page, seen, close } = await portal(`<plenary-search><a href="${site}/search/">检索发言</a></plenary-search>`, { head: `<script src="${site}/embed.js" defer></script>` });
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    assert.equal(await page.locator("plenary-search").count(), 1, "a script in the head has put a second one");
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("hears of each search", async () => {
    const site = await archive({ headers: CORS });
    const { page, close } = await portal(TAG.replace("$A", site));
    await page.evaluate(() => {
      window.heard = [];
      document.addEventListener("plenary-results", (event) => window.heard.push(event.detail));
    });
    await ask(page, WORD);
    await titles(page);
    assert.deepEqual((await page.evaluate(() => window.heard)).at(-1), { query: WORD, count: having(WORD).length, exact: true });
    await close();
  });

  test("is slow: what was asked last stays, and a reader who only looks loads no more than the words", async () => {
    const site = await archive({ headers: CORS });
    const { page, seen, close } = await portal(TAG.replace("$A", site));
    await page.waitForLoadState("networkidle");
    assert.deepEqual(seen.requests.filter((url) => url.startsWith(`${site}/search/`)).map((url) => new URL(url).pathname), ["/search/index.json"]);
    await page.route(/\/lists\//, async (route) => {
      await new Promise((later) => setTimeout(later, 700));
      await route.continue();
    });
    await page.locator("plenary-search input").fill("武汉");
    await page.waitForTimeout(300);
    await page.locator("plenary-search input").fill("月球背面");
    await page.locator("plenary-search [role=status]").filter({ hasText: "月球背面" }).waitFor();
    await page.waitForTimeout(1500);
    assert.equal(await page.locator("plenary-search li").count(), 0);
    assert.match(await page.locator("plenary-search [role=status]").textContent(), /月球背面/);
    await close();
  });
});

describe("a portal whose styles would break everything", () => {
  const HOSTILE = `
    html { font-size: 100px }
    * { display: none !important; }
    html, body, main { display: block !important }
    * { all: revert; color: transparent !important; font: 0/0 Wingdings !important; text-transform: uppercase !important; letter-spacing: 2em !important;
        text-indent: -999px !important; white-space: nowrap !important; text-align: right !important; word-spacing: 3em !important; cursor: none !important }
    input, button, ol, li, h2, a, em, p { display: none !important; opacity: 0 !important; position: fixed !important; background: red !important }`;

  test("shows the search as it is", async () => {
    const site = await archive({ headers: CORS });
    const { page, close } = await portal(`<main>${TAG.replace("$A", site)}</main>`, { head: `<style>${HOSTILE}</style>`, viewport: { width: 360, height: 800 } });
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    const look = await page.locator("plenary-search").evaluate((element) => {
      const of = (selector) => {
        const one = element.shadowRoot.querySelector(selector);
        const { color, fontSize, textTransform, letterSpacing, textIndent, whiteSpace, textAlign, opacity, position } = getComputedStyle(one);
        const { width, height } = one.getBoundingClientRect();
        return { color, fontSize, textTransform, letterSpacing, textIndent, whiteSpace, textAlign, opacity, position, shown: width > 40 && height >= 24 };
      };
      return { input: of("input"), excerpt: of("[part=excerpt]") };
    });
    for (const one of Object.values(look)) {
      assert.deepEqual({ ...one, textAlign: one.textAlign.replace("left", "start") }, { color: "rgb(0, 0, 0)", fontSize: "16px", textTransform: "none", letterSpacing: "normal", textIndent: "0px", whiteSpace: "normal", textAlign: "start", opacity: "1", position: "static", shown: true });
    }
    await page.locator(`${FOUND} a`).first().click();
    await page.locator("article").waitFor();
    await close();
  });

  test("can give it its colours, and its dark mode", async () => {
    const site = await archive({ headers: CORS });
    const { page, close } = await portal(`<div id="own">${TAG.replace("$A", site)}</div><plenary-search color-scheme="dark" base="${site}"></plenary-search>`, {
      head: "<style>#own { --plenary-ink: rgb(1, 2, 3); --plenary-accent: rgb(4, 5, 6); --plenary-mark: rgb(7, 8, 9) } plenary-search::part(title) { font-weight: 300 } body { background: #fff }</style>",
    });
    await page.locator("#own input").fill(WORD);
    await page.locator("#own li em").first().waitFor();
    assert.deepEqual(await page.locator("#own plenary-search").evaluate(({ shadowRoot }) => [
      getComputedStyle(shadowRoot.querySelector("[part=title] a")).color,
      getComputedStyle(shadowRoot.querySelector("[part=button]")).backgroundColor,
      getComputedStyle(shadowRoot.querySelector("em")).backgroundColor,
      getComputedStyle(shadowRoot.querySelector("[part=title]")).fontWeight,
    ]), ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)", "300"]);
    const ink = (nth) => page.locator("plenary-search").nth(nth).evaluate(({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector("input")).color);
    assert.equal(await ink(1), "rgb(255, 255, 255)");
    await close();
  });

  test("stays light on a light portal when the system is dark", async () => {
    const site = await archive({ headers: CORS });
    const { page, close } = await portal(TAG.replace("$A", site));
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await page.locator("plenary-search input").evaluate((input) => getComputedStyle(input).color), "rgb(0, 0, 0)");
    await close();
  });
});

describe("on a phone, and for everyone", () => {
  for (const scheme of ["light", "dark"]) {
    test(`nothing moves as results come, all fits and axe finds nothing, in ${scheme} colours`, async () => {
      const site = await archive({ headers: CORS });
      const { page, close } = await portal(`<main><h1>门户</h1>${TAG.replace("$A", site)}<p id="below">${"下面的内容。".repeat(40)}</p></main>`, {
        head: `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="${scheme}">`,
        viewport: { width: 360, height: 640 },
        prepare: (page) => page.addInitScript(() => {
          window.shifts = [];
          new PerformanceObserver((list) => {
            for (const { value, sources } of list.getEntries()) window.shifts.push({ value, nodes: sources.map(({ node }) => node && (node.id || node.localName)) });
          }).observe({ type: "layout-shift" });
        }),
      });
      await page.locator("plenary-search input").waitFor();
      await page.waitForLoadState("networkidle");
      await page.evaluate(() => { window.shifts.length = 0; });
      await page.route(/\/search\//, async (route) => {
        await new Promise((later) => setTimeout(later, 400));
        await route.continue();
      });
      for (const word of [WORD, "武汉"]) {
        await page.locator("plenary-search input").fill(word);
        await page.locator("plenary-search [role=status]").filter({ hasText: String(having(word).length) }).waitFor();
        await page.waitForTimeout(300);
      }
      await fits(page);
      assert.deepEqual(await violations(page), []);
      // What is below the search gives room once, as the search begins.
      const moved = (await page.evaluate(() => window.shifts)).filter(({ nodes }) => nodes.some((node) => node !== "below"));
      assert.deepEqual(moved, []);
      assert.ok((await page.evaluate(() => window.shifts)).length <= 1, "what is below has moved more than once");
      await close();
    });
  }
});

describe("an archive that somebody has doctored", () => {
  const ATTACK = "<img src=x onerror=window.p=1><script>window.p=1</script>";

  // A copy of the site in which `change(data, path)` has changed the files below `search/`, the scripts too.
  function doctored(name, change) {
    const site = join(scratch, name);
    cpSync(folder, site, { recursive: true });
    for (const path of readdirSync(join(site, "search"), { recursive: true }).filter((one) => one.endsWith(".json"))) {
      const at = join(site, "search", path);
      const data = change(JSON.parse(readFileSync(at, "utf8")), path.split("\\").join("/"));
      if (data === undefined) continue;
      writeFileSync(at, JSON.stringify(data));
      writeFileSync(at.replace(/json$/, "js"), `plenarySearch.receive(${JSON.stringify(path)}, ${JSON.stringify(data)});`);
    }
    return site;
  }

  const inSpeeches = (change) => (data, path) => (/\/speeches\//.test(path) ? data.map((speech) => ({ ...speech, ...change(speech) })) : undefined);
  const CASES = {
    "markup in every text": inSpeeches((speech) => ({
      title: `${speech.title}${ATTACK}`,
      subtitle: ATTACK,
      date: ATTACK,
      meeting: { name: ATTACK, url: "x" },
      speakers: [{ name: ATTACK, byline: ATTACK, group: ATTACK, url: "x" }],
      themes: [ATTACK + WORD],
      paragraphs: speech.paragraphs.map(({ id, text }) => ({ id: `${id}"><img src=x onerror=window.p=1>`, text: text + ATTACK })),
    })),
    "addresses that are scripts": inSpeeches(() => ({ url: "javascript:window.p=1//" })),
    "addresses of another site": inSpeeches(() => ({ url: "//evil.example/x" })),
    "addresses above the archive": inSpeeches(() => ({ url: "../../../outside/" })),
    "the wrong kinds": inSpeeches(() => ({ title: { a: 1 }, subtitle: 7, date: [1], meeting: 5, speakers: "nobody", themes: { length: 9 }, summary: [], paragraphs: [{ id: 1 }, { text: 5 }, {}] })),
    "nothing at all": inSpeeches(() => ({ title: null, subtitle: null, date: null, meeting: null, speakers: null, themes: null, summary: null, paragraphs: null })),
    "speeches that are no list": (data, path) => (/\/speeches\//.test(path) ? { length: 1e9 } : undefined),
    "lists that are numbers": (data, path) => (/\/(lists|skips|words|sounds)\//.test(path) ? Object.fromEntries(Object.keys(data).map((key) => [key, 5])) : undefined),
    "lists that are nonsense": (data, path) => (/\/(lists|skips|words|sounds)\//.test(path) ? Object.fromEntries(Object.keys(data).map((key) => [key, "~~~~<b>"])) : undefined),
    "lists with a prototype": (data, path) => (/\/(lists|skips|words|sounds)\//.test(path) ? JSON.parse('{"__proto__":{"低空":"x"},"constructor":"x"}') : undefined),
    "facets that are nonsense": (data, path) => (/\/(facets|speakers)\//.test(path) ? { theme: ATTACK, speaker: 5 } : undefined),
    "words that are markup": (data, path) => (path === "index.json" ? { ...data, title: ATTACK, language: ATTACK, words: Object.fromEntries(Object.keys(data.words).map((key) => [key, ATTACK])), hot_words: [ATTACK, { a: 1 }, null] } : undefined),
    "words of the wrong kinds": (data, path) => (path === "index.json" ? { ...data, language: 5, words: { label: {}, found: ["{n}"], hint: null }, hot_words: { length: 3 } } : undefined),
    "no words": (data, path) => (path === "index.json" ? { ...data, words: null, hot_words: "abc", language: null } : undefined),
    "a manifest of another kind": (data, path) => (path === "index.json" ? { format: 99 } : undefined),
  };

  for (const [what, change] of Object.entries(CASES)) {
    for (const [how, headers] of [["as JSON", CORS], ["as scripts", {}]]) {
      test(`has ${what}, loaded ${how}: nothing of it runs, no link leaves the archive, something is said`, async () => {
        const site = await archive({ site: doctored(`${what} ${how}`, change), mount: "/dir/", headers });
        const { page, seen, close } = await portal(TAG.replace("$A", site));
        await ask(page, WORD);
        await page.locator("plenary-search").locator("li, [role=status]:not(:empty)").first().waitFor();
        await page.waitForTimeout(400);
        const details = page.locator("plenary-search summary");
        if (await details.isVisible()) await details.click();
        await page.waitForTimeout(200);
        assert.equal(await page.evaluate(() => window.p), undefined);
        assert.equal(await page.locator("plenary-search").locator("img, script, b").count(), 0, "markup became elements");
        for (const link of await page.locator("plenary-search a").all()) {
          const href = await link.getAttribute("href");
          assert.ok(href === null || href.startsWith(`${site}/`), href);
        }
        assert.deepEqual(seen.faults.filter((fault) => fault.startsWith("exception")), []);
        assert.deepEqual(seen.requests.filter((url) => /evil|outside/.test(url)), []);
        await page.locator("plenary-search input").fill("");
        await page.waitForTimeout(300);
        assert.ok(await page.locator("plenary-search input").isVisible());
        await close();
      });
    }
  }
});

describe("the page /embed/", () => {
  const snippets = named(pageAt("/embed/").tree, "pre").map(text);
  const only = (pattern) => {
    const found = snippets.filter((one) => pattern.test(one));
    assert.equal(found.length, 1, `${pattern} is in ${found.length} snippets`);
    return found[0];
  };

  // The snippets name the address at which the site will be published: the archive stands in for it.
  async function published(page, headers = CORS, site = folder) {
    await page.route(`${base}**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const found = file(site, decodeURIComponent(pathname).slice(new URL(base).pathname.length), headers);
      return found ? route.fulfill(found) : route.fulfill({ status: 404, body: "" });
    });
  }

  test("shows the search as it will look, and copies each snippet", async () => {
    const site = await archive();
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    const seen = watch(page);
    await page.goto(`${site}/embed/`);
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    const buttons = page.locator("button.copy");
    assert.equal(await buttons.count(), snippets.length);
    for (const [at, snippet] of snippets.entries()) {
      await buttons.nth(at).click();
      assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim().replace(/\r\n/g, "\n"), snippet.trim());
    }
    assert.deepEqual(seen.faults, []);
    await context.close();
  });

  test("has a script tag that works as it is", async () => {
    const { page, seen, close } = await portal(only(/^<script src="[^"]*" async>/), { prepare: published });
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("has a script tag whose digest is right; a script that was changed does not run", async () => {
    const tag = only(/integrity=/);
    const { page, seen, close } = await portal(tag, { prepare: published });
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    assert.deepEqual(seen.faults, []);
    await close();

    const changed = join(scratch, "changed");
    cpSync(folder, changed, { recursive: true });
    writeFileSync(join(changed, "embed.js"), `${readFileSync(join(folder, "embed.js"), "utf8")}\nwindow.changed = 1;`);
    const other = await portal(tag, { prepare: (page) => published(page, CORS, changed) });
    await other.page.waitForLoadState("networkidle");
    assert.equal(await other.page.evaluate(() => window.changed), undefined);
    assert.equal(await other.page.locator("plenary-search").count(), 0);
    assert.match(other.seen.faults.join(), /integrity/);
    await other.close();
  });

  test("has rules that are enough for a policy", async () => {
    const { page, seen, close } = await portal(only(/^<script src="[^"]*" async>/), { policy: `default-src 'none'; ${only(/^script-src /).trim()}`, prepare: published });
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("has a way to place the search by hand", async () => {
    const { page, seen, close } = await portal(only(/data-manual/), { prepare: published });
    await ask(page, WORD);
    assert.deepEqual(await titles(page), having(WORD));
    assert.equal(await page.locator("plenary-search").count(), 1);
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("has a form that leads to the results", async () => {
    const { page, close } = await portal(only(/^<form/), { prepare: published });
    await page.locator("form input").fill(WORD);
    await page.locator("form input").press("Enter");
    assert.deepEqual(await titles(page), having(WORD));
    assert.equal(new URL(page.url()).href.split("?")[0], `${base}search/`);
    await close();
  });

  test("has a frame that grows with what is in it, and whose speeches open in the whole window", async () => {
    const { page, seen, close } = await portal(only(/<iframe/), { prepare: published });
    const frame = page.frameLocator("iframe");
    await frame.locator("plenary-search input").waitFor();
    const height = () => page.locator("iframe").evaluate((one) => one.getBoundingClientRect().height);
    await page.waitForFunction(() => Number(document.querySelector("iframe").height) < 240);
    const before = await height();
    assert.equal(await frame.locator("h1").isVisible(), false, "more than the search is shown");
    await frame.locator("plenary-search input").fill("武汉");
    await frame.locator("plenary-search li").first().waitFor();
    await page.waitForFunction((small) => Number(document.querySelector("iframe").height) > small + 600, before);
    await page.waitForTimeout(500);
    const grown = await height();
    const inside = await frame.locator("body").evaluate(() => ({ own: document.documentElement.getBoundingClientRect().height, excess: document.documentElement.scrollHeight - innerHeight }));
    assert.ok(Math.abs(grown - inside.own) <= 1, `the frame has ${grown}px, its content ${inside.own}px`);
    assert.ok(inside.excess <= 0, `${inside.excess}px of the frame have to be scrolled`);
    await page.waitForTimeout(500);
    assert.equal(await height(), grown, "the frame goes on growing");
    await frame.locator("plenary-search input").fill("");
    await page.waitForFunction((small) => Math.abs(Number(document.querySelector("iframe").height) - small) <= 2, before);
    await frame.locator("plenary-search input").fill(WORD);
    await frame.locator(`${FOUND} a`).first().click();
    await page.locator("article").waitFor();
    assert.ok(page.url().startsWith(`${base}meetings/`), page.url());
    assert.deepEqual(seen.faults, []);
    await close();
  });

  test("names data and a description that are there", async () => {
    const description = readFileSync(join(folder, "opensearch.xml"), "utf8");
    const [, template] = /template="([^"]*)"/.exec(description);
    assert.ok(only(/opensearchdescription/).includes(`href="${base}opensearch.xml"`));
    const { page, close } = await portal("", { prepare: published });
    await page.goto(template.replace("&amp;", "&").replace("{searchTerms}", encodeURIComponent(WORD)));
    assert.deepEqual(await titles(page), having(WORD));
    await close();
  });
});
