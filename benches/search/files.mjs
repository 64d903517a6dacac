// The files of a folder, and how large they are.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

// All files below a folder, as paths with slashes.
export function files(folder, within = folder) {
  return readdirSync(within, { withFileTypes: true }).flatMap((entry) => {
    const path = join(within, entry.name);
    return entry.isDirectory() ? files(folder, path) : [relative(folder, path)];
  });
}

// How many files, their bytes, and their bytes after gzip.
export function sizes(folder, paths) {
  const total = { files: paths.length, bytes: 0, gzip: 0 };
  for (const path of paths) {
    const file = join(folder, path);
    total.bytes += statSync(file).size;
    total.gzip += gzipSync(readFileSync(file)).length;
  }
  return total;
}
