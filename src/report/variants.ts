import {
  isAddition,
  type MatrixRecord,
  seedAxis,
  type Variant,
} from "@/record/mod.ts";

/** Variants of a matrix that differ in nothing but the seed. */
export interface VariantGroup<Run> {
  /** Their values on the other axes. */
  readonly values: Variant;
  /** What was run of them, by seed; one under no name without a seed axis. */
  readonly bySeed: ReadonlyMap<string, Run>;
}

/** Two groups that differ in one value. */
export interface Change<Run> {
  /** The axis they differ on. */
  readonly axis: string;
  /** The value of `to`. */
  readonly value: string;
  /** The value of `from`. */
  readonly against: string;
  /** What they share. */
  readonly shared: Variant;
  /** The group that is compared. */
  readonly to: VariantGroup<Run>;
  /** What it is compared with. */
  readonly from: VariantGroup<Run>;
}

/** The axes of a matrix that tell more than the seed. */
export function axesOf({ axes }: MatrixRecord): MatrixRecord["axes"] {
  return axes.filter(({ name }) => name !== seedAxis);
}

/** Groups the runs of a matrix, one a variant, over its seeds, in its order. */
export function groupVariants<Run>(
  { variants }: MatrixRecord,
  runs: readonly Run[],
): VariantGroup<Run>[] {
  const groups = new Map<
    string,
    VariantGroup<Run> & { bySeed: Map<string, Run> }
  >();
  for (
    const [i, { values: { [seedAxis]: seed = "", ...values } }] of variants
      .entries()
  ) {
    const key = keyOf(values);
    const group = groups.get(key) ?? { values, bySeed: new Map() };
    groups.set(key, group);
    group.bySeed.set(seed, runs[i]!);
  }
  return [...groups.values()];
}

/**
 * Every comparison in which one thing changes: a value that adds to the one
 * above it with that one, any other with the first value of its axis.
 */
export function changesOf<Run>(
  matrix: MatrixRecord,
  groups: readonly VariantGroup<Run>[],
): Change<Run>[] {
  if (matrix.search) return []; // each trial differs in everything
  const byKey = new Map(groups.map((group) => [keyOf(group.values), group]));
  return axesOf(matrix).flatMap(({ name: axis, values }) =>
    values.slice(1).flatMap((value, i) => {
      const against = isAddition(value) ? values[i]! : values[0]!;
      return groups.filter((group) => group.values[axis] === value)
        .map((to) => {
          const { [axis]: _, ...shared } = to.values;
          const from = byKey.get(keyOf({ ...to.values, [axis]: against }))!;
          return { axis, value, against, shared, to, from };
        });
    })
  );
}

function keyOf(values: Variant): string {
  return JSON.stringify(values);
}
