/** How much of a rerun was found as it was. */
export interface SameParts {
  /** Numbers, of speeds none. */
  readonly metrics: number;
  /** Hashes of weights. */
  readonly weightHashes: number;
  /** Hashes of samples. */
  readonly samples: number;
}

/** The first thing that a rerun made otherwise. */
export interface Difference {
  /** The step that made it; null where the end did not come to all of it. */
  readonly step: number | null;
  /** What it is, such as `weights of head/kernel`. */
  readonly what: string;
}

/** What a rerun found of the run that it repeats. */
export interface Verdict {
  /** Whether every bit is the same. */
  readonly isIdentical: boolean;
  /** What differs first, or null. */
  readonly firstDifference: Difference | null;
  /** What differs in the surroundings and can be the reason. */
  readonly reasons: readonly string[];
  /** How much is the same; null of a difference found by an early version. */
  readonly same: SameParts | null;
  /**
   * What there was to compare with: a run from its first step to its end, one
   * that was cut, or one that only measured weights trained before.
   */
  readonly extent: "whole" | "unfinished" | "measured";
}

/** A verdict and whose it is. */
export interface RerunVerdict {
  /** The run that repeated. */
  readonly id: string;
  /** What it found. */
  readonly verdict: Verdict;
}

const extents = {
  whole: "",
  unfinished: ", all that the unfinished run recorded",
  measured: ", all that was measured of weights trained before",
};

/** A verdict in one line. */
export function verdictText(
  { firstDifference, reasons, same, extent }: Verdict,
): string {
  if (firstDifference) {
    const { step, what } = firstDifference;
    const why = reasons.length > 0
      ? `likely because of ${reasons.join("; ")}`
      : "and engine, threads, code, lockfile and data are the same";
    const where = step === null ? "the end" : `step ${step}`;
    return `different from ${where}: ${what}, ${why}`;
  }
  const { metrics, weightHashes, samples } = same!;
  return `identical: ${metrics} metrics, ${weightHashes} weight hashes, ` +
    `${samples} samples${extents[extent]}`;
}
