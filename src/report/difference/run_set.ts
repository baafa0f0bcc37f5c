import { type Variant } from "@/record/mod.ts";
import { plural } from "../format.ts";
import type { Page, PageRun } from "../page.ts";

/** Runs in a few words. */
export interface RunSet {
  /** `all but dice`, `seed 2`, `4 runs`. */
  readonly text: string;
  /** The runs, where they are few enough to be named by their colours. */
  readonly named: readonly PageRun[];
}

/** The most runs that are named one by one. */
const mostNamed = 4;

/** Names some of a page's runs by what they have in common, if that says it. */
export function runSet(page: Page, runs: readonly PageRun[]): RunSet {
  const all = page.runs;
  const n = plural(runs.length, "run");
  if (runs.length === all.length && all.length > 1) {
    return { text: all.length === 2 ? "both runs" : `all ${n}`, named: [] };
  }
  if (runs.length === 1) return { text: "", named: runs };
  const chosen = new Set(runs);
  const sets = [...namedSets(page)].filter(({ of }) => of.length > 1);
  const same = sets.find(({ of }) => isEqual(of, chosen));
  if (same) return { text: `${same.text}, ${n}`, named: [] };
  const rest = sets.find(({ of }) =>
    isEqual(all.filter((run) => !of.includes(run)), chosen)
  );
  if (rest) return { text: `all but ${rest.text}, ${n}`, named: [] };
  const others = all.filter((run) => !chosen.has(run));
  if (others.length <= 2 && runs.length > 2) {
    const names = others.map(({ label }) => label).join(", ");
    return { text: `all but ${names}`, named: [] };
  }
  if (runs.length <= mostNamed) return { text: "", named: runs };
  return { text: n, named: [] };
}

/** What several runs have in common: a value of an axis, an experiment, a plan, a seed. */
function* namedSets(
  page: Page,
): Generator<{ text: string; of: readonly PageRun[] }> {
  const { runs } = page;
  const variants = new Map(
    page.matrix?.groups.flatMap(({ bySeed, values }) =>
      [...bySeed.values()].flatMap((run) => run ? [[run, values]] : [])
    ) as [PageRun, Variant][] | undefined,
  );
  for (const { name, values } of page.matrix?.record.axes ?? []) {
    for (const value of values) {
      yield {
        text: `${name} ${value}`,
        of: runs.filter((run) =>
          (variants.get(run)?.[name] ?? run.run.variant?.[name]) === value
        ),
      };
    }
  }
  for (
    const [experiment, of] of Map.groupBy(runs, ({ run }) => run.experiment)
  ) {
    yield { text: experiment, of };
  }
  for (const of of Map.groupBy(runs, ({ group }) => group).values()) {
    yield { text: of[0]!.groupLabel, of };
  }
  for (const [seed, of] of Map.groupBy(runs, ({ run }) => run.seed)) {
    yield { text: `seed ${seed}`, of };
  }
}

function isEqual(list: readonly PageRun[], set: ReadonlySet<PageRun>): boolean {
  return list.length === set.size && list.every((run) => set.has(run));
}
