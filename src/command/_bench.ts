/**
 * One comparison: our side and the peer's, measured in one run. What a row has
 * besides is shown under its own name.
 */
export interface BenchRow {
  /** What is compared. */
  readonly what: string;
  /** Unit of `ours` and `peer`. */
  readonly unit: string;
  /** Our time, or null if this side was skipped. */
  readonly ours: number | null;
  /** The peer's best time, or null where its Python package is not installed. */
  readonly peer: number | null;
  /** ours / peer; below 1 we are faster. */
  readonly ratio: number | null;
  /** Our peak memory in MiB, if it was measured. */
  readonly oursMiB: number | null;
  /** The peer's peak memory in MiB, if it was measured. */
  readonly peerMiB: number | null;
}

/** How a benchmark is run. */
export interface BenchOptions {
  /** A Python that may have the peers installed. */
  readonly python: string;
  /** Time of one round of a measurement, where it has rounds; 1 by default. */
  readonly seconds?: number;
  /** Which rows to measure, by words of their names; all by default. */
  readonly only?: readonly string[];
  /** Leaves out what only stands beside, and is in no ratio; no by default. */
  readonly isBrief?: boolean;
  /** Hears what is going on. */
  note(line: string): void;
}

/** What the file of a benchmark exports. */
export interface BenchModule {
  /** Measures both sides. */
  bench(
    options: BenchOptions,
  ): readonly BenchRow[] | Promise<readonly BenchRow[]>;
}
