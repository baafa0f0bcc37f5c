import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { after, mapped } from "@/core/mod.ts";
import { mapOfMatrix } from "./matrix.ts";

const read = (rows: number[][]) => mapOfMatrix(rows, "matrix");

Deno.test("mapOfMatrix() turns rows for x, y around", () => {
  const map = read([[1, 2, 3], [4, 5, 6], [0, 0, 1]]);
  const [x, y] = [10, 100];
  deepStrictEqual(mapped(map, [y, x]), [4 * x + 5 * y + 6, x + 2 * y + 3]);
});

Deno.test("mapOfMatrix() reads the winners' matrices and their inverses", () => {
  // CREMI A+, aligned section 15 (counted from 1): part 1 and part 2, there and back
  const pairs = [
    [
      [[0.95238, 0.01522, 86.31557], [0.02588, 0.99211, -46.71174], [0, 0, 1]],
      [[1.05035, -0.01617, -91.22813], [-0.02747, 1.00782, 49.86854], [
        0,
        0,
        1,
      ]],
    ],
    [
      [[0.94572, 0.01993, -40.97768], [0.02496, 0.99134, 17.88803], [0, 0, 1]],
      [[1.05677, -0.02084, 43.62821], [-0.02586, 1.00909, -18.80263], [
        0,
        0,
        1,
      ]],
    ],
  ];
  for (const [there, back] of pairs) {
    const both = after(read(back!), read(there!));
    const [y, x] = mapped(both, [1200, 800]);
    ok(Math.hypot(y - 1200, x - 800) < 1, `${y}, ${x}`);
  }
});

Deno.test("mapOfMatrix() says what is wrong with a matrix", () => {
  const last = [0, 0, 1];
  throws(() => read([[1, 0, 0], [0, 1, 0]]), /it is 2 × 3, not 3 × 3/);
  throws(() => read([[1, 0], [0, 1], [0, 0]]), /it is 3 × 2, not 3 × 3/);
  throws(
    () => read([[NaN, 0, 0], [0, 1, 0], last]),
    /not all of it is a finite/,
  );
  throws(
    () => read([[1, 0, 0], [0, 1, 0], [0, 1, 1]]),
    /its last row is 0 1 1/,
  );
  throws(() => read([[1, 2, 0], [2, 4, 0], last]), /it cannot be undone/);
});
