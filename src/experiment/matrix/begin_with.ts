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
  const begins = new Map(
    linked.map((one) => [keyOf(one.values), one.begins && keyOf(one.begins)]),
  );
  const plans = new Map(planned.map((one) => [keyOf(one.values), one]));
  const done = new Map<string, MatrixVariant>();
  const link = (key: string): MatrixVariant => {
    const known = done.get(key);
    if (known) return known;
    const from = begins.get(key);
    const one = plans.get(key)!;
    const result = from ? { ...one, beginsWith: link(from) } : one;
    done.set(key, result);
    return result;
  };
  return planned.map(({ values }) => link(keyOf(values)));
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
  const begins = new Map(variants.map((one) => [keyOf(one.values), one]));
  for (const { values } of variants) {
    const seen = new Set([keyOf(values)]);
    let at = begins.get(keyOf(values))!;
    while (at.begins) {
      const next = keyOf(at.begins);
      if (seen.has(next)) {
        throw new ExperimentError(
          `Cannot begin ${variantText(values)} with ${
            variantText(begins.get(next)!.values)
          }: that one waits for it`,
          {
            where: `${where} init.run`,
            fix: "Let one of them begin with drawn weights",
          },
        );
      }
      seen.add(next);
      at = begins.get(next)!;
    }
  }
}

function selectorsFor(values: Variant): string {
  return Object.entries(values).map(([axis, value]) => `${axis}=${value}`)
    .join(",");
}

function keyOf(values: Variant): string {
  return variantText(values);
}
