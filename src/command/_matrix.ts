import type {
  Matrix,
  MatrixVariant,
  Search,
  Selection,
  Spec,
} from "@/experiment/mod.ts";
import { ExperimentError } from "@/core/mod.ts";
import type { MatrixRecord } from "@/record/mod.ts";
import type { Comparison, Difference, Spread } from "@/report/mod.ts";
import { openExisting } from "./_records.ts";
import { counted, shortNumber, table } from "./_text.ts";

/**
 * The variants that a command line means.
 *
 * @throws {ExperimentError} If it chooses where there is no matrix, or what
 * the matrix does not have.
 */
export async function chosenVariants(
  matrix: Matrix | null,
  selection: Selection,
): Promise<readonly MatrixVariant[]> {
  if (matrix) {
    const { selectVariants } = await import("@/experiment/mod.ts");
    return selectVariants(matrix, selection);
  }
  const [only] = selection.only ?? [];
  if (only === undefined && selection.part === undefined) return [];
  throw new ExperimentError("Cannot choose variants: the file has no matrix", {
    where: only === undefined ? `--part ${selection.part}` : `--only ${only}`,
    fix: "Leave it out; values are set by --set",
  });
}

/** What the variants of a matrix come to, and which of them have been run. */
export async function matrixPlanText(
  { name, axes, variants: all, search }: Matrix,
  variants: readonly MatrixVariant[],
  { folder, json }: { readonly folder: string; readonly json: boolean },
): Promise<string> {
  const { foremostRun, variantText } = await import("@/record/mod.ts");
  using records = await openExisting(folder);
  const planned = variants.map(({ values, plan, beginsWith }) => {
    const run = foremostRun(records?.runs({ planHash: plan.hash }) ?? []);
    const trained = run ? null : foremostRun(
      records?.runs({ trainingHash: plan.trainingHash, state: "finished" }) ??
        [],
    );
    return {
      values,
      ...(beginsWith && { beginsWith: beginsWith.values }),
      hash: plan.hash,
      parameters: plan.parameters,
      steps: plan.steps.total,
      memoryMiB: plan.memoryMiB,
      ...(plan.spec.submission && { handsIn: handedIn(plan.spec) }),
      run: run && { id: run.id, state: run.state },
      trainedBy: trained && trained.id,
    };
  });
  if (json) {
    const { chosen: _, ...said } = search ?? { chosen: null };
    return JSON.stringify(
      { name, axes, ...search && { search: said }, variants: planned },
      null,
      2,
    );
  }
  const number = (value: number) => value.toLocaleString("en");
  const axisNames = axes.map(({ name }) => name);
  const isChain = planned.some(({ beginsWith }) => beginsWith);
  const handsIn = planned.some(({ handsIn }) => handsIn !== undefined);
  const rows = planned.map((one) => [
    ...axisNames.map((axis) => one.values[axis]!),
    ...isChain ? [one.beginsWith ? variantText(one.beginsWith) : "–"] : [],
    number(one.parameters),
    number(one.steps),
    number(one.memoryMiB),
    one.hash.slice(0, 12),
    ...handsIn ? [one.handsIn ?? "–"] : [],
    one.run?.state ?? (one.trainedBy ? "to measure" : "–"),
    one.run?.id ?? one.trainedBy ?? "",
  ]);
  const steps = planned.reduce((sum, { steps }) => sum + steps, 0);
  const mostMiB = Math.max(...planned.map(({ memoryMiB }) => memoryMiB));
  const heading = [
    ...["parameters", "steps", "MiB", "hash"],
    ...handsIn ? ["hands in"] : [],
    ...["state", "run"],
  ];
  const of = variants.length === all.length ? "" : `${variants.length} of `;
  const what = search
    ? `trials by ${search.draw} with seed ${search.seed}`
    : `variants, ${number(steps)} steps`;
  return [
    table([
      [...axisNames, ...isChain ? ["begins with"] : [], ...heading],
      ...rows,
    ]),
    ...search ? [rungsText(search)] : [],
    `${name}: ${of}${all.length} ${what}, ` +
    `memory up to about ${number(mostMiB)} MiB`,
  ].join("\n\n");
}

/** How far the trials of a search train, and what that comes to in all. */
function rungsText({ rungs }: Pick<Search, "rungs">): string {
  const number = (value: number) => value.toLocaleString("en");
  const cost = rungs.reduce(
    (sum, { volume, trials }, i) =>
      sum + trials * (volume - (rungs[i - 1]?.volume ?? 0)),
    0,
  );
  const { volume, trials } = { ...rungs.at(-1)!, trials: rungs[0]!.trials };
  const rows = rungs.map(({ volume, trials }) => [
    counted(trials, "trial"),
    `up to ${number(volume)} samples`,
  ]);
  const share = rungs.length === 1
    ? ""
    : `, ${Math.round(100 * cost / (trials * volume))} % of what all trials ` +
      "would take to their end";
  return `${table(rows)}\n${number(cost)} samples in all${share}`;
}

/** The files that an experiment hands in. */
export function handedIn({ submission }: Pick<Spec, "submission">): string {
  return (submission?.volumes ?? []).map(({ file }) => file).join(", ");
}

/** The most prominent metrics that a comparison in text shows. */
const mostShown = 3;

/**
 * A comparison as two tables, of what ranks and what is prominent, as far as it
 * was measured: variants over their seeds, and each change.
 */
export async function comparisonText(
  { axes }: MatrixRecord,
  { ranking, metrics, variants, changes }: Comparison,
): Promise<string> {
  const { foremostNames, measuredTitle } = await import("@/metric/mod.ts");
  const measured = ["validation", "test"].flatMap((split) =>
    foremostNames(ranking, mostShown).map((name) => `${split}/${name}`)
  ).filter((metric) => metrics.includes(metric));
  const names = axes.map(({ name }) => name).filter((name) => name !== "seed");
  const ofVariants = table([
    [...names, "seeds", ...measured.map(measuredTitle)],
    ...variants.map(({ values, finished, seeds, spreads }) => [
      ...names.map((name) => values[name]!),
      finished === seeds ? `${seeds}` : `${finished} of ${seeds}`,
      ...measured.map((metric) => spreadText(spreads[metric] ?? null)),
    ]),
  ]);
  const measurable = changes.filter(({ differences }) =>
    measured.some((metric) => differences[metric])
  );
  if (measurable.length === 0) return ofVariants;
  const ofChanges = table([
    ["difference", "with", ...measured.map(measuredTitle)],
    ...measurable.map(({ axis, value, against, shared, differences }) => [
      `${axis}: ${value} − ${against}`,
      Object.values(shared).join(" · ") || "–",
      ...measured.map((metric) => differenceText(differences[metric] ?? null)),
    ]),
  ]);
  return [
    ofVariants,
    ofChanges,
    "Mean ± standard deviation over seeds. Differences are paired by seed; in\n" +
    "brackets the 95 % confidence interval of each by Student's t, not corrected\n" +
    "for their number.",
  ].join("\n\n");
}

function spreadText(spread: Spread | null): string {
  if (!spread) return "–";
  const { mean, deviation } = spread;
  return shortNumber(mean) +
    (deviation === null ? "" : ` ± ${shortNumber(deviation)}`);
}

function differenceText(difference: Difference | null): string {
  if (!difference) return "–";
  const { mean, interval } = difference;
  const signed = (value: number) => (value > 0 ? "+" : "") + shortNumber(value);
  return interval
    ? `${signed(mean)} [${interval.map(signed).join(", ")}]`
    : `${signed(mean)} (one seed)`;
}
