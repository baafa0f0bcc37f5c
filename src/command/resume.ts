import { defineCommand } from "./_command.ts";
import { dataOption, resultsOption } from "./_options.ts";
import { exitCodeOf, runContext } from "./_run_context.ts";

/** Goes on with a run that was stopped, bit for bit. */
export const resume = defineCommand({
  name: "resume",
  summary: "Go on with a run that was interrupted, failed or crashed",
  positionals: [{
    name: "RUN",
    summary: 'the run: its name, the beginning of it, or "last"',
  }],
  options: { ...dataOption, ...resultsOption },
  async run({ options, positionals }, context) {
    const { resumeRun } = await import("@/experiment/mod.ts");
    const ended = await resumeRun(
      positionals[0]!,
      await runContext(options, context),
    );
    return exitCodeOf(ended);
  },
});
