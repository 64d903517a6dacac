// Faults gathered over the whole site, told together.
import assert from "node:assert/strict";

export function none(faults) {
  assert.equal(faults.length, 0, `${faults.length} faults:\n  ${faults.slice(0, 20).join("\n  ")}`);
}
