import * as tf from "@tensorflow/tfjs-core";
import { gradients } from "@/engine/mod.ts";
import { assertTensor, testOnEngines } from "@test/engines.ts";
import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { focal } from "./focal.ts";

// Expected values: numpy, mean of -w (1 - p_t)² log p_t.
const valueOf = (focus: number, useWeights: boolean) =>
  lossOf(focal, { focus, useWeights })(exampleInput()).dataSync()[0]!;

testWithTensors("focal() gives the values numpy gives", () => {
  assertAlmostEquals(valueOf(2, false), .0486013043, 1e-6);
  assertAlmostEquals(valueOf(2, true), .0920742977, 1e-6);
});

testWithTensors(
  "focal() without focus is cross-entropy",
  () => assertAlmostEquals(valueOf(0, false), .3410601882, 1e-6),
);

// (1 - p)² (2 p log p + p - 1) at p = 1/2
testOnEngines("focal() has the right gradient for logits of 0", () => {
  const ones = tf.ones<tf.Rank.R5>([1, 1, 1, 1, 1]), zero = tf.zerosLike(ones);
  const { value, grads } = gradients(
    ([z]) =>
      lossOf(focal)({
        logits: z as tf.Tensor5D,
        target: ones,
        mask: ones,
        weight: ones,
      }),
    [zero],
  );
  assertTensor(grads[0]!, ones.shape, [(Math.log(.5) - .5) / 4], 1e-7);
  tf.dispose([ones, zero, value, ...grads]);
});

testCasesOf(focal);
