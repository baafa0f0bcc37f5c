import { deepStrictEqual, throws } from "node:assert/strict";
import { smallPlan, type Written } from "../run/_testing.ts";
import { tunedBy } from "./postprocessing.ts";

const sweep = [{ type: "size", minVox: { sweep: [0, 5] } }];

/** What is said of an experiment that cannot be planned. */
function refusal(change: Written): string {
  let said = "";
  throws(() => smallPlan(change), (error) => {
    const { message, where, fix } = error as Record<string, string>;
    said = [message, where, fix].join("\n");
    return true;
  });
  return said;
}

Deno.test("checkPostprocessing() wants a volume to choose among sweeps by", () => {
  deepStrictEqual(
    refusal({ postprocess: sweep, data: { validation: [] } }),
    "Cannot choose among the values of a sweep: there is no volume to " +
      "validate on\npostprocess[0].minVox\n" +
      "Add one to data.validation, or write a single value",
  );
  smallPlan({ postprocess: [{ type: "size" }], data: { validation: [] } });
});

Deno.test("checkPostprocessing() wants what chooses to be measured, and to have a direction", () => {
  const tuneBy = (name: string, metrics: Written[]) =>
    refusal({ postprocess: sweep, evaluate: { metrics, tuneBy: name } });
  deepStrictEqual(
    refusal({
      postprocess: sweep,
      evaluate: { metrics: [{ type: "averagePrecision" }] },
    }),
    'Cannot tune by "dice": it is not measured\nevaluate.tuneBy\n' +
      "Write one of ap, or add to evaluate.metrics",
  );
  deepStrictEqual(
    tuneBy("objects", [{ type: "objects" }]),
    'Cannot tune by "objects": it is no better high than low\n' +
      "evaluate.tuneBy\n" +
      "Write one of found, falseComponents, or add to evaluate.metrics",
  );
});

Deno.test("tunedBy() is Dice unless told, with its direction", () => {
  const of = (evaluate: Written) => tunedBy(smallPlan({ evaluate }).spec);
  const metrics = ["averagePrecision", "dice", "cremi"];
  deepStrictEqual(of({ metrics }), { name: "dice", better: "higher" });
  deepStrictEqual(of({ metrics, tuneBy: "score" }), {
    name: "score",
    better: "lower",
  });
});
