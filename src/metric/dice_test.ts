import { assertEquals } from "@test/helpers.ts";
import { noisyInput, rowInput } from "./_testing.ts";
import { bestThreshold, dice } from "./dice.ts";

const metric = dice.create({});

Deno.test("dice() gives the hand-worked value at a threshold", () => {
  // At 0.5: TP 1, FP 1, FN 1, so 2 / (2 + 1 + 1).
  const input = rowInput([0.5, 0.9, 0.1, 0.2], [1, 0, 1, 0], {
    threshold: 0.5,
  });
  const { dice: value, threshold } = metric.evaluate(input);
  assertEquals(value, 0.5);
  assertEquals(threshold, 0.5);
});

Deno.test("dice() chooses the best threshold where none is given", () => {
  // 0.75: 2/3; 0.5: 2·2/(2+1+2) = 0.8; 0.25 adds an error.
  const { dice: value, threshold } = metric.evaluate(
    rowInput([0.75, 0.5, 0.5, 0.25], [1, 1, 0, 0]),
  );
  assertEquals(value, 0.8);
  assertEquals(threshold, 0.5);
});

Deno.test("bestThreshold() takes the highest of equally good ones", () => {
  // 0.75: 2·1/(1+0+2) = 2/3; 0.5 finds both with two errors: 2·2/(4+2) = 2/3.
  const input = rowInput([0.75, 0.5, 0.5, 0.5], [1, 1, 0, 0]);
  assertEquals(bestThreshold(input), 0.75);
});

Deno.test("bestThreshold() is 0.5 where there is nothing to find", () => {
  assertEquals(bestThreshold(rowInput([0.7, 0.6], [0, 0])), 0.5);
  assertEquals(bestThreshold(rowInput([NaN, NaN], [1, 1])), 0.5);
});

Deno.test("dice() ignores unlabelled voxels", () => {
  const input = rowInput([0.9, 0.9, 0.1], [1, 0, 1], {
    mask: [1, 0, 0],
    threshold: 0.5,
  });
  assertEquals(metric.evaluate(input).dice, 1);
});

Deno.test("dice() is null without a cleft voxel, 0 without a found one", () => {
  assertEquals(metric.evaluate(rowInput([0.7], [0])).dice, null);
  const none = rowInput([0.1, 0.2], [1, 0], { threshold: 0.5 });
  assertEquals(metric.evaluate(none).dice, 0);
});

Deno.test("bestThreshold() beats every other probability there is", () => {
  for (let seed = 0; seed < 20; seed++) {
    const input = noisyInput([3, 8, 9], seed);
    const best = metric.evaluate(input).dice!;
    for (const threshold of new Set(input.probability)) {
      const other = metric.evaluate({ ...input, threshold }).dice!;
      if (other > best) throw new Error(`${threshold}: ${other} > ${best}`);
    }
  }
});
