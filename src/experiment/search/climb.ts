import { type Records, trialAxis, type Variant } from "@/record/mod.ts";
import type { FailedVariant } from "../matrix/hand_in.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import {
  runningElsewhere,
  runVariants,
  type VariantRequest,
} from "../matrix/run_variants.ts";
import type { SameData } from "../matrix/same_data.ts";
import { type Standing, Todo } from "../matrix/todo.ts";
import type { RunContext } from "../run/context.ts";
import type { Rung } from "./budget/mod.ts";
import type { Ladder } from "./ladder.ts";
import { waitForOthers } from "./wait.ts";

/** A rung to bring trials to. */
export interface Climb extends Pick<VariantRequest, "file" | "overrides"> {
  /** The rung. */
  readonly rung: Rung;
  /** What it is called, such as `rung 2 of 3`; empty where it is the only one. */
  readonly name: string;
  /** The trials that train up to it. */
  readonly trials: readonly MatrixVariant[];
  /** Those of them that this process may run. */
  readonly chosen: ReadonlySet<MatrixVariant>;
  /** What judges them. */
  readonly ladder: Ladder;
  /** What is on record. */
  readonly records: Pick<Records, "runs">;
  /** What tells runs on the data of today. */
  readonly sameData: SameData;
}

/** What came of it. */
export interface Climbed {
  /** Where all of the trials stand. */
  readonly standings: readonly Standing[];
  /** Those that failed here. */
  readonly failed: readonly FailedVariant[];
  /** Those that have neither come there nor failed, and nobody is running. */
  readonly lacking: readonly Variant[];
}

/**
 * Brings the trials of a rung to its end, as far as this process may, and waits
 * for those that others are running: who goes on is known when all are there.
 * Where the signal is aborted, some are lacking.
 */
export async function climb(
  { rung, name, trials, chosen, ladder, ...parts }: Climb,
  context: RunContext,
): Promise<Climbed> {
  const { signal, print } = context;
  const isDone = (run: NonNullable<Standing["run"]>, trial: MatrixVariant) =>
    ladder.hasReached(rung, run, trial);
  const left = new Todo(trials.filter((one) => chosen.has(one)), {
    ...parts,
    isDone,
  });
  const all = new Todo(trials, { ...parts, isDone });
  const prefix = name === "" ? "" : `${name} `;
  const failed: FailedVariant[] = [];
  let waited = "";
  for (;;) {
    failed.push(
      ...await runVariants({
        ...parts,
        left,
        progressOf: (trial) =>
          `${prefix}[${trials.indexOf(trial) + 1}/${trials.length}]`,
        stopAfter: (trial) => ladder.stopAfter(rung, trial),
      }, context),
    );
    const standings = await all.standings();
    const open = standings.filter(({ run, variant }) =>
      !(run && (isDone(run, variant) || run.state === "failed")) &&
      !failed.some(({ values }) => values === variant.values)
    );
    const others = runningElsewhere(open);
    if (signal.aborted || others.length === 0) {
      const lacking = open.map(({ variant: { values } }) => values);
      return { standings, failed, lacking };
    }
    const text = others.map((values) => values[trialAxis]).join(", ");
    if (text !== waited) {
      print(`Waiting for other processes, which run the trials ${text}`);
    }
    waited = text;
    await waitForOthers(signal);
  }
}
