import { join } from "node:path";
import type { Run } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import type { Spec } from "../spec/mod.ts";
import { writeSubmissions } from "./write.ts";

/**
 * Hands in what a run has to when it has finished, if its experiment wants that:
 * to `submissions/<experiment>` of the results. What is there already stays; where
 * it is stopped or fails, it says by what command to go on.
 *
 * @throws {ExperimentError} If it cannot be predicted or written.
 */
export async function submitAtEnd(
  { run, spec: { submission, name } }: {
    readonly run: Run;
    /** What its experiment says today. */
    readonly spec: Pick<Spec, "submission" | "name">;
  },
  context: RunContext,
): Promise<void> {
  if (!submission?.atEnd || run.state !== "finished") return;
  if (run.rerunOf !== null) return; // the run that it repeats has
  const folder = join(context.resultsFolder, "submissions", name);
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
