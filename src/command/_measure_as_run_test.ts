import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import type { MetricInput } from "@/metric/mod.ts";
import { metrics } from "@/metric/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { measureAsRun } from "./_measure_as_run.ts";

/** A cleft of two voxels in a row of four, said with 0.9 and 0.8. */
const input: MetricInput = {
  probability: Float32Array.of(0.9, 0.8, 0.3, 0.1),
  target: Uint8Array.of(1, 1, 0, 0),
  mask: Uint8Array.of(1, 1, 1, 1),
  shapeVox: [1, 1, 4],
  voxelNm: [40, 4, 4],
};

Deno.test("measureAsRun() measures at the threshold chosen, and at the best one", async () => {
  const { chosen, best } = await measureAsRun(input, {
    threshold: 0.85,
    metrics: [],
  });
  assertEquals(chosen!.dice, 2 / 3); // one of two is found
  assertEquals(best.dice, 1);
  assertEquals(best.threshold, Math.fround(0.8));
  const same = await measureAsRun(input, {
    threshold: Math.fround(0.8),
    metrics: [],
  });
  strictEqual(same.chosen, same.best);
  const none = await measureAsRun(input, { threshold: null, metrics: [] });
  strictEqual(none.chosen, null);
  deepStrictEqual(none.best, best);
});

Deno.test("measureAsRun() takes the run's options, and names those that are unusual", async () => {
  const usual = await measureAsRun(input, { threshold: null, metrics: [] });
  deepStrictEqual(usual.unusual, []);
  deepStrictEqual(
    usual.measuredWith.map(({ type }) => type),
    metrics.components.map(({ name }) => name),
  );
  const strict = await measureAsRun(input, {
    threshold: null,
    metrics: [{ type: "objects", minOverlapVox: 3 }, { type: "dice" }],
  });
  deepStrictEqual(strict.unusual, ["objects.minOverlapVox = 3"]);
  deepStrictEqual([usual.best.found, strict.best.found], [1, 0]);
});

Deno.test("measureAsRun() refuses metrics that are gone, and thresholds of nothing", async () => {
  const nothing = { ...input, target: new Uint8Array(4) };
  await rejects(
    measureAsRun(nothing, { threshold: null, metrics: [] }),
    /the truth has no cleft there\n.*\n.*--threshold/,
  );
  const unlabelled = { ...input, mask: Uint8Array.of(0, 0, 1, 1) };
  await rejects(
    measureAsRun(unlabelled, { threshold: null, metrics: [] }),
    /the truth has no cleft there/,
  );
  await rejects(
    measureAsRun(input, {
      threshold: null,
      metrics: [{ type: "dice", gone: 1 }],
    }),
    /no metric \{"type":"dice","gone":1\}\n.*--prediction\n.*Predict again/,
  );
});
