import { join } from "node:path";
import { ExperimentError, nearestName, writeOutput } from "@/core/mod.ts";
import type { RunSummary } from "@/record/mod.ts";
import { chooseRuns, conditionOf, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import {
  forceOption,
  openOption,
  pageEndings,
  resultsOption,
} from "./_options.ts";

/** Writes a page about runs. */
export const report = defineCommand({
  name: "report",
  summary: "Write a page about runs, all of them by default",
  positionals: [{
    name: "RUN",
    summary: "runs, named as deno task help says; or one matrix",
    count: "any",
  }],
  options: {
    ...whereOption,
    experiment: {
      value: "NAME",
      summary: "only runs of this experiment",
    },
    title: { value: "TEXT", summary: "what stands on top of the page" },
    output: {
      value: "FILE",
      path: "output",
      endings: pageEndings,
      summary: "the page; reports/<title>.html of the results by default",
    },
    ...openOption,
    ...forceOption,
    ...resultsOption,
  },
  async run({ options, positionals, outputs, pages }, context) {
    const { readRecords } = await import("@/record/mod.ts");
    const { gatherMatrix, gatherReport, report: page } = await import(
      "@/report/mod.ts"
    );
    const folder = resultsFolder(options, context);
    using records = readRecords(folder);
    const [first, ...others] = positionals;
    const { where } = options;
    const isName = others.length === 0 && where === undefined;
    const matrix = isName && first !== undefined ? records.matrix(first) : null;
    const { runs: chosen } = matrix
      ? { runs: [] }
      : await chooseRuns(records, { names: positionals, where });
    const runs = chosen.filter((run) =>
      run.experiment === (options.experiment ?? run.experiment)
    );
    if (!matrix && runs.length === 0) {
      const condition = conditionOf({ names: positionals, where });
      throw noRuns({ ...options, where: condition }, chosen, folder);
    }
    const ids = runs.map(({ id }) => id);
    const title = options.title ?? options.experiment ?? matrix?.name;
    const path = options.output ? pathOf(options.output, context) : join(
      folder,
      "reports",
      `${
        matrix?.name ??
          fileName(title ?? ["runs", ...positionals, where ?? ""].join(" "))
      }.html`,
    );
    if (!options.output) outputs.check({ path, where: "the page" });
    const named = title ? { title } : {};
    const data = matrix
      ? gatherMatrix(records, matrix, named)
      : gatherReport(records, ids, named);
    writeOutput(path, page(data));
    context.print(`Report: ${pages.add(path)}`);
    return 0;
  },
});

/** Nothing is left to write a page about. */
function noRuns(
  { experiment, where }: {
    readonly experiment?: string | undefined;
    readonly where?: string | undefined;
  },
  runs: readonly RunSummary[],
  folder: string,
): ExperimentError {
  const names = [...new Set(runs.map((run) => run.experiment))];
  const near = experiment && nearestName(experiment, names);
  return new ExperimentError(
    experiment === undefined
      ? where === undefined
        ? "Cannot write a page: there are no runs"
        : "Cannot write a page: none of the runs meets the condition"
      : `Cannot write a page: none of the runs is of "${experiment}"`,
    {
      where: `the records in ${folder}`,
      fix: names.length === 0
        ? where === undefined
          ? "Run an experiment first"
          : "See which do: deno task list --where …"
        : near
        ? `Did you mean "${near}"?`
        : `Name one of ${names.join(", ")}`,
    },
  );
}

/** A title as the name of a file. */
export function fileName(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "").slice(0, 80) || "report";
}
