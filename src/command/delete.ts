import type { Dependence } from "@/record/mod.ts";
import { chooseSomeRuns, runPlaces, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption, yesOption } from "./_options.ts";
import { runsText } from "./_run_cells.ts";
import { counted } from "./_text.ts";

/** Deletes runs, once that is said twice. */
export const deleteRuns = defineCommand({
  name: "delete",
  summary: "Delete runs; they can be restored until clean",
  positionals: [runPlaces],
  options: {
    ...whereOption,
    ...yesOption,
    ...jsonOption,
    ...resultsOption,
  },
  notes:
    "Without --yes it only says what it would do. Deleted runs are found by nothing\n" +
    "but list --deleted; deno task restore brings them back, deno task clean removes\n" +
    "them for good.",
  async run({ options, positionals }, context) {
    const { openRecords } = await import("@/record/mod.ts");
    const { yes } = options;
    using records = openRecords(resultsFolder(options, context), {
      readOnly: !yes,
    });
    const chosen = await chooseSomeRuns(records, {
      names: positionals,
      where: options.where,
    });
    const { runs } = chosen;
    const dependents = records.collection.dependents(runs);
    if (yes) records.collection.delete(runs);
    if (options.json) {
      const ids = runs.map(({ id }) => id);
      context.print(
        JSON.stringify({ deleted: yes, runs: ids, dependents }, null, 2),
      );
      return 0;
    }
    const count = counted(runs.length, "run");
    context.print(runsText(chosen, ["experiment", "state", "started", "tag"]));
    for (const line of dependentsText(dependents)) context.print(line);
    context.print(
      yes
        ? `\nDeleted ${count}; deno task restore brings them back, ` +
          "deno task clean removes them for good"
        : `\nWould delete ${count}; add --yes to do it`,
    );
    return 0;
  },
});

/** What it means for others that stay. */
function dependentsText(dependents: readonly Dependence[]): readonly string[] {
  return dependents.length === 0 ? [] : [
    "\nOthers refer to them, and could not be repeated or checked after a clean:",
    ...dependents.map(({ run, how, of }) => `  ${run} ${how} ${of}`),
  ];
}
