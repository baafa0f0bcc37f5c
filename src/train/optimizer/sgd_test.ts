import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { compareWithTorch, followed, optimizerOf } from "./_testing.ts";

compareWithTorch("sgd");

const number = fc.double({ min: -9, max: 9, noNaN: true });

testWithTensors(
  "sgd() without momentum goes straight down, as far as the rate says",
  () => {
    const sgd = optimizerOf("sgd", { momentum: 0, nesterov: false });
    fc.assert(
      fc.property(number, number, number, (weight, gradient, rate) => {
        const [found] = followed(sgd, {
          weights: [weight, 0, 0],
          gradients: [[gradient, 0, 0]],
          rates: [rate],
        });
        assertAlmostEquals(found!, weight - rate * gradient, 1e-5);
      }),
      { numRuns: 30 },
    );
  },
);

testWithTensors(
  "sgd() with momentum comes to 1 / (1 - momentum) steps in one",
  () => {
    for (const nesterov of [false, true]) {
      const course = (steps: number) => ({
        weights: [0, 0, 0],
        gradients: new Array(steps).fill([1, 0, 0]),
        rates: new Array(steps).fill(0.01),
      });
      const sgd = optimizerOf("sgd", { momentum: 0.5, nesterov });
      const last = followed(sgd, course(41))[0]! -
        followed(sgd, course(40))[0]!;
      assertAlmostEquals(last, -0.02, 1e-6);
    }
  },
);

testWithTensors(
  "sgd() by Nesterov's rule goes further in its first step",
  () => {
    const first = (nesterov: boolean) =>
      followed(optimizerOf("sgd", { momentum: 0.5, nesterov }), {
        weights: [0, 0, 0],
        gradients: [[1, 0, 0]],
        rates: [1],
      })[0]!;
    deepStrictEqual([first(false), first(true)], [-1, -1.5]);
  },
);

testWithTensors(
  "sgd() adds decay to the gradient, of kernels alone if asked",
  () => {
    const moved = (decayKernelsOnly: boolean) => [
      ...followed(
        optimizerOf("sgd", {
          momentum: 0,
          nesterov: false,
          weightDecay: 0.25,
          decayKernelsOnly,
        }),
        { weights: [4, 4, 4], gradients: [[1, 1, 1]], rates: [1] },
      ),
    ];
    deepStrictEqual(moved(false), [2, 2, 2]);
    deepStrictEqual(moved(true), [2, 3, 3]);
  },
);
