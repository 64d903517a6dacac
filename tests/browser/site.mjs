// The built site under test: its folder, its files, its pages by kind.
// An address is what follows the base address: `/`, `/themes/`, `/404.html`.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { attribute, named, read } from "./html.mjs";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

export const folder = built("PLENARY_SITE", join(repository, "public"));

const KINDS = [
  ["home", /^\/$/],
  ["404", /^\/404\.html$/],
  ["search", /^\/search\/$/],
  ["meetings", /^\/meetings\/(page\/\d+\/)?$/],
  ["meeting", /^\/meetings\/[^/]+\/$/],
  ["print", /^\/meetings\/[^/]+\/print\.html$/],
  ["archive", /^\/archive\/$/],
  ["privacy", /^\/privacy\/$/],
  ["speech", /^\/meetings\/[^/]+\/[^/]+\/$/],
  ["themes", /^\/themes\/(page\/\d+\/)?$/],
  ["theme", /^\/themes\/[^/]+\/(page\/\d+\/)?$/],
  ["groups", /^\/groups\/(page\/\d+\/)?$/],
  ["group", /^\/groups\/[^/]+\/(page\/\d+\/)?$/],
  ["speakers", /^\/speakers\/(page\/\d+\/)?$/],
  ["speaker", /^\/speakers\/[^/]+\/(page\/\d+\/)?$/],
  ["corrections", /^\/corrections\/(page\/\d+\/)?$/],
  ["standing", /^\//],
];

function built(variable, fallback) {
  const named = process.env[variable] || fallback;
  const path = resolve(named);
  if (!existsSync(join(path, "index.html"))) {
    throw new Error(`${variable}: no built site in ${path}; \`bash tests/run\` builds one`);
  }
  return path;
}

// Every file of a built site, as paths with forward slashes.
export function filesOf(site) {
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(site, join(entry.parentPath || entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

// Every page of a built site with what is on it.
export function pagesOf(site) {
  return filesOf(site).filter((file) => file.endsWith(".html")).map((file) => pageOf(site, file));
}

function pageOf(site, file) {
  const address = addressOf(file);
  const source = readFileSync(join(site, file), "utf8");
  const document = read(source);
  const refresh = /http-equiv="?refresh/.test(source);
  const noindex = named(document.tree, "meta").some((meta) => attribute(meta, "name") === "robots" && /noindex/.test(attribute(meta, "content")));
  return { file, address, source, kind: refresh ? "redirect" : kindOn(document.tree, address), noindex, ...document };
}

// A withdrawn speech keeps its address, and nothing else.
function kindOn(tree, address) {
  const kind = kindOf(address);
  return kind === "speech" && named(tree, "article").length === 0 ? "withdrawn" : kind;
}

export function kindOf(address) {
  return KINDS.find(([, pattern]) => pattern.test(address))[0];
}

export function addressOf(file) {
  return "/" + file.replace(/(^|\/)index\.html$/, "$1");
}

// The file that a host shows for an address.
export function fileOf(address) {
  const path = decodeURIComponent(address).replace(/^\//, "");
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

export const files = filesOf(folder);
// The pages of the main edition; those of the others are the same, and have tests of their own.
export const pages = pagesOf(folder).filter((page) => !/^\/(hant|large)\//.test(page.address));

export function pagesOfKind(kind) {
  return pages.filter((page) => page.kind === kind);
}

export function pageAt(address) {
  const page = pages.find((one) => one.address === addressOf(fileOf(address)));
  if (!page) throw new Error(`no page at ${address}`);
  return page;
}

export function textOf(file) {
  return readFileSync(join(folder, file), "utf8");
}

// The prebuilt index, and the absolute address that the site says it will be published at.
export const index = JSON.parse(textOf("search/speeches.json"));
export const base = index.site.base_url;

// The address on this site of an absolute one; null where it leads elsewhere.
export function addressWithin(absolute) {
  return absolute.startsWith(base) ? "/" + absolute.slice(base.length).split(/[?#]/)[0] : null;
}
