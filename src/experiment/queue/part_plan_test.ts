import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { partFolder } from "@/queue/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { smallPlan, Workplace } from "../run/_testing.ts";
import { partOf, readPart, writePart } from "./part_plan.ts";

Deno.test("readPart() reads what was submitted, and says what is damaged or gone", () => {
  using place = new Workplace();
  const { resultsFolder } = place.context;
  const variant: MatrixVariant = {
    values: { seed: "2" },
    plan: smallPlan({ seed: 2 }),
    beginsWith: { values: {}, plan: smallPlan() },
  };
  const part = partOf(variant);
  writePart(resultsFolder, { part, variant });
  deepStrictEqual(readPart(resultsFolder, part), variant);
  const path = join(partFolder(resultsFolder, part), "plan.json");
  Deno.writeTextFileSync(path, "{");
  throws(() => readPart(resultsFolder, part), /plan.json": it is no JSON/);
  Deno.writeTextFileSync(path, "null");
  throws(() => readPart(resultsFolder, part), /it is null, not a mapping/);
  Deno.removeSync(path);
  throws(() => readPart(resultsFolder, part), Deno.errors.NotFound);
});
