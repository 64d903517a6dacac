// A local host that compresses as hosts do, counts what it sends, and can be as slow as a slow phone network.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

// What browsers' tools call slow 4G: each answer begins after the latency, all answers share the rate.
export const SLOW = { latency: 150, rate: 1.6e6 / 8 };
const PIECE = 1460;

// Serves a folder until `close` is called; `take()` gives the answers since the last call as { path, bytes }.
export async function serve(folder, network) {
  const ready = new Map();
  let sent = [];
  let free = 0;
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const file = normalize(path.endsWith("/") ? `${path}index.html` : path);
    if (!ready.has(file)) ready.set(file, await answer(join(folder, file)));
    const { status, headers, body } = ready.get(file);
    sent.push({ path, bytes: body.length, status });
    if (network) await pause(network.latency);
    response.writeHead(status, headers);
    if (!network) return response.end(body);
    for (let at = 0; at < body.length; at += PIECE) {
      const piece = body.subarray(at, at + PIECE);
      free = Math.max(free, performance.now()) + piece.length / network.rate * 1000;
      const wait = free - performance.now();
      if (wait > 1) await pause(wait);
      response.write(piece);
    }
    response.end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    home: `http://127.0.0.1:${server.address().port}/`,
    take: () => sent.splice(0),
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

const pause = (time) => new Promise((over) => setTimeout(over, time));

async function answer(file) {
  const type = TYPES[extname(file)];
  try {
    const raw = await readFile(file);
    const body = type ? gzipSync(raw) : raw;
    const headers = { "content-type": type || "application/octet-stream", "content-length": body.length, "cache-control": "max-age=600" };
    return { status: 200, headers: type ? { ...headers, "content-encoding": "gzip" } : headers, body };
  } catch {
    return { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("not found") };
  }
}
