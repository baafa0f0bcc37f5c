import { printable } from "@/core/mod.ts";
import { runColumns, type RunSummary } from "@/record/mod.ts";
import { table } from "./_text.ts";

/** Some runs with some columns of them, for people. */
export function runsText(
  runs: readonly RunSummary[],
  keys: readonly string[],
): string {
  const columns = ["run", ...keys].map((key) =>
    runColumns.find((column) => column.key === key)!
  );
  return table([
    columns.map(({ key }) => key),
    ...runs.map((run) =>
      columns.map((column) => {
        const value = column.text?.(run) ??
          [column.of(run) ?? []].flat().join(", ");
        return value === "" ? "–" : printable(value);
      })
    ),
  ]);
}
