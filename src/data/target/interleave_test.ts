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

Deno.test("interleave() leaves a single head as it is", () => {
  const { target, weight } = interleave([patch(10)]);
  assertSameNumbers(target, [10, 11, 12]);
  assertSameNumbers(weight, [10, 10, 10]);
});
