import { defineCommand } from "./_command.ts";
import {
  boardOption,
  dataOption,
  openOption,
  resultsOption,
  runPlace,
} from "./_options.ts";
import { concludeRun, reportingContext } from "./_run_context.ts";

/** Repeats runs from their records and says whether every bit is the same. */
export const rerun = defineCommand({
  name: "rerun",
  summary: "Repeat runs and compare every number with them",
  positionals: [{
    ...runPlace,
    summary: "runs: ids, the beginnings of them, last, NAME or NAME@best",
    count: "some",
  }],
  options: {
    ...boardOption,
    ...openOption,
    ...dataOption,
    ...resultsOption,
  },
  async run({ options, positionals, outputs, pages }, context) {
    const { repeatRun } = await import("@/experiment/mod.ts");
    const place = await reportingContext({ options, outputs, pages }, context);
    const ids = await runIds(positionals, place);
    let code = 0;
    for (const [i, id] of ids.entries()) {
      if (context.signal.aborted) return 1;
      if (ids.length > 1) context.print(`${i + 1} of ${ids.length}: ${id}`);
      const ended = await repeatRun({ id }, place);
      code = Math.max(code, await concludeRun(ended, place));
    }
    return code;
  },
});

/** The runs that some names mean, each once. */
async function runIds(
  names: readonly string[],
  { resultsFolder }: { readonly resultsFolder: string },
): Promise<readonly string[]> {
  const { namedRuns, openRecords } = await import("@/record/mod.ts");
  using records = openRecords(resultsFolder, { readOnly: true });
  const runs = names.flatMap((name) => namedRuns(records, name));
  return [...new Set(runs.map(({ id }) => id))];
}
