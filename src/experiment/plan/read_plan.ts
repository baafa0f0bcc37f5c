import { ExperimentError } from "@/core/mod.ts";
import { checkSpec } from "../spec/parse.ts";
import { type Plan, planExperiment } from "./plan.ts";

/**
 * The plan that a run recorded, as JSON; `where` names the run.
 *
 * @throws {ExperimentError} If it is no plan of this version of Cleft.
 */
export function readPlan(json: string, where: string): Plan {
  const { format, spec, volumes } = JSON.parse(json) as Partial<Plan>;
  if (format !== 1) {
    throw new ExperimentError(
      `Cannot use a plan of format ${format}: this version knows format 1`,
      { where, fix: "Use the version of Cleft that recorded it" },
    );
  }
  return planExperiment(checkSpec(spec, where), volumes);
}
