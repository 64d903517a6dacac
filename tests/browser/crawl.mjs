// A visitor who follows every link.
import { addresses, ids, read } from "./html.mjs";
import { serve } from "./server.mjs";

// Visits every page of a site from the home page on, by HTTP.
//
// Returns the addresses reached, and what is wrong: links that answer no 200 (`dead`), fragments that
// are not on their page (`lost`), links that leave the site's folder or have `//` in them (`crooked`).
//
// By a server of its own, or by one that is running and is left running.
export async function crawl(folder, mount, running = null) {
  const server = running || await serve(folder, mount);
  const status = new Map();
  const known = new Map();
  const found = { reached: new Set(), dead: [], lost: [], crooked: [] };
  const waiting = [server.home];
  const fragments = [];
  for (let url = waiting.shift(); url; url = waiting.shift()) {
    if (known.has(url)) continue;
    const response = await fetch(url, { redirect: "manual" });
    status.set(url, response.status);
    const body = await response.text();
    known.set(url, null);
    if (response.status === 200) found.reached.add("/" + new URL(url).pathname.slice(mount.length).replace(/(^|\/)index\.html$/, "$1"));
    if (response.status !== 200 || !response.headers.get("content-type").startsWith("text/html")) continue;
    const { tree } = read(body);
    known.set(url, new Set(ids(tree)));
    for (const { value, shown } of addresses(tree)) {
      const target = new URL(value, url);
      if (target.origin !== server.origin) continue;
      const where = `${new URL(url).pathname}: ${shown}`;
      const path = target.pathname;
      if (!path.startsWith(mount) || path.includes("//") || (mount !== "/" && path.startsWith(mount + mount.slice(1)))) found.crooked.push(`${where} → ${path}`);
      const file = target.origin + path;
      fragments.push({ where, file, fragment: decodeURIComponent(target.hash.slice(1)) });
      waiting.push(file);
    }
  }
  if (!running) await server.close();
  for (const { where, file, fragment } of fragments) {
    if (status.get(file) !== 200) found.dead.push(`${where} → ${status.get(file)}`);
    else if (fragment !== "" && !known.get(file)?.has(fragment)) found.lost.push(where);
  }
  return found;
}
