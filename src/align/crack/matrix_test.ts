import { deepStrictEqual, throws } from "node:assert/strict";
import { mapped } from "@/core/mod.ts";
import { mapOfMatrix } from "./matrix.ts";

const read = (rows: number[][]) => mapOfMatrix(rows, "matrix");

Deno.test("mapOfMatrix() turns rows for x, y around", () => {
  const map = read([[1, 2, 3], [4, 5, 6], [0, 0, 1]]);
  const [x, y] = [10, 100];
  deepStrictEqual(mapped(map, [y, x]), [4 * x + 5 * y + 6, x + 2 * y + 3]);
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
