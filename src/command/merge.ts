import { ExperimentError } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, pathOf, resultsFolder } from "./_context.ts";
import { resultsOption } from "./_options.ts";
import { counted } from "./_text.ts";

/** Gathers the runs of several results folders in one. */
export const merge = defineCommand({
  name: "merge",
  summary: "Copy finished runs from other folders of results into one",
  positionals: [{
    name: "FOLDER",
    summary:
      "folders of results, such as another machine's; those of tasks of a queue by default",
    count: "any",
  }],
  options: { ...resultsOption },
  notes:
    "Each run is copied whole, with its weights and pictures, once; what is here\n" +
    "already stays, and the folders stay as they are. Runs that have not finished\n" +
    "are left where they can be resumed: merge again later. Without folders, it\n" +
    "moves what tasks of a queue have finished, which they do by themselves at\n" +
    "the end. docs/cluster.md leads from an array of tasks to a page.",
  async run({ options, positionals }, context) {
    const { bringRuns, hasEnded, hasRecords, readRecords } = await import(
      "@/record/mod.ts"
    );
    const to = resultsFolder(options, context);
    if (positionals.length === 0) return await mergeOwn(to, context);
    const folders = positionals.map((folder) => pathOf(folder, context));
    for (const folder of folders) {
      if (folder === to || !hasRecords(folder)) {
        throw new ExperimentError(
          folder === to
            ? "Cannot merge a folder of results into itself"
            : "Cannot merge: there are no records",
          {
            where: folder,
            fix: "Name folders that runs were recorded in, and by --results " +
              "the one to gather them in",
          },
        );
      }
    }
    for (const folder of folders) {
      const finished: string[] = [], others: string[] = [];
      {
        using records = readRecords(folder);
        for (const run of records.runs()) {
          (hasEnded(run) ? finished : others).push(run.id);
        }
      }
      const { brought, had } = bringRuns(finished, { from: folder, to });
      context.print(
        [
          `${folder}: ${counted(brought.length, "run")} copied`,
          ...(had.length > 0 ? [`${had.length} here already`] : []),
          ...(others.length > 0
            ? [`${others.length} not finished: ${others.join(", ")}`]
            : []),
        ].join("; "),
      );
    }
    return 0;
  },
});

/** Moves here what tasks of a queue have finished. */
async function mergeOwn(
  folder: string,
  { print }: CommandContext,
): Promise<number> {
  const { mergeParts } = await import("@/queue/mod.ts");
  const { brought, left } = mergeParts(folder);
  print(
    `${folder}: ${counted(brought.length, "run")} of a queue moved` +
      (left.length > 0
        ? `; ${left.length} not finished: ${left.join(", ")}`
        : ""),
  );
  return 0;
}
