import { type Metric, metrics } from "@/metric/mod.ts";
import { polarityHead } from "../plan/mod.ts";
import type { ValueTensors } from "@/train/mod.ts";
import type { Evaluator } from "./evaluate.ts";
import { openForward, openTwins } from "./forward.ts";
import type { Prepared } from "./prepare.ts";

/** Gives the evaluator of a state: what predicts in it, and what is measured. */
export type EvaluatorOf = (
  state: { readonly predicting: ValueTensors },
) => Evaluator;

/** Compiles the network that an experiment measures, as it wants it applied. */
export function openEvaluator(
  { plan, training, engine }: Pick<Prepared, "plan" | "training" | "engine">,
  company: Pick<Evaluator, "onProgress"> & { readonly signal: AbortSignal },
): EvaluatorOf {
  const forwardOf = openForward(engine, training);
  const head = polarityHead(plan.spec);
  const bothOf = head === null
    ? null
    : openTwins(engine, { ...training, heads: [0, head] });
  const { infer, evaluate } = plan.spec;
  const measured = evaluate.metrics.map((entry) =>
    told(metrics.create(entry), () => company.onProgress?.(entry.type))
  );
  return ({ predicting }) => ({
    forward: forwardOf(predicting),
    ...(bothOf && { withPolarity: () => bothOf(predicting) }),
    plan: { ...infer, patchVox: plan.inferPatchVox },
    metrics: measured,
    ...company,
  });
}

/** A metric that tells when it begins: on a large volume, it takes long. */
function told(metric: Metric, begins: () => void): Metric {
  return {
    ...metric,
    evaluate(input) {
      begins();
      return metric.evaluate(input);
    },
  };
}
