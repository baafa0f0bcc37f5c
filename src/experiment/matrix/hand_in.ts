import { ExperimentError } from "@/core/mod.ts";
import { PredictedElsewhere } from "@/infer/mod.ts";
import { type Variant, variantText } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import { submitAtEnd } from "../submission/at_end.ts";
import type { Standing } from "./todo.ts";

/** A variant that could not be carried to its end. */
export interface FailedVariant {
  /** Its place. */
  readonly values: Variant;
  /** Why. */
  readonly error: ExperimentError;
}

/**
 * Hands in what finished variants have to, but what another process is about to;
 * one that fails does not stop the others.
 *
 * @returns Those that failed.
 * @throws {DOMException} The signal's reason, once it is aborted.
 */
export async function handIn(
  standings: readonly Standing[],
  context: RunContext,
): Promise<readonly FailedVariant[]> {
  const failed: FailedVariant[] = [];
  for (const { variant: { plan, values }, run } of standings) {
    if (!run) continue;
    try {
      await submitAtEnd({ run, spec: plan.spec }, context);
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      if (error instanceof PredictedElsewhere) {
        context.print(`Another process hands in ${variantText(values)}`);
        continue;
      }
      failed.push({ values, error });
      context.print(`${error}`);
    }
  }
  return failed;
}
