import type { NewRun, Run } from "@/record/mod.ts";
import type { Snapshot } from "@/train/mod.ts";
import type { CheckedRecorder } from "./checked_recorder.ts";
import type { EarlierTraining } from "./earlier_training.ts";
import type { Prepared } from "./prepare.ts";

/**
 * A run that is ready to go: what the three verbs make of their requests, each
 * in its way, and what `carryOut()` then does.
 */
export interface Job extends Prepared {
  /** Where it is recorded: in a new run, or in one that was cut. */
  readonly record: NewRecord | Run;
  /** From where it begins: before the first step, or after one on the way. */
  readonly start: Snapshot;
  /** The step after which it is stopped, to be gone on with; null to its end. */
  readonly stopAfter: number | null;
  /** The training that another run has begun or finished, if it takes that over. */
  readonly takesOver: EarlierTraining | null;
  /** The run whose every bit it must give again, if there is one. */
  readonly mustEqual: Run | null;
}

/** A run to be added to the records. */
export interface NewRecord {
  /** What is known of it. */
  readonly newRun: NewRun;
  /** Whether it is refused where a run of the same plan and data is on record. */
  readonly unique: boolean;
}

/** A job that is under way. */
export interface ActiveJob extends Job {
  /** What records it, and compares it with the run that it must equal. */
  readonly recorder: CheckedRecorder;
  /** The best validation before its start, if there was one. */
  readonly best: BestSoFar | null;
}

/** The best validation so far. */
export interface BestSoFar {
  /** The step after which it was measured. */
  readonly step: number;
  /** Its value of what ranks weights. */
  readonly value: number;
}
