import type { DataPlace } from "./volumes.ts";

/** Where and how a command carries a run out. */
export interface RunContext extends DataPlace {
  /** Folder of the records. */
  readonly resultsFolder: string;
  /** Folder of the project's own code, for its commit and lockfile. */
  readonly projectFolder: string;
  /** Aborted when the user asks to stop: the step is finished, a checkpoint written. */
  readonly signal: AbortSignal;
  /** The folder that a TensorBoard watches, if numbers are to be shown there too. */
  readonly boardFolder?: string | undefined;
  /** Takes the name of a run that is recorded from now on. */
  onBegin(id: string): void;
  /** The command that goes on with a run that was cut. */
  resumeBy(id: string): string;
  /** Prints a line for the user. */
  print(line: string): void;
  /** Whether a line can be overwritten. */
  readonly isTerminal: boolean;
}

/** The same for a command that writes a page at the end. */
export interface ReportingContext extends RunContext {
  /** Whether the page is wanted even if the experiment wants none. */
  readonly wantsPage: boolean;
  /** Takes a page that was written; the link to it. */
  linkTo(path: string): string;
}
