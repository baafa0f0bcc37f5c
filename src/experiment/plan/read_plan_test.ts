import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { smallPlan } from "../run/_testing.ts";
import { planOf, readPlan } from "./read_plan.ts";

/** A plan from before metrics were listed in an order that counts. */
function early(metrics: unknown): string {
  const { trainingHash: _, ranking: __, spec, ...plan } = smallPlan();
  const { evaluate: { metrics: ___, ...evaluate }, ...rest } = spec;
  return JSON.stringify({
    ...plan,
    spec: { ...rest, evaluate: { ...evaluate, ...metrics ? { metrics } : {} } },
  });
}

Deno.test("readPlan() puts metrics of an early plan into the order they were measured in", () => {
  const namesOf = (json: string) =>
    readPlan(json, "run a").spec.evaluate.metrics.map(({ type }) => type);
  deepStrictEqual(namesOf(early(["objects", "dice", "averagePrecision"])), [
    "averagePrecision",
    "dice",
    "objects",
  ]);
  deepStrictEqual(namesOf(early(["cremi"])), ["cremi"]);
  deepStrictEqual(namesOf(early(null)), [
    ...["averagePrecision", "dice", "cremi", "objects"],
  ]);
  const late = smallPlan({
    evaluate: { metrics: ["dice", "averagePrecision"] },
  });
  deepStrictEqual(namesOf(JSON.stringify(late)), ["dice", "averagePrecision"]);
});

Deno.test("readPlan() keeps what a run ranked by, and its volumes", () => {
  const plan = smallPlan();
  const ranking = { name: "dice", better: "higher" } as const;
  const read = planOf({ id: "a", plan: JSON.stringify({ ...plan, ranking }) });
  deepStrictEqual([read.ranking, read.volumes], [ranking, []]);
});

Deno.test("readPlan() says where a plan is that it cannot use", () => {
  throws(() => readPlan('{"format":1}', "run a"), /run a/);
  throws(() => planOf({ id: "b", plan: '{"format":3}' }), {
    message: "Cannot use a plan of format 3: this version knows format 1",
    where: "run b",
  });
});

Deno.test("readPlan() says that a plan is damaged which is no JSON, or none of a plan's", () => {
  const texts = ["", "{", "null", "7", '"x"', '{"format":1,"volumes":7}'];
  for (const text of texts) {
    throws(
      () => readPlan(text, "run a"),
      (error) =>
        error instanceof ExperimentError && /damaged/.test(error.message),
    );
  }
});
