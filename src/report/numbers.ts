import type { MetricFacts } from "./data.ts";
import { factsOf, type Page, type PageRun } from "./page.ts";

/** The numbers that a page counts anew as runs are hidden; `client/recount.js` reads it. */
export interface PageNumbers {
  /** What ranks. */
  readonly ranking: string;
  /** What is known of each metric; bounds only where both have an end. */
  readonly facts: Readonly<Record<string, NumberFacts>>;
  /** The volumes, in their order. */
  readonly volumes: readonly VolumeNumbers[];
  /** The runs, in their order. */
  readonly runs: readonly RunNumbers[];
}

/** What is known of a metric. */
export interface NumberFacts
  extends Pick<MetricFacts, "label" | "unit" | "better"> {
  /** From where to where it can be; null without an end. */
  readonly bounds: readonly [number, number] | null;
}

/** A volume's numbers. */
export interface VolumeNumbers {
  /** The data's role. */
  readonly split: string;
  /** Each metric of each run; null where a run has none. */
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
}

/** What counting needs to know of a run. */
export interface RunNumbers {
  /** What the page calls it. */
  readonly label: string;
  /** The group of runs that differ in nothing but the seed. */
  readonly group: number;
  /** When it started and ended, in milliseconds of Unix time. */
  readonly startMs: number;
  readonly atMs: number;
}

/** What a page of several runs carries to count anew. */
export function numbersOf(page: Page): PageNumbers {
  const { runs, ranking, volumes } = page;
  const names = new Set(
    volumes.flatMap(({ scores }) =>
      scores.flatMap(({ metrics }) => Object.keys(metrics))
    ),
  );
  return {
    ranking: ranking.name,
    facts: Object.fromEntries(
      [...names, ranking.name].map((name) => {
        const { label, unit, better, bounds } = factsOf(page, name);
        const hasEnds = bounds.every(Number.isFinite);
        return [name, { label, unit, better, bounds: hasEnds ? bounds : null }];
      }),
    ),
    volumes: volumes.map(({ split, scores }) => {
      const places = new Map(scores.map(({ run, metrics }) => [run, metrics]));
      const of = (name: string) =>
        runs.map((run) => finite(places.get(run)?.[name]));
      return {
        split,
        metrics: Object.fromEntries([...names].map((name) => [name, of(name)])),
      };
    }),
    runs: runs.map(timed),
  };
}

function timed({ label, group, run }: PageRun): RunNumbers {
  return {
    label,
    group,
    startMs: Date.parse(run.startedAt),
    atMs: Date.parse(run.finishedAt ?? run.startedAt),
  };
}

function finite(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
