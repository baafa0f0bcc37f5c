import { hasEnded, type Records, type Run } from "@/record/mod.ts";
import { RerunCheck } from "./rerun_check.ts";
import { changedSurroundings } from "./surroundings.ts";

/** What of records a comparison reads. */
type RecordsToCompare = Pick<Records, "metrics" | "weightHashes" | "samples">;

/** What a rerun is compared by. */
export interface Repetition {
  /** The run that is repeated. */
  readonly of: string;
  /** What compares them. */
  readonly check: RerunCheck;
  /** What differs in the surroundings. */
  readonly reasons: readonly string[];
}

/** What a rerun is compared by, with what it has recorded so far. */
export function repetitionOf(
  records: RecordsToCompare,
  { before, now }: {
    readonly before: Run;
    readonly now: Pick<Run, "id" | "environment" | "inputs">;
  },
): Repetition {
  const check = checkOf(records, before);
  check.samples(records.samples(now.id));
  check.metrics(records.metrics(now.id));
  check.weightHashes(records.weightHashes(now.id));
  const reasons = changedSurroundings(before, now);
  return { of: before.id, check, reasons };
}

/** What checks a rerun of `run`, before anything was compared. */
function checkOf(records: RecordsToCompare, run: Run): RerunCheck {
  return new RerunCheck({
    points: records.metrics(run.id),
    weightHashes: records.weightHashes(run.id),
    samples: new Map(
      records.samples(run.id).map(({ index, sha256 }) => [index, sha256]),
    ),
    extent: !hasEnded(run)
      ? "unfinished"
      : run.trainedBy === null
      ? "whole"
      : "measured",
  });
}
