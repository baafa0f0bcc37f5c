import {
  greyBytes,
  greyPng,
  pixelGrid,
  shrunken,
  type Zyx,
} from "@/core/mod.ts";
import { diceOf, type MetricInput, overlapOf } from "@/metric/mod.ts";

/** How one section was predicted. */
export interface SectionScore {
  /** The section, from 0. */
  readonly z: number;
  /** Dice of the section at the threshold; 1 if neither side has a voxel. */
  readonly dice: number;
  /** Cleft voxels. */
  readonly truthVox: number;
  /** Voxels called cleft. */
  readonly predictedVox: number;
}

/** Scores every section of a prediction at a threshold, in order of z. */
export function scoreSections(input: AtThreshold): readonly SectionScore[] {
  const [depth] = input.shapeVox;
  return Array.from({ length: depth }, (_, z) => scoreSection(input, z));
}

/** A prediction beside the truth, and from where on it is cleft. */
type AtThreshold = MetricInput & { readonly threshold: number };

/** Scores one section of a prediction at a threshold. */
export function scoreSection(input: AtThreshold, z: number): SectionScore {
  const [, height, width] = input.shapeVox;
  const size = height * width;
  const sectionOf = <T extends Float32Array | Uint8Array>(array: T) =>
    array.subarray(z * size, (z + 1) * size) as T;
  const overlap = overlapOf({
    ...input,
    probability: sectionOf(input.probability),
    target: sectionOf(input.target),
    mask: sectionOf(input.mask),
    ...input.cleft && { cleft: sectionOf(input.cleft) },
    shapeVox: [1, height, width],
  });
  const { truthVox, predictedVox } = overlap;
  const withoutTruth = predictedVox === 0 ? 1 : 0;
  return { z, truthVox, predictedVox, dice: diceOf(overlap) ?? withoutTruth };
}

/**
 * The sections worth showing, worst Dice first: half of them the worst, half the
 * best of those that hold a cleft; ties by z.
 */
export function sectionsToShow(
  scores: readonly SectionScore[],
  count: number,
): readonly SectionScore[] {
  const ranked = scores
    .filter((s) => s.truthVox + s.predictedVox > 0)
    .toSorted((a, b) => a.dice - b.dice || a.z - b.z);
  const most = Math.min(count, ranked.length), worst = Math.ceil(most / 2);
  return [
    ...ranked.slice(0, worst),
    ...ranked.slice(ranked.length - most + worst),
  ];
}

/** The longest side of a picture, in pixels; larger sections are averaged down. */
const mostPixels = 1024;

/** Which section is drawn. */
export interface DrawnSection {
  /** Extent of the volume. */
  readonly shapeVox: Zyx;
  /** The section, from 0. */
  readonly z: number;
  /** How hard it is packed, from 1 to 9; 9 by default. */
  readonly level?: number;
}

/** A section of values from 0 to 1 over a volume, `[D, H, W]`, as an 8-bit grey PNG. */
export function sectionPng(
  values: Float32Array | Uint8Array,
  { shapeVox: [, ...extent], z, level = 9 }: DrawnSection,
): Uint8Array {
  const grid = pixelGrid(extent, mostPixels);
  const { height, width } = grid;
  const from = z * extent[0] * extent[1];
  const pixels = shrunken(values.subarray(from), { ...grid, keep: "mean" });
  const data = greyBytes(pixels);
  return greyPng({ width, height, data }, { level });
}
