import type { Numbers, VoxelArray } from "../voxels/mod.ts";
import { type LabelRule, ruleOf } from "./_label_rule.ts";
import { isPair, type LabelTally } from "./_label_tally.ts";
import { tallyOf, type TallyPlace } from "./_remembered_tally.ts";

/** Writes what is cleft and what is known of some stored labels. */
export type LabelReader = (
  labels: Numbers,
  target: Uint8Array,
  mask: Uint8Array,
) => void;

/** How some labels read, and what is unusual about it. */
export interface Labels {
  /** Reads some of them. */
  readonly read: LabelReader;
  /** What a reader of a plan should know. */
  readonly notes: readonly string[];
}

/** Where labels are, and what of them is background in any case. */
export interface LabelForm extends TallyPlace {
  /** Values above are background; none by default. */
  readonly highest?: number;
}

/**
 * How labels read: ids are clefts, 0 is background. So is CREMI's 2^64 - 1, and
 * what becomes of it in other types: the highest value, or -1; CREMI's
 * 2^64 - 2, one less, is unknown. In a mask of two values 0 is background. NaN,
 * fractions and negative numbers are refused, and values that may be either.
 *
 * @throws {ExperimentError} If that cannot be told, or they are damaged.
 */
export function openLabels(
  dataset: VoxelArray,
  { highest, ...place }: LabelForm,
): Labels {
  const tally = tallyOf(dataset, place);
  return labelsBy(tally, dataset, { highest, where: place.where });
}

/**
 * The same of labels that are counted already.
 *
 * @throws {ExperimentError} If it cannot be told what they mean.
 */
export function labelsBy(
  tally: LabelTally,
  dataset: VoxelArray,
  { highest = Infinity, where }: {
    readonly highest?: number | undefined;
    readonly where: string;
  },
): Labels {
  const rule = ruleOf(dataset, { tally, where });
  const unknown = dataset.kind === "u64"
    ? rule.unknown.filter((value) => value <= highest)
    : rule.unknown;
  const read = isPair(dataset.kind)
    ? pairReader({ ...rule, unknown }, highest)
    : numberReader({ ...rule, unknown }, highest);
  return { read, notes: rule.notes };
}

function numberReader(rule: LabelRule, highest: number): LabelReader {
  const background = rule.background.map(Number);
  const unknown = rule.unknown.map(Number);
  return (labels, target, mask) => {
    let last = 0, isCleft = 0, isKnown = 1; // labels come in runs
    for (let i = 0; i < target.length; i++) {
      const value = labels[i] as number;
      if (value !== last) {
        last = value;
        isKnown = unknown.includes(value) ? 0 : 1;
        isCleft = isKnown === 0 || value === 0 || value > highest ||
            background.includes(value)
          ? 0
          : 1;
      }
      target[i] = isCleft;
      mask[i] = isKnown;
    }
  };
}

/** 64-bit labels as pairs of 32 bits, low ones first: ten times faster than bigints. */
function pairReader(rule: LabelRule, highest: number): LabelReader {
  const isOneOf = (values: readonly (number | bigint)[]) => {
    const pairs = values.map((value) =>
      [
        Number(BigInt(value) & 0xffffffffn),
        Number(BigInt(value) >> 32n),
      ] as const
    );
    return (low: number, high: number) =>
      pairs.some(([l, h]) => l === low && h === high);
  };
  const isBackground = isOneOf(rule.background);
  const isUnknown = isOneOf(rule.unknown);
  return (labels, target, mask) => {
    const halves = new Uint32Array(labels.buffer as ArrayBuffer);
    let lastLow = 0, lastHigh = 0, isCleft = 0, isKnown = 1;
    for (let i = 0; i < target.length; i++) {
      const low = halves[2 * i]!, high = halves[2 * i + 1]!;
      if (low !== lastLow || high !== lastHigh) {
        [lastLow, lastHigh] = [low, high];
        isKnown = isUnknown(low, high) ? 0 : 1;
        isCleft = isKnown === 0 || (low | high) === 0 ||
            high * 2 ** 32 + low > highest || isBackground(low, high)
          ? 0
          : 1;
      }
      target[i] = isCleft;
      mask[i] = isKnown;
    }
  };
}
