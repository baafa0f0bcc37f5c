import { ExperimentError, RunError } from "@/core/mod.ts";
import { type Variant, variantText } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import { resumeRun } from "../run/resume.ts";
import { type StartRequest, startRun } from "../run/start.ts";
import type { FailedVariant } from "./hand_in.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import type { Standing, Todo } from "./todo.ts";

/** How variants are run. */
export interface VariantRequest
  extends Pick<StartRequest, "file" | "overrides"> {
  /** The variants, and what is to do of them. */
  readonly left: Todo;
  /** What tells how far it has come, before a variant, such as `[2/9]`. */
  progressOf(variant: MatrixVariant): string;
  /** The step after which a variant is stopped; null to its end. */
  stopAfter?(variant: MatrixVariant): number | null;
}

/**
 * Runs what is to do of some variants, one after the other: goes on with those
 * that were cut, starts those that are missing, and leaves those that another
 * process is running. One that fails does not stop the others, and is given up.
 *
 * @returns Those that failed; where the signal is aborted, some are left to do.
 */
export async function runVariants(
  { left, progressOf, stopAfter = () => null, ...given }: VariantRequest,
  context: RunContext,
): Promise<readonly FailedVariant[]> {
  const { signal, print } = context;
  const failed: FailedVariant[] = [];
  while (!signal.aborted) {
    const next = await left.next();
    if (!next) break;
    const { variant, run } = next;
    const { plan, values } = variant;
    print(`\n${progressOf(variant)} ${variantText(values)}`);
    const until = { stopAfter: stopAfter(variant) };
    try {
      if (run) await resumeRun({ id: run.id, from: "last", ...until }, context);
      else {
        await startRun({ ...given, plan, variant: values, ...until }, context);
      }
    } catch (error) {
      if (error === signal.reason) break;
      if (!(error instanceof ExperimentError)) throw error;
      if (!(error instanceof RunError) && await left.isTaken(next)) {
        print("Another process has just taken it");
        continue;
      }
      left.drop(variant);
      failed.push({ values, error });
      print(`${error}`);
    }
  }
  return failed;
}

/** The places of variants that other processes are running. */
export function runningElsewhere(
  standings: readonly Standing[],
): readonly Variant[] {
  return standings
    .filter(({ run }) => run?.state === "running")
    .map(({ variant }) => variant.values);
}
