import {
  canonicalJson,
  type Decides,
  type Entry,
  type Ranking,
  sha256Hex,
  traceOf,
  type TraceSchema,
} from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import type { Spec } from "../spec/spec.ts";
import { specSchema } from "../spec/spec_schema.ts";
import { metricOf, rankingOf } from "./ranking.ts";
import { watchedBy } from "./training.ts";

/** Hashes of an experiment, each SHA-256 in hexadecimal. */
export interface PlanHashes {
  /** Of what decides its result: equal hashes, equal weights and measurements. */
  readonly hash: string;
  /** Of what decides its weights, the best of them too. */
  readonly trainingHash: string;
}

/**
 * The hashes of an experiment. Which keys decide what is said where they are
 * described, by `deciding`; those at their first defaults leave no trace. The
 * number that ranks weights decides which are best, and one that is watched when
 * to stop, so these belong to training, as the other metrics do not.
 */
export function planHashes(
  spec: Spec,
  ranking: Ranking = rankingOf(spec),
): PlanHashes {
  const entry = metricOf(spec, ranking.name);
  const metricTrace = (one: Entry | undefined) =>
    traceOf(one, metricForm(), { without: [] });
  const ranked = [ranking.name, metricTrace(entry)];
  const hashOf = (what: string, without: readonly Decides[]) =>
    sha256Hex(canonicalJson([
      what,
      traceOf(spec, specForm(), { without }),
      ranked,
      ...watchedBesides(spec, ranking).map(metricTrace),
    ]));
  return {
    hash: hashOf("result", ["nothing"]),
    trainingHash: hashOf("training", ["nothing", "measurement"]),
  };
}

/** Metrics besides the one that ranks whose options decide the course of training. */
function watchedBesides(spec: Spec, ranking: Ranking): readonly Entry[] {
  const ranks = metricOf(spec, ranking.name);
  const watched = watchedBy(spec, ranking)
    .flatMap((name) => metricOf(spec, name) ?? []);
  return [...new Set(watched)].filter((entry) =>
    entry !== ranks && hasOptions(entry)
  );
}

/** Whether an entry says more than its type and its options' defaults. */
function hasOptions(entry: Entry): boolean {
  const trace = traceOf(entry, metricForm(), { without: [] });
  return Object.keys(trace as object).length > 1;
}

const specForm = once(() => jsonSchemaOf(specSchema));
const metricForm = once(() => jsonSchemaOf(metrics.schema));

function once(make: () => TraceSchema): () => TraceSchema {
  let made: TraceSchema | undefined;
  return () => made ??= make();
}
