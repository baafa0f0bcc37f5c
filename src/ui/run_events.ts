import { sha256Hex } from "@/core/mod.ts";
import {
  type Artifact,
  type MetricSeries,
  type Records,
  sectionsFolder,
} from "@/record/mod.ts";
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
    /** Tells what it was last measured to be, on what it does not train on. */
    readonly measured: string;
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
  const files = records.artifacts(run.id);
  const hasLog = log.length > 0;
  return {
    known: encodeURIComponent(JSON.stringify(cursor)),
    data: {
      parts: partsOf(run, { series, hasLog, files }),
      measured: measuredOf(steps, files),
      head: runHeadHtml(run),
      points: series.filter((one) => one.steps.length > 0),
      log: logHtml(log.slice(before.lines)),
    },
  };
}

/** Whether an artifact shows sections while a run is on its way. */
function isOnTheWay({ name }: Artifact): boolean {
  return name.startsWith(`${sectionsFolder}/`);
}

/** What decides which parts a page has; how far they have come is told otherwise. */
function partsOf(
  { state }: LiveRun,
  { series, hasLog, files }: {
    readonly series: readonly MetricSeries[];
    readonly hasLog: boolean;
    readonly files: readonly Artifact[];
  },
): string {
  const parts = files.filter(({ name }) => !name.startsWith("checkpoint/"))
    .map((file) =>
      isOnTheWay(file) ? file.name : `${file.name} ${file.sha256}`
    );
  const names = series.map(({ split, name }) => `${split}/${name}`);
  return shortHash([state, hasLog, names, parts]);
}

/** The last step of what it does not train on, and what was seen there. */
function measuredOf(
  steps: Cursor["steps"],
  files: readonly Artifact[],
): string {
  const last = Object.entries(steps)
    .filter(([key]) => !key.startsWith("train/"))
    .map(([, step]) => step);
  const seen = files.filter(isOnTheWay).map(({ sha256 }) => sha256);
  return shortHash([Math.max(0, ...last), seen]);
}

function shortHash(of: unknown): string {
  return sha256Hex(JSON.stringify(of)).slice(0, 16);
}

function cursorOf(text: string | null): Cursor {
  if (text === null || text === "") return { steps: {}, lines: 0 };
  const { steps, lines } = JSON.parse(decodeURIComponent(text)) as Cursor;
  return { steps, lines };
}
