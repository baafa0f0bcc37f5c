import { trialAxis, variantText } from "@/record/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { Standing } from "../matrix/todo.ts";
import type { Rung } from "./budget/mod.ts";
import type { Ladder } from "./ladder.ts";
import type { SearchMatrix } from "./plan_search.ts";

/** A rung that trials are to come to. */
export interface RungToReach {
  /** The rung. */
  readonly rung: Rung;
  /** Its number, from 1. */
  readonly number: number;
  /** The trials that train up to it. */
  readonly trials: readonly MatrixVariant[];
}

/** Where the trials of a rung stand. */
export interface RungReached {
  /** All of them. */
  readonly standings: readonly Standing[];
  /** Whether each has come there or failed, so that the best of them are known. */
  readonly isComplete: boolean;
}

/**
 * Goes up the rungs of a search: `bring` brings trials to the end of one, or looks
 * whether they are there; the best of a complete one go on. Whoever trains, equal
 * records lead to equal choices. Says who goes on, and which is the best.
 *
 * @returns The best trial of all; null if no trial was measured; undefined if a
 * rung is not complete.
 */
export async function ascend(
  { variants, search: { rungs } }: SearchMatrix,
  { ladder, bring, print }: {
    readonly ladder: Pick<Ladder, "best">;
    bring(step: RungToReach): Promise<RungReached>;
    print(line: string): void;
  },
): Promise<MatrixVariant | null | undefined> {
  let trials = variants;
  for (const [i, rung] of rungs.entries()) {
    const reached = await bring({ rung, number: i + 1, trials });
    if (!reached.isComplete) return undefined;
    const count = rungs[i + 1]?.trials ?? 1;
    trials = ladder.best(rung, reached.standings, count);
    if (trials.length === 0) {
      print("\nNo trial was measured, so that none is the best");
      return null;
    }
    if (i + 1 < rungs.length) {
      print(`\nAfter ${rung.volume} samples, ${goesOn(trials)}`);
    }
  }
  const [best] = trials;
  print(`\nThe best by validation is ${variantText(best!.values)}`);
  return best!;
}

function goesOn(trials: readonly MatrixVariant[]): string {
  const names = trials.map(({ values }) => values[trialAxis]).join(", ");
  return trials.length === 1
    ? `trial ${names} goes on`
    : `trials ${names} go on`;
}
