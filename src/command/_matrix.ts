import type { Matrix, MatrixVariant, Selection } from "@/experiment/mod.ts";
import { ExperimentError } from "@/core/mod.ts";
import type { MatrixRecord, Records } from "@/record/mod.ts";
import type { Difference, Spread } from "@/report/mod.ts";
import { shortNumber, table } from "./_text.ts";

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

/** The metrics that a comparison in text shows, as far as they were measured. */
const shown = ["ap", "dice", "score"];

/** The variants of a matrix over their seeds, and what each change brings. */
export async function comparisonText(
  records: Records,
  matrix: MatrixRecord,
): Promise<string> {
  const { matrixRuns } = await import("@/record/mod.ts");
  const { axesOf, changesOf, groupVariants, pairedDifference, spreadOf } =
    await import("@/report/mod.ts");
  const runs = matrixRuns(records, matrix).map((run) => ({
    run,
    metrics: run?.state === "finished" ? records.lastMetrics(run.id) : {},
  }));
  type Member = typeof runs[number];
  const groups = groupVariants(matrix, runs);
  const valuesOf = (members: ReadonlyMap<string, Member>, metric: string) =>
    new Map(
      [...members].flatMap(([seed, { metrics }]) => {
        const value = bestOf(metrics, metric);
        return value === undefined ? [] : [[seed, value] as const];
      }),
    );
  const measured = shown.filter((metric) =>
    runs.some(({ metrics }) => bestOf(metrics, metric) !== undefined)
  );
  const axes = axesOf(matrix).map(({ name }) => name);
  const rows = groups.map(({ values, bySeed }) => {
    const done = [...bySeed.values()]
      .filter(({ run }) => run?.state === "finished").length;
    return [
      ...axes.map((axis) => values[axis]!),
      `${done}/${bySeed.size}`,
      ...measured.map((metric) => {
        const all = [...valuesOf(bySeed, metric).values()];
        return all.length === 0 ? "–" : spreadText(spreadOf(all));
      }),
    ];
  });
  const changes = changesOf(matrix, groups).map(
    ({ axis, value, against, shared, to, from }) => [
      `${axis}: ${value} − ${against}`,
      Object.values(shared).join(" · "),
      ...measured.map((metric) =>
        differenceText(
          pairedDifference(
            valuesOf(to.bySeed, metric),
            valuesOf(from.bySeed, metric),
          ),
        )
      ),
    ],
  );
  const heading = (...first: string[]) => [...first, ...measured];
  const variants = table([heading(...axes, "seeds done"), ...rows]);
  if (changes.length === 0) return variants;
  return [
    variants,
    table([heading("difference", "with"), ...changes]),
    "validation, mean ± standard deviation over seeds; differences are paired\n" +
    "by seed, in brackets their 95 % confidence interval (Student's t)",
  ].join("\n\n");
}

/** The value of the best weights, else the last one. */
function bestOf(
  metrics: Readonly<Record<string, number>>,
  name: string,
): number | undefined {
  const value = metrics[`validation/best.${name}`] ??
    metrics[`validation/${name}`];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function spreadText({ mean, deviation }: Spread): string {
  const spread = deviation === null ? "" : ` ± ${shortNumber(deviation)}`;
  return shortNumber(mean) + spread;
}

function differenceText(difference: Difference | null): string {
  if (!difference) return "–";
  const { mean, interval } = difference;
  const signed = (value: number) => (value > 0 ? "+" : "") + shortNumber(value);
  return interval
    ? `${signed(mean)} [${interval.map(signed).join(", ")}]`
    : `${signed(mean)} (one seed)`;
}
