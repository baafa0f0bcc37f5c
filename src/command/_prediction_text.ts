import { shellQuote } from "@/core/mod.ts";
import type { PredictionOrigin } from "@/data/mod.ts";
import { shortNumber } from "./_text.ts";

/** Which weights predicted, and from what probability on voxels are cleft. */
export function originText(
  { weights, step, run, head, threshold }: PredictionOrigin,
  { asked }: { readonly asked: string },
): string {
  const missing = weights === asked ? "" : ", as none were validated";
  return [
    `Weights: ${weights} of ${run}${missing}, after step ${step}`,
    ...(head !== null ? [] : [
      threshold === null
        ? "Threshold: none was chosen for these weights on validation"
        : `Threshold: ${shortNumber(threshold)}, chosen on validation`,
    ]),
  ].join("\n");
}

/** The command that measures a prediction of a volume. */
export function evaluateLine(
  output: string,
  { volume, source, "data-root": roots }: {
    readonly volume?: string | undefined;
    readonly source?: string | undefined;
    readonly "data-root": readonly string[];
  },
): string {
  const words = [
    ...["--prediction", output],
    ...(source === undefined ? ["--truth", volume!] : ["--source", source]),
    ...roots.flatMap((root) => ["--data-root", root]),
  ];
  return ["deno task evaluate", ...words.map(shellQuote)].join(" ");
}
