import assert from "node:assert";
import type { ExperimentError } from "./errors.ts";
import { checkMemory } from "./memory.ts";

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
