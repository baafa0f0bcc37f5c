import { pathToFileURL } from "node:url";
import type { TakenBundle } from "@/experiment/mod.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, pathOf } from "./_context.ts";
import {
  boardOption,
  dataOption,
  openOption,
  resultsOption,
  runPlace,
} from "./_options.ts";
import { concludeRun, reportingContext } from "./_run_context.ts";
import { counted } from "./_text.ts";

/** Repeats runs from their records and says whether every bit is the same. */
export const rerun = defineCommand({
  name: "rerun",
  summary: "Repeat runs and compare every number with them",
  positionals: [{
    ...runPlace,
    summary:
      "runs: ids, the beginnings of them, last, NAME or NAME@best; or bundles",
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
    const bundles = positionals.filter((word) => word.endsWith(".cleft"));
    const taken: TakenBundle[] = [];
    for (const file of bundles) taken.push(await take(file, place, context));
    const names = positionals.flatMap((word) => {
      const at = bundles.indexOf(word);
      return at < 0 ? [word] : taken[at]!.runs;
    });
    const dataRoots = [...place.dataRoots, ...taken.map((one) => one.dataRoot)];
    const ids = await runIds(names, place);
    let code = 0;
    for (const [i, id] of ids.entries()) {
      if (context.signal.aborted) return 1;
      if (ids.length > 1) context.print(`${i + 1} of ${ids.length}: ${id}`);
      const ended = await repeatRun({ id }, { ...place, dataRoots });
      code = Math.max(code, await concludeRun(ended, place));
    }
    return code;
  },
});

/** Takes a bundle's runs into the records. */
async function take(
  file: string,
  { resultsFolder }: { readonly resultsFolder: string },
  context: CommandContext,
): Promise<TakenBundle> {
  const { takeBundle } = await import("@/experiment/mod.ts");
  const taken = takeBundle(pathOf(file, context), resultsFolder);
  const { brought, had, page } = taken;
  context.print(
    `From ${file}: ${counted(brought.length, "run")}` +
      (had.length > 0 ? `; ${counted(had.length, "run")} here already` : ""),
  );
  context.print(`What was reported of them: ${pathToFileURL(page)}`);
  return taken;
}

/** The runs that some names mean, each once. */
async function runIds(
  names: readonly string[],
  { resultsFolder }: { readonly resultsFolder: string },
): Promise<readonly string[]> {
  const { namedRuns, readRecords } = await import("@/record/mod.ts");
  using records = readRecords(resultsFolder);
  const runs = names.flatMap((name) => namedRuns(records, name));
  return [...new Set(runs.map(({ id }) => id))];
}
