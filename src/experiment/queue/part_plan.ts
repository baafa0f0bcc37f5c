import { join } from "node:path";
import { ExperimentError, writeAtomically } from "@/core/mod.ts";
import { partFolder, partName } from "@/queue/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { readPlan } from "../plan/mod.ts";

/** The name of the part of a variant. */
export function partOf({ plan }: Pick<MatrixVariant, "plan">): string {
  return partName(plan.spec.name, plan.hash);
}

const planFileName = "plan.json";

/** A variant as it is kept. */
interface KeptVariant extends Pick<MatrixVariant, "values"> {
  readonly plan: unknown;
  readonly beginsWith?: KeptVariant;
}

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
  const read = ({ values, plan, beginsWith }: KeptVariant): MatrixVariant => ({
    values,
    plan: readPlan(JSON.stringify(plan), path),
    ...beginsWith && { beginsWith: read(beginsWith) },
  });
  try {
    return read(JSON.parse(Deno.readTextFileSync(path)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ExperimentError(`Cannot read "${path}": it is damaged`, {
      where: path,
      fix: "Submit the run again",
      cause: error,
    });
  }
}
