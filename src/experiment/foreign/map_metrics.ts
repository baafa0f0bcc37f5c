import { ExperimentError, nearestName } from "@/core/mod.ts";
import { everyOutput } from "@/metric/mod.ts";
import type { MetricPoint, Split } from "@/record/mod.ts";
import type { ForeignRun, ForeignSeries } from "./_source.ts";

/** What names of others become, by the name there. */
export type MetricMap = ReadonlyMap<string, string>;

/** Words in names of metrics and folders that tell what was measured on. */
const words: Readonly<Record<Split, readonly string[]>> = {
  test: ["test", "testing"],
  validation: ["val", "valid", "validation", "eval", "dev"],
  train: ["train", "training"],
};

/** The data that a word means, such as `val`; null if none. */
export function splitNamed(word: string): Split | null {
  const found = Object.entries(words).find(([, some]) => some.includes(word));
  return found ? found[0] as Split : null;
}

/** The data that a name speaks of, such as `val/dice` or `Loss/train`; null if of none. */
export function splitIn(name: string): Split | null {
  const splits = name.toLowerCase().split(/[^a-z]+/).map(splitNamed);
  return (["test", "validation", "train"] as const)
    .find((split) => splits.includes(split)) ?? null;
}

/**
 * Reads `val/dice=dice` and `Loss/train=train/loss`: the name there, then ours
 * with its split or without.
 *
 * @throws {ExperimentError} If one is not of that form, or says a name twice.
 */
export function metricMapOf(texts: readonly string[]): MetricMap {
  const map = new Map<string, string>();
  for (const text of texts) {
    const [, there = "", ours = ""] = /^(.+)=([^=\s]+)$/.exec(text) ?? [];
    if (ours === "" || map.has(there)) {
      throw new ExperimentError(
        ours === ""
          ? "Cannot tell which metric is meant"
          : `Cannot map the metric "${there}" twice`,
        {
          where: `--metric ${text}`,
          fix:
            "Write it as --metric 'val/dice=dice': the name there, then ours",
        },
      );
    }
    map.set(there, ours);
  }
  return map;
}

/**
 * The numbers of a run as ours: mapped, or else by their name there, on the data
 * that the name speaks of, of training where it speaks of none.
 *
 * @throws {ExperimentError} If two of a run become one, or a step is none.
 */
export function pointsOf(run: ForeignRun, map: MetricMap): MetricPoint[] {
  const taken = new Map<string, string>();
  return run.series.flatMap((series) => {
    const { split, name } = placeOf(series, map);
    const key = `${split}/${name}`, before = taken.get(key);
    if (before !== undefined) {
      throw new ExperimentError(
        `Cannot import "${before}" and "${series.name}" as one: ${key}`,
        {
          where: run.where,
          fix: "Map one of them to another name by --metric",
        },
      );
    }
    taken.set(key, series.name);
    return series.points.map(([step, value]) => {
      if (Number.isSafeInteger(step) && step >= 0) {
        return { split, name, step, value };
      }
      throw new ExperimentError(
        `Cannot import "${series.name}" at step ${step}: steps count from 0`,
        { where: run.where, fix: "Move its run away" },
      );
    });
  });
}

function placeOf(
  { name, split }: ForeignSeries,
  map: MetricMap,
): { readonly split: Split; readonly name: string } {
  const mapped = map.get(name);
  const [, exact, ours = mapped] =
    /^(train|validation|test)\/(.+)$/.exec(mapped ?? "") ?? [];
  const isMeasured = everyOutput().some((output) => output.name === ours);
  return {
    split: exact as Split | undefined ?? split ?? splitIn(name) ??
      (isMeasured ? "validation" : "train"),
    name: ours ?? name,
  };
}

/** The first name that looks like one of ours, as `--metric` takes it; null of none. */
export function likelyMapping(names: readonly string[]): string | null {
  for (const there of names) {
    const parts = there.toLowerCase().split(/[^a-z0-9]+/);
    const ours = everyOutput()
      .find(({ name }) => parts.includes(name.toLowerCase()));
    if (ours) return `${there}=${ours.name}`;
  }
  return null;
}

/**
 * The names of metrics there are.
 *
 * @throws {ExperimentError} If the map names one that no run has.
 */
export function checkMap(
  map: MetricMap,
  runs: readonly ForeignRun[],
): readonly string[] {
  const all = runs.flatMap(({ series }) => series.map(({ name }) => name));
  const names = [...new Set(all)].toSorted();
  const missing = [...map.keys()].find((there) => !names.includes(there));
  if (missing === undefined) return names;
  const nearest = nearestName(missing, names);
  throw new ExperimentError(
    `Cannot map "${missing}": no run has a metric of that name`,
    {
      where: `--metric ${missing}=${map.get(missing)}`,
      fix: nearest
        ? `Did you mean "${nearest}"?`
        : `There are ${names.join(", ") || "none"}`,
    },
  );
}
