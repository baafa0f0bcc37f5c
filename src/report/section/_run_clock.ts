import type { MetricSeries } from "@/record/mod.ts";
import type { PageRun } from "../page.ts";
import { samplesPerStepOf } from "../plan.ts";

/** How far a run was at a step, counted otherwise; `client/abscissa.js` reads it. */
export interface RunClock {
  /** Samples that a step takes, if its plan says so. */
  readonly samples?: number;
  /** The time that the steps took, if they were measured. */
  readonly time?: {
    /** The last step measured. */
    readonly last: number;
    /** Milliseconds until then. */
    readonly ms: number;
    /** Thousandths of them in each of equally many steps. */
    readonly shares: readonly number[];
  };
  /** The step of the weights that were kept as the best. */
  readonly best?: number;
}

/** Into how many parts the steps are divided to tell the time: enough for a pause to be seen. */
const stretches = 16;

/** What tells samples and time from the steps of a run. */
export function clockOf({ run, series, evaluations }: PageRun): RunClock {
  const samples = samplesPerStepOf(run.plan);
  const took = series.find(({ split, name }) =>
    split === "train" && name === "speed.stepMs"
  );
  const time = took && timeOf(took);
  const validated = evaluations.find(({ record }) =>
    record.split === "validation"
  );
  return {
    ...samples !== null && { samples },
    ...time && { time },
    ...validated && { best: validated.record.step },
  };
}

/** What steps took, as time that passed; a step that was not measured took as long as the next. */
function timeOf({ steps, values }: MetricSeries): RunClock["time"] {
  const last = steps.at(-1) ?? 0;
  const parts = new Array<number>(stretches).fill(0);
  let before = 0;
  for (const [i, step] of steps.entries()) {
    const ms = values[i]!;
    if (!(ms >= 0 && ms < Infinity)) return undefined;
    const part = Math.min(
      stretches - 1,
      Math.floor((step - 1) / last * stretches),
    );
    parts[part]! += ms * (step - before);
    before = step;
  }
  const ms = parts.reduce((sum, part) => sum + part, 0);
  if (!(ms > 0)) return undefined;
  return {
    last,
    ms: Math.round(ms),
    shares: parts.map((part) => Math.round(1000 * part / ms)),
  };
}
