import { shellQuote } from "@/core/mod.ts";
import type { PredictionOrigin } from "@/data/mod.ts";
import { shortNumber } from "./_text.ts";

/** Which weights predicted, and from what probability on voxels are cleft. */
export function originText(
  { weights, step, run, threshold }: PredictionOrigin,
  { asked }: { readonly asked: string },
): string {
  const missing = weights === asked ? "" : ", as none were validated";
  return [
    `Weights: ${weights} of ${run}${missing}, after step ${step}`,
    threshold === null
      ? "Threshold: none was chosen for these weights, as they were not validated"
      : `Threshold: ${shortNumber(threshold)}, chosen on validation`,
  ].join("\n");
}

/** The command that measures a prediction of a volume. */
export function evaluateLine(
  output: string,
  { volume, source }: {
    readonly volume?: string | undefined;
    readonly source?: string | undefined;
  },
): string {
  const truth = source === undefined
    ? `--truth ${shellQuote(volume!)}`
    : `--source ${shellQuote(source)}`;
  return `deno task evaluate --prediction ${shellQuote(output)} ${truth}`;
}
