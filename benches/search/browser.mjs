// Debian's Chromium, or the one that CHROMIUM names.
import { chromium } from "playwright-core";

export function launch() {
  const root = process.getuid && process.getuid() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", ...(root ? ["--no-sandbox"] : [])],
    chromiumSandbox: !root,
  });
}
