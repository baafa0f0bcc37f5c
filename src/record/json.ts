import { ExperimentError } from "@/core/mod.ts";
import type { Records } from "./records.ts";
import type {
  Artifact,
  LogLine,
  Resume,
  Run,
  RunState,
  Variant,
} from "./types.ts";
import { verdictText } from "./verdict.ts";

/** A number as JSON can hold it. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** One run whole, as `show --json` prints it. */
export interface RunJson extends Omit<Run, "plan" | "verdict"> {
  /** The resolved plan, as an object. */
  readonly plan: unknown;
  /** What it found as it repeated another run, in one line, or null. */
  readonly verdict: string | null;
  /** When it was gone on with, and after which step. */
  readonly resumes: readonly Resume[];
  /** `split/name` to `[step, value]`, steps rising. */
  readonly metrics: Readonly<
    Record<string, readonly (readonly [step: number, value: JsonNumber])[]>
  >;
  /** What it made, by name. */
  readonly artifacts: readonly Artifact[];
  /** How many hashes of weights there are. */
  readonly weightHashes: number;
  /** How many samples of training there are hashes of. */
  readonly samples: number;
  /** The log, oldest line first. */
  readonly log: readonly LogLine[];
}

/** One run in brief, as `list --json` prints it. */
export interface RunBrief {
  /** Its name. */
  readonly id: string;
  /** The experiment's name. */
  readonly experiment: string;
  /** Where it stands. */
  readonly state: RunState;
  /** The seed. */
  readonly seed: number;
  /** Its place in the matrix that `experiment` names; left out of other runs. */
  readonly variant?: Variant;
  /** `split/name` to the value at the last step. */
  readonly metrics: Readonly<Record<string, JsonNumber>>;
}

/** One run whole. */
export function runToJson(records: Records, run: Run): RunJson {
  const series = records.metricSeries(run.id).map((
    { split, name, steps, values },
  ) =>
    [
      `${split}/${name}`,
      steps.map((step, i) => [step, jsonNumber(values[i]!)] as const),
    ] as const
  );
  return {
    ...run,
    plan: planOf(run),
    verdict: run.verdict && verdictText(run.verdict),
    resumes: records.resumes(run.id),
    metrics: Object.fromEntries(series),
    artifacts: records.artifacts(run.id),
    weightHashes: records.weightHashes(run.id).length,
    samples: records.sampleIndices(run.id).length,
    log: records.log(run.id),
  };
}

function planOf({ id, plan }: Run): unknown {
  try {
    return JSON.parse(plan);
  } catch (cause) {
    throw new ExperimentError("Cannot show the plan: it is no JSON", {
      where: `run ${id}`,
      fix: "Restore runs.sqlite from a backup: it is damaged",
      cause,
    });
  }
}

/** One run in brief, from the value of each metric at its last step. */
export function runBrief(
  { id, experiment, state, seed, variant }: Pick<
    Run,
    "id" | "experiment" | "state" | "seed" | "variant"
  >,
  lastMetrics: Readonly<Record<string, number>>,
): RunBrief {
  return {
    id,
    experiment,
    state,
    seed,
    ...(variant && { variant }),
    metrics: Object.fromEntries(
      Object.entries(lastMetrics)
        .map(([name, value]) => [name, jsonNumber(value)]),
    ),
  };
}

/** A number as JSON can hold it: NaN and the infinities become their names. */
export function jsonNumber(value: number): JsonNumber {
  return Number.isFinite(value) ? value : `${value}` as JsonNumber;
}
