import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { type Variant, variantText } from "@/record/mod.ts";
import { type Plan, planExperiment } from "../plan/mod.ts";
import type { Unplanned } from "./expand.ts";

/** One experiment of a matrix. */
export interface MatrixVariant {
  /** Its place: the name of its value on each axis. */
  readonly values: Variant;
  /** What it comes to, as of any experiment. */
  readonly plan: Plan;
  /** The variant whose weights it begins with, which has to finish first. */
  readonly beginsWith?: MatrixVariant;
}

/** Plans variants; what is wrong with several of them is told once. */
export function planAll(variants: readonly Unplanned[]): MatrixVariant[] {
  const planned: MatrixVariant[] = [];
  const faults = new Map<string, { error: ExperimentError; in: Variant[] }>();
  for (const { values, spec } of variants) {
    try {
      planned.push({ values, plan: planExperiment(spec) });
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      const known = faults.get(`${error}`);
      if (known) known.in.push(values);
      else faults.set(`${error}`, { error, in: [values] });
    }
  }
  if (faults.size === 0) return planned;
  throw new ExperimentFaults(
    [...faults.values()].map(({ error, in: [first, ...others] }) => {
      const more = others.length > 0 ? ` and ${others.length} more` : "";
      return new ExperimentError(error.message, {
        where: `${error.where} in ${variantText(first!)}${more}`,
        fix: error.fix,
        cause: error,
      });
    }),
  );
}

/** Two variants of one plan would be one run that the report counts twice. */
export function refuseTwins(
  variants: readonly MatrixVariant[],
  where: string,
): void {
  const byHash = Map.groupBy(variants, ({ plan }) => plan.hash);
  const twins = [...byHash.values()].find(({ length }) => length > 1);
  if (!twins) return;
  const [a, b] = twins.map(({ values }) => variantText(values));
  throw new ExperimentFaults([
    new ExperimentError(
      `Cannot tell two variants apart: ${a} and ${b} are the same experiment`,
      {
        where,
        fix: "Remove a value, or let it change what the result depends on",
      },
    ),
  ]);
}

/** Two variants would write one file, each over the other's. */
export function refuseSharedFiles(
  variants: readonly MatrixVariant[],
  where: string,
): void {
  const writers = variants.flatMap(({ values, plan: { spec } }) =>
    spec.submission?.atEnd
      ? spec.submission.volumes.map(({ file }) => ({ file, values }))
      : []
  );
  const byFile = Map.groupBy(writers, ({ file }) => file);
  const shared = [...byFile].find(([, { length }]) => length > 1);
  if (!shared) return;
  const [file, [a, b]] = shared;
  throw new ExperimentFaults([
    new ExperimentError(
      `Cannot hand in "${file}" of ${variantText(a!.values)} and of ` +
        variantText(b!.values),
      {
        where: `${where} submission.volumes`,
        fix: "Give the files other names, or set submission.atEnd: false and " +
          "write those of one run by deno task export",
      },
    ),
  ]);
}
