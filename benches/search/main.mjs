// One run: each corpus is built by both tools and measured in both; see README.md.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import * as visits from "./cold.mjs";
import { fromContent, fromLines } from "./documents.mjs";
import { measure, reciprocalRank } from "./measure.mjs";
import { news } from "./news.mjs";
import * as pagefind from "./pagefind.mjs";
import * as plenary from "./plenary.mjs";
import { cold, kinds, titles } from "./queries.mjs";
import { serve } from "./server.mjs";
import { synthetic } from "./synthetic.mjs";
import { table } from "./table.mjs";
import { truth } from "./truth.mjs";
import { typing } from "./typing.mjs";

const repository = resolve(import.meta.dirname, "..", "..");
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jsonl: { type: "string", multiple: true, default: [] },
    reports: { type: "string", default: process.env.REPORTS },
    plenary: { type: "string", default: process.env.PLENARY || join(repository, "target", "release", "plenary") },
    queries: { type: "string", default: "200" },
    cold: { type: "string", default: "30" },
    only: { type: "string" },
    work: { type: "string", default: join(repository, "target", "search-bench") },
    out: { type: "string" },
  },
});
const work = resolve(options.work);
const out = resolve(options.out || join(work, "results"));

// The corpora that the command line names, in its order.
function* corpora() {
  const named = positionals.length + options.jsonl.length > 0 ? positionals : ["seed", ...(options.reports ? ["reports"] : [])];
  const seed = () => fromContent(join(repository, "content"));
  for (let i = 0; i < named.length; i++) {
    if (named[i] === "seed") yield { corpus: "seed", documents: seed() };
    else if (named[i] === "reports" && options.reports) yield { corpus: "reports", documents: fromLines(options.reports) };
    else if (named[i] === "synthetic") {
      const source = options.reports ? fromLines(options.reports) : seed();
      yield { corpus: `synthetic-${named[++i]}`, documents: [...synthetic(Number(named[i]), source)] };
    } else if (named[i] === "news") yield { corpus: "news", documents: news(work) };
    else throw new Error(`unknown corpus: ${named[i]} (seed, news, reports with --reports FILE, synthetic N, --jsonl FILE)`);
  }
  for (const file of options.jsonl) yield { corpus: file.replace(/^.*[\\/]|\.jsonl$/g, ""), documents: fromLines(file) };
}

// Both tools on one corpus: sources, build, size, answers, first visits.
async function run({ corpus, documents }) {
  const folder = join(work, corpus);
  rmSync(folder, { recursive: true, force: true });
  const sides = [
    { name: "plenary", site: join(folder, "plenary-site"), make: makePlenary, module: plenary, cold: visits.plenary },
    { name: "Pagefind", site: join(folder, "pagefind"), make: makePagefind, module: pagefind, cold: visits.pagefind },
  ].filter((side) => !options.only || options.only === side.name.toLowerCase());
  const known = truth(documents);
  const count = Number(options.queries);
  const visitors = Number(options.cold);
  const questions = { kinds: kinds(documents, known, count), titles: titles(documents, known, count) };
  const first = { any: cold(documents, known, visitors, false), many: cold(documents, known, visitors, true) };
  const results = { corpus, documents: documents.length, characters: documents.reduce((sum, one) => sum + one.paragraphs.join("").length, 0), chance: mean(questions.titles.map((one) => one.chance)), best: mean(questions.titles.map((one) => one.best)), tools: {} };
  for (const side of sides) {
    const built = await side.make(folder, side.site, documents);
    tell(`${corpus}: ${side.name} built in ${built.seconds.toFixed(1)} s`);
    results.tools[side.name] = { build: built, size: side.module.size(side.site), ...(await ask(side, known, questions, first)) };
  }
  return results;
}

async function makePlenary(folder, site, documents) {
  plenary.write(join(folder, "plenary"), documents);
  return plenary.build(resolve(options.plenary), join(folder, "plenary"), site);
}

async function makePagefind(folder, site, documents) {
  pagefind.write(site, documents);
  return pagefind.build(site);
}

async function ask(side, known, questions, first) {
  const browser = await launch();
  const server = await serve(side.site);
  const tool = await side.module.open(side.site, browser, server.home);
  const answers = [];
  for (const kind of questions.kinds) {
    answers.push(await measure(tool, known, kind));
    const { recall, precision, milliseconds } = answers.at(-1);
    tell(`  ${kind.name}: recall ${recall?.toFixed(3)}, precision ${precision?.toFixed(3)}, ${milliseconds.toFixed(0)} ms`);
  }
  const rank = await reciprocalRank(tool, questions.titles);
  await tool.close();
  await server.close();
  const seen = {};
  for (const [which, queries] of Object.entries(first)) if (queries.length > 0) seen[which] = await visits.cold(browser, side.site, side.cold, queries);
  const typed = side.name === "plenary" ? await typing(browser, side.site, first.any.slice(0, 10)) : null;
  await browser.close();
  return { kinds: answers, rank, cold: seen, typed };
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const tell = (line) => process.stderr.write(`${line}\n`);

mkdirSync(out, { recursive: true });
for (const corpus of corpora()) {
  const results = await run(corpus);
  writeFileSync(join(out, `${results.corpus}.json`), `${JSON.stringify(results, null, 1)}\n`);
  const written = table(results);
  writeFileSync(join(out, `${results.corpus}.md`), written);
  process.stdout.write(`${written}\n`);
}
