import { ExperimentError } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";
import { programOf } from "@/report/mod.ts";
import { checkSpec } from "../spec/parse.ts";
import {
  type Plan,
  planExperiment,
  withFindings,
  withVolumes,
} from "./plan.ts";

/**
 * The plan of a recorded run.
 *
 * @throws {ExperimentError} If it is no plan of this version of Cleft.
 */
export function planOf({ id, plan }: Pick<Run, "id" | "plan">): Plan {
  return readPlan(plan, `run ${id}`);
}

/**
 * The plan that a run recorded, as JSON; `where` names the run.
 *
 * @throws {ExperimentError} If it is no plan of this version of Cleft.
 */
export function readPlan(json: string, where: string): Plan {
  const plan = parsed(json, where);
  const { format, volumes = [], findings = [], ranking } = plan;
  const program = programOf(json);
  if (program !== null) {
    throw new ExperimentError(
      `Cannot use the plan on record: ${program} has trained this run, not Cleft`,
      {
        where,
        fix: "Compare it by list, report or export; what is imported can be " +
          "neither repeated nor gone on with",
      },
    );
  }
  if (format !== 1) {
    throw new ExperimentError(
      `Cannot use a plan of format ${format}: this version knows format 1`,
      { where, fix: "Use the version of Cleft that recorded it" },
    );
  }
  const spec = plan.trainingHash ? plan.spec : asMeasured(plan.spec);
  const planned = planExperiment(checkSpec(spec, where), ranking);
  return withFindings(withVolumes(planned, volumes), findings);
}

/** What the text says, if it says anything that a plan is made of. */
function parsed(json: string, where: string): Partial<Plan> {
  const damaged = (cause?: unknown) =>
    new ExperimentError("Cannot use the plan on record: it is damaged", {
      where,
      fix: "Restore runs.sqlite from a backup; deno task doctor --records " +
        "tells what else is damaged",
      cause,
    });
  let plan: unknown;
  try {
    plan = JSON.parse(json);
  } catch (error) {
    throw damaged(error);
  }
  if (typeof plan !== "object" || plan === null) throw damaged();
  const { volumes = [], findings = [] } = plan as Partial<Plan>;
  if (!Array.isArray(volumes) || !Array.isArray(findings)) throw damaged();
  return plan;
}

/** The order that metrics had in their catalog while it decided what ranks weights. */
const formerOrder = ["averagePrecision", "dice", "cremi", "objects"];

/**
 * The experiment of a plan from before the order of `evaluate.metrics` counted,
 * its metrics in the order that they were measured in.
 */
function asMeasured(spec: unknown): unknown {
  const { evaluate } = (spec ?? {}) as { evaluate?: { metrics?: unknown } };
  if (!Array.isArray(evaluate?.metrics)) return spec;
  const listed = new Set<unknown>(evaluate.metrics);
  const metrics = formerOrder.filter((name) => listed.has(name));
  return { ...spec as object, evaluate: { ...evaluate, metrics } };
}
