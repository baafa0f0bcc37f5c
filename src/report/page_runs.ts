import { trialAxis, type Variant, variantLabel } from "@/record/mod.ts";
import type { MatrixData, ReportData, RunData } from "./data.ts";
import { distinguished } from "./distinguish.ts";
import { colourCount, dashes } from "./palette.ts";
import { planWithoutSeed } from "./plan.ts";

/** A run with what the page calls and draws it by. */
export interface PageRun extends RunData {
  /** Its place in the report, from 0. */
  readonly index: number;
  /** What the page calls it, unlike any other run's. */
  readonly label: string;
  /** Index of its colour. */
  readonly colour: number;
  /** Index of its dash pattern. */
  readonly dash: number;
  /** The group of runs that differ in nothing but the seed. */
  readonly group: number;
  /** What the page calls that group. */
  readonly groupLabel: string;
}

/**
 * Gives runs their names and colours, those that differ in nothing but the seed
 * a group; says whether colour stands for the group.
 */
export function nameAndColour(
  { runs, matrix }: Pick<ReportData, "runs" | "matrix">,
): { runs: PageRun[]; isColouredByGroup: boolean } {
  const variants = variantsOf(runs, matrix);
  const isSearch = matrix?.record.search !== undefined;
  const keys = runs.map(({ run }, i) =>
    variants[i]
      ? `variant ${variantLabel(variants[i])}`
      : planWithoutSeed(run.experiment, run.plan)
  );
  const groups = [...new Set(keys)];
  const groupOf = keys.map((key) => groups.indexOf(key));
  const hasSeeds = groups.some((_, group) =>
    new Set(runs.flatMap(({ run }, i) => groupOf[i] === group ? run.seed : []))
      .size > 1
  );
  const byGroup = groups.length <= colourCount &&
    (runs.length > colourCount || hasSeeds && groups.length > 1);
  const byPlace = matrix !== null || hasSeeds && groups.length > colourCount;
  const names = namesOf(runs, { variants, isSearch });
  const labels = labelsOf(runs, names);
  const groupLabels = groups.map((_, group) => {
    const of = groupOf.indexOf(group);
    const isUnique = names.every((name, i) =>
      name !== names[of] || groupOf[i] === group
    );
    return isUnique ? names[of]! : labels[of]!;
  });
  const ranks = new Map<number, number>();
  let colours = 0;
  const drawn: PageRun[] = [];
  for (const [index, data] of runs.entries()) {
    const group = groupOf[index]!;
    const rank = ranks.get(group) ?? 0;
    ranks.set(group, rank + 1);
    const original = drawn.find(({ run }) => run.id === data.run.rerunOf);
    const number = original || byGroup ? -1 : colours++;
    const [colour, dash] = byPlace
      ? [group, Math.floor(group / colourCount)]
      : byGroup
      ? [group, rank]
      : original
      ? [original.colour, original.dash + 1]
      : [number, Math.floor(number / colourCount)];
    drawn.push({
      ...data,
      index,
      group,
      groupLabel: groupLabels[group]!,
      label: labels[index]!,
      colour: colour % colourCount,
      dash: dash % dashes.length,
    });
  }
  return { runs: drawn, isColouredByGroup: byGroup || byPlace };
}

/** The same runs, their groups coloured in an order, where colours do not suffice for all. */
export function colouredInOrder(
  runs: readonly PageRun[],
  groups: readonly { readonly runs: readonly PageRun[] }[],
): readonly PageRun[] {
  if (groups.length <= colourCount) return runs;
  const places = new Map(groups.map(({ runs }, i) => [runs[0]!.group, i]));
  return runs.map((run) => {
    const place = places.get(run.group)!;
    return {
      ...run,
      colour: place % colourCount,
      dash: Math.floor(place / colourCount) % dashes.length,
    };
  });
}

/** The place of each run in the matrix; null for runs beside it. */
function variantsOf(
  runs: readonly RunData[],
  matrix: MatrixData | null,
): readonly (Variant | null)[] {
  const places = new Map(
    matrix?.ids.map((id, i) => [id, matrix.record.variants[i]!.values]),
  );
  return runs.map(({ run }) => places.get(run.id) ?? null);
}

/** What runs are called that differ in nothing but the seed. */
function namesOf(
  runs: readonly RunData[],
  { variants, isSearch }: {
    readonly variants: readonly (Variant | null)[];
    readonly isSearch: boolean;
  },
): string[] {
  const nameOf = (variant: Variant) =>
    isSearch ? `trial ${variant[trialAxis]}` : variantLabel(variant);
  const names = runs.map(({ run }, i) =>
    variants[i] ? nameOf(variants[i]) || run.experiment : run.experiment
  );
  for (const name of new Set(names)) {
    const of = [...names.keys()].filter((i) =>
      names[i] === name && !variants[i]
    );
    const more = distinguished(of.map((i) => runs[i]!.run.plan));
    of.forEach((i, k) =>
      names[i] = [name, more[k]].filter(Boolean).join(" · ")
    );
  }
  return names;
}

/** The shortest of name, seed and id that tells all runs apart. */
function labelsOf(
  runs: readonly RunData[],
  names: readonly string[],
): string[] {
  const forms: ((data: RunData, i: number) => string)[] = [
    (_, i) => names[i]!,
    ({ run }, i) => `${names[i]} · seed ${run.seed}`,
    ({ run }, i) =>
      run.rerunOf === null
        ? `${names[i]} · seed ${run.seed}`
        : `${names[i]} · seed ${run.seed} · rerun`,
  ];
  for (const form of forms) {
    const labels = runs.map(form);
    if (new Set(labels).size === labels.length) return labels;
  }
  return runs.map(({ run }, i) => `${names[i]} · ${run.id}`);
}
