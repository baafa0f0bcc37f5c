import { deepEqual, throws } from "node:assert/strict";
import { budgets } from "./mod.ts";

function rungs(
  entry: Readonly<Record<string, unknown>>,
  search: { trials: number; volumeTotal: number },
): readonly (readonly [number, number])[] {
  const parsed = budgets.schema.parse({ type: "halving", ...entry });
  return budgets.create(parsed).rungs(search)
    .map(({ volume, trials }) => [volume, trials]);
}

Deno.test("halving lets a third of the trials go on to three times the samples", () => {
  deepEqual(rungs({ volumeFirst: 1000 }, { trials: 30, volumeTotal: 30000 }), [
    [1000, 30],
    [3000, 10],
    [9000, 3],
    [30000, 1],
  ]);
});

Deno.test("halving ends with several trials where the training ends first", () => {
  deepEqual(
    rungs({ volumeFirst: 100, reduction: 2 }, { trials: 9, volumeTotal: 200 }),
    [[100, 9], [200, 4]],
  );
});

Deno.test("halving compares nobody with itself", () => {
  deepEqual(
    rungs({ volumeFirst: 10, reduction: 2 }, { trials: 3, volumeTotal: 1000 }),
    [[10, 3], [1000, 1]],
  );
  deepEqual(
    rungs({ volumeFirst: 10, reduction: 2 }, { trials: 2, volumeTotal: 1000 }),
    [[10, 2], [1000, 1]],
  );
});

Deno.test("halving refuses a first choice at the end of the training", () => {
  throws(
    () => rungs({ volumeFirst: 200 }, { trials: 9, volumeTotal: 200 }),
    /after 200 samples: they train with 200/,
  );
});

Deno.test("full has a single rung, the whole training", () => {
  deepEqual(rungs({ type: "full" }, { trials: 4, volumeTotal: 20 }), [[20, 4]]);
});
