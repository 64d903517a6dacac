// Typing on a slow phone: the longest piece of work that keeps a page busy while a query is typed, on a processor
// slowed down four times. Only plenary's page searches while one types.
import { serve } from "./server.mjs";

const SLOWER = 4;
const BETWEEN = 300;
const AFTER = 1500;

// Resolves with `{keys, handler, task}`: keys typed, and in milliseconds the longest work of a key's own events and the
// longest task of at least 50 ms (0 where there was none) between the first key and the last results.
export async function typing(browser, folder, queries) {
  const server = await serve(folder);
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.home}search/`);
  await page.evaluate(() => {
    window.seen = { handler: 0, task: 0 };
    const longest = (name, value) => { window.seen[name] = Math.max(window.seen[name], value); };
    new PerformanceObserver((list) => {
      for (const { name, processingStart, processingEnd } of list.getEntries()) if (/^(key|input)/.test(name)) longest("handler", processingEnd - processingStart);
    }).observe({ type: "event", durationThreshold: 16 });
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest("task", duration); }).observe({ type: "longtask" });
  });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const field = page.locator("plenary-search input");
  let keys = 0;
  for (const { query } of queries) {
    await field.fill("");
    await field.pressSequentially(query, { delay: BETWEEN });
    await page.waitForTimeout(AFTER);
    keys += query.length;
  }
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  await server.close();
  return { keys, ...seen };
}
