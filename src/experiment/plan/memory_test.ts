import { deepStrictEqual } from "node:assert/strict";
import { estimateMemoryMiB } from "./memory.ts";

Deno.test("estimateMemoryMiB() is the straight line of docs/benchmarks.md", () => {
  const of = (
    { parameters = 0, keptActivations = 0, recomputedActivations = 0 },
    { batch = 1, workers = 0 } = {},
  ) =>
    estimateMemoryMiB(
      { parameters, keptActivations, recomputedActivations },
      { batch, workers },
    );
  const mega = 2 ** 20;
  deepStrictEqual(of({}), 610);
  deepStrictEqual(of({}, { workers: 3 }), 610 + 180);
  // Seven copies of four bytes.
  deepStrictEqual(of({ parameters: 10 * mega }), 610 + 280);
  deepStrictEqual(of({ parameters: 10 * mega }, { batch: 5 }), 610 + 280);
  deepStrictEqual(of({ keptActivations: 2 * mega }, { batch: 3 }), 610 + 132);
  deepStrictEqual(of({ recomputedActivations: 4 * mega }), 610 + 46);
});
