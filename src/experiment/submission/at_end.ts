import { join } from "node:path";
import type { Run } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import type { Spec } from "../spec/mod.ts";
import { writeSubmissions } from "./write.ts";

/**
 * Hands in what a run has to when it has finished, if its experiment wants that:
 * to `submissions/<experiment>` of the results. What is there already stays.
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
  const lines = await writeSubmissions(
    [{ run, volumes: submission.volumes, folder }],
    context,
  );
  for (const line of lines) context.print(line);
}
