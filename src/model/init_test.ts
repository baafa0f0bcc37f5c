import { openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { drawKernel, kernelInits } from "./init.ts";

const shape = [3, 3, 3, 8, 16];

Deno.test("drawKernel() has the variance each name stands for", () => {
  const expected = {
    kaimingFanOut: 2 / (27 * 16),
    kaimingFanIn: 2 / (27 * 8),
    xavier: 2 / (27 * 24),
    orthogonal: 2 / (27 * 8), // 16 filters of squared length 2, of 216 numbers
  };
  for (const init of kernelInits) {
    const values = drawKernel(init, shape, openRng(1));
    const square = values.reduce((sum, v) => sum + v * v, 0) / values.length;
    assertAlmostEquals(square / expected[init], 1, 0.08);
    assertEquals(values.length, 27 * 8 * 16);
  }
});

/** The products of columns `a` and `b` of a matrix with `columns` of them. */
function product(values: Float32Array, columns: number, a: number, b: number) {
  let sum = 0;
  for (let row = 0; row < values.length; row += columns) {
    sum += values[row + a]! * values[row + b]!;
  }
  return sum;
}

Deno.test("drawKernel() makes orthogonal filters of length √2", () => {
  const values = drawKernel("orthogonal", shape, openRng(2));
  for (let a = 0; a < 16; a++) {
    for (let b = 0; b <= a; b++) {
      assertAlmostEquals(product(values, 16, a, b), a === b ? 2 : 0, 1e-5);
    }
  }
});

Deno.test("drawKernel() makes orthogonal rows where outputs are more", () => {
  const values = drawKernel("orthogonal", [1, 1, 1, 2, 5], openRng(3));
  const rows = [values.slice(0, 5), values.slice(5)];
  const dot = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  assertAlmostEquals(dot(rows[0]!, rows[0]!), 2, 1e-5);
  assertAlmostEquals(dot(rows[0]!, rows[1]!), 0, 1e-5);
});
