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
  page.on("requestfailed", (request) => seen.faults.push(`request failed: ${request.url()} ${request.failure()?.errorText}`));
  return seen;
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
