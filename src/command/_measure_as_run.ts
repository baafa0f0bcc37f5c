import { isDeepStrictEqual } from "node:util";
import { type Entry, ExperimentError } from "@/core/mod.ts";
import type { MetricInput, Scores } from "@/metric/mod.ts";

/** Numbers at a threshold, and at the one that is best for the truth. */
export interface Measured {
  /** At the threshold that was chosen beforehand; null if none was. */
  readonly chosen: Scores | null;
  /** At the one of the best Dice. */
  readonly best: Scores;
  /** The metrics, with all their options. */
  readonly measuredWith: readonly Entry[];
  /** Options that are not the default: `objects.minOverlapVox = 3`. */
  readonly unusual: readonly string[];
}

/**
 * Measures a prediction by every metric, each with the options that the run was
 * measured with, or its defaults where the run does not say.
 *
 * @throws {ExperimentError} If there is no such metric now, or no threshold can
 * be chosen as nothing is cleft.
 */
export async function measureAsRun(
  input: MetricInput,
  { threshold, metrics: recorded, postprocess = [] }: {
    /** The threshold that was chosen beforehand; null if none was. */
    readonly threshold: number | null;
    /** How the run post-processes; not at all if it is not known. */
    readonly postprocess?: readonly Entry[];
    /** The metrics of the run; none if it is not known. */
    readonly metrics: readonly Entry[];
  },
): Promise<Measured> {
  const { everyEntry, measure, metrics } = await import("@/metric/mod.ts");
  const usual = everyEntry();
  const measuredWith = everyEntry(recorded).map((entry) => {
    const read = metrics.schema.safeParse(entry);
    if (read.success) return read.data;
    throw new ExperimentError(
      `Cannot measure as the run was: there is no metric ${
        JSON.stringify(entry)
      }`,
      { where: "--prediction", fix: "Predict again with this version" },
    );
  });
  const hasCleft = input.target.some((label, i) => label && input.mask[i]);
  if (!hasCleft && threshold === null) {
    throw new ExperimentError(
      "Cannot choose a threshold: the truth has no cleft there",
      { where: "--truth", fix: "Give one by --threshold" },
    );
  }
  const by = measuredWith.map(metrics.create);
  const best = measure(input, by);
  const chosen = threshold === null
    ? null
    : postprocess.length > 0
    ? measure(await called(input, { threshold, postprocess }), by)
    : threshold === best.threshold
    ? best
    : measure({ ...input, threshold }, by);
  const unusual = measuredWith.flatMap((entry, i) => unlike(entry, usual[i]!));
  return { chosen, best, measuredWith, unusual };
}

/** What is called cleft as the run does it, from a threshold on. */
async function called(
  input: MetricInput,
  { threshold, postprocess }: {
    readonly threshold: number;
    readonly postprocess: readonly Entry[];
  },
): Promise<MetricInput> {
  const { calledFrom, postprocessWhole } = await import("@/postprocess/mod.ts");
  const entries = calledFrom(postprocess, threshold);
  const { shapeVox } = input;
  return {
    ...input,
    ...postprocessWhole(input.probability, { shapeVox, entries }),
    threshold,
  };
}

/** The options of a metric that are not as they usually are. */
function unlike(entry: Entry, usual: Entry): string[] {
  return Object.keys(entry)
    .filter((name) => !isDeepStrictEqual(entry[name], usual[name]))
    .map((name) => `${entry.type}.${name} = ${JSON.stringify(entry[name])}`);
}
