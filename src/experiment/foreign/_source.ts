import type { Split } from "@/record/mod.ts";

/** A number of a run of another program, over its steps. */
export interface ForeignSeries {
  /** What it is called there. */
  readonly name: string;
  /** What it was measured on, where that is told besides by its name. */
  readonly split?: Split;
  /** The value at each step; the last one of a step counts. */
  readonly points: readonly (readonly [step: number, value: number])[];
}

/** A run as another program recorded it. */
export interface ForeignRun {
  /** What it is told by, wherever its files lie. */
  readonly id: string;
  /** The experiment it belongs to. */
  readonly experiment: string;
  /** What it is called in there. */
  readonly name: string;
  /** Where it was read, for errors. */
  readonly where: string;
  /** What it was given: options by name. */
  readonly params: Readonly<Record<string, string>>;
  /** What was said of it besides. */
  readonly labels: Readonly<Record<string, string>>;
  /** A note, or null. */
  readonly note: string | null;
  /** The commit of its code, or null. */
  readonly commit: string | null;
  /** When it began, in milliseconds since 1970. */
  readonly beganMs: number;
  /** When it ended; null if it has not. */
  readonly endedMs: number | null;
  /** How it ended. */
  readonly state: "finished" | "failed" | "interrupted";
  /** Why it ended early, or null. */
  readonly reason: string | null;
  /** Its numbers. */
  readonly series: readonly ForeignSeries[];
}

/** A form in which another program keeps its runs. */
export interface ForeignSource {
  /** The program. */
  readonly program: string;
  /** What it is looked for by, as in "no …". */
  readonly summary: string;
  /** Whether a path holds runs of this form. */
  holds(path: string): boolean;
  /**
   * Its runs, oldest first, those apart that were thrown away there.
   *
   * @throws {ExperimentError} If something is damaged.
   */
  runs(path: string): readonly ForeignRun[];
}
