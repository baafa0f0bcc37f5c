import { ExperimentError, explainSystemError } from "@/core/mod.ts";
import type { ExportFormat, ExportRequest } from "@/experiment/mod.ts";
import type { Records, Run } from "@/record/mod.ts";
import { checkEnding } from "./_check_paths.ts";
import {
  chooseRuns,
  type Chosen,
  conditionOf,
  whereOption,
} from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import {
  dataOption,
  forceOption,
  required,
  resultsOption,
} from "./_options.ts";
import type { Outputs } from "./_outputs.ts";
import { runContext } from "./_run_context.ts";

/** Writes what runs have in a form that other programs take. */
export const exportRuns = defineCommand({
  name: "export",
  summary: "Write what runs have for other programs, such as their weights",
  positionals: [{
    name: "RUN",
    summary: "runs, named as deno task help says, or a matrix",
    count: "any",
  }],
  options: {
    ...whereOption,
    format: {
      value: "FORMAT",
      summary:
        "its name, or with options such as '{ type: weights, weights: last }'",
    },
    output: {
      value: "PATH",
      path: "checkedLater",
      summary:
        "the file to write, or the folder of a format that writes several",
    },
    ...forceOption,
    ...dataOption,
    ...resultsOption,
  },
  notes: "docs/reference/export_format.md lists the formats and their options.",
  async run({ options, positionals, outputs }, context) {
    const { exportFormats, readExportFormat } = await import(
      "@/experiment/mod.ts"
    );
    const { readRecords } = await import("@/record/mod.ts");
    const entry = readExportFormat(required(options.format, "format"));
    const output = required(options.output, "output");
    const format = exportFormats.create(entry);
    const folder = resultsFolder(options, context);
    using records = readRecords(folder);
    const chosen = { names: positionals, where: options.where };
    const runs = await chosenRuns(records, chosen, {
      format,
      where: `--format ${entry.type}`,
    });
    const request = { runs, records, path: pathOf(output, context) };
    checkOutputs(format, request, { outputs, where: `--output ${output}` });
    const place = await runContext({ options, outputs }, context);
    try {
      const lines = await format.write(request, place);
      for (const line of lines) context.print(line);
    } catch (error) {
      throw explainSystemError(error, {
        doing: `write "${request.path}"`,
        where: `--output ${output}`,
      });
    }
    return 0;
  },
});

/** The runs that are meant, if they are as many as the format takes. */
async function chosenRuns(
  records: Records,
  chosen: Chosen,
  { format: { takes }, where }: {
    readonly format: ExportFormat;
    readonly where: string;
  },
): Promise<readonly Run[]> {
  const { names } = chosen, condition = conditionOf(chosen);
  if (names.length === 0 && condition === undefined && takes !== "any") {
    throw new ExperimentError("Cannot begin: no run is named", {
      where,
      fix: "Name one; deno task list shows them",
    });
  }
  const selected = await chooseRuns(records, {
    names: takes === "one" ? names : (await Promise.all(
      names.map((name) => namesOf(records, name)),
    )).flat(),
    where: chosen.where,
  });
  const runs = selected.runs.map(({ id }) => records.run(id));
  if (takes === "one" && runs.length > 1) {
    throw new ExperimentError(
      `Cannot write ${runs.length} runs to one file: the format takes one`,
      { where, fix: `Name one of ${runs.map(({ id }) => id).join(", ")}` },
    );
  }
  if (runs.length > 0) return runs;
  throw condition === undefined
    ? new ExperimentError("Cannot write anything: there are no runs", {
      where: `the records in ${records.folder}`,
      fix: "Run an experiment first",
    })
    : new ExperimentError(
      "Cannot write anything: none of the runs meets the condition",
      {
        where: `--where ${condition}`,
        fix: "See which do: deno task list --where …",
      },
    );
}

/** The runs of a matrix, by their ids; of another name, itself. */
async function namesOf(
  records: Records,
  name: string,
): Promise<readonly string[]> {
  const matrix = records.matrix(name);
  if (!matrix) return [name];
  const { matrixRuns } = await import("@/record/mod.ts");
  return matrixRuns(records, matrix).flatMap((run) => run?.id ?? []);
}

/** Fails, before any work, if something of others would be lost. */
function checkOutputs(
  format: ExportFormat,
  request: ExportRequest,
  { outputs, where }: { readonly outputs: Outputs; readonly where: string },
): void {
  const { path } = request, { endings } = format;
  if (endings.length > 0) {
    checkEnding({ path, where, endings });
    outputs.check({ path, where });
    return;
  }
  outputs.checkFolder({ path, where });
  for (const file of format.files?.(request) ?? []) {
    outputs.checkReplacing({ path: file, where });
  }
}
