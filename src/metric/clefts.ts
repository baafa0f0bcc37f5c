import { labelComponents } from "@/core/mod.ts";
import { type MetricInput, proposalOf, truthOf } from "./_metric.ts";
import { thresholdOf } from "./dice.ts";

/** A cleft of the truth, and how much of it a prediction has. */
export interface FoundCleft {
  /** Its first voxel, z y x, which tells it from the others. */
  readonly atVox: readonly [number, number, number];
  /** How many voxels it has. */
  readonly sizeVox: number;
  /** How many of them are called cleft. */
  readonly foundVox: number;
}

/** Every cleft, a 26-connected component of labelled voxels, in the order of its first voxel. */
export function foundClefts(input: MetricInput): FoundCleft[] {
  const { shapeVox } = input;
  const [, height, width] = shapeVox;
  const proposal = proposalOf(input, thresholdOf(input));
  const { labels, count } = labelComponents(truthOf(input), shapeVox, 26);
  const clefts = Array.from(
    { length: count },
    () => ({ first: -1, sizeVox: 0, foundVox: 0 }),
  );
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) continue;
    const cleft = clefts[labels[i]! - 1]!;
    if (cleft.first < 0) cleft.first = i;
    cleft.sizeVox++;
    cleft.foundVox += proposal[i]!;
  }
  return clefts.map(({ first, ...sizes }) => ({
    atVox: [
      Math.floor(first / (height * width)),
      Math.floor(first / width) % height,
      first % width,
    ],
    ...sizes,
  }));
}
