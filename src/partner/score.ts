import { assignRows, type Zyx } from "@/core/mod.ts";

/** A synapse: from one neuron to another. */
export interface PartnerPair {
  /** Where the presynaptic site lies, in nanometres. */
  readonly preNm: Zyx;
  /** Where the postsynaptic site lies, in nanometres. */
  readonly postNm: Zyx;
  /** The true segment that the presynaptic site lies in. */
  readonly preSegment: bigint | number;
  /** The true segment that the postsynaptic site lies in. */
  readonly postSegment: bigint | number;
}

/** A pair that was found, and the true one it stands for. */
export interface PartnerMatch {
  /** Index of the pair that was found. */
  readonly found: number;
  /** Index of the true one. */
  readonly truth: number;
  /** Mean distance of the two sites, in nanometres. */
  readonly distanceNm: number;
}

/** How well pairs were found. */
export interface PartnerScore {
  /** Harmonic mean of precision and recall; null if there is no pair at all. */
  readonly fScore: number | null;
  /** Share of the found pairs that are true; null if none was found. */
  readonly precision: number | null;
  /** Share of the true pairs that were found; null if there is none. */
  readonly recall: number | null;
  /** Found pairs that are none. */
  readonly falsePositives: number;
  /** True pairs that were not found. */
  readonly falseNegatives: number;
  /** Pairs that stand for each other, by the index of the found one. */
  readonly matches: readonly PartnerMatch[];
}

/** Farther away, a site stands for no other. */
export const partnerMatchNm = 400;

/**
 * Scores synaptic partners as the CREMI challenge does (its `cremi_python`): a
 * found pair can stand for a true one if both sites lie in the same segments and
 * at most 400 nm away; the mean distances of all are made least, each pair
 * standing for one other at most. Where the challenge divides by zero, the value
 * is null.
 */
export function scorePartners(
  truth: readonly PartnerPair[],
  found: readonly PartnerPair[],
): PartnerScore {
  const matches = match(truth, found);
  const falsePositives = found.length - matches.length;
  const falseNegatives = truth.length - matches.length;
  return {
    fScore: share(2 * matches.length, truth.length + found.length),
    precision: share(matches.length, found.length),
    recall: share(matches.length, truth.length),
    falsePositives,
    falseNegatives,
    matches,
  };
}

/** Whether a found pair can stand for a true one. */
export function canStandFor(found: PartnerPair, truth: PartnerPair): boolean {
  return costOf(found, truth) <= partnerMatchNm;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function match(
  truth: readonly PartnerPair[],
  found: readonly PartnerPair[],
): PartnerMatch[] {
  const isTurned = truth.length > found.length;
  const [rows, columns] = isTurned ? [found, truth] : [truth, found];
  const costs = rows.flatMap((row) =>
    columns.map((column) => costOf(row, column))
  );
  const columnOf = assignRows(costs, [rows.length, columns.length]);
  return Array.from(columnOf, (column, row): PartnerMatch => ({
    truth: isTurned ? column : row,
    found: isTurned ? row : column,
    distanceNm: costs[row * columns.length + column]!,
  }))
    .filter(({ distanceNm }) => distanceNm <= partnerMatchNm)
    .toSorted((a, b) => a.found - b.found);
}

/** The mean distance of the sites of two pairs; too far if they cannot match. */
function costOf(a: PartnerPair, b: PartnerPair): number {
  const preNm = distanceNm(a.preNm, b.preNm);
  const postNm = distanceNm(a.postNm, b.postNm);
  const canMatch = preNm <= partnerMatchNm && postNm <= partnerMatchNm &&
    a.preSegment === b.preSegment && a.postSegment === b.postSegment;
  return canMatch ? (preNm + postNm) / 2 : 2 * partnerMatchNm;
}

function distanceNm(a: Zyx, b: Zyx): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
