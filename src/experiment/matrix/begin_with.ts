import { ExperimentError } from "@/core/mod.ts";
import {
  type MatrixRecord,
  readChoice,
  selectorsOf,
  type Variant,
  variantText,
} from "@/record/mod.ts";
import { deepFreeze } from "../spec/freeze.ts";
import type { Spec } from "../spec/spec.ts";
import type { Unplanned } from "./expand.ts";
import type { MatrixVariant } from "./plan_variants.ts";

/** Whether an experiment begins with the weights of another one of its matrix. */
export function beginsWithVariant(
  { init }: Spec,
): boolean {
  return init.run?.startsWith("@") ?? false;
}

/** The matrix that variants are of. */
interface Matrix extends Pick<MatrixRecord, "name" | "axes"> {
  /** Where its file has it. */
  readonly where: string;
}

/**
 * Variants whose `init.run` is such as `@stage=base`, which means the variant of
 * the same matrix that differs in these axes alone, by its full name.
 *
 * @throws {ExperimentError} If there is no such variant, or it is itself one that
 * begins with this one.
 */
export function namingVariants(
  variants: readonly Unplanned[],
  matrix: Matrix,
): readonly Linked[] {
  const linked = variants.map((one): Linked => {
    if (!beginsWithVariant(one.spec)) return { ...one, begins: null };
    const begins = variantNamed(one, matrix);
    const run = `${matrix.name}@${selectorsFor(begins)}`;
    const spec = deepFreeze({
      ...one.spec,
      init: { ...one.spec.init, run },
    }) as Spec;
    return { values: one.values, spec, begins };
  });
  refuseCircles(linked, matrix);
  return linked;
}

/** A variant, and the place of the one that it begins with. */
export interface Linked extends Unplanned {
  readonly begins: Variant | null;
}

/** Planned variants, each with the one that it begins with. */
export function linkVariants(
  planned: readonly MatrixVariant[],
  linked: readonly Linked[],
): readonly MatrixVariant[] {
  const all: (MatrixVariant & { beginsWith?: MatrixVariant })[] = planned
    .map((one) => ({ ...one }));
  const at = new Map(all.map((one) => [variantText(one.values), one]));
  for (const { values, begins } of linked) {
    if (!begins) continue;
    at.get(variantText(values))!.beginsWith = at.get(variantText(begins))!;
  }
  return all;
}

function variantNamed(
  { values, spec: { init: { run } } }: Unplanned,
  { name, axes, where }: Matrix,
): Variant {
  const place = `${where} init.run in ${variantText(values)}`;
  const choices = selectorsOf(run!.slice(1)).map((words) =>
    readChoice({ name, axes }, words, { where: place, example: "@" })
  );
  return {
    ...values,
    ...Object.fromEntries(choices.map(({ axis, value }) => [axis, value])),
  };
}

function refuseCircles(variants: readonly Linked[], { where }: Matrix): void {
  const begins = new Map(
    variants.map((one) => [
      variantText(one.values),
      one.begins && variantText(one.begins),
    ]),
  );
  for (const first of begins.keys()) {
    const seen = new Set([first]);
    for (let next = begins.get(first); next; next = begins.get(next)) {
      if (seen.has(next)) {
        throw new ExperimentError(
          `Cannot begin ${first} with ${next}: that one waits for it`,
          {
            where: `${where} init.run`,
            fix: "Let one of them begin with drawn weights",
          },
        );
      }
      seen.add(next);
    }
  }
}

function selectorsFor(values: Variant): string {
  return Object.entries(values).map(([axis, value]) => `${axis}=${value}`)
    .join(",");
}

/** Why a variant could not begin. */
export function lackingBase({ values }: MatrixVariant): ExperimentError {
  const only = Object.entries(values)
    .map(([axis, value]) => `--only ${axis}=${value}`).join(" ");
  return new ExperimentError(
    `Cannot begin with the weights of ${variantText(values)}: it has not ` +
      "finished",
    { where: "init.run", fix: `Let it finish first: ${only}` },
  );
}
