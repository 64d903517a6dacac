// The index as the client sees it: tables that are read when they are asked for, each file once.

const FORMAT = 1;

// Opens the index of the site at `base`, an absolute address with a slash at its end. `load(path, version)` resolves
// with the parsed JSON of a file below `search/`; `manifest` is `index.json` where the page has it already.
async function open(base, load = loader(base), manifest = null) {
  const index = { base, load, search: (query, options) => answerTo(index, query, options || {}) };
  take(index, manifest || await load("index.json"));

  // A file in the folder of this numbering. One that cannot be read is asked for again the next time.
  const file = index.file = path => once(index.files, path, () =>
    load(index.manifest.numbering + "/" + path + ".json", index.manifest.version));

  // The entry of a key in a table of shards; undefined where there is none.
  index.entry = async (folder, key) => {
    const bits = index.manifest.bits[folder];
    const table = await file(folder + "/" + (bits ? hash(key) >>> (32 - bits) : 0).toString(16));
    return {}.hasOwnProperty.call(table, key) ? table[key] : undefined;
  };

  // The list of a need (see `match.js`), or null.
  index.list = ({ key, kind }) => once(index.lists, kind + " " + key, async () => {
    const entry = await index.entry(kind === "skip" ? "skips" : "lists", key);
    return entry === undefined ? null : listOf(entry, kind, index.speeches, part => file("parts/" + part));
  });

  // The speech with a number.
  index.speech = async number => {
    const { pack } = index.manifest;
    const speech = (await file("speeches/" + Math.floor(number / pack).toString(16)))[number % pack];
    if (!speech || typeof speech.url !== "string") throw new Error("index.json");
    return speech;
  };

  // The Simplified form of each Traditional character that matters here; with `all` also of those that stand in texts.
  index.traditional = async all => {
    const { from, to, kept } = await file("traditional");
    const simple = [...to];
    const map = Object.create(null);
    [...from].forEach((character, i) => { if (all || kept.indexOf(character) < 0) map[character] = simple[i]; });
    return map;
  };
  return index;
}

function take(index, manifest) {
  if (!manifest || manifest.format !== FORMAT || !manifest.bits || !manifest.zones) {
    throw new Error("index.json");
  }
  Object.assign(index, { manifest, speeches: manifest.speeches, files: new Map(), lists: new Map() });
}

// What `make` resolves with, asked for once; again after a fault.
function once(held, name, make) {
  if (!held.has(name)) {
    const made = make();
    held.set(name, made);
    made.catch(() => held.delete(name));
  }
  return held.get(name);
}

// After a fault: where a new index was published meanwhile, takes its manifest; otherwise rejects with the fault.
async function renew(index, error) {
  const manifest = await index.load("index.json");
  if (manifest.version === index.manifest.version) throw error;
  take(index, manifest);
}
