import { defineCommand } from "./_command.ts";
import {
  dataOption,
  overrideOptions,
  resultsOption,
  wholeNumber,
} from "./_options.ts";
import { exitCodeOf, runContext } from "./_run_context.ts";

/** Trains an experiment, measures it, and writes its report. */
export const run = defineCommand({
  name: "run",
  summary: "Train an experiment, measure it and write its report",
  positionals: [{
    name: "FILE",
    summary: "the experiment, such as experiments/mixloss.yaml",
  }],
  options: {
    ...overrideOptions,
    engine: {
      value: "ENGINE",
      summary: "auto, tensorflow or embedded; short for --set train.engine=",
    },
    threads: { value: "N", summary: "short for --set train.threads=" },
    workers: { value: "N", summary: "short for --set train.workers=" },
    eager: { summary: "short for --set train.eager=true" },
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "Ctrl+C finishes the step, writes a checkpoint and stops; a second one stops\n" +
    "at once. Either way, deno task resume RUN goes on.",
  async run({ options, positionals }, context) {
    const { parseExperiment, runExperiment } = await import(
      "@/experiment/mod.ts"
    );
    const file = positionals[0]!;
    const seed = wholeNumber(options.seed, "seed");
    const overrides = [
      ...options.set,
      ...(options.engine ? [`train.engine=${options.engine}`] : []),
      ...(options.threads ? [`train.threads=${options.threads}`] : []),
      ...(options.workers ? [`train.workers=${options.workers}`] : []),
      ...(options.eager ? ["train.eager=true"] : []),
      ...(seed === undefined ? [] : [`seed=${seed}`]),
    ];
    const folder = context.callerFolder;
    const spec = parseExperiment(file, { overrides, folder });
    const ended = await runExperiment(
      spec,
      { file, overrides },
      await runContext(options, context),
    );
    return exitCodeOf(ended);
  },
});
