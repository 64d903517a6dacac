// Keeps the pages of a chosen meeting and those that were read, for reading without a network.
//
// One cache holds one build. A page goes into it only where its digest is that of the build that this worker belongs to,
// so that an update never shows two builds mixed: a new worker fills a cache of its own before the old one goes.
"use strict";

const CACHE = "plenary " + BUILD;
const ROOT = new URL("./", self.location.href).href;

function pathOf(url) {
  const path = decodeURIComponent(url.slice(ROOT.length).split(/[?#]/)[0]);
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.subarray(0, 8), byte => byte.toString(16).padStart(2, "0")).join("");
}

// The digests of a build are in several files; the sum of a path's characters says in which.
async function expected(path) {
  let sum = 0;
  for (let i = 0; i < path.length; i++) sum = (sum * 31 + path.charCodeAt(i)) % 65521;
  const file = ROOT + "offline/" + sum % FILES + ".json";
  const cache = await caches.open(CACHE);
  const kept = await cache.match(file);
  const response = kept || await fetch(file, { cache: "no-cache" });
  if (!response.ok) return "";
  if (!kept) {
    const digests = await response.clone().json();
    if (digests.build !== BUILD) return "";
    await cache.put(file, response.clone());
    return digests.files[path] || "";
  }
  return (await response.json()).files[path] || "";
}

// Puts an answer into the cache where it is of this build; says whether it is.
async function keep(url, response) {
  if (!response.ok || response.redirected) return false;
  const bytes = await response.clone().arrayBuffer();
  const path = pathOf(url);
  if (await digestOf(bytes) !== await expected(path)) return false;
  const headers = { "Content-Type": response.headers.get("Content-Type") || "text/html; charset=utf-8" };
  await (await caches.open(CACHE)).put(ROOT + path, new Response(bytes, { headers }));
  return true;
}

async function refresh(path) {
  const url = ROOT + path.replace(/(^|\/)index\.html$/, "$1PAGE_OF_FOLDER");
  return keep(url, await fetch(url, { cache: "no-cache" }));
}

// What has to be there, and what was read before: as this build has it.
async function install() {
  const kept = await Promise.all(KEEP.map(refresh));
  if (!kept.every(Boolean)) throw new Error("not all of this build is on the server yet");
  for (const name of await caches.keys()) {
    if (!name.startsWith("plenary ") || name === CACHE) continue;
    for (const { url } of await (await caches.open(name)).keys()) {
      if (url.startsWith(ROOT) && !url.startsWith(ROOT + "offline/")) await refresh(pathOf(url)).catch(() => false);
    }
  }
}

async function activate() {
  const old = (await caches.keys()).filter(name => name.startsWith("plenary ") && name !== CACHE);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
}

async function kept(url) {
  return (await caches.open(CACHE)).match(ROOT + pathOf(url));
}

// Pages come from the network as long as there is one; files whose names carry a digest from the cache first.
async function answer(request) {
  const isFixed = request.url.startsWith(ROOT + "assets/");
  const found = isFixed && await kept(request.url);
  if (found) return found;
  try {
    const response = await fetch(request);
    const copy = response.clone();
    await keep(request.url, copy).catch(() => false);
    return response;
  } catch (fault) {
    const page = await kept(request.url);
    if (page) return page;
    if (request.mode !== "navigate") throw fault;
    return new Response(NOTICE, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

self.addEventListener("install", event => event.waitUntil(install()));
self.addEventListener("activate", event => event.waitUntil(activate()));
self.addEventListener("fetch", event => {
  const { request } = event;
  const isOurs = request.method === "GET" && request.url.startsWith(ROOT);
  const isIndex = request.url.startsWith(ROOT + "search/") && request.mode !== "navigate";
  if (isOurs && !isIndex) event.respondWith(answer(request));
});
