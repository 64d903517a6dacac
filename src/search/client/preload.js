// Asks for the lists of a query while the client is on its way: a slow network waits once for both. The client then asks
// for the same files and finds them there; of queries that are more than plain Chinese it asks alone.

const { lists, bits, version } = document.currentScript.dataset;
const query = new URLSearchParams(location.search).get("q") || "";
const shards = new Set();

// The pairs that `needsOf` in `match.js` looks up; of no more terms and units than `query.js` reads.
for (const term of query.trim().split(/\s+/).slice(0, 16)) {
  const length = term.length;
  if (!/^[\u4E00-\u9FFF]{1,64}$/.test(term)) continue;
  const wanted = [term.slice(-2)];
  for (let i = 0; i < length - 1; i += 2) wanted.push(term.slice(i, i + 2));
  for (const key of wanted) shards.add(+bits ? hash(key) >>> (32 - bits) : 0);
}
if (location.protocol !== "file:") shards.forEach(shard => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "", href: lists + shard.toString(16) + ".json?" + version });
  document.head.append(link);
});
