import type { Entry, Zyx } from "@/core/mod.ts";
import type { RegionSpec, SampleRecording } from "@/data/mod.ts";
import type { EngineName, Precision } from "@/engine/mod.ts";
import type { Clip, StopEarlyOptions } from "@/train/mod.ts";

/** A validated experiment: every default filled, deeply frozen. */
export interface Spec {
  /** What records and reports call it. */
  readonly name: string;
  /** What it is about, in one line. */
  readonly summary: string;
  /** Anything worth remembering. */
  readonly notes: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** Decides every random number; a whole number below 2⁵³. */
  readonly seed: number;
  /** The volumes. */
  readonly data: DataSpec;
  /** Where training samples come from. */
  readonly sampler: Entry;
  /** Random changes of training samples, in the order they are applied. */
  readonly augment: readonly Entry[];
  /** What the network should say: its primary head, which is what predicts. */
  readonly target: Entry;
  /** The network. */
  readonly model: Entry;
  /** What training minimises. */
  readonly loss: {
    /** Summed, each times its weight. */
    readonly terms: readonly Entry[];
    /** Weight of the whole loss at each coarser level of the decoder, finest first. */
    readonly levels: readonly number[];
  };
  /** What the network should say besides. */
  readonly heads: readonly HeadSpec[];
  /** What the network begins with. */
  readonly init: InitSpec;
  /** Patterns of weights that training leaves as they are. */
  readonly freeze: readonly string[];
  /** How the weights are changed. */
  readonly optimizer: Entry;
  /** The learning rate's course. */
  readonly schedule: Entry;
  /** How long and by what means to train. */
  readonly train: TrainSpec;
  /** How the network is applied to a whole volume. */
  readonly infer: InferSpec;
  /** What is measured on a whole volume. */
  readonly evaluate: EvaluateSpec;
  /** The page that is written when the run ends. */
  readonly report: ReportSpec;
}

/** A volume of an experiment. */
export interface VolumeSpec extends RegionSpec {
  /** Where it comes from. */
  readonly source: Entry;
  /** What reports call it, in place of its file's name. */
  readonly name?: string | undefined;
}

/** The volumes of an experiment. */
export interface DataSpec {
  /** Volumes to train on. */
  readonly train: readonly VolumeSpec[];
  /** Volumes to choose the best weights and the threshold by. */
  readonly validation: readonly VolumeSpec[];
  /** Volumes that are only measured, once, at the end. */
  readonly test: readonly VolumeSpec[];
}

/** Something a network should say besides, so that it learns more. */
export interface HeadSpec {
  /** What records call it. */
  readonly name: string;
  /** What it should say. */
  readonly target: Entry;
  /** What training minimises for it. */
  readonly loss: {
    /** Factor of its terms in the whole. */
    readonly weight: number;
    /** Summed, each times its weight. */
    readonly terms: readonly Entry[];
  };
}

/** What a network begins with: weights of a run, of a file, or drawn ones. */
export interface InitSpec {
  /** The run that has them, or an experiment, whose last finished run has them. */
  readonly run?: string | undefined;
  /** The safetensors file that has them. */
  readonly file?: string | undefined;
  /** Which weights of the run. */
  readonly weights: "best" | "last";
  /** Patterns of weights that are drawn nevertheless. */
  readonly skip: readonly string[];
}

/** How long and by what means to train. */
export interface TrainSpec {
  /** Samples to train with in all. */
  readonly volumeTotal: number;
  /** Samples between two checkpoints. */
  readonly volumeSave: number;
  /** Samples in a batch. */
  readonly batch: number;
  /** Devices that share each batch. */
  readonly devices: number;
  /** Batches whose mean gradient a step follows. */
  readonly accumulate: number;
  /** Bounds of the gradient. */
  readonly clip: Clip;
  /** The mean of the weights that is kept besides. */
  readonly average: Entry;
  /** When to end before all samples are seen. */
  readonly stopEarly?: StopEarlyOptions | undefined;
  /** Samples between two validations. */
  readonly validateEvery: number;
  /** Threads that prepare samples. */
  readonly workers: number;
  /** Batches prepared ahead of training. */
  readonly ahead: number;
  /** What computes. */
  readonly engine: EngineName | "auto";
  /** Threads that compute; 0 for one a core. */
  readonly threads: number;
  /** Numbers that convolutions compute with. */
  readonly precision: Precision;
  /** Whether compiled functions run operation by operation. */
  readonly eager: boolean;
  /** What to do with a loss or a gradient that is no number. */
  readonly onNan: "stop" | "skip" | "continue";
  /** What is recorded of each sample. */
  readonly recordSamples: SampleRecording;
}

/** How a network is applied to a whole volume. */
export interface InferSpec {
  /** Extent of a tile; the sampler's where left out. */
  readonly patchVox?: Zyx | undefined;
  /** Share of a tile that its neighbour covers too. */
  readonly overlap: number;
  /** How overlapping tiles are mixed. */
  readonly blend: Entry;
  /** Test-time augmentation. */
  readonly tta: Entry;
}

/** What is measured on a whole volume. */
export interface EvaluateSpec {
  /** The metrics; the first number of theirs that has a direction ranks weights. */
  readonly metrics: readonly Entry[];
  /** Sections kept as pictures, the worst ones first. */
  readonly sectionsShown: number;
}

/** The page that is written when a run ends. */
export interface ReportSpec {
  /** Whether it is written. */
  readonly atEnd: boolean;
  /** Runs or experiments shown beside the run. */
  readonly compareWith: readonly string[];
}
