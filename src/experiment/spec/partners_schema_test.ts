import { deepStrictEqual } from "node:assert/strict";
import { candidatePlanSchema } from "./partners_schema.ts";

/** What is wrong with steps, and where. */
function faultOf(...steps: readonly object[]) {
  const { error } = candidatePlanSchema.safeParse({ steps });
  return error?.issues.map(({ message, path }) => [message, path.join(".")]);
}

Deno.test("candidatePlanSchema wants steps in order that have a threshold and no sweep", () => {
  const threshold = { type: "threshold", p: 0.2 };
  deepStrictEqual(faultOf(threshold, { type: "size" }), undefined);
  deepStrictEqual(faultOf({ type: "size" }), [
    ["no step says from which proximity on there is a synapse", "steps"],
  ]);
  deepStrictEqual(faultOf(threshold, { ...threshold, p: { sweep: [0.2] } }), [
    ["p is a sweep, and nothing here chooses", "steps.1.type"],
  ]);
  const [[message, path]] = faultOf(threshold, { type: "smooth" }) as [
    string[],
  ];
  deepStrictEqual(/it comes after a step/.test(message!), true, message);
  deepStrictEqual(path, "steps.1.type");
});
