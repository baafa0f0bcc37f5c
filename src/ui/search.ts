import type { Records } from "@/record/mod.ts";
import type { LiveRun, Show } from "@/report/mod.ts";

/** What makes a search a condition: comparisons, brackets, names of options, `and`. */
const condition = /[=<>~()@]|\S\.\S|\b(and|or|not)\b/;

/**
 * The ids of the runs that are searched for: by a condition as `list --where`
 * takes it, else by words that all stand somewhere in what a row shows. A
 * condition finds what is on record alone, no tasks of queues.
 *
 * @param options.rows The runs that the page lists.
 * @throws {ExperimentError} If a condition cannot be read.
 */
export function searchRuns(
  records: Records,
  { show, rows, text, knows }: {
    readonly show: Show;
    readonly rows: readonly LiveRun[];
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
  return rows.filter(({ id, label, state, seed, tags, note, group }) => {
    const row = [id, label, state, seed, ...tags, note, group].join(" ")
      .toLowerCase();
    return words.every((word) => row.includes(word));
  }).map(({ id }) => id);
}
