import { join } from "node:path";
import { ExperimentError, sha256Hex, writeOutput } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import type { MatrixRecord, Records } from "@/record/mod.ts";
import { type CommandContext, pathOf, resultsFolder } from "./_context.ts";
import { comparisonText } from "./_matrix.ts";
import { forceOption, jsonOption, resultsOption } from "./_options.ts";
import { shortNumber, table } from "./_text.ts";

/** Sets runs, or the variants of a matrix, beside each other: here and on a page. */
export const compare = defineCommand({
  name: "compare",
  summary: "Set runs beside each other: scores here, all the rest on a page",
  positionals: [{
    name: "RUN",
    summary:
      "two runs or more, by name, the beginning of it, or last; or a matrix",
    count: "some",
  }],
  options: {
    output: {
      value: "FILE",
      path: "output",
      summary: "the page; in reports/ of the results by default",
    },
    ...forceOption,
    ...jsonOption,
    ...resultsOption,
  },
  async run({ options, positionals, outputs }, context) {
    const { jsonNumber, openRecords } = await import("@/record/mod.ts");
    const { gatherReport, report } = await import("@/report/mod.ts");
    const folder = resultsFolder(options, context);
    using records = openRecords(folder, { readOnly: true });
    const pageOf = (name: string) => {
      if (options.output) return pathOf(options.output, context);
      const path = join(folder, "reports", `${name}.html`);
      outputs.check({ path, where: "the page" });
      return path;
    };
    const [name] = positionals as [string];
    const matrix = records.matrix(name);
    if (positionals.length === 1 && matrix) {
      const path = pageOf(matrix.name);
      await compareMatrix(
        records,
        matrix,
        { json: options.json, path },
        context,
      );
      return 0;
    }
    if (positionals.length < 2) {
      throw new ExperimentError("Cannot compare one run with nothing", {
        where: `compare ${name}`,
        fix: "Name two runs or more, or a matrix; deno task list shows them",
      });
    }
    const runs = positionals.map((id) => records.run(id));
    const ids = runs.map((run) => run.id);
    const path = pageOf(`compare-${nameOf(ids)}`);
    writeOutput(path, report(gatherReport(records, ids)));
    const last = ids.map((id) => records.lastMetrics(id));
    const names = [...new Set(last.flatMap(Object.keys))].sort();
    if (options.json) {
      const metrics = names.map((name) => [
        name,
        last.map((m) => name in m ? jsonNumber(m[name]!) : null),
      ]);
      const result = { runs: ids, metrics: Object.fromEntries(metrics), path };
      context.print(JSON.stringify(result, null, 2));
      return 0;
    }
    const rows = names.map((name) => [
      name,
      ...last.map((metrics) => shortNumber(metrics[name])),
    ]);
    context.print(table([["last value", ...ids], ...rows]));
    context.print(`\nReport: ${path}`);
    return 0;
  },
});

/** Sets the variants of a matrix beside each other. */
async function compareMatrix(
  records: Records,
  matrix: MatrixRecord,
  { json, path }: { readonly json: boolean; readonly path: string },
  { print }: CommandContext,
): Promise<void> {
  const { compareVariants, gatherMatrix, report } = await import(
    "@/report/mod.ts"
  );
  const { name } = matrix;
  writeOutput(path, report(gatherMatrix(records, matrix)));
  const comparison = compareVariants(records, matrix);
  if (json) {
    print(JSON.stringify({ name, ...comparison, path }, null, 2));
    return;
  }
  print(await comparisonText(matrix, comparison));
  print(`\nReport: ${path}`);
}

/** Something short that is the same for the same runs in the same order. */
function nameOf(ids: readonly string[]): string {
  return sha256Hex(ids.join(" ")).slice(0, 12);
}
