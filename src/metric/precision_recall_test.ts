import * as assert from "node:assert";
import { noisyInput } from "./_testing.ts";
import { precisionRecall } from "./precision_recall.ts";

Deno.test("precisionRecall() gives every point where they are few", () => {
  const curve = precisionRecall(
    Float32Array.of(0.75, 0.5, 0.5, 0.25, 0.125),
    Uint8Array.of(1, 0, 1, 0, 1),
    new Uint8Array(5).fill(1),
  );
  assert.deepStrictEqual(curve, [
    { threshold: 0.75, precision: 1, recall: 1 / 3 },
    { threshold: 0.5, precision: 2 / 3, recall: 2 / 3 },
    { threshold: 0.125, precision: 3 / 5, recall: 1 },
  ]);
});

Deno.test("precisionRecall() keeps to the number of points and ends at recall 1", () => {
  const { probability, target, mask } = noisyInput([8, 40, 40], 1);
  const curve = precisionRecall(probability, target, mask, 10);
  assert.ok(curve.length <= 10 && curve.length > 5);
  assert.equal(curve.at(-1)!.recall, 1);
  for (const [n, point] of curve.entries()) {
    if (n === 0) continue;
    assert.ok(point.threshold < curve[n - 1]!.threshold);
    assert.ok(point.recall > curve[n - 1]!.recall);
  }
});

Deno.test("precisionRecall() has no point without a cleft voxel", () => {
  const zero = new Uint8Array(2);
  assert.deepStrictEqual(
    precisionRecall(Float32Array.of(0.5, 1), zero, zero.with(0, 1)),
    [],
  );
});
