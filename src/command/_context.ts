import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a command runs and how it speaks. */
export interface CommandContext {
  /** The folder the user is in; `deno task` itself starts in the project's. */
  readonly callerFolder: string;
  /** The folder with Cleft's code. */
  readonly projectFolder: string;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the output is a terminal. */
  readonly isTerminal: boolean;
  /**
   * Aborted at the first Ctrl+C, SIGTERM or SIGUSR1; a command that looks at it finishes
   * the step at hand. A command that does not is ended by the signal itself.
   */
  readonly signal: AbortSignal;
  /** What aborted it; null as long as nothing has. */
  readonly stoppedBy: Deno.Signal | null;
  /** Takes the command that goes on from here, should the signal end this one at once. */
  goOnBy(command: string): void;
  /** Takes what the first signal makes of this command, if not an end after a step. */
  stopsBy(words: string): void;
  /** Prints a line of the result. */
  print(line: string): void;
  /** Prints a line about what is going on, apart from the result. */
  note(line: string): void;
}

/** The folder of the project this file belongs to. */
export const projectFolder: string = fileURLToPath(
  new URL("../../", import.meta.url),
).replace(/\/$/, "");

/** A path of the command line as an absolute one. */
export function pathOf(path: string, { callerFolder }: CommandContext): string {
  return resolve(callerFolder, path);
}

/** The folder of the records: `--results`, CLEFT_RESULTS, or the project's. */
export function resultsFolder(
  options: { readonly results?: string | undefined },
  context: CommandContext,
): string {
  const given = options.results ?? context.environment["CLEFT_RESULTS"];
  return given
    ? pathOf(given, context)
    : join(context.projectFolder, "results");
}

/** Folders to look for data in: each `--data-root`, CLEFT_DATA, the project's. */
export function dataRoots(
  options: { readonly "data-root": readonly string[] },
  context: CommandContext,
): string[] {
  const fromEnvironment = context.environment["CLEFT_DATA"];
  return [
    ...options["data-root"],
    ...(fromEnvironment ? [fromEnvironment] : []),
    join(context.projectFolder, "data"),
  ].map((folder) => pathOf(folder, context));
}
