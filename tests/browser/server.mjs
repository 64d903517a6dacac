// A host such as any that serves a folder, at `/` or under a path, and as strict as a portal may be.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
};

// Nothing inline, nothing from elsewhere: what a strict portal sends.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";

const PAUSE = 400;

// Serves `folder` under `mount`, which begins and ends with a slash, until `close` is called; with more headers, if given.
// Where `indexes` is false, a folder's address shows nothing, as on hosts without index documents.
// What is asked for with `?pause=N` stops for a while after its first N bytes, as on a slow line. `before` is given each path,
// whose answer waits for what it resolves with.
export async function serve(folder, mount = "/", headers = {}, indexes = true, before = () => {}) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://host");
    const pause = Number(url.searchParams.get("pause"));
    Promise.resolve(before(url.pathname)).then(() => answer(folder, mount, url.pathname, indexes)).then(({ status, type, body }) => {
      response.writeHead(status, { "content-type": type, "content-security-policy": POLICY, "cache-control": "no-store", ...headers });
      if (request.method === "HEAD") return response.end();
      if (pause) response.write(body.subarray(0, pause));
      setTimeout(() => response.end(pause ? body.subarray(pause) : body), pause && PAUSE);
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    home: origin + mount,
    at: (address) => origin + mount + address.replace(/^\//, ""),
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

async function answer(folder, mount, pathname, indexes) {
  const isShown = indexes || !pathname.endsWith("/");
  const found = isShown && pathname.startsWith(mount) && (await file(folder, pathname.slice(mount.length)));
  if (found) return { status: 200, ...found };
  const notFound = pathname.startsWith(mount) && (await file(folder, "404.html"));
  return notFound ? { status: 404, ...notFound } : { status: 404, type: TYPES[".txt"], body: "not found" };
}

async function file(folder, encoded) {
  try {
    const path = normalize(decodeURIComponent(encoded));
    if (path.startsWith("..")) return null;
    const name = encoded === "" || encoded.endsWith("/") ? join(path, "index.html") : path;
    const type = TYPES[extname(name)] || "application/octet-stream";
    return { type, body: await readFile(join(folder, name)) };
  } catch {
    return null;
  }
}
