import type { Tables } from "./table/mod.ts";
import type { SeriesName } from "./table/metrics.ts";

/** What a run takes over of another one's training. */
export interface Inheritance {
  /** The run that trained. */
  readonly from: string;
  /** The step up to which it has trained, as far as it is taken over. */
  readonly upToStep: number;
  /** Which of its numbers. */
  keeps(series: SeriesName): boolean;
  /** The names of which of its artifacts. */
  readonly artifacts: readonly string[];
}

/** Copies it to the run of a number. Call it within a transaction. */
export function takeOver(
  { from, upToStep, keeps, artifacts }: Inheritance,
  { tables, to }: { readonly tables: Tables; readonly to: number },
): void {
  const source = tables.runs.numberOf(from)!;
  tables.metrics.copy({ from: source, to }, keeps);
  tables.weightHashes.copy(source, to);
  tables.samples.copy(source, to);
  tables.trim(to, upToStep);
  for (const name of artifacts) {
    tables.artifacts.copy(name, { from: source, to });
  }
}
