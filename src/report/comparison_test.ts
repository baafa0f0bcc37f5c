import { deepStrictEqual } from "node:assert/strict";
import type { MatrixRecord, MetricPoint } from "@/record/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { compareVariants } from "./comparison.ts";
import { makeRun } from "./_testing.ts";

const losses = ["bce", "dice"], seeds = ["1", "2", "3"];
const matrix: MatrixRecord = {
  name: "table",
  axes: [{ name: "loss", values: losses }, { name: "seed", values: seeds }],
  variants: losses.flatMap((loss) =>
    seeds.map((seed) => ({ values: { loss, seed }, planHash: loss + seed }))
  ),
};

Deno.test("compareVariants() takes finished runs, best weights first, by seed", () => {
  const folder = Deno.makeTempDirSync();
  try {
    using records = openRecords(folder);
    const add = (
      planHash: string,
      values: Readonly<Record<string, number>>,
      state: "finished" | "failed" = "finished",
    ) => {
      using recorder = records.startRun(makeRun({ planHash }));
      recorder.metrics(
        Object.entries(values).map(([key, value]): MetricPoint => {
          const [split, name] = key.split("/") as ["validation", string];
          return { split, name, step: 9, value };
        }),
      );
      recorder.finish(state);
    };
    add("bce1", { "validation/ap": 0.1, "validation/best.ap": 0.4 });
    add("bce2", { "validation/ap": 0.6, "validation/best.threshold": 0.5 });
    add("bce3", { "validation/ap": 0.9 }, "failed"); // no result
    add("dice1", {
      "validation/ap": 0.5,
      "test/best.ap": 0.3,
      "train/loss": 2,
    });
    add("dice2", {
      "validation/ap": 0.9,
      "validation/dice": NaN,
      "validation/loss": 1, // of another loss than that of bce
    });

    const { metrics, variants, changes } = compareVariants(records, matrix);
    deepStrictEqual(metrics, ["validation/ap", "test/ap"]);
    const [bce, dice] = variants;
    deepStrictEqual([bce!.finished, bce!.seeds], [2, 3]);
    assertAlmostEquals(bce!.spreads["validation/ap"]!.mean, 0.5, 1e-12);
    assertAlmostEquals(dice!.spreads["validation/ap"]!.mean, 0.7, 1e-12);
    assertEquals(bce!.spreads["test/ap"], null);
    assertEquals(dice!.spreads["test/ap"]!.deviation, null);
    const [change] = changes;
    deepStrictEqual(
      [change!.axis, change!.value, change!.against, change!.shared],
      ["loss", "dice", "bce", {}],
    );
    // 0.5 − 0.4 and 0.9 − 0.6: mean 0.2, deviation 0.1 √2; t is 12.706 for two.
    const { mean, interval } = change!.differences["validation/ap"]!;
    assertAlmostEquals(mean, 0.2, 1e-12);
    assertAlmostEquals(interval![0], 0.2 - 12.7062047 * 0.1, 1e-6);
    assertEquals(change!.differences["test/ap"], null);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
