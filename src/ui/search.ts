import type { Records } from "@/record/mod.ts";
import type { Show } from "@/report/mod.ts";
import { chosen } from "./live_table.ts";

/** What makes a search a condition: comparisons, brackets, names of options, `and`. */
const condition = /[=<>~()@]|\S\.\S|\b(and|or|not)\b/;

/**
 * The ids of the runs that are searched for: by a condition as `list --where`
 * takes it, else by words that all stand somewhere in what a row shows.
 *
 * @throws {ExperimentError} If a condition cannot be read.
 */
export function searchRuns(
  records: Records,
  { show, text, knows }: {
    readonly show: Show;
    readonly text: string;
    readonly knows: (name: string) => boolean;
  },
): readonly string[] {
  if (condition.test(text)) {
    const { runs } = records.collection.select({
      where: text,
      archived: show === "archived",
      deleted: show === "deleted",
      knows,
    });
    return runs.map(({ id }) => id);
  }
  const words = text.toLowerCase().split(/\s+/);
  return chosen(records, show).runs.filter((run) => {
    const { id, experiment, variant, state, seed, tags, note, group } = run;
    const values = [...tags, ...Object.values(variant ?? {}), note, group];
    const row = [id, experiment, state, seed, ...values].join(" ")
      .toLowerCase();
    return words.every((word) => row.includes(word));
  }).map(({ id }) => id);
}
