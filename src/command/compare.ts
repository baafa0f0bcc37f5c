import { join } from "node:path";
import { ExperimentError, sha256Hex, writeOutput } from "@/core/mod.ts";
import { chooseRuns, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import type { MatrixRecord, Records } from "@/record/mod.ts";
import { type CommandContext, pathOf, resultsFolder } from "./_context.ts";
import type { Pages } from "./_pages.ts";
import {
  forceOption,
  jsonOption,
  openOption,
  pageEndings,
  resultsOption,
} from "./_options.ts";
import { shortNumber, table } from "./_text.ts";
import { resultText } from "./_trials.ts";

/** Sets runs, or the variants of a matrix, beside each other: here and on a page. */
export const compare = defineCommand({
  name: "compare",
  summary: "Set runs beside each other: scores here, all the rest on a page",
  positionals: [{
    name: "RUN",
    summary: "two runs or more, named as deno task help says; or a matrix",
    count: "any",
  }],
  options: {
    ...whereOption,
    output: {
      value: "FILE",
      path: "output",
      endings: pageEndings,
      summary: "the page; in reports/ of the results by default",
    },
    ...openOption,
    ...forceOption,
    ...jsonOption,
    ...resultsOption,
  },
  async run({ options, positionals, outputs, pages }, context) {
    const { jsonNumber, readRecords } = await import(
      "@/record/mod.ts"
    );
    const { metricTitle } = await import("@/metric/mod.ts");
    const { gatherReport, report } = await import("@/report/mod.ts");
    const folder = resultsFolder(options, context);
    using records = readRecords(folder);
    const pageOf = (name: string) => {
      if (options.output) return pathOf(options.output, context);
      const path = join(folder, "reports", `${name}.html`);
      outputs.check({ path, where: "the page" });
      return path;
    };
    const { where } = options;
    const [name] = positionals;
    const matrix = where === undefined && name !== undefined
      ? records.matrix(name)
      : null;
    if (positionals.length === 1 && matrix) {
      const path = pageOf(matrix.name);
      await compareMatrix(
        records,
        matrix,
        { json: options.json, path, pages },
        context,
      );
      return 0;
    }
    const { runs } = positionals.length === 0 && where === undefined
      ? { runs: [] }
      : await chooseRuns(records, { names: positionals, where });
    const ids = runs.map(({ id }) => id);
    if (ids.length < 2) throw nothingBeside(positionals, ids[0]);
    const path = pageOf(`compare-${nameOf(ids)}`);
    writeOutput(path, report(gatherReport(records, ids)));
    const link = pages.add(path);
    const last = ids.map((id) => records.lastMetrics(id));
    const names = [...new Set(last.flatMap(Object.keys))].sort();
    if (options.json) {
      const metrics = names.map((name) => [
        name,
        last.map((m) => name in m ? jsonNumber(m[name]!) : null),
      ]);
      const result = {
        runs: ids,
        metrics: Object.fromEntries(metrics),
        labels: Object.fromEntries(names.map((n) => [n, metricTitle(n)])),
        path,
      };
      context.print(JSON.stringify(result, null, 2));
      return 0;
    }
    const rows = names.map((name) => [
      metricTitle(name),
      ...last.map((metrics) => shortNumber(metrics[name])),
    ]);
    context.print(table([["last value", ...ids], ...rows]));
    context.print(`\nReport: ${link}`);
    return 0;
  },
});

function nothingBeside(
  names: readonly string[],
  id: string | undefined,
): ExperimentError {
  return new ExperimentError(
    id === undefined
      ? "Cannot compare runs: none is meant"
      : names.length > 1
      ? `Cannot compare ${id} with itself: all of these name it`
      : "Cannot compare one run with nothing",
    {
      where: `compare ${names.join(" ")}`,
      fix: "Name two runs or more, or a matrix; deno task list shows them",
    },
  );
}

/** Sets the variants of a matrix beside each other. */
async function compareMatrix(
  records: Records,
  matrix: MatrixRecord,
  { json, path, pages }: {
    readonly json: boolean;
    readonly path: string;
    readonly pages: Pages;
  },
  { print }: CommandContext,
): Promise<void> {
  const { measuredTitle } = await import("@/metric/mod.ts");
  const { compareVariants, gatherMatrix, report } = await import(
    "@/report/mod.ts"
  );
  const { name } = matrix;
  writeOutput(path, report(gatherMatrix(records, matrix)));
  const link = pages.add(path);
  const comparison = compareVariants(records, matrix);
  if (json) {
    const labels = Object.fromEntries(
      comparison.metrics.map((metric) => [metric, measuredTitle(metric)]),
    );
    print(JSON.stringify({ name, ...comparison, labels, path }, null, 2));
    return;
  }
  print(await resultText(records, matrix));
  print(`\nReport: ${link}`);
}

/** Something short that is the same for the same runs in the same order. */
function nameOf(ids: readonly string[]): string {
  return sha256Hex(ids.join(" ")).slice(0, 12);
}
