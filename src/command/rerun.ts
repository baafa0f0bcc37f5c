import { defineCommand } from "./_command.ts";
import { dataOption, resultsOption, runPlace } from "./_options.ts";
import { concludeRun, runContext } from "./_run_context.ts";

/** Repeats a run from its record and says whether every bit is the same. */
export const rerun = defineCommand({
  name: "rerun",
  summary: "Repeat a run and compare every number with it",
  positionals: [runPlace],
  options: { ...dataOption, ...resultsOption },
  async run({ options, positionals, outputs }, context) {
    const { repeatRun } = await import("@/experiment/mod.ts");
    const place = await runContext({ options, outputs }, context);
    const ended = await repeatRun({ id: positionals[0]! }, place);
    return await concludeRun(ended, place);
  },
});
