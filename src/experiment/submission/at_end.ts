import { join } from "node:path";
import { statIfThere } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import type { Spec } from "../spec/mod.ts";
import { submissionFiles, writeSubmissions } from "./write.ts";

/** A run, and what its experiment says today. */
interface HandingIn {
  readonly run: Run;
  readonly spec: Pick<Spec, "submission" | "name">;
}

/** Where the files of an experiment go that it hands in by itself. */
function folderOf({ name }: HandingIn["spec"], resultsFolder: string): string {
  return join(resultsFolder, "submissions", name);
}

/** Whether the files are there that a run hands in when it has finished, if any. */
export function isHandedIn(
  { run, spec }: HandingIn,
  resultsFolder: string,
): boolean {
  if (!spec.submission?.atEnd) return true;
  if (run.rerunOf !== null) return true; // the run that it repeats has
  const { volumes } = spec.submission;
  const folder = folderOf(spec, resultsFolder);
  return submissionFiles({ run, volumes, folder })
    .every((path) => statIfThere(path)?.isFile);
}

/**
 * Hands in what a run has to when it has finished, if its experiment wants that:
 * to `submissions/<experiment>` of the results. What is there already stays; where
 * it is stopped or fails, it says by what command to go on.
 *
 * @throws {ExperimentError} If it cannot be predicted or written.
 */
export async function submitAtEnd(
  { run, spec }: HandingIn,
  { handInFolder, ...context }: RunContext & {
    /** The results that it hands in to, if it is recorded elsewhere. */
    readonly handInFolder?: string;
  },
): Promise<void> {
  const { submission } = spec;
  if (!submission?.atEnd || run.state !== "finished") return;
  if (run.rerunOf !== null) return; // the run that it repeats has
  const folder = folderOf(spec, handInFolder ?? context.resultsFolder);
  const request = { run, volumes: submission.volumes, folder };
  try {
    const lines = await writeSubmissions([request], context);
    for (const line of lines) context.print(line);
  } catch (error) {
    context.print(
      `${run.id} has finished; hand in what it finds by: deno task export ` +
        `${run.id} --format cremi-submission --output "${folder}"`,
    );
    throw error;
  }
}
