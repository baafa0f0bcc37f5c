import { join } from "node:path";
import { writeOutput } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import { resultsOption } from "./_options.ts";

/** Writes a page about runs. */
export const report = defineCommand({
  name: "report",
  summary: "Write a page about runs, all of them by default",
  positionals: [{
    name: "RUN",
    summary: "runs by name, the beginning of it, or last",
    count: "any",
  }],
  options: {
    experiment: {
      value: "NAME",
      summary: "only runs of this experiment",
    },
    title: { value: "TEXT", summary: "what stands on top of the page" },
    output: {
      value: "FILE",
      summary: "the page; reports/<title>.html in the results by default",
    },
    ...resultsOption,
  },
  async run({ options, positionals }, context) {
    const { openRecords } = await import("@/record/mod.ts");
    const { gatherReport, report: page } = await import("@/report/mod.ts");
    const folder = resultsFolder(options, context);
    using records = openRecords(folder, { readOnly: true });
    const chosen = positionals.length > 0
      ? positionals.map((id) => records.run(id))
      : records.runs();
    const ids = chosen.filter((run) =>
      run.experiment === (options.experiment ?? run.experiment)
    ).map((run) => run.id);
    const title = options.title ?? options.experiment;
    const path = options.output
      ? pathOf(options.output, context)
      : join(folder, "reports", `${fileName(title ?? "all runs")}.html`);
    const data = gatherReport(records, ids, title ? { title } : {});
    writeOutput(path, page(data));
    context.print(`Report: ${path}`);
    return 0;
  },
});

/** A title as the name of a file. */
export function fileName(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "").slice(0, 80) || "report";
}
