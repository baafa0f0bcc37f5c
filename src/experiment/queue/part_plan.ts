import { join } from "node:path";
import * as z from "zod";
import { readJsonAs, writeAtomically } from "@/core/mod.ts";
import { partFolder, partName } from "@/queue/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { readPlan } from "../plan/mod.ts";

/** The name of the part of a variant. */
export function partOf({ plan }: Pick<MatrixVariant, "plan">): string {
  return partName(plan.spec.name, plan.hash);
}

const planFileName = "plan.json";

/** A variant as it is kept; its plan is read by {@linkcode readPlan}. */
const keptVariant = z.object({
  values: z.record(z.string(), z.string()),
  plan: z.looseObject({}),
  get beginsWith() {
    return keptVariant.optional();
  },
});

/** Writes what a part is to hold into its folder, which is made. */
export function writePart(
  resultsFolder: string,
  { part, variant }: { readonly part: string; readonly variant: MatrixVariant },
): void {
  const folder = partFolder(resultsFolder, part);
  Deno.mkdirSync(folder, { recursive: true });
  writeAtomically(join(folder, planFileName), JSON.stringify(variant));
}

/**
 * The variant that a part is to hold: as it was when it was submitted, whatever
 * has become of the file since.
 *
 * @throws {ExperimentError} If its plan is damaged.
 */
export function readPart(resultsFolder: string, part: string): MatrixVariant {
  const path = join(partFolder(resultsFolder, part), planFileName);
  const read = (
    { values, plan, beginsWith }: z.infer<typeof keptVariant>,
  ): MatrixVariant => ({
    values,
    plan: readPlan(JSON.stringify(plan), path),
    ...beginsWith && { beginsWith: read(beginsWith) },
  });
  return read(readJsonAs(Deno.readTextFileSync(path), {
    schema: keptVariant,
    what: `"${path}"`,
    where: path,
    fix: "Submit the run again",
  }));
}
