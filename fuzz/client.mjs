// The search client with files that are not as they should be: an answer or an error, soon, and never an endless loop.
// node fuzz/client.mjs SITE SECONDS [SEED]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [site, seconds, seed] = [resolve(process.argv[2]), Number(process.argv[3] || 60), Number(process.argv[4] || 1)];
const plenary = createRequire(import.meta.url)(join(site, "embed.js"));
const SLOW = 2000;
const QUERIES = ["养老", "社区食堂", "“人工智能”", "-交通 教育", "yanglao", "zg", "發展", "2025", "AI", "共同富裕路", "", "养劳", "a\u2028b"];

let state = seed >>> 0 || 1;
function below(end) {
  state ^= state << 13;
  state >>>= 0;
  state ^= state >>> 17;
  state ^= state << 5;
  state >>>= 0;
  return state % end;
}

// The same JSON with one value in it changed.
function changed(json) {
  const strange = [null, -1, 1e308, 0, "", "!", "~~~~~~~~", [], {}, [[[[]]]], "constructor", true, { length: 1e9 }, NaN];
  const value = strange[below(strange.length)];
  if (below(12) === 0) return value;
  const root = structuredClone(json);
  let at = root;
  for (;;) {
    if (typeof at !== "object" || at === null) return value;
    const keys = Object.keys(at);
    if (keys.length === 0) return value;
    const key = keys[below(keys.length)];
    const inner = at[key];
    if (typeof inner === "string" && below(2)) {
      const place = below(inner.length + 1);
      at[key] = inner.slice(0, place) + String.fromCharCode(below(2) ? 33 + below(94) : below(65536)) + inner.slice(place + below(3));
      return root;
    }
    if (typeof inner !== "object" || inner === null || below(3) === 0) {
      at[key] = value;
      return root;
    }
    at = inner;
  }
}

async function once() {
  const load = async (path) => {
    const json = JSON.parse(readFileSync(join(site, "search", path), "utf8"));
    return below(3) ? json : changed(json);
  };
  try {
    const index = await plenary.open("", load);
    for (let i = 0; i < 3; i++) {
      const answer = await index.search(QUERIES[below(QUERIES.length)], { size: 5, year: below(4) ? undefined : "2025" });
      if (answer.more) await answer.more();
    }
    return "answers";
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return "errors";
  }
}

const counts = { answers: 0, errors: 0 };
const end = Date.now() + seconds * 1000;
while (Date.now() < end) {
  const before = state;
  const begin = Date.now();
  counts[await once()]++;
  if (Date.now() - begin > SLOW) {
    console.error(`slow: ${Date.now() - begin} ms with seed ${before}`);
    process.exitCode = 1;
    break;
  }
}
console.log(`${counts.answers} answers, ${counts.errors} errors, seed ${seed}`);
