import type { Entry } from "@/core/mod.ts";
import type { Split } from "./types.ts";

/** What the engine of a run compiled and used: its artifact `engine.json`. */
export interface EngineRecord {
  /** Numbers that convolutions computed with. */
  readonly precision: string;
  /** The most of the device's memory that was in use; null where unknown. */
  readonly peakBytes: number | null;
  /** What there was of it; null where unknown. */
  readonly limitBytes: number | null;
  /** The programs it ran; each kept as the artifact `program/<key>`. */
  readonly programs: readonly {
    readonly name: string;
    readonly key: string;
    readonly origin: "compiled" | "loaded";
    readonly seconds: number;
    readonly workBytes: number | null;
  }[];
}

/**
 * How a run calls voxels cleft, where its experiment post-processes: its artifact
 * `postprocess.json`.
 */
export interface PostprocessRecord {
  /** The steps, sweeps settled; entries of the catalog of steps. */
  readonly steps: readonly Entry[];
  /** From which probability on; null where nothing was cleft to choose it by. */
  readonly threshold: number | null;
  /** The data that it was chosen by. */
  readonly split: Split;
  /** The number that chose among sweeps; null where there are none. */
  readonly tunedBy: string | null;
  /** What was swept: the step, from 0, and its option. */
  readonly swept: readonly { readonly at: number; readonly option: string }[];
  /** Each combination that was tried, and what it came to. */
  readonly tried: readonly {
    /** The values of the swept options, in their order. */
    readonly options: readonly unknown[];
    /** The number; null where the data leave it undefined. */
    readonly value: number | null;
  }[];
}

/** An object of a volume that has a picture. */
export interface GalleryObject {
  /**
   * A cleft that a voxel called cleft touches, a component of these that touches
   * no cleft, or a cleft that none touches.
   */
  readonly kind: "found" | "false" | "missed";
  /** The section of its picture, halfway through it. */
  readonly z: number;
  /** Sections that it reaches. */
  readonly sections: number;
  /** Its voxels: of the truth, or of what is called cleft if it is false. */
  readonly sizeVox: number;
  /** Mean probability of these; null where it is no number. */
  readonly probability: number | null;
  /** The middle of its voxels there, y x. */
  readonly centreVox: readonly [number, number];
  /** The first voxel of the picture, y x. */
  readonly startVox: readonly [number, number];
  /** The extent of the picture in voxels, y x. */
  readonly shapeVox: readonly [number, number];
}

/**
 * Objects of a volume with pictures. Recorded as the artifact
 * `gallery/<split>/<volume>.json`; the picture of the n-th one from 0 is
 * `gallery/<split>/<volume>/<n>.png`, 8-bit grey: image, truth and probability
 * beside each other, of one width.
 */
export interface GalleryRecord {
  /** The data's role. */
  readonly split: Split;
  /** The volume's name. */
  readonly volume: string;
  /** Extent of a voxel in nanometres, z y x. */
  readonly voxelNm: readonly [number, number, number];
  /** How many there are of each kind, with and without a picture. */
  readonly counts: Readonly<Record<GalleryObject["kind"], number>>;
  /** Those with a picture. */
  readonly objects: readonly GalleryObject[];
}

/** A point of a precision-recall curve. */
export interface PrecisionRecallPoint {
  /** Voxels with at least this probability count as cleft. */
  readonly threshold: number;
  /** Share of them that are cleft. */
  readonly precision: number;
  /** Share of the cleft voxels among them. */
  readonly recall: number;
}

/**
 * How a network did on one volume. Recorded as the artifact
 * `evaluation/<split>/<volume>.json`; its pictures are
 * `evaluation/<split>/<volume>/<z>/{raw,truth,prediction}.png`, 8-bit grey, all
 * of one size: the section, the truth as 0 or 255, the probability times 255.
 */
export interface EvaluationRecord {
  /** The data's role. */
  readonly split: Split;
  /** The volume's name. */
  readonly volume: string;
  /** The step whose weights were evaluated. */
  readonly step: number;
  /** Extent in voxels, z y x. */
  readonly shapeVox: readonly [number, number, number];
  /** Extent of a voxel in nanometres, z y x. */
  readonly voxelNm: readonly [number, number, number];
  /** Where the threshold was chosen: on this volume, or on validation. */
  readonly thresholdFrom: Split;
  /** Every metric by name: ap, dice, threshold, adgt, adf, score, … */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** The same metrics for "dark is cleft", no learning at all. */
  readonly baseline: Readonly<Record<string, number | null>>;
  /** At most 200 points, falling threshold. */
  readonly precisionRecall: readonly PrecisionRecallPoint[];
  /** The sections that have pictures, worst Dice first. */
  readonly sections: readonly EvaluatedSection[];
  /** Every section by z; undefined in records of earlier versions. */
  readonly everySection?: readonly EvaluatedSection[] | undefined;
  /** Every cleft of the truth; undefined in records of earlier versions. */
  readonly clefts?: readonly EvaluatedCleft[] | undefined;
}

/**
 * What a network that is being trained says of a few sections of a validation
 * volume. Recorded at each validation as the artifact
 * `sections/<split>/<volume>.json`, with pictures as those of an
 * {@linkcode EvaluationRecord}, but below `sections/`; the next one takes its
 * place, and the evaluation at the end that of the last.
 */
export type SectionsRecord = Pick<
  EvaluationRecord,
  "split" | "volume" | "step" | "shapeVox" | "voxelNm" | "metrics" | "sections"
>;

/** The folder of names of {@linkcode SectionsRecord}s and their pictures. */
export const sectionsFolder = "sections";

/** How a network did on one section. */
export interface EvaluatedSection {
  /** The section, from 0. */
  readonly z: number;
  /** Its Dice at the threshold; 1 if neither side has a voxel. */
  readonly dice: number;
  /** Cleft voxels. */
  readonly truthVox: number;
  /** Voxels called cleft. */
  readonly predictedVox: number;
}

/** How much of a cleft a network found. */
export interface EvaluatedCleft {
  /** Its first voxel, z y x, which tells it from the others. */
  readonly atVox: readonly [number, number, number];
  /** How many voxels it has. */
  readonly sizeVox: number;
  /** How many of them are called cleft. */
  readonly foundVox: number;
}
