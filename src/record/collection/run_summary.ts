import type { Run } from "../types.ts";

/** What a list shows of a run; a thousand are read at once. */
export interface RunSummary extends
  Pick<
    Run,
    | "id"
    | "experiment"
    | "file"
    | "planHash"
    | "ranking"
    | "seed"
    | "rerunOf"
    | "trainedBy"
    | "variant"
    | "state"
    | "reason"
    | "startedAt"
    | "finishedAt"
  >,
  Marks {
  /** Its key in the tables. */
  readonly number: number;
  /** What computed. */
  readonly engine: string;
  /** The graphics processor, or null. */
  readonly gpu: string | null;
  /** The code's commit, or null. */
  readonly commit: string | null;
  /** The most memory of the machine that it held, in MiB; null if unknown. */
  readonly memoryMiB: number | null;
  /** Energy that was read of it, in kWh; null if none was. */
  readonly energyKWh: number | null;
  /** How far it has come; null of one that finished. */
  readonly progress: RunProgress | null;
}

/** What people say of a run. */
export interface Marks {
  /** Its tags, in order. */
  readonly tags: readonly string[];
  /** A note, or null. */
  readonly note: string | null;
  /** The group it was put into, or null. */
  readonly group: string | null;
  /** When it was put aside, ISO 8601, or null. */
  readonly archivedAt: string | null;
  /** When it was deleted, ISO 8601, or null. */
  readonly deletedAt: string | null;
}

/** How far a training has come. */
export interface RunProgress {
  /** The last step on record. */
  readonly step: number;
  /** Steps in all; null where the plan does not say. */
  readonly steps: number | null;
  /** Seconds that are left if the others take as long; null unless it runs. */
  readonly leftS: number | null;
}

/** How long the rest of a training takes, if its steps go on as they did. */
export function secondsLeft(
  { step, steps }: Omit<RunProgress, "leftS">,
  { since, at }: {
    /** Where and when it began, or was gone on with. */
    readonly since: { readonly step: number; readonly at: string };
    /** When it was last heard of. */
    readonly at: string;
  },
): number | null {
  const done = step - since.step;
  if (steps === null || done <= 0) return null;
  const seconds = (Date.parse(at) - Date.parse(since.at)) / 1000;
  return Math.max(0, seconds) / done * Math.max(0, steps - step);
}
