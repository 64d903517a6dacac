// A reader's first search: an empty cache, the client included, until ten results with excerpts stand on the page.
import { SLOW, serve } from "./server.mjs";

const LIMIT = 30000;
const QUIET = 700;

// `tool` says which page to open, how many results to wait for, and which answers belong to the search.
export async function cold(browser, folder, tool, queries) {
  const server = await serve(folder, SLOW);
  const visits = [];
  for (const one of queries) visits.push(await visit(browser, server, tool, one));
  await server.close();
  return {
    queries: queries.length,
    failed: visits.filter((one) => one.time === null).map((one) => one.query),
    bytes: spread(visits.map((one) => one.bytes)),
    requests: spread(visits.map((one) => one.requests)),
    page: spread(visits.map((one) => one.page)),
    time: spread(visits.flatMap((one) => one.time ?? [])),
    largest: visits.reduce((a, b) => (a.bytes > b.bytes ? a : b)),
  };
}

async function visit(browser, server, tool, { query, hits }) {
  server.take();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(server.home + tool.address(query), { waitUntil: "commit" });
  const time = await page.waitForFunction(tool.shown, Math.min(10, hits), { timeout: LIMIT, polling: "raf" }).then((value) => value.jsonValue(), () => null);
  await quiet(page);
  await context.close();
  const answers = server.take().filter((one) => !one.path.endsWith("favicon.ico"));
  const search = answers.filter((one) => tool.belongs(one.path));
  return { query, time, bytes: total(search), requests: search.length, page: total(answers), paths: search.map((one) => `${one.path} ${one.bytes}${one.status === 200 ? "" : ` ${one.status}`}`) };
}

async function quiet(page) {
  let last = Date.now();
  page.on("request", () => { last = Date.now(); });
  while (Date.now() - last < QUIET) await page.waitForTimeout(50);
}

const total = (answers) => answers.reduce((sum, one) => sum + one.bytes, 0);

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
  return { median: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? null };
}

// plenary's own search page.
export const plenary = {
  address: (query) => `search/?q=${encodeURIComponent(query)}`,
  belongs: (path) => (path.startsWith("/search/") && !/\/(index\.html)?$/.test(path)) || /^\/assets\/(search|preload)\.[^/]*\.js$/.test(path),
  shown: (wanted) => {
    const element = document.querySelector("plenary-search");
    const items = element && element.shadowRoot ? [...element.shadowRoot.querySelectorAll("ol > li")] : [];
    const whole = items.filter((item) => item.querySelector("a[href]") && item.textContent.length > 20);
    return whole.length >= wanted && performance.now();
  },
};

// The smallest page with Pagefind's client.
export const pagefind = {
  address: (query) => `find.html?q=${encodeURIComponent(query)}`,
  belongs: (path) => path.startsWith("/pagefind/"),
  shown: () => document.body && document.body.dataset.done && performance.now(),
};
