import { ExperimentError, openRng } from "@/core/mod.ts";

/** Which samples of a run, by number or by chance. */
export interface SampleChoice {
  /** Numbers, from 0 over the run. */
  readonly samples: readonly number[];
  /** That many more at random, each once. */
  readonly random?: {
    /** How many. */
    readonly count: number;
    /** Decides which. */
    readonly seed: number;
  } | undefined;
}

/** What there is to choose from. */
export interface SampleStock {
  /** The run. */
  readonly id: string;
  /** Numbers of the samples on record, rising; none if they were not recorded. */
  readonly recorded: readonly number[];
  /** How many samples its training has. */
  readonly planned: number;
}

/**
 * The numbers of the chosen samples, rising, each once.
 *
 * @throws {ExperimentError} If training has not seen one, or not so many.
 */
export function chooseSamples(
  { samples, random }: SampleChoice,
  stock: SampleStock,
): readonly number[] {
  const { recorded, planned } = stock;
  const all = recorded.length > 0
    ? recorded
    : Array.from({ length: planned }, (_, index) => index);
  const known = new Set(all);
  const unknown = samples.find((index) => !known.has(index));
  if (unknown !== undefined) throw notSeen(unknown, all, stock);
  const chosen = new Set(samples);
  if (random) {
    if (random.count > all.length) throw tooMany(random.count, all, stock);
    for (const index of drawSome(all, random)) chosen.add(index);
  }
  return [...chosen].toSorted((a, b) => a - b);
}

/** Draws without putting back (Fisher and Yates 1938). */
function drawSome(
  all: readonly number[],
  { count, seed }: { readonly count: number; readonly seed: number },
): readonly number[] {
  const rng = openRng(seed).at("replay"), left = [...all];
  return Array.from({ length: count }, (_, k) => {
    const at = k + rng.integer(left.length - k);
    [left[k], left[at]] = [left[at]!, left[k]!];
    return left[k]!;
  });
}

function notSeen(
  index: number,
  all: readonly number[],
  { id, planned }: SampleStock,
): ExperimentError {
  const why = index >= planned
    ? `the training has ${planned} samples`
    : "the training has not seen it, as far as recorded";
  return new ExperimentError(`Cannot replay sample ${index}: ${why}`, {
    where: `run ${id}`,
    fix: `Choose a number from ${all[0]} to ${all.at(-1)}`,
  });
}

function tooMany(
  count: number,
  all: readonly number[],
  { id }: SampleStock,
): ExperimentError {
  return new ExperimentError(
    `Cannot replay ${count} samples: the training has seen ${all.length}`,
    { where: `run ${id}`, fix: `Choose at most ${all.length}` },
  );
}
