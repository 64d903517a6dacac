// Random numbers that are the same in every run: one generator for each purpose, from a name.

// Returns a function that gives the next number from 0 to below `n`.
export function random(name) {
  let state = 2166136261;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 16777619);
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
  return (n) => Math.floor(next() * n);
}

// One of a list.
export const pick = (below, list) => list[below(list.length)];
