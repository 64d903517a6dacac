// Lists of the index: which speeches have a key, and where. `FORMAT.md` says how they are written.

const LIMIT = 0x1FBB;

// The numbers of a packed string.
function unpack(text) {
  const numbers = [];
  const one = i => {
    const code = text.charCodeAt(i);
    return code - (code < 0x7F ? 0x23 : 0x44);
  };
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "!") numbers.push(one(++i) * LIMIT + one(++i));
    else numbers.push(one(i));
  }
  return numbers;
}

// A packed list as postings in order, `{speech, at: [position…], zone: 0–3}`; of `kind` "pair", "single" or "skip".
function decode(text, kind) {
  const numbers = unpack(text);
  const found = [];
  let i = 1;
  let speech = 0;
  while (found.length < numbers[0] && i < numbers.length) {
    const step = numbers[i++];
    speech += kind === "pair" ? step >> 1 : kind === "single" ? step >> 2 : step;
    const count = kind !== "pair" ? 0 : step & 1 ? numbers[i++] + 2 : 1;
    found.push({ speech, at: [], count, zone: kind === "single" ? step & 3 : 3 });
  }
  for (const posting of found) {
    for (let at = -1; posting.at.length < posting.count;) posting.at.push(at += numbers[i++] + 1);
  }
  return found;
}

// The list of a key from its entry in a shard: `count` speeches, all in one part, or in parts that begin at `starts`
// and are read by `fetchPart(name)`.
function listOf(entry, kind, speeches, fetchPart) {
  if (typeof entry === "string") {
    const parts = [decode(entry, kind)];
    return { count: parts[0].length, whole: true, starts: [0], ends: [speeches], parts, titles: parts[0] };
  }
  let start = 0;
  const starts = unpack(entry[2]).map(step => start += step);
  return {
    count: entry[0],
    starts,
    ends: starts.slice(1).concat(speeches),
    parts: [],
    best: unpack(entry[3]),
    titles: decode(entry[4], kind),
    read: async i => decode(await fetchPart(entry[1] + "-" + i.toString(16)), kind)
  };
}

// Reads the parts of a list between two numbers of speeches, where `speeches` is given only those that have any of them.
// Resolves with the number of parts that were read.
async function readParts(list, from, to, speeches) {
  const { starts, ends, parts } = list;
  const wanted = [...starts.keys()].filter(i => !parts[i] && starts[i] < to && ends[i] > from &&
    (!speeches || speeches.some(speech => speech >= from && speech < to && speech >= starts[i] && speech < ends[i])));
  await Promise.all(wanted.map(async i => { parts[i] = await list.read(i); }));
  return wanted.length;
}
