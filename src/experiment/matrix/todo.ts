import {
  foremostRun,
  type Records,
  type Run,
  type RunState,
} from "@/record/mod.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import type { SameData } from "./same_data.ts";

/** A variant and the run that stands for it. */
export interface Standing {
  /** The variant. */
  readonly variant: MatrixVariant;
  /** The run, or null if there is none. */
  readonly run: Run | null;
  /** Whether there is none, but one that has trained the same. */
  readonly isTrained: boolean;
  /** The variant whose weights it still lacks, if it does. */
  readonly waitsFor?: MatrixVariant;
}

/** What to do first: what was cut, what is missing, what ended badly before. */
const order: Readonly<Record<RunState | "missing", number>> = {
  interrupted: 0,
  stopped: 0,
  missing: 1,
  crashed: 2,
  failed: 2,
  running: Infinity,
  finished: Infinity,
};

/** Variants to look after; what the records say of them changes as others run. */
export class Todo {
  readonly #variants: Set<MatrixVariant>;
  readonly #records: Pick<Records, "runs">;
  readonly #sameData: Pick<SameData, "of">;
  readonly #isDone: (run: Run, variant: MatrixVariant) => boolean;

  /**
   * Looks after some variants by what is on record of the data of today. Where
   * they need not train to their end, `isDone` says whether one has come far
   * enough.
   */
  constructor(
    variants: readonly MatrixVariant[],
    { records, sameData, isDone = () => false }: {
      readonly records: Pick<Records, "runs">;
      readonly sameData: Pick<SameData, "of">;
      readonly isDone?: (run: Run, variant: MatrixVariant) => boolean;
    },
  ) {
    this.#variants = new Set(variants);
    this.#records = records;
    this.#sameData = sameData;
    this.#isDone = isDone;
  }

  /** Where every variant stands at this moment. */
  async standings(): Promise<Standing[]> {
    const standings: Standing[] = [];
    for (const variant of this.#variants) {
      const base = await this.#baseOf(variant);
      const run = await this.#runOf(variant);
      const isTrained = run === null && base !== null &&
        await this.#isTrained(variant, base?.id);
      standings.push({
        ...{ variant, run, isTrained },
        ...(base === null && { waitsFor: variant.beginsWith! }),
      });
    }
    return standings;
  }

  /** The one to run next, or undefined if there is nothing to do for us. */
  async next(): Promise<Standing | undefined> {
    const rank = ({ run, variant }: Standing) =>
      run && this.#isDone(run, variant)
        ? Infinity
        : order[run?.state ?? "missing"];
    const [next] = (await this.standings())
      .filter((standing) => rank(standing) < Infinity && !standing.waitsFor)
      .toSorted((a, b) => rank(a) - rank(b));
    return next;
  }

  /** Whether another process has taken a variant that could not begin here. */
  async isTaken({ variant, run }: Standing): Promise<boolean> {
    const now = await this.#runOf(variant);
    return now !== null && now.state !== "failed" &&
      (order[now.state] === Infinity || now.id !== run?.id);
  }

  /** Gives a variant up. */
  drop(variant: MatrixVariant): void {
    this.#variants.delete(variant);
  }

  async #runOf(variant: MatrixVariant): Promise<Run | null> {
    const base = await this.#baseOf(variant);
    if (base === null) return null; // what began with another is another
    const { hash, spec } = variant.plan;
    const runs = this.#records.runs({ planHash: hash });
    return foremostRun(
      await this.#sameData.of(runs, spec, { begunWith: base?.id }),
    );
  }

  /** The run that a variant begins with: null if there is none yet, undefined if none is needed. */
  async #baseOf(
    { beginsWith }: MatrixVariant,
  ): Promise<Run | null | undefined> {
    if (!beginsWith) return undefined;
    const run = await this.#runOf(beginsWith);
    return run?.state === "finished" ? run : null;
  }

  /** Whether a finished training of a variant is only to be measured anew. */
  async #isTrained(
    { plan: { trainingHash, spec } }: MatrixVariant,
    begunWith: string | undefined,
  ): Promise<boolean> {
    const runs = this.#records.runs({ trainingHash, state: "finished" });
    const same = await this.#sameData.of(runs, spec, {
      begunWith,
      toTrain: true,
    });
    return same.length > 0;
  }
}
