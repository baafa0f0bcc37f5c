import type {
  Matrix,
  MatrixOutcome,
  ParseOptions,
  RunContext,
} from "@/experiment/mod.ts";
import type { Variant } from "@/record/mod.ts";
import { defineCommand } from "./_command.ts";
import { chosenVariants } from "./_matrix.ts";
import {
  boardOption,
  dataOption,
  openOption,
  overrideOptions,
  resultsOption,
  selectOptions,
  wholeNumber,
} from "./_options.ts";
import { concludeRun, reportingContext } from "./_run_context.ts";
import { executorOf, executorOption, submit, workCommand } from "./_submit.ts";
import { resultText } from "./_trials.ts";

/** Trains an experiment, or every one of a matrix; measures, writes the report. */
export const run = defineCommand({
  name: "run",
  summary: "Train an experiment or a matrix of them, measure, write the report",
  positionals: [{
    name: "FILE",
    path: "input",
    summary: "the experiment, such as experiments/mixloss.yaml",
  }],
  options: {
    ...overrideOptions,
    engine: {
      value: "ENGINE",
      summary: "what computes; short for --set train.engine=",
    },
    threads: { value: "N", summary: "short for --set train.threads=" },
    workers: { value: "N", summary: "short for --set train.workers=" },
    eager: { summary: "short for --set train.eager=true" },
    ...selectOptions,
    ...boardOption,
    ...openOption,
    ...executorOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "Ctrl+C finishes the step, writes a checkpoint and stops; a second one stops\n" +
    "at once. Either way, deno task resume RUN goes on; so does the same command\n" +
    "for a matrix or a search, which runs what is missing and leaves what is\n" +
    "finished. Several processes can share one: each variant is run by one of them.",
  async run({ options, positionals, outputs, pages }, context) {
    const { isSearch, planFile, runMatrix, runSearch, startRun } = await import(
      "@/experiment/mod.ts"
    );
    const file = positionals[0]!;
    const { overrides, shown } = overridesOf(options);
    const folder = context.callerFolder;
    const { plan, matrix } = planFile(file, { overrides, shown, folder });
    const chosen = await chosenVariants(matrix, options);
    const given = { file, overrides };
    const place = await reportingContext({ options, outputs, pages }, context);
    const { entry, queue } = await executorOf(options);
    if (queue) {
      context.stopsBy("Waiting no longer; what was submitted goes on");
      return await submit({
        ...given,
        from: context.callerFolder,
        matrix,
        chosen: plan ? [{ values: {}, plan }] : chosen,
        executor: entry,
        queue,
        command: workCommand(context.projectFolder),
      }, { place, waits: options.wait });
    }
    if (plan) {
      return await concludeRun(
        await startRun({ ...given, plan }, place),
        place,
      );
    }
    const request = { ...given, matrix, chosen };
    const outcome = isSearch(matrix)
      ? await runSearch({ ...request, matrix }, place)
      : await runMatrix(request, place);
    return await concludeMatrix(matrix, outcome, place);
  },
});

/** Says what came of a matrix; the exit code. */
async function concludeMatrix(
  { name }: Matrix,
  outcome: MatrixOutcome,
  { resultsFolder, print }: RunContext,
): Promise<number> {
  const { readRecords, variantText } = await import("@/record/mod.ts");
  if (outcome.isInterrupted) {
    print("Stopped; the same command goes on with it");
  } else {
    using records = readRecords(resultsFolder);
    const matrix = records.matrix(name)!;
    print(`\n${await resultText(records, matrix)}`);
  }
  for (const text of outcomeTexts(outcome, variantText)) print(`\n${text}`);
  return exitCodeOfMatrix(outcome);
}

/** 0 of a matrix that came to its end, and of which nothing failed. */
export function exitCodeOfMatrix(
  { failed, isInterrupted }: Pick<MatrixOutcome, "failed" | "isInterrupted">,
): number {
  return isInterrupted || failed.length > 0 ? 1 : 0;
}

/** What was left to others, and what failed; nothing where nothing was. */
export function outcomeTexts(
  { elsewhere, failed }: Pick<MatrixOutcome, "elsewhere" | "failed">,
  variantText: (values: Variant) => string,
): readonly string[] {
  const list = (what: string, lines: readonly string[]) =>
    lines.length > 0 ? [`${what}\n  ${lines.join("\n  ")}`] : [];
  return [
    ...list(
      "Run by other processes at this moment:",
      elsewhere.map(variantText),
    ),
    ...list(
      "Failed; the same command tries them again:",
      failed.map(({ values, error }) =>
        `${variantText(values)}: ${error.message}`
      ),
    ),
  ];
}

/** The options that are short for a `--set`, and what they set. */
const shorthands = {
  engine: "train.engine",
  threads: "train.threads",
  workers: "train.workers",
  eager: "train.eager",
  seed: "seed",
} as const;

/** What the options change of the experiment, and how the user wrote it. */
export function overridesOf({ set, seed, eager, ...options }: {
  readonly set: readonly string[];
  readonly engine?: string | undefined;
  readonly threads?: string | undefined;
  readonly workers?: string | undefined;
  readonly eager: boolean;
  readonly seed?: string | undefined;
}): Required<Pick<ParseOptions, "overrides" | "shown">> {
  const given: Readonly<Record<string, unknown>> = {
    ...options,
    eager: eager || undefined,
    seed: wholeNumber(seed, "seed"),
  };
  const shown = new Map(
    Object.entries(shorthands).flatMap(([option, path]) => {
      const value = given[option];
      if (value === undefined) return [];
      const written = option === "eager" ? "" : ` ${value}`;
      return [[`${path}=${value}`, `--${option}${written}`]];
    }),
  );
  return { overrides: [...set, ...shown.keys()], shown };
}
