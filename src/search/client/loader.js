// Loads files of the index: as JSON, or as scripts where a page may not fetch (from disk, or a portal without CORS).

const TIMEOUT = 20000;
const waiting = new Map();
let policy = null;

// The default way to load files below `<base>search/`.
function loader(base) {
  let byScript = location.protocol === "file:";
  const load = async (address, version) => {
    const response = !byScript &&
      await fetch(version ? address + "?" + version : address, { cache: version ? "default" : "no-cache" }).catch(() => {});
    if (response) {
      if (response.ok) return response.json();
      throw new Error(address);
    }
    const data = await asScript(address, version);
    byScript = true;
    return data;
  };
  return (path, version) => Promise.race([load(base + "search/" + path, version), new Promise((resolve, reject) => {
    setTimeout(reject, TIMEOUT, new Error(path));
  })]);
}

async function asScript(address, version) {
  const own = address.replace(/\.json$/, ".js");
  let data;
  waiting.set(own, received => { data = received; });
  await run(own + (location.protocol === "file:" ? "" : "?" + (version || Date.now())));
  if (data === undefined) throw new Error(own);
  return data;
}

// Runs a script of the site and resolves with its element.
function run(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve(script);
    script.onerror = () => reject(new Error(address));
    script.src = trusted(address);
    document.head.append(script);
    script.remove();
  });
}

// The second part of the client, which is loaded when it is needed: at its address below `search/`, in Node beside
// this file. SECOND is set where the parts are put together.
let second = null;
function secondPart(index) {
  if (!second) {
    second = typeof document !== "object" ? Promise.resolve(require("./search/more.js")) :
      run(index.base + "search/" + SECOND).then(script => script.plenary);
    second.catch(() => { second = null; });
  }
  return second;
}

// What the index's scripts call.
function receive(path, data) {
  const script = document.currentScript;
  const take = script && waiting.get(script.src.split("?")[0]);
  if (take) take(data);
}

// Trusted Types: addresses of scripts are made here only, all below the base of an index.
function trusted(address) {
  if (typeof trustedTypes !== "object") return address;
  policy = policy || trustedTypes.createPolicy("plenary", { createScriptURL: String });
  return policy.createScriptURL(address);
}
