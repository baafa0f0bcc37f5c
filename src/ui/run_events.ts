import { sha256Hex } from "@/core/mod.ts";
import type { MetricSeries, Records } from "@/record/mod.ts";
import { type LiveRun, logHtml, runHeadHtml } from "@/report/mod.ts";

/** Up to where a page knows a run. */
interface Cursor {
  /** The last step of each series, by `split/name`. */
  readonly steps: Readonly<Record<string, number>>;
  /** Lines of its log. */
  readonly lines: number;
}

/** What a page of a run is told: points and lines that are new, and where it stands. */
export interface RunNews {
  /** Up to where it then knows the run. */
  readonly known: string;
  /** What it is told. */
  readonly data: {
    /** Tells which parts a page of it has. */
    readonly parts: string;
    /** The step after which it was last measured, on what it does not train on. */
    readonly measured: number;
    /** Where it stands, as HTML. */
    readonly head: string;
    /** Points that are new. */
    readonly points: readonly MetricSeries[];
    /** Lines of its log that are new, as HTML. */
    readonly log: string;
  };
}

/** What is new of a run for a page that knows it up to somewhere; all of it without. */
export function runNews(
  records: Records,
  { run, known }: { readonly run: LiveRun; readonly known: string | null },
): RunNews {
  const before = cursorOf(known);
  const series = records.metricSeries(run.id, {
    after: ({ split, name }) => before.steps[`${split}/${name}`] ?? -1,
  });
  const log = records.log(run.id);
  const steps = { ...before.steps };
  for (const { split, name, steps: points } of series) {
    if (points.length > 0) steps[`${split}/${name}`] = points.at(-1)!;
  }
  const cursor: Cursor = { steps, lines: log.length };
  return {
    known: encodeURIComponent(JSON.stringify(cursor)),
    data: {
      parts: partsOf(records, { run, series, hasLog: log.length > 0 }),
      measured: Math.max(
        0,
        ...Object.entries(steps).map(([key, step]) =>
          key.startsWith("train/") ? 0 : step
        ),
      ),
      head: runHeadHtml(run),
      points: series.filter((one) => one.steps.length > 0),
      log: logHtml(log.slice(before.lines)),
    },
  };
}

/** What decides which parts a page has; how far they have come is told otherwise. */
function partsOf(
  records: Records,
  { run, series, hasLog }: {
    readonly run: LiveRun;
    readonly series: readonly MetricSeries[];
    readonly hasLog: boolean;
  },
): string {
  const files = records.artifacts(run.id)
    .filter(({ name }) => !name.startsWith("checkpoint/"))
    .map(({ name, sha256 }) => `${name} ${sha256}`);
  const names = series.map(({ split, name }) => `${split}/${name}`);
  return sha256Hex(JSON.stringify([run.state, hasLog, names, files]))
    .slice(0, 16);
}

function cursorOf(text: string | null): Cursor {
  if (text === null || text === "") return { steps: {}, lines: 0 };
  const { steps, lines } = JSON.parse(decodeURIComponent(text)) as Cursor;
  return { steps, lines };
}
