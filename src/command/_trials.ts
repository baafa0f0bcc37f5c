import type { MatrixRecord, Records } from "@/record/mod.ts";
import { comparisonText } from "./_matrix.ts";
import { shortNumber, table } from "./_text.ts";

/** What came of a matrix or a search, as tables. */
export async function resultText(
  records: Records,
  matrix: MatrixRecord,
): Promise<string> {
  if (matrix.search) return await trialsText(records, matrix);
  const { compareVariants } = await import("@/report/mod.ts");
  return await comparisonText(matrix, compareVariants(records, matrix));
}

/** The trials of a search, the best first, and what that is worth. */
async function trialsText(
  records: Records,
  matrix: MatrixRecord,
): Promise<string> {
  const { measuredTitle } = await import("@/metric/mod.ts");
  const { recordedTrials } = await import("@/report/mod.ts");
  const { ranking, trials } = recordedTrials(records, matrix);
  const options = Object.keys(trials[0]!.values);
  const rows = trials.map(({ number, values, run, value }) => [
    number,
    ...options.map((option) => values[option]!),
    run
      ? run.state +
        (run.stoppedAfter === null ? "" : ` after step ${run.stoppedAfter}`)
      : "not run",
    shortNumber(value),
    run?.id ?? "",
  ]);
  const title = measuredTitle(`validation/${ranking.name}`);
  const measured = trials.filter(({ value }) => value !== null).length;
  return [
    table([["trial", ...options, "state", title, "run"], ...rows]),
    ...measured > 1
      ? [
        `The first is the best of ${measured} by validation, which flatters ` +
        "it; test volumes are measured for the chosen trial alone",
      ]
      : [],
  ].join("\n\n");
}
