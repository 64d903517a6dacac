// Pagefind's side: writes documents as plain pages, indexes them, and asks its client in a browser.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { files, sizes } from "./files.mjs";
import { program } from "./program.mjs";

// Writes one page for each document below `root`, and the page that searches.
export function write(root, documents) {
  documents.forEach((one, number) => {
    const folder = join(root, one.meeting, `d${number}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.html"), page(one));
  });
  writeFileSync(join(root, "find.html"), FIND);
}

function page(one) {
  const line = (text) => (text ? `<p>${escaped(text)}</p>\n` : "");
  return `<!doctype html>
<html lang="zh">
<head><meta charset="utf-8"><title>${escaped(one.title)}</title></head>
<body><main data-pagefind-body>
<h1>${escaped(one.title)}</h1>
${line(one.role)}${line(one.speaker)}${line(one.meetingTitle)}${one.themes.map(line).join("")}${one.paragraphs.map(line).join("")}</main></body>
</html>
`;
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

// The smallest page that shows ten results with their excerpts.
const FIND = `<!doctype html>
<html lang="zh">
<head><meta charset="utf-8"><title>find</title></head>
<body><ol></ol>
<script type="module">
const pagefind = await import("/pagefind/pagefind.js");
const found = await pagefind.search(new URLSearchParams(location.search).get("q"));
const ten = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
for (const { url, meta, excerpt } of ten) {
  const item = document.createElement("li");
  item.innerHTML = "<a></a><p>" + excerpt + "</p>";
  item.firstChild.href = url;
  item.firstChild.textContent = meta.title;
  document.querySelector("ol").append(item);
}
document.body.dataset.done = ten.length;
</script></body>
</html>
`;

// Indexes the pages; says how long it took and how much memory.
export async function build(root) {
  const { told, ...cost } = await program(binary(), ["--site", root]);
  return { ...cost, index: cost.seconds };
}

// The program itself, without the script around it, whose memory would hide the program's.
function binary() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  return join(import.meta.dirname, "node_modules", "@pagefind", `${platform}-${process.arch}`, "bin", "pagefind_extended");
}

// How large the index is, and the client: what a page with the plain API needs, without any of the UIs.
export function size(root) {
  const folder = join(root, "pagefind");
  const all = files(folder);
  const client = all.filter((file) => /^(pagefind|pagefind-worker)\.js$|^wasm\./.test(file));
  return {
    index: sizes(folder, all.filter((file) => /^(fragment|index)|\.pf_meta$|entry\.json$/.test(file))),
    client: sizes(folder, client),
  };
}

// The client in a browser's page: `find(query)` gives the numbers of all documents found, in their order.
export async function open(root, browser, home) {
  const page = await browser.newPage();
  await page.goto(`${home}find.html?q=`);
  await page.evaluate(async () => { window.pagefind = await import("/pagefind/pagefind.js"); await window.pagefind.init(); });
  const number = numbers(join(root, "pagefind", "fragment"));
  return {
    close: () => page.close(),
    find: async (query) => {
      const ids = await page.evaluate(async (q) => (await window.pagefind.search(q)).results.map((result) => result.id), query);
      const all = ids.map((id) => number.get(id));
      return { shown: all.slice(0, 10), all, count: all.length, exact: true, relaxed: null };
    },
  };
}

// Which document each fragment is of.
function numbers(folder) {
  return new Map(readdirSync(folder).map((file) => {
    const { url } = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString("utf8").replace(/^pagefind_dcd/, ""));
    return [file.replace(/\.pf_fragment$/, ""), Number(/\/d(\d+)\//.exec(url)[1])];
  }));
}
