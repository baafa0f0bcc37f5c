import type { Entry, Ranking, SampleTrace } from "@/core/mod.ts";
import type { Verdict } from "./verdict.ts";

/** Where a run stands. */
export type RunState =
  | "running"
  | "finished"
  | "failed"
  | "interrupted"
  | "crashed";

/** The parts of the data a value was measured on. */
export type Split = "train" | "validation" | "test";

/** One number of a run. */
export interface MetricPoint {
  /** The data it was measured on. */
  readonly split: Split;
  /** What it is: `loss`, `loss.dice`, `ap`, `waitMs`. */
  readonly name: string;
  /** The training step after which it was measured, from 1; 0 before the first. */
  readonly step: number;
  /** The number; NaN and both infinities survive the record. */
  readonly value: number;
}

/** One rung of the ladder that a rerun is checked against. */
export interface WeightHash {
  /** The training step after which it was taken. */
  readonly step: number;
  /** The weight's name, such as `encoder0/conv0/kernel`, in the network's order. */
  readonly layer: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A sample that training has seen. */
export interface SeenSample extends SampleTrace {
  /** The step that saw it, from 1. */
  readonly step: number;
}

/** A file or picture a run made. */
export interface Artifact {
  /** Its name within the run, such as `plan.json` or `checkpoint/last`. */
  readonly name: string;
  /** What it is, such as `application/json`. */
  readonly mediaType: string;
  /** Its size. */
  readonly bytes: number;
  /** SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
}

/** An artifact, and whose it is. */
export interface OwnedArtifact extends Artifact {
  /** The run's id. */
  readonly run: string;
}

/** What decides whether a rerun can give the same bits. */
export interface Environment {
  /** `tensorflow` or `embedded`. */
  readonly engine: string;
  /** tfjs, TensorFlow, Deno, V8, Cleft: name to version. */
  readonly versions: Readonly<Record<string, string>>;
  /** Compute devices as the engine names them. */
  readonly devices: readonly string[];
  /** Threads the engine computes with. */
  readonly threads: number;
  /** The processor's name. */
  readonly cpu: string;
  /** The graphics processor's name, or null. */
  readonly gpu: string | null;
  /** Operating system and its version. */
  readonly os: string;
  /** The code's commit, or null outside a repository. */
  readonly commit: string | null;
  /** The uncommitted change as `git diff` prints it, empty when clean. */
  readonly dirtyDiff: string;
  /** SHA-256 of deno.lock. */
  readonly lockfileSha256: string;
  /** What the reader should know, such as a fall-back to the embedded engine. */
  readonly notices: readonly string[];
}

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

/** An input file of a run. */
export interface RunInput {
  /** What for: `init`, `augment`, or the split and number of a volume, `train[0]`. */
  readonly role: string;
  /** The split that the volume belongs to; null of other files. */
  readonly split: Split | null;
  /** The run whose weights it is; null of other files. */
  readonly run: string | null;
  /** Its path as opened. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
  /** SHA-256 of its content. */
  readonly sha256: string;
}

/** What is known of a run when it starts. */
export interface NewRun {
  /** The experiment's name. */
  readonly experiment: string;
  /** The experiment file as given on the command line, or null. */
  readonly file: string | null;
  /** Values given by `--set` and `--seed`, in order. */
  readonly overrides: readonly string[];
  /** The resolved plan, as JSON. */
  readonly plan: string;
  /** SHA-256 of what in the plan decides the result. */
  readonly planHash: string;
  /** SHA-256 of what in it decides the weights; the plan's if left out. */
  readonly trainingHash?: string;
  /** The number that decides which of its weights are best; AP if left out. */
  readonly ranking?: Ranking;
  /** The seed. */
  readonly seed: number;
  /** Where and with what it runs. */
  readonly environment: Environment;
  /** The files it reads. */
  readonly inputs: readonly RunInput[];
  /** The run this one repeats, or null. */
  readonly rerunOf: string | null;
  /** The run that trained its weights, if this one only measures them anew. */
  readonly trainedBy?: string | null;
  /** Its place in the matrix that `experiment` names, if it belongs to one. */
  readonly variant?: Variant | null;
  /** Tags that it begins with. */
  readonly tags?: readonly string[];
}

/** A place in a matrix: the name of the value on each axis, in the axes' order. */
export type Variant = Readonly<Record<string, string>>;

/** The experiments that one file with a matrix describes. */
export interface MatrixRecord {
  /** What its runs are called. */
  readonly name: string;
  /** What differs between them, in the file's order. */
  readonly axes: readonly {
    /** What it is called. */
    readonly name: string;
    /** The names of its values, in the file's order. */
    readonly values: readonly string[];
  }[];
  /** Every experiment, the last axis fastest. */
  readonly variants: readonly {
    /** Its place. */
    readonly values: Variant;
    /** SHA-256 of what in its plan decides the result. */
    readonly planHash: string;
  }[];
}

/** A run by what it can be named by. */
export interface KnownRun {
  /** Its id. */
  readonly id: string;
  /** The experiment's name. */
  readonly experiment: string;
}

/** A run as recorded. */
export interface Run extends Omit<NewRun, "tags"> {
  /** SHA-256 of what in the plan decides the weights. */
  readonly trainingHash: string;
  /** The number that decides which of its weights are best. */
  readonly ranking: Ranking;
  /** The run that trained its weights, or null if it did so itself. */
  readonly trainedBy: string | null;
  /** Its place in the matrix that `experiment` names, or null. */
  readonly variant: Variant | null;
  /** Its name in the database; unique. */
  readonly id: string;
  /** Where it stands; `crashed` if its process died without saying so. */
  readonly state: RunState;
  /** Why it failed or was interrupted, or null. */
  readonly reason: string | null;
  /** When it started, ISO 8601. */
  readonly startedAt: string;
  /** When it ended, ISO 8601, or null. */
  readonly finishedAt: string | null;
  /** What it found as it repeated another run, or null. */
  readonly verdict: Verdict | null;
}

/** Which runs to list; what is left out does not restrict. */
export interface RunFilter {
  /** Only those of the experiment of this name. */
  readonly experiment?: string;
  /** Only those that stand so. */
  readonly state?: RunState;
  /** Only those whose plan has this hash. */
  readonly planHash?: string;
  /** Only those whose training has this hash. */
  readonly trainingHash?: string;
}

/** That a run was gone on with. */
export interface Resume {
  /** When, ISO 8601. */
  readonly at: string;
  /** The step after which it went on. */
  readonly step: number;
}

/** A line of a run's log. */
export interface LogLine {
  /** When, ISO 8601. */
  readonly at: string;
  /** How grave. */
  readonly level: "info" | "warning" | "error";
  /** What. */
  readonly text: string;
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
