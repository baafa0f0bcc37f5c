import type * as z from "zod";
import { type Component, sizeOf, type Zyx } from "@/core/mod.ts";

/** What a metric compares; arrays are `[D, H, W]`. */
export interface MetricInput {
  /** The predicted cleft probability; NaN ranks below every number. */
  readonly probability: Float32Array;
  /** 1 inside a cleft, 0 elsewhere. */
  readonly target: Uint8Array;
  /** 1 where the target is known; other voxels count for nothing. */
  readonly mask: Uint8Array;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Extent of one voxel in nanometres. */
  readonly voxelNm: Zyx;
  /**
   * Voxels of at least this probability are called cleft. Where it is left out,
   * it is the one of the best Dice on this very input.
   */
  readonly threshold?: number;
  /**
   * 1 in the voxels that are called cleft, where more than the threshold says so,
   * such as post-processing. What goes by probabilities alone does not change.
   */
  readonly cleft?: Uint8Array;
}

/** One number that a metric gives. */
export interface MetricOutput {
  /** Its name in records, unique over all metrics. */
  readonly name: string;
  /** What reports call it. */
  readonly label: string;
  /** One line for help texts, reports and the reference. */
  readonly summary: string;
  /** Its unit; empty for a share or a ratio. */
  readonly unit: string;
  /** Which direction is good. */
  readonly better: "higher" | "lower" | "neither";
  /** What a perfect prediction gets, or null if that depends on the data. */
  readonly best: number | null;
  /** The least and the greatest value it can have. */
  readonly bounds: readonly [low: number, high: number];
  /** Its place, from 1, among the numbers that readers look at first, if it has one. */
  readonly prominence?: number;
  /** That it is no result, but what the other numbers were measured at. */
  readonly isSetting?: true;
  /** The number that says how many it is out of, if it counts some of them. */
  readonly outOf?: string;
}

/** Measures a prediction against the truth. */
export interface Metric {
  /** What it gives, in the order of the reference. */
  readonly outputs: readonly MetricOutput[];
  /**
   * Every output by name. Null is what the data leave undefined, such as a
   * distance to nothing; comparisons rank it last.
   */
  evaluate(input: MetricInput): Record<string, number | null>;
}

/** Defines a metric: its name, its options and its factory in one place. */
export function defineMetric<Shape extends z.ZodRawShape>(
  definition: Component<Metric, Shape>,
): Component<Metric, Shape> {
  return definition;
}

/** Fails unless every array has one value for each voxel. */
export function checkInput(input: MetricInput): void {
  const voxels = sizeOf(input.shapeVox);
  for (const name of ["probability", "target", "mask", "cleft"] as const) {
    const { length } = input[name] ?? { length: voxels };
    if (length === voxels) continue;
    throw new RangeError(
      `Cannot evaluate: "${name}" has ${length} values,` +
        ` the volume ${voxels} voxels`,
    );
  }
}

/** 1 in the labelled voxels of a cleft; checks the input. */
export function truthOf(input: MetricInput): Uint8Array {
  checkInput(input);
  const { target, mask } = input;
  const truth = new Uint8Array(target.length);
  for (let i = 0; i < truth.length; i++) {
    truth[i] = target[i] !== 0 && mask[i] !== 0 ? 1 : 0;
  }
  return truth;
}

/** 1 in the labelled voxels that are called cleft, by a threshold or otherwise. */
export function proposalOf(
  { probability, mask, cleft }: MetricInput,
  threshold: number,
): Uint8Array {
  if (cleft) return cleft.map((value, i) => value && mask[i] ? 1 : 0);
  const proposal = new Uint8Array(probability.length);
  for (let i = 0; i < proposal.length; i++) {
    proposal[i] = probability[i]! >= threshold && mask[i] !== 0 ? 1 : 0;
  }
  return proposal;
}
