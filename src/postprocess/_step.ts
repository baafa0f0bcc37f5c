import type * as z from "zod";
import type { Component, Connectivity, Zyx } from "@/core/mod.ts";
import { orSweep } from "./sweep.ts";

/** Probabilities of a volume, a section at a time, so that it need not be held whole. */
export interface Sections {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** A section, `[H, W]`; borrowed until the next is asked for. */
  section(z: number): Float32Array;
}

/** What is called cleft, and of what probabilities. */
export interface Called {
  /** What it was called by. */
  readonly probability: Sections;
  /** 1 in voxels called cleft, `[D, H, W]`; the steps work on it in place. */
  readonly cleft: Uint8Array;
  /** Which of these touch, so that they are one object. */
  readonly connectivity: Connectivity;
}

/** Changes probabilities before anything is called cleft. */
export interface ProbabilityStep {
  /** Where its place is among the others. */
  readonly stage: "probability";
  /** The changed ones; made as they are asked for. */
  apply(probability: Sections): Sections;
}

/** Says which voxels are cleft. */
export interface CallStep {
  /** Where its place is among the others. */
  readonly stage: "call";
  /** The option that is the threshold. */
  readonly option: string;
  /** The threshold; where there is none, the one that validation chooses. */
  readonly threshold: number | undefined;
  /** 1 in voxels called cleft, `[D, H, W]`, new. */
  apply(probability: Sections, threshold: number): Uint8Array;
}

/** Changes what is called cleft. */
export interface MaskStep {
  /** Where its place is among the others. */
  readonly stage: "mask";
  /** What is called cleft then: the same array, changed. */
  apply(called: Called): Called;
}

/** A step of post-processing. */
export type Step = ProbabilityStep | CallStep | MaskStep;

/**
 * Defines a step: its name, its options and its factory in one place. Each option
 * can also be a sweep, out of which validation chooses.
 */
export function defineStep<Shape extends z.ZodRawShape>(
  { options, ...definition }: Component<Step, Shape>,
): Component<Step, Shape> {
  const orSwept = Object.entries(options)
    .map(([name, option]) => [name, orSweep(option as z.ZodType)]);
  return { ...definition, options: Object.fromEntries(orSwept) as Shape };
}

/** An array as sections, `[D, H, W]`. */
export function sectionsOf(
  values: Float32Array,
  shapeVox: Sections["shapeVox"],
): Sections {
  const area = shapeVox[1] * shapeVox[2];
  return {
    shapeVox,
    section: (z) => values.subarray(z * area, (z + 1) * area),
  };
}
