import { type Entry, ExperimentError } from "@/core/mod.ts";
import { metricLabel } from "@/metric/mod.ts";
import {
  calledAt,
  settledSteps,
  steps as known,
  sweptOptions,
} from "@/postprocess/mod.ts";
import type {
  PostprocessRecord,
  Recorder,
  Records,
  Split,
} from "@/record/mod.ts";
import { tunedBy } from "../plan/mod.ts";
import { flowText } from "../schema/json_schema.ts";
import type { Spec } from "../spec/mod.ts";
import type { Calling } from "./postprocessing.ts";
import { bestPrefix } from "./recording.ts";

/** The artifact that says how a run post-processes. */
export const callingName = "postprocess.json";

/**
 * Records how voxels are called cleft, and gives a line about what was chosen
 * among sweeps, if there were some. Without post-processing there is neither.
 */
export function recordCalling(
  recorder: Pick<Recorder, "artifact">,
  { calling: { steps, threshold, tried }, split, spec }: {
    readonly calling: Calling;
    readonly split: Split;
    readonly spec: Pick<Spec, "postprocess" | "evaluate">;
  },
): string | undefined {
  if (steps.length === 0) return undefined;
  const swept = sweptOptions(spec.postprocess);
  const name = tried.length > 0 ? tunedBy(spec)!.name : null;
  const record: PostprocessRecord = {
    ...{ steps, threshold: threshold ?? null, split },
    ...{ tunedBy: name, swept, tried },
  };
  recorder.artifact(
    callingName,
    "application/json",
    new TextEncoder().encode(JSON.stringify(record)),
  );
  if (tried.length === 0) return undefined;
  const values = swept.map(({ at, option }) =>
    `${steps[at]!.type}.${option} ${flowText(steps[at]![option])}`
  );
  return `${split} chose ${values.join(", ")} by ${metricLabel(name!)}, of ` +
    `${tried.length} combinations`;
}

/**
 * How a run post-processes what its network predicts, the threshold among the
 * steps: the one they name or, where they leave it open, the one given. Nothing
 * where the run does not, or has no threshold.
 *
 * @throws {ExperimentError} If this version has no such steps.
 */
export function stepsOf(
  records: Pick<Records, "artifact" | "artifacts">,
  { run, threshold }: {
    readonly run: string;
    readonly threshold: number | null;
  },
): readonly Entry[] {
  const isThere = records.artifacts(run)
    .some(({ name }) => name === callingName);
  if (!isThere) return [];
  const text = new TextDecoder().decode(records.artifact(run, callingName));
  const { steps } = JSON.parse(text) as PostprocessRecord;
  const settled = settledSteps(
    knownSteps(steps, `run ${run}`),
    threshold ?? undefined,
  );
  return calledAt(settled) === undefined ? [] : settled;
}

/**
 * Steps that were recorded somewhere, their options checked.
 *
 * @throws {ExperimentError} If this version has no such steps.
 */
export function knownSteps(
  recorded: readonly Entry[],
  where: string,
): readonly Entry[] {
  const read = known.schema.array().safeParse(recorded);
  if (read.success) return read.data;
  throw new ExperimentError(
    "Cannot post-process as the run did: this version has no such steps",
    { where, fix: "Use the version of Cleft that recorded them" },
  );
}

/**
 * The threshold that validation chose for the weights of a step, or else for the
 * best ones; null if none.
 */
export function thresholdAt(
  records: Pick<Records, "metrics">,
  { run, step }: { readonly run: string; readonly step?: number },
): number | null {
  const at = (name: string) =>
    records.metrics(run, { split: "validation", name })
      .findLast((point) => step === undefined || point.step === step)?.value;
  const value = at(`${bestPrefix}threshold`) ?? at("threshold") ?? NaN;
  return Number.isNaN(value) ? null : value;
}
