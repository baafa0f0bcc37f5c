import { ExperimentError } from "@/core/mod.ts";
import type { ReplayedSample } from "@/experiment/mod.ts";
import { wholeNumber } from "./_options.ts";

/** Which samples of a run are made again. */
export interface ChosenSamples {
  /** Those that are named. */
  readonly samples: readonly number[];
  /** How many more at random, and what decides which ones. */
  readonly random:
    | { readonly count: number; readonly seed: number }
    | undefined;
}

/**
 * The samples that a command line means.
 *
 * @throws {ExperimentError} If it means none, or says what is no number.
 */
export function chosenSamples(options: {
  readonly sample: readonly string[];
  readonly random?: string | undefined;
  readonly seed?: string | undefined;
}): ChosenSamples {
  const samples = options.sample.flatMap(numbersOf);
  const count = wholeNumber(options.random, "random", { low: 1 });
  if (samples.length === 0 && count === undefined) {
    throw new ExperimentError("Cannot begin: no sample is chosen", {
      where: "the command line",
      fix: "Add --sample 0, --sample 10..19 or --random 20",
    });
  }
  if (options.seed !== undefined && count === undefined) {
    throw new ExperimentError("Cannot use --seed without --random", {
      where: `--seed ${options.seed}`,
      fix: "Add --random 20, or leave it out",
    });
  }
  const seed = wholeNumber(options.seed, "seed") ?? 1;
  return {
    samples,
    random: count === undefined ? undefined : { count, seed },
  };
}

/** Samples of one range, at most: each takes three files. */
const mostSamples = 100_000;

/** The numbers that `7` or `10..19` stands for. */
function numbersOf(text: string): readonly number[] {
  const [first, last = first, ...more] = text.split("..");
  const from = wholeNumber(first, "sample")!;
  const to = wholeNumber(last, "sample")!;
  if (more.length === 0 && from <= to) {
    if (to - from >= mostSamples) throw tooManySamples(text);
    return Array.from({ length: to - from + 1 }, (_, k) => from + k);
  }
  throw new ExperimentError(
    `Cannot use "${text}" for --sample: it is no number or range`,
    {
      where: `--sample ${text}`,
      fix:
        "Write a number such as 7, or two such as 10..19, the lower one first",
    },
  );
}

function tooManySamples(text: string): ExperimentError {
  return new ExperimentError(
    `Cannot make samples ${text} at once: they are more than ${mostSamples}`,
    { where: `--sample ${text}`, fix: "Name fewer, such as 0..99" },
  );
}

/** What is told of a sample. */
export type ToldSample = Pick<
  ReplayedSample,
  | "index"
  | "step"
  | "comparison"
  | "files"
  | "sha256"
  | "recordedSha256"
  | "reasons"
>;

/** What came of a sample, for people. */
export function replayedText(
  { index, step, comparison, files, sha256, recordedSha256, reasons }:
    ToldSample,
): string {
  const found = {
    identical: "identical to what training saw",
    different: `different from what training saw: SHA-256 ${sha256}, ` +
      `was ${recordedSha256}, ` +
      (reasons.length > 0
        ? `likely because of ${reasons.join("; ")}`
        : "and code, lockfile, processor and data are the same"),
    unknown: "made again; what training saw was not recorded",
  }[comparison];
  const [first] = files;
  return `sample ${index} (step ${step}): ${found}\n  ${
    first!.replace(/hdf$/, "{hdf,png,json}")
  }`;
}
