import { basename, dirname } from "node:path";
import type {
  CheckedRecords,
  Leftover,
  RecordsFault,
  SavedRecords,
} from "@/record/mod.ts";
import { type CommandContext, pathOf, resultsFolder } from "./_context.ts";
import { counted, mebibytes, table } from "./_text.ts";

/** What `doctor --records` was told. */
export interface CheckOptions {
  readonly results?: string | undefined;
  readonly output?: string | undefined;
  readonly json: boolean;
}

/** Faults and leftovers that are told one by one. */
const mostShown = 20;

/**
 * Looks through the records, saves what can be read if a file is named for it,
 * and returns the exit code: 0 if all is sound.
 */
export async function checkOfRecords(
  options: CheckOptions,
  context: CommandContext,
): Promise<number> {
  const { checkRecords, hasRecords, isLossy, saveRecords } = await import(
    "@/record/mod.ts"
  );
  const folder = resultsFolder(options, context);
  if (!hasRecords(folder)) {
    context.print(options.json ? "null" : `No runs in ${folder} yet`);
    return 0;
  }
  const checked = checkRecords(folder);
  const saved = options.output === undefined
    ? null
    : saveRecords(folder, pathOf(options.output, context));
  context.print(
    options.json ? JSON.stringify({ ...checked, saved }, null, 2) : [
      describeRecords(checked),
      ...(saved
        ? [describeSaved(saved, { isLossy: isLossy(saved), folder })]
        : checked.faults.length > 0
        ? [
          "Save what can be read, to a new file: " +
          `deno task doctor --records${named(options)} --output saved.sqlite`,
        ]
        : []),
    ].join("\n\n"),
  );
  return checked.faults.length > 0 ? 1 : 0;
}

function named({ results }: CheckOptions): string {
  return results === undefined ? "" : ` --results ${results}`;
}

/** What was found, for people. */
export function describeRecords(checked: CheckedRecords): string {
  const { faults, leftovers, artifacts, bytes } = checked;
  return [
    table([
      ["records", checked.path],
      ["runs", `${checked.runs.length}`],
      ["artifacts", `${artifacts}, ${mebibytes(bytes)}`],
      ["found", faults.length === 0 ? "sound" : "DAMAGED"],
    ]),
    ...section("Damaged", faults, ({ where, what }: RecordsFault) => [
      where,
      what,
    ]),
    ...section(
      "Left over, needed by no run",
      leftovers,
      (one: Leftover) => [one.path, mebibytes(one.bytes)],
    ),
  ].join("\n\n");
}

/** What was saved, for people. */
export function describeSaved(
  { path, runs, tables, replaced }: SavedRecords,
  { isLossy, folder }: { readonly isLossy: boolean; readonly folder: string },
): string {
  const rows = tables.map(({ name, rows, refused, isWhole }) => [
    name,
    `${rows} rows`,
    refused > 0 ? `${refused} refused` : "",
    isWhole ? "" : "more may be lost",
  ]);
  return [
    `Saved ${counted(runs.length, "run")} to ${path}` +
    (isLossy ? "; parts may be missing:" : ", all of it"),
    ...(isLossy ? [table(rows)] : []),
    ...(replaced.length > 0 ? [`Lost values: ${replaced.join(", ")}`] : []),
    basename(path) === "runs.sqlite"
      ? `Look at it by: deno task list --results ${dirname(path)}`
      : `Use it in place of the other, once that is moved away: mv ${path} ` +
        `${folder}/runs.sqlite`,
  ].join("\n");
}

function section<Item>(
  title: string,
  items: readonly Item[],
  row: (item: Item) => readonly string[],
): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length - mostShown;
  return [
    `${title}\n${table(items.slice(0, mostShown).map(row))}` +
    (more > 0 ? `\nand ${more} more; --json tells all` : ""),
  ];
}
