import { deepStrictEqual } from "node:assert";
import { isFiniteStep, meanLosses } from "./told.ts";

Deno.test("meanLosses() is the mean over batches, loss by loss", () => {
  deepStrictEqual(meanLosses([[1, 2, 3]]), [1, 2, 3]);
  deepStrictEqual(meanLosses([[1, 2], [3, 8]]), [2, 5]);
});

Deno.test("isFiniteStep() looks at the total of every batch and at the gradient", () => {
  const step = (losses: number[][], gradientNorm: number | null) =>
    isFiniteStep({ losses, gradientNorm });
  deepStrictEqual(step([[1, NaN]], null), true, "the total counts");
  deepStrictEqual(step([[1], [2]], 3), true);
  deepStrictEqual(step([[NaN], [2]], 3), false);
  deepStrictEqual(step([[1], [Infinity]], null), false);
  deepStrictEqual(step([[1]], Infinity), false);
  deepStrictEqual(step([[1]], NaN), false);
  deepStrictEqual(step([[1]], 0), true);
});
