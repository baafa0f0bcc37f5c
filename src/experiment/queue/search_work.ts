import type { Records, Run } from "@/record/mod.ts";
import type { Task } from "@/queue/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { SameData } from "../matrix/same_data.ts";
import { type Standing, Todo } from "../matrix/todo.ts";
import { ascend } from "../search/ascend.ts";
import { asChosen } from "../search/chosen.ts";
import { Ladder } from "../search/ladder.ts";
import type { SearchMatrix } from "../search/plan_search.ts";
import type { KeptSearch } from "./kept_search.ts";
import { partOf } from "./part_plan.ts";

/** What comes next in a search. */
export interface SearchWork {
  /** The rung that is not complete, from 1; one more than there are to measure the best. */
  readonly rung: number;
  /** Those that have not come there. */
  readonly open: readonly Standing[];
  /** Those that have failed on the way there, and count as the worst. */
  readonly failed: readonly Standing[];
  /** The best trial; null if none was measured, undefined as long as it is not known. */
  readonly best: MatrixVariant | null | undefined;
  /** The step after which a trial has come there; null of its end. */
  stopAfter(trial: MatrixVariant): number | null;
}

/** What is known of a search. */
interface Known {
  /** What is on record; what has come to its goal is among it. */
  readonly records: Pick<Records, "runs" | "metrics">;
  /** What tells runs on the data of today. */
  readonly sameData: Pick<SameData, "of">;
  /** What a queue was given. */
  readonly tasks: readonly Task[];
  /** Whether one that has failed is to be tried again before others go on. */
  readonly retries?: boolean;
  print(line: string): void;
}

/**
 * What comes next in a search that a queue carries out, chosen as
 * {@linkcode runSearch} chooses; nothing is open once it has come to its end.
 */
export async function searchWork(
  matrix: SearchMatrix,
  { records, sameData, tasks, retries = false, print }: Known,
): Promise<SearchWork> {
  const ladder = new Ladder(records, matrix.search);
  const failedParts = new Set(
    tasks.filter(({ state, run }) =>
      state === "failed" && run?.state === "failed"
    ).map(({ part }) => part),
  );
  const hasFailed = ({ run, variant }: Standing) =>
    run?.state === "failed" || failedParts.has(partOf(variant));
  let halt: Omit<SearchWork, "best"> | undefined;
  const best = await ascend(matrix, {
    ...{ ladder, print },
    async bring({ rung, number, trials }) {
      const isDone = (run: Run, trial: MatrixVariant) =>
        ladder.hasReached(rung, run, trial);
      const standings = await new Todo(trials, { records, sameData })
        .standings();
      const { open = [], failed = [] } = Object.groupBy(
        standings.filter(({ run, variant }) => !(run && isDone(run, variant))),
        (one) => hasFailed(one) && !retries ? "failed" : "open",
      );
      halt = {
        ...{ rung: number, open, failed },
        stopAfter: (trial) => ladder.stopAfter(rung, trial),
      };
      return { standings, isComplete: open.length === 0 };
    },
  });
  if (!best) return { ...halt!, best };
  const todo = new Todo([asChosen(matrix, best)], { records, sameData });
  const chosen = await todo.standings();
  return {
    rung: matrix.search.rungs.length + 1,
    open: chosen.filter(({ run }) => run?.state !== "finished"),
    ...{ failed: [], best, stopAfter: () => null },
  };
}

/** Those of some trials that a queue may run, where it may not run all of a search. */
export function allowedOf(
  standings: readonly Standing[],
  { matrix, chosen }: KeptSearch,
): readonly Standing[] {
  return standings.filter(({ variant }) =>
    chosen.includes(variant) || !matrix.variants.includes(variant)
  );
}

/** Whether nobody has been given a trial to bring to a rung. */
export function isFresh(
  variant: MatrixVariant,
  { rung, tasks }: Pick<SearchWork, "rung"> & Pick<Known, "tasks">,
): boolean {
  const part = partOf(variant);
  return !tasks.some((task) =>
    task.part === part && task.isTaken && (task.rung ?? 0) >= rung
  );
}
