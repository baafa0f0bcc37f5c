import { defineCommand } from "./_command.ts";
import { dataOption, resultsOption, runPlace } from "./_options.ts";
import { exitCodeOf, runContext } from "./_run_context.ts";

/** Repeats a run from its record and says whether every bit is the same. */
export const rerun = defineCommand({
  name: "rerun",
  summary: "Repeat a run and compare every number with it",
  positionals: [runPlace],
  options: { ...dataOption, ...resultsOption },
  async run({ options, positionals, outputs }, context) {
    const { rerunRun } = await import("@/experiment/mod.ts");
    const ended = await rerunRun(
      positionals[0]!,
      await runContext({ options, outputs }, context),
    );
    return exitCodeOf(ended);
  },
});
