import { deepStrictEqual, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { assignRows } from "./assignment.ts";

/** The least sum over all ways to give rows columns of their own. */
function leastSum(costs: number[], rows: number, columns: number): number {
  const go = (row: number, free: number[]): number =>
    row === rows ? 0 : Math.min(
      ...free.map((c) =>
        costs[row * columns + c]! + go(row + 1, free.filter((f) => f !== c))
      ),
    );
  return go(0, Array.from({ length: columns }, (_, c) => c));
}

Deno.test("assignRows() finds the least sum, each column once", () => {
  const matrix = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(2))
    .chain(([rows, more]) =>
      fc.record({
        rows: fc.constant(rows),
        columns: fc.constant(rows + more),
        costs: fc.array(fc.integer({ min: -9, max: 9 }), {
          minLength: rows * (rows + more),
          maxLength: rows * (rows + more),
        }),
      })
    );
  fc.assert(fc.property(matrix, ({ rows, columns, costs }) => {
    const assigned = assignRows(costs, [rows, columns]);
    const sum = assigned.reduce((s, c, r) => s + costs[r * columns + c]!, 0);
    deepStrictEqual(new Set(assigned).size, rows);
    deepStrictEqual(sum, leastSum(costs, rows, columns));
  }));
});

Deno.test("assignRows() manages some hundred rows", () => {
  const n = 300;
  const costs = Float64Array.from(
    { length: n * n },
    (_, i) => ((i * 7919) % 1009) / 1009,
  );
  const assigned = assignRows(costs, [n, n]);
  ok(new Set(assigned).size === n);
});

Deno.test("assignRows() refuses more rows than columns, and too few costs", () => {
  throws(() => assignRows([1, 2], [2, 1]), RangeError);
  throws(() => assignRows([1, 2], [1, 3]), RangeError);
});
