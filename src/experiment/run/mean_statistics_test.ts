import { deepStrictEqual } from "node:assert/strict";
import { batchesFor } from "./mean_statistics.ts";

Deno.test("batchesFor() wants statistics once weights are averaged, if they are not themselves", () => {
  const averaging = (statisticsFrom: number | null) => ({
    statisticsFrom,
    share: (step: number, total: number) => step < total / 2 ? 1 : 0.5,
  });
  const of = (averaged: ReturnType<typeof averaging> | null) =>
    [4, 5].map((step) => batchesFor(averaged, { step, total: 10 }));
  deepStrictEqual(of(averaging(7)), [null, 7]);
  deepStrictEqual(of(averaging(null)), [null, null]);
  deepStrictEqual(of(null), [null, null]);
});
