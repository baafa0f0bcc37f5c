import assert from "node:assert";
import type { ExperimentError } from "./errors.ts";
import { availableBytes, checkMemory } from "./memory.ts";

Deno.test("checkMemory() lets pass what fits, and refuses what no machine has", () => {
  const need = { doing: `load "a"`, where: "data.train[0]", fix: "Cut it" };
  checkMemory(1000, need);
  for (const bytes of [2 ** 60, 1e18, Infinity]) {
    assert.throws(() => checkMemory(bytes, need), (error: ExperimentError) => {
      assert.match(
        error.message,
        /^Cannot load "a": it takes .* of memory, this machine has \d+(\.\d)? GiB$/,
      );
      assert.equal(error.where, "data.train[0]");
      return true;
    });
  }
});

Deno.test("availableBytes() takes the limit of a container where it is below what the machine has", () => {
  const machine = { total: 64, swapTotal: 8 };
  const of = (limit: number, known = true) =>
    availableBytes({
      machine: () => known ? machine : null,
      limit: () => limit,
    });
  assert.deepEqual([of(0), of(16), of(2 ** 62)], [72, 24, 72]);
  assert.deepEqual([of(0, false), of(16, false)], [2 ** 43, 16]);
  assert.ok(availableBytes() > 2 ** 20);
});
