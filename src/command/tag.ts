import type { MarkChange } from "@/record/mod.ts";
import { chooseSomeRuns, runPlaces, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { oneOf, resultsOption } from "./_options.ts";
import { runsText } from "./_run_cells.ts";

/** Says something of runs: tags, a note, a group. */
export const tag = defineCommand({
  name: "tag",
  summary: "Tag runs, note something of them, put them into a group",
  positionals: [runPlaces],
  options: {
    ...whereOption,
    add: { value: "TAG", isRepeatable: true, summary: "a tag to add" },
    remove: {
      value: "TAG",
      isRepeatable: true,
      summary: "a tag to take away",
    },
    note: { value: "TEXT", summary: "a note, in place of the one there is" },
    group: { value: "NAME", summary: "a group, in place of the one there is" },
    clear: {
      value: "WHAT",
      isRepeatable: true,
      summary: "note or group: take it away",
    },
    ...resultsOption,
  },
  notes: "Without anything to change, it shows what is said of the runs.",
  async run({ options, positionals }, context) {
    const { openRecords } = await import("@/record/mod.ts");
    const change = await changeOf(options);
    const isChange = Object.keys(change).length > 0;
    using records = openRecords(resultsFolder(options, context), {
      readOnly: !isChange,
    });
    const chosen = { names: positionals, where: options.where };
    const { runs } = await chooseSomeRuns(records, chosen);
    if (isChange) records.collection.mark(runs, change);
    const ids = new Set(runs.map(({ id }) => id));
    const now = records.collection.select({ among: ids, archived: true });
    context.print(runsText(now, ["tag", "note", "group"]));
    return 0;
  },
});

/** What the options change. */
async function changeOf({ add, remove, note, group, clear }: {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly note?: string | undefined;
  readonly group?: string | undefined;
  readonly clear: readonly string[];
}): Promise<MarkChange> {
  const { checkMarkName } = await import("@/record/mod.ts");
  for (const name of [...add, ...group === undefined ? [] : [group]]) {
    checkMarkName(name);
  }
  const cleared = clear.map((word) =>
    oneOf(word, { option: "clear", words: ["note", "group"] })
  );
  return {
    ...add.length > 0 && { add },
    ...remove.length > 0 && { remove },
    ...note !== undefined && { note },
    ...group !== undefined && { group },
    ...Object.fromEntries(cleared.map((word) => [word, null])),
  };
}
