import type { DataPlace } from "./volumes.ts";

/** Where and how a command carries a run out. */
export interface RunContext extends DataPlace {
  /** Folder of the records. */
  readonly resultsFolder: string;
  /** Folder of the project's own code, for its commit and lockfile. */
  readonly projectFolder: string;
  /** Aborted when the user asks to stop: the step is finished, a checkpoint written. */
  readonly signal: AbortSignal;
  /** Prints a line for the user. */
  print(line: string): void;
  /** Whether a line can be overwritten. */
  readonly isTerminal: boolean;
}
