import type { Records, Run } from "@/record/mod.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption, runPlace } from "./_options.ts";
import { machineRows } from "./_machine_rows.ts";
import { shortNumber, shortTime, table } from "./_text.ts";

/** Log lines shown, the last ones. */
const logLines = 10;

/** Shows one run. */
export const show = defineCommand({
  name: "show",
  summary: "Show one run: state, numbers, files, environment, log",
  positionals: [runPlace],
  options: { ...jsonOption, ...resultsOption },
  async run({ options, positionals }, context) {
    const { readRecords, runToJson, variantText, verdictText } = await import(
      "@/record/mod.ts"
    );
    const folder = resultsFolder(options, context);
    const { metricTitle } = await import("@/metric/mod.ts");
    using records = readRecords(folder);
    const run = records.run(positionals[0]!);
    const last = records.lastMetrics(run.id);
    context.print(
      options.json
        ? JSON.stringify(runToJson(records, run), null, 2)
        : describe(records, run, {
          variant: run.variant && variantText(run.variant),
          verdict: run.verdict && verdictText(run.verdict),
          titleOf: metricTitle,
          last,
          machine: await machineRows(last, run.environment),
        }),
    );
    return 0;
  },
});

function describe(
  records: Records,
  run: Run,
  { variant, verdict, titleOf, last, machine }: {
    readonly variant: string | null;
    readonly verdict: string | null;
    readonly titleOf: (metric: string) => string;
    readonly last: Readonly<Record<string, number>>;
    readonly machine: readonly (readonly string[])[];
  },
): string {
  const { environment } = run;
  const facts = [
    ["run", run.id],
    ["experiment", run.experiment],
    ["file", run.file ?? "–"],
    ["overrides", run.overrides.join(" ") || "–"],
    ...(variant === null ? [] : [["variant", variant]]),
    ["seed", `${run.seed}`],
    ...marksOf(records, run),
    ["state", run.reason ? `${run.state}: ${run.reason}` : run.state],
    ["started", shortTime(run.startedAt)],
    ["ended", shortTime(run.finishedAt)],
    ...records.resumes(run.id).map(({ at, step }) => [
      "resumed",
      `${shortTime(at)} after step ${step}`,
    ]),
    ["repeats", run.rerunOf ?? "–"],
    ["verdict", verdict ?? "–"],
    ["plan", run.planHash],
    ["training", run.trainingHash],
    ["trained by", run.trainedBy ?? "–"],
    ["engine", `${environment.engine}, ${environment.threads} threads`],
    ["processor", environment.cpu],
    ["graphics", environment.gpu ?? "–"],
    ["system", environment.os],
    [
      "code",
      (environment.commit ?? "–") +
      (environment.dirtyDiff ? " with uncommitted changes" : ""),
    ],
    ...environment.notices.map((notice) => ["notice", notice]),
  ];
  const metrics = Object.entries(last)
    .filter(([name]) => !name.startsWith("train/system."))
    .map(([name, value]) => [titleOf(name), shortNumber(value)]);
  const files = records.artifacts(run.id)
    .map(({ name, bytes, sha256 }) => [
      name,
      `${bytes} bytes`,
      sha256.slice(0, 12),
    ]);
  const log = records.log(run.id).slice(-logLines)
    .map(({ at, level, text }) => [shortTime(at), level, text]);
  return [
    table(facts),
    section("Last value of each metric", metrics),
    ...machine.length === 0 ? [] : [section("Machine", machine)],
    section("Files", files),
    section("End of the log", log),
  ].join("\n\n");
}

/** What people say of it, as far as they do. */
function marksOf(
  records: Records,
  { id }: Run,
): readonly (readonly string[])[] {
  const { tags, note, group } = records.collection.marksOf(id);
  return [
    ...tags.length > 0 ? [["tags", tags.join(", ")]] : [],
    ...note === null ? [] : [["note", note]],
    ...group === null ? [] : [["group", group]],
  ];
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return `${title}\n${rows.length === 0 ? "–" : table(rows)}`;
}
