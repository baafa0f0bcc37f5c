import { chooseSomeRuns, runPlaces, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { resultsOption } from "./_options.ts";

/** Puts runs aside. */
export const archive = defineCommand({
  name: "archive",
  summary: "Put runs aside: only their names, and list --archived, find them",
  positionals: [runPlaces],
  options: { ...whereOption, ...resultsOption },
  notes: "deno task restore RUN brings one back.",
  async run({ options, positionals }, context) {
    const { openRecords } = await import("@/record/mod.ts");
    using records = openRecords(resultsFolder(options, context));
    const { runs } = await chooseSomeRuns(records, {
      names: positionals,
      where: options.where,
    });
    records.collection.archive(runs);
    for (const { id } of runs) context.print(`Archived ${id}`);
    return 0;
  },
});
