// The search index of a built site, opened with the client that the site ships, in Node.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

export function clientOf(site) {
  return require(join(site, "embed.js"));
}

// `before` is given each path that the client asks for.
export function openIndex(site, base = "https://site.invalid/", before = () => {}) {
  return clientOf(site).open(base, async (path) => {
    before(path);
    return JSON.parse(await readFile(join(site, "search", path), "utf8"));
  });
}
