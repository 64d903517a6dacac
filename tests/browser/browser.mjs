// Debian's Chromium, and a watch over what a page does behind the reader's back.
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Each launch has a profile of its own, which is gone when the browser is closed.
export function launch() {
  const root = process.getuid && process.getuid() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: root ? [...ARGUMENTS, "--no-sandbox"] : ARGUMENTS,
    chromiumSandbox: !root,
  });
}

// What went wrong on a page, and what it asked for, from now on.
export function watch(page) {
  const seen = { faults: [], requests: [] };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => seen.faults.push(`exception: ${error.message}`));
  page.on("request", (request) => seen.requests.push(request.url()));
  const left = leftBehind(page);
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED" || !left.has(request)) seen.faults.push(`request failed: ${request.url()} ${reason}`);
  });
  return seen;
}

// The requests that were on their way when the reader left the page: the browser ends them, which is no fault of the page.
function leftBehind(page) {
  const left = new WeakSet();
  const pending = new Set();
  let leaving = null;
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      leaving = request;
      for (const one of pending) left.add(one);
    } else if (leaving) {
      left.add(request);
    }
    pending.add(request);
  });
  page.on("framenavigated", (frame) => { if (frame === page.mainFrame()) leaving = null; });
  for (const end of ["requestfinished", "requestfailed"]) {
    page.on(end, (request) => {
      pending.delete(request);
      if (request === leaving && request.failure()) leaving = null;
    });
  }
  return left;
}

// The requests that leave an origin.
export function foreign(requests, origin) {
  return requests.filter((url) => !url.startsWith(origin + "/") && !/^(data|blob|about):/.test(url));
}

// Waits until the browser has scrolled to where the address points, to the beginning of this element.
export async function inView(page, selector) {
  const there = (one) => {
    const { top } = document.querySelector(one).getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  };
  await page.waitForFunction(there, selector).catch(() => { throw new Error(`${selector} is not in view on ${page.url()}`); });
}
