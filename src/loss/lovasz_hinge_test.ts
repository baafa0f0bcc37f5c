import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { gradients } from "@/engine/mod.ts";
import { lossOf } from "./_example.ts";
import { lovaszHinge } from "./lovasz_hinge.ts";

function inputOf(logits: number[], target: number[]) {
  const row = (values: number[]) =>
    tf.tensor5d(values, [1, 1, 1, values.length, 1]);
  const ones = row(logits.map(() => 1));
  return {
    logits: row(logits),
    target: row(target),
    mask: ones,
    weight: ones,
  };
}

// Errors 3, 2, .5 of rest, cleft, cleft: the IoU goes 1, 2/3, 1/3, 0
testOpOnEngines(
  "lovaszHinge() weighs each error by what it costs the IoU",
  () => {
    const input = inputOf([2, -1, .5], [0, 1, 1]);
    const { value, grads } = gradients(
      ([z]) => lossOf(lovaszHinge)({ ...input, logits: z as tf.Tensor5D }),
      [input.logits],
    );
    assertTensor(value, [], [(3 + 2 + .5) / 3]);
    assertTensor(grads[0]!, [1, 1, 1, 3, 1], [1 / 3, -1 / 3, -1 / 3]);
  },
);

testOpOnEngines("lovaszHinge() without a cleft is the greatest error", () => {
  const value = lossOf(lovaszHinge)(inputOf([-3, .5, -.5, .25], [0, 0, 0, 0]));
  assertTensor(value, [], [1.5]);
});

testOpOnEngines(
  "lovaszHinge() weighs errors to the last digit in a whole patch",
  () => {
    const shape: [number, number, number, number, number] = [1, 8, 96, 96, 1];
    const noise = normalTensor<tf.Rank.R5>(shape);
    const target = tf.cast<tf.Tensor5D>(
      tf.greater(normalTensor<tf.Rank.R5>(shape, 2), 2),
      "float32",
    );
    const ones = tf.onesLike(target);
    const truth = { target, mask: ones, weight: ones };
    const { value, grads } = gradients(
      ([z]) => lossOf(lovaszHinge)({ ...truth, logits: z as tf.Tensor5D }),
      [noise],
    );
    const expected = lovaszIn64Bits(noise.dataSync(), target.dataSync());
    assertAlmostEquals(value.dataSync()[0]! / expected.value, 1, 1e-5);
    const slope = grads[0]!.dataSync();
    const off = slope.findIndex((v, i) =>
      Math.abs(v - expected.slope[i]!) > 1e-5 * Math.abs(expected.slope[i]!)
    );
    assertEquals(off, -1, `${slope[off]} instead of ${expected.slope[off]}`);
  },
);

/** The definition: each error times the fall of the IoU as its voxel turns wrong. */
function lovaszIn64Bits(logits: ArrayLike<number>, target: ArrayLike<number>) {
  const side = Array.from(target, (t) => 2 * t - 1);
  const error = side.map((s, i) =>
    Math.fround(1 - Math.fround(logits[i]! * s))
  );
  const order = [...error.keys()]
    .sort((a, b) => error[b]! - error[a]! || a - b);
  let hits = side.filter((s) => s === 1).length, union = hits, value = 0;
  const slope = new Float64Array(error.length);
  for (const i of order) {
    const before = hits / union;
    if (side[i] === 1) hits--;
    else union++;
    const fall = before - hits / union;
    if (error[i]! > 0) slope[i] = -side[i]! * fall;
    value += Math.max(0, error[i]!) * fall;
  }
  return { value, slope };
}

testOpOnEngines("lovaszHinge() of no number is no number", () => {
  const count = 1000; // enough for a sort to lose its way
  const logits = Array.from({ length: count }, (_, i) => i % 3 ? NaN : i % 7);
  const value = lossOf(lovaszHinge)(
    inputOf(logits, logits.map((_, i) => i % 2)),
  );
  assertEquals(value.dataSync()[0]!, NaN);
});

testCasesOf(lovaszHinge);
