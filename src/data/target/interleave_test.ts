import { assertSameNumbers } from "@test/helpers.ts";
import { interleave } from "./interleave.ts";

const patch = (first: number) => ({
  target: Float32Array.of(first, first + 1, first + 2),
  mask: Float32Array.of(1, 0, 1),
  weight: Float32Array.of(first, first, first),
});

Deno.test("interleave() puts the heads of a voxel side by side", () => {
  const { target, mask, weight } = interleave([patch(10), patch(20)]);
  assertSameNumbers(target, [10, 20, 11, 21, 12, 22]);
  assertSameNumbers(mask, [1, 1, 0, 0, 1, 1]);
  assertSameNumbers(weight, [10, 20, 10, 20, 10, 20]);
});

Deno.test("interleave() keeps the components of a vector together", () => {
  const vectors = {
    target: Float32Array.of(1, 2, 3, 4, 5, 6),
    mask: Float32Array.of(1, 0),
    weight: Float32Array.of(7, 8),
  };
  const numbers = {
    target: Float32Array.of(10, 20),
    mask: Float32Array.of(0, 1),
    weight: Float32Array.of(9, 9),
  };
  const { target, mask, weight } = interleave([numbers, vectors, numbers]);
  assertSameNumbers(target, [10, 1, 2, 3, 10, 20, 4, 5, 6, 20]);
  assertSameNumbers(mask, [0, 1, 0, 1, 0, 1]);
  assertSameNumbers(weight, [9, 7, 9, 9, 8, 9]);
});

Deno.test("interleave() leaves a single head as it is", () => {
  const { target, weight } = interleave([patch(10)]);
  assertSameNumbers(target, [10, 11, 12]);
  assertSameNumbers(weight, [10, 10, 10]);
});
