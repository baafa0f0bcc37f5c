import { printable } from "@/core/mod.ts";
import type { Cell, Named, RunSummary, Selected } from "@/record/mod.ts";
import { shortNumber, table } from "./_text.ts";

/** Some runs with some columns of them, for people. */
export function runsText(
  { runs, values }: Selected,
  keys: readonly string[],
): string {
  const names = ["run", ...keys];
  const named = names.map((name) => values.find(name, "a table of runs"));
  const rows = runs.map((run) => named.map((one) => cellText(one, run)));
  return table([names, ...rows]);
}

/** What a column is called: a metric as on pages, all else by its name. */
export async function headOf(name: string, named: Named): Promise<string> {
  const { everyOutput, metricLabel, metricTitle } = await import(
    "@/metric/mod.ts"
  );
  const isMetric = named.isNumber ||
    everyOutput().some((output) => output.name === name);
  if (!isMetric || named.column !== null) return name;
  return name.includes("/") ? metricTitle(name) : metricLabel(name);
}

/** What a run has of a name, on one line for people. */
export function cellText(named: Named, run: RunSummary): string {
  const text = named.column?.text?.(run) ?? textOf(named.of(run));
  return text === "" ? "–" : printable(text);
}

/** The same for programs: null for nothing, a list where there are several. */
export function cellValue(named: Named, run: RunSummary): Cell {
  const values = named.of(run).map(plain);
  const isList = named.column !== null && Array.isArray(named.column.of(run));
  if (values.length === 0 && !isList) return null;
  return values.length === 1 && !isList ? values[0]! : values.map(String);
}

function textOf(values: readonly unknown[]): string {
  return values.map((value) =>
    typeof value === "number" ? shortNumber(value) : `${plain(value)}`
  ).join(", ");
}

/** A component is told by its type, what else is made of parts as JSON. */
function plain(value: unknown): string | number | boolean {
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : `${value}`;
  }
  if (typeof value === "string" || typeof value === "boolean") return value;
  const isOfType = value !== null && typeof value === "object" &&
    "type" in value && typeof value.type === "string";
  return isOfType ? value.type as string : JSON.stringify(value);
}
