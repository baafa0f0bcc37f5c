import { risingValue } from "@/core/mod.ts";
import type { Records, Run } from "@/record/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { Standing } from "../matrix/todo.ts";
import { bestPrefix } from "../run/recording.ts";
import { bestSoFar } from "../run/validations.ts";
import type { Rung } from "./budget/mod.ts";
import { stepAfter } from "./rung_steps.ts";

/**
 * The rungs of a search, by what is on record: who has come how far, and who goes
 * on. The same records give the same choice, whoever asks and whenever.
 */
export class Ladder {
  readonly #records: Pick<Records, "metrics">;
  readonly #rungs: readonly Rung[];

  /** Judges by the validations on record. */
  constructor(
    records: Pick<Records, "metrics">,
    { rungs }: { readonly rungs: readonly Rung[] },
  ) {
    this.#records = records;
    this.#rungs = rungs;
  }

  /** The step after which a trial has come to the end of a rung; null of its end. */
  stopAfter(rung: Rung, { plan }: MatrixVariant): number | null {
    return rung === this.#rungs.at(-1) ? null : stepAfter(rung, plan);
  }

  /**
   * Whether a run has come to the end of a rung: it has finished, was stopped
   * there, or has gone on since.
   */
  hasReached(rung: Rung, run: Run, trial: MatrixVariant): boolean {
    if (run.state === "finished") return true;
    const step = this.stopAfter(rung, trial);
    if (step === null) return false;
    if (run.state === "stopped") return run.stoppedAfter! >= step;
    return this.#records.metrics(run.id, { split: "validation" })
      .some((point) => point.step > step);
  }

  /**
   * The best validation of a run up to the end of a rung, such that more is better;
   * of the last one, as its best weights were measured in the end.
   */
  valueOf(rung: Rung, run: Run, { plan }: MatrixVariant): number {
    const { ranking } = plan;
    const [atEnd] = this.#records.metrics(run.id, {
      ...{ split: "validation", name: `${bestPrefix}${ranking.name}` },
    });
    if (rung === this.#rungs.at(-1) && atEnd) {
      return risingValue(atEnd.value, ranking);
    }
    const upToStep = stepAfter(rung, plan);
    const best = bestSoFar(this.#records, { id: run.id, ranking, upToStep });
    return risingValue(best?.value, ranking);
  }

  /**
   * The best of some trials at the end of a rung, at most `count`, in their order;
   * of equal ones the first. What was not measured, as it failed, is none of them.
   */
  best(
    rung: Rung,
    standings: readonly Standing[],
    count: number,
  ): readonly MatrixVariant[] {
    const valued = standings.flatMap(({ variant, run }) =>
      run && this.hasReached(rung, run, variant)
        ? [{ variant, value: this.valueOf(rung, run, variant) }]
        : []
    ).filter(({ value }) => value > -Infinity);
    const chosen = new Set(
      valued.toSorted((a, b) => b.value - a.value).slice(0, count)
        .map(({ variant }) => variant),
    );
    return standings.map(({ variant }) => variant)
      .filter((variant) => chosen.has(variant));
  }
}
