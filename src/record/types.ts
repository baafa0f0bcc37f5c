import type { Ranking, SampleTrace } from "@/core/mod.ts";
import type { Verdict } from "./verdict.ts";

/** Where a run stands. */
export type RunState =
  | "running"
  | "finished"
  | "failed"
  | "interrupted"
  | "stopped"
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

/** Content that is to be recorded under a name. */
export interface Content extends Pick<Artifact, "name" | "mediaType"> {
  /** It, borrowed. */
  readonly content: Uint8Array;
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
  /** What makes them trials, if they are those of a search. */
  readonly search?: SearchRecord;
}

/** How the trials of a search came about. */
export interface SearchRecord {
  /** How they are drawn, by name. */
  readonly draw: string;
  /** What decides which values are drawn. */
  readonly seed: number;
  /** Up to how many samples how many trials train, in turn; the last to the end. */
  readonly rungs: readonly {
    readonly volume: number;
    readonly trials: number;
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
  /**
   * Where it stands; `crashed` if its process died without saying so, `stopped` if
   * a search lets others go on in its place.
   */
  readonly state: RunState;
  /** The step after which a search stopped it; null of others. */
  readonly stoppedAfter: number | null;
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
