import type { Quantity, Sample, Zyx } from "@/core/mod.ts";
import type { Example } from "@/data/mod.ts";
import type { Application } from "./steps.ts";

/** A sample made again: all that decides it, and whether it is what training saw. */
export interface ReplayedSample {
  /** The run. */
  readonly run: string;
  /** The sample's number, from 0 over the run. */
  readonly index: number;
  /** The step that saw it, from 1. */
  readonly step: number;
  /** Whether it is what training saw; `unknown` if that was not recorded. */
  readonly comparison: "identical" | "different" | "unknown";
  /** SHA-256 of its image, target, mask and weight. */
  readonly sha256: string;
  /** The same as training saw it, or null. */
  readonly recordedSha256: string | null;
  /** What likely made it different. */
  readonly reasons: readonly string[];
  /** The address of the stream that its random numbers come from. */
  readonly stream: string;
  /** Where it comes from. */
  readonly place: {
    /** The training volume's number and name. */
    readonly volume: number;
    readonly name: string;
    /** The first voxel in that volume, and where it lies. */
    readonly startVox: Zyx;
    readonly offsetNm: Zyx;
  };
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Extent of a voxel. */
  readonly voxelNm: Zyx;
  /** What was done to it, in order. */
  readonly augmentations: readonly Application[];
  /** The files that hold it. */
  readonly files: readonly string[];
}

/** All there is of a sample. */
export interface MadeSample {
  /** What becomes of the volume. */
  readonly sample: Sample;
  /** What training sees of it. */
  readonly example: Example;
  /** What decides it. */
  readonly facts: Omit<ReplayedSample, "files">;
  /** What the network is to say: the primary head, then the others. */
  readonly heads: readonly MadeHead[];
}

/** A head of the network, as a sample has it. */
export interface MadeHead {
  /** Its name; the primary one's is `primary`. */
  readonly name: string;
  /** What it says of each voxel. */
  readonly quantity: Quantity;
}
