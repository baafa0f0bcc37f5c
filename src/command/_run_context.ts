import { shellQuote } from "@/core/mod.ts";
import type { ReportingContext, RunContext } from "@/experiment/mod.ts";
import type { Run } from "@/record/mod.ts";
import type { Outputs } from "./_outputs.ts";
import type { Pages } from "./_pages.ts";
import {
  type CommandContext,
  dataRoots,
  pathOf,
  resultsFolder,
} from "./_context.ts";

/** What runs need to know of the command line. */
export async function runContext(
  { options, outputs }: {
    readonly options: {
      readonly results?: string | undefined;
      readonly "data-root": readonly string[];
      readonly tensorboard?: string | undefined;
    };
    readonly outputs: Outputs;
  },
  context: CommandContext,
): Promise<RunContext> {
  const { cacheFolder } = await import("@/engine/mod.ts");
  const board = options.tensorboard && pathOf(options.tensorboard, context);
  if (board) Deno.mkdirSync(board, { recursive: true }); // or fails before a run
  const elsewhere = options.results === undefined
    ? ""
    : ` --results ${shellQuote(options.results)}`;
  const resumeBy = (id: string) => `deno task resume ${id}${elsewhere}`;
  return {
    ...board && { boardFolder: board },
    resultsFolder: resultsFolder(options, context),
    dataRoots: dataRoots(options, context),
    cacheFolder: cacheFolder(),
    projectFolder: context.projectFolder,
    signal: context.signal,
    isTerminal: context.isTerminal,
    onBegin: (id) => context.goOnBy(resumeBy(id)),
    resumeBy,
    print: context.print,
    onInputs: (paths) => outputs.addInputs(paths),
  };
}

/** The same of a command that writes a page at the end. */
export async function reportingContext(
  { pages, ...given }: Parameters<typeof runContext>[0] & {
    readonly options: { readonly open: boolean };
    readonly pages: Pages;
  },
  context: CommandContext,
): Promise<ReportingContext> {
  return {
    ...await runContext(given, context),
    wantsPage: given.options.open,
    linkTo: (path) => pages.add(path),
  };
}

/** Writes the report of a run that has ended, and what it hands in; gives the exit code. */
export async function concludeRun(
  run: Run,
  place: ReportingContext,
): Promise<number> {
  const { planOf, reportRun, submitAtEnd } = await import(
    "@/experiment/mod.ts"
  );
  reportRun(run, place);
  await submitAtEnd({ run, spec: planOf(run).spec }, place);
  return exitCodeOf(run);
}

/** 0 of a run that came to its end and, if it repeats another, was the same. */
export function exitCodeOf(
  { state, verdict }: Pick<Run, "state" | "verdict">,
): number {
  const isAtEnd = state === "finished" || state === "stopped";
  return isAtEnd && verdict?.isIdentical !== false ? 0 : 1;
}
