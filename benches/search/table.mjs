// The results of one corpus as Markdown.

export function table({ corpus, documents, characters, chance, best, tools }) {
  const names = Object.keys(tools);
  const lines = [`## ${corpus}: ${documents} speeches, ${characters} characters`, "", row(["", ...names]), row(["---", ...names.map(() => "---")])];
  const add = (name, value) => lines.push(row([name, ...names.map((tool) => value(tools[tool]))]));
  const first = tools[names[0]];
  if (first.kinds) {
    first.kinds.forEach(({ kind, queries }, i) => add(`${kind} (${queries}): recall / precision / meant in the first ten, %`, ({ kinds }) => ["recall", "precision", "first"].map((key) => percent(kinds[i][key])).join(" / ")));
    add(`title piece of 4: mean reciprocal rank (${chance.toFixed(2)} by chance among the titles that have it, ${best.toFixed(2)} in the best order)`, ({ rank }) => (rank === null ? "–" : rank.toFixed(2)));
  }
  if (first.cold) for (const [name, which] of [["any 4 characters", "any"], ["4 characters that 10 speeches have", "many"]]) {
    if (!first.cold[which]) continue;
    add(`cold, ${name}: KB, median / p95`, ({ cold }) => both(cold[which], "bytes", kilo));
    add(`cold, ${name}: requests`, ({ cold }) => both(cold[which], "requests", String));
    add(`cold, ${name}: slow 4G, s`, ({ cold }) => both(cold[which], "time", (ms) => (ms / 1000).toFixed(2)));
    add(`cold, ${name}: whole page, KB`, ({ cold }) => both(cold[which], "page", kilo));
  }
  add("typing, processor 4 times slower: longest work of a key, longest task, ms", ({ typed }) => (typed ? `${typed.handler.toFixed(0)}, ${typed.task ? typed.task.toFixed(0) : "below 50"} (${typed.keys} keys)` : "–"));
  add("build: s, s of processors", ({ build }) => `${build.seconds.toFixed(1)}, ${build.processor.toFixed(1)}`);
  add("build: index alone, s", ({ build }) => build.index.toFixed(1));
  add("build: peak MB", ({ build }) => (build.memory / 1e6).toFixed(0));
  add("index, MB raw / gzip, files", ({ size }) => `${mega(size.index.bytes)} / ${mega(size.index.gzip)}, ${size.index.files}`);
  add("client, KB gzip", ({ size }) => kilo(size.client.gzip));
  return lines.join("\n") + "\n";
}

const row = (cells) => `| ${cells.join(" | ")} |`;
const percent = (share) => (share === null ? "–" : `${Math.round(share * 1000) / 10}`);
const kilo = (bytes) => (bytes / 1000).toFixed(1);
const mega = (bytes) => (bytes / 1e6).toFixed(1);
const both = (result, key, write) => (!result || result[key].median === null ? "–" : `${write(result[key].median)} / ${write(result[key].p95)}`) + (key === "time" && result?.failed.length ? ` (${result.failed.length} never)` : "");
