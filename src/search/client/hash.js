// The hash by which a key finds its shard: FNV-1a over UTF-16 units, spread to the highest bits.
function hash(key) {
  let value = 0x811C9DC5;
  for (let i = 0; i < key.length; i++) value = Math.imul(value ^ key.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x85EBCA6B);
  return (value ^ (value >>> 13)) >>> 0;
}
