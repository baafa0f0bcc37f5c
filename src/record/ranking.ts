import type { Ranking } from "@/core/mod.ts";
import type { Run } from "./types.ts";

/** What ranks the weights of a run that does not say. */
export const usualRanking: Ranking = { name: "ap", better: "higher" };

/** What most of some runs are ranked by, the first of several. */
export function commonRanking(
  runs: readonly Pick<Run, "ranking">[],
): Ranking {
  const kinds = Map.groupBy(runs, ({ ranking }) => ranking.name);
  const [most] = [...kinds.values()]
    .toSorted((a, b) => b.length - a.length);
  return most?.[0]?.ranking ?? usualRanking;
}
