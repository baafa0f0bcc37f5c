import type { Zyx } from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { inverseOf, transformed } from "./symmetry.ts";

const shape: Zyx = [2, 2, 2];
const array = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7);

Deno.test("transformed() numbers the symmetries as the report does", () => {
  const under = (symmetry: number) => transformed(array, shape, symmetry);
  assertSameNumbers(under(0), array);
  assertSameNumbers(under(1), [0, 2, 1, 3, 4, 6, 5, 7]); // swap y and x
  assertSameNumbers(under(2), [2, 3, 0, 1, 6, 7, 4, 5]); // flip y
  assertSameNumbers(under(4), [1, 0, 3, 2, 5, 4, 7, 6]); // flip x
  assertSameNumbers(under(8), [4, 5, 6, 7, 0, 1, 2, 3]); // flip z
});

Deno.test("transformed() flips before it swaps y and x", () => {
  // flip x: 1 0 / 3 2, then swap: 1 3 / 0 2
  assertSameNumbers(
    transformed(array, shape, 5).subarray(0, 4),
    [1, 3, 0, 2],
  );
});

Deno.test("transformed() is one step after another", () => {
  const square: Zyx = [3, 5, 5];
  const values = Float32Array.from({ length: 75 }, (_, i) => i);
  for (let symmetry = 0; symmetry < 16; symmetry++) {
    let stepwise: Float32Array = values;
    for (const step of [8, 4, 2, 1]) {
      if (symmetry & step) stepwise = transformed(stepwise, square, step);
    }
    assertSameNumbers(transformed(values, square, symmetry), stepwise);
  }
});

Deno.test("inverseOf() undoes each of the 16 symmetries, all different", () => {
  const square: Zyx = [3, 5, 5];
  const values = Float32Array.from({ length: 75 }, (_, i) => i);
  const seen = new Set<string>();
  for (let symmetry = 0; symmetry < 16; symmetry++) {
    const there = transformed(values, square, symmetry);
    const back = transformed(there, square, inverseOf(symmetry));
    assertSameNumbers(back, values, `symmetry ${symmetry}`);
    seen.add(there.join());
  }
  assertEquals(seen.size, 16);
});

Deno.test("transformed() flips sections that are not square", () => {
  const wide: Zyx = [1, 2, 3];
  const values = Float32Array.of(0, 1, 2, 3, 4, 5);
  assertSameNumbers(transformed(values, wide, 4), [2, 1, 0, 5, 4, 3]);
  assertSameNumbers(transformed(values, wide, 6), [5, 4, 3, 2, 1, 0]);
});
