import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { compareWithTorch, followed, optimizerOf } from "./_testing.ts";

compareWithTorch("adam");

const plain = { weightDecay: 0, amsgrad: false };
const gradient = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

testWithTensors(
  "adam() makes a first step as long as the rate, whatever the gradient",
  () => {
    const adam = optimizerOf("adam", plain);
    fc.assert(
      fc.property(gradient, fc.boolean(), (size, isFalling) => {
        const [moved] = followed(adam, {
          weights: [0, 0, 0],
          gradients: [[isFalling ? size : -size, 0, 0]],
          rates: [0.25],
        });
        assertAlmostEquals(moved!, isFalling ? -0.25 : 0.25, 1e-5);
      }),
      { numRuns: 30 },
    );
  },
);

testWithTensors(
  "adam() takes the same way for gradients of another scale",
  () => {
    const adam = optimizerOf("adam", { ...plain, epsilon: 1e-30 });
    const rates = [0.1, 0.1, 0.1];
    const gradients = [[1, -2, 0.5], [-0.5, -1, 0.25], [3, 2, -0.125]];
    const course = { weights: [1, 2, 3], gradients, rates };
    const once = followed(adam, course);
    const scaled = gradients.map((g) => g.map((one) => 64 * one));
    const larger = followed(adam, { ...course, gradients: scaled });
    larger.forEach((value, i) => assertAlmostEquals(value, once[i]!, 1e-6));
  },
);

testWithTensors("adam() with amsgrad does not forget a large gradient", () => {
  const moved = (amsgrad: boolean) => {
    const adam = optimizerOf("adam", { ...plain, amsgrad, beta2: 0.5 });
    const small = new Array(30).fill([0.01, 0, 0]);
    const [weight] = followed(adam, {
      weights: [0, 0, 0],
      gradients: [[10, 0, 0], ...small],
      rates: [0, ...small.map(() => 0.01)],
    });
    return -weight!;
  };
  if (!(moved(true) < moved(false) / 2)) throw new Error(`${moved(true)}`);
});

testWithTensors(
  "adam() stays where there is neither a gradient nor decay",
  () => {
    const weights = [1, -2, 0.5];
    const still = followed(optimizerOf("adam", plain), {
      weights,
      gradients: [[0, 0, 0], [0, 0, 0]],
      rates: [1, 1],
    });
    deepStrictEqual([...still], weights);
  },
);

Deno.test("adam() keeps a third slot for amsgrad, and names all", () => {
  const namesOf = (amsgrad: boolean) =>
    optimizerOf("adam", { amsgrad }).slotNames;
  deepStrictEqual(namesOf(false), ["mean", "square"]);
  deepStrictEqual(namesOf(true), ["mean", "square", "largest"]);
});

Deno.test("adam() corrects its first moments, and hardly the late ones", () => {
  const { scalars } = optimizerOf("adam");
  const [mean, root] = scalars(1);
  assertAlmostEquals(mean!, 10, 1e-9);
  assertAlmostEquals(root!, 1 / Math.sqrt(0.001), 1e-9);
  for (const late of scalars(100_000)) assertAlmostEquals(late, 1, 1e-9);
});
