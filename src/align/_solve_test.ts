import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { assertAlmostEquals } from "@test/helpers.ts";
import { solve } from "./_solve.ts";

Deno.test("solve() solves what a positive matrix was multiplied with", () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const vector = fc.array(number, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(vector, { minLength: 4, maxLength: 4 }),
      vector,
      (rows, x) => {
        const matrix = new Float64Array(16); // rowsᵀ · rows + 1
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 4; j++) {
            matrix[4 * i + j] = rows.reduce((sum, row) =>
              sum + row[i]! * row[j]!, 0) +
              (i === j ? 1 : 0);
          }
        }
        const right = Float64Array.from(
          { length: 4 },
          (_, i) =>
            x.reduce((sum, value, j) => sum + matrix[4 * i + j]! * value, 0),
        );
        solve(matrix, right)!.forEach((value, i) =>
          assertAlmostEquals(value, x[i]!, 1e-8)
        );
      },
    ),
  );
});

Deno.test("solve() gives null for what has no single solution", () => {
  deepStrictEqual(
    solve(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1)),
    null,
  );
  deepStrictEqual(
    solve(Float64Array.of(0, 0, 0, 0), Float64Array.of(1, 1)),
    null,
  );
  deepStrictEqual(solve(Float64Array.of(-1), Float64Array.of(1)), null);
});
