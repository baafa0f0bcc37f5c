import { defineCommand } from "./_command.ts";
import { dataOption, openOption, resultsOption, runPlace } from "./_options.ts";
import { concludeRun, reportingContext } from "./_run_context.ts";

/** Repeats a run from its record and says whether every bit is the same. */
export const rerun = defineCommand({
  name: "rerun",
  summary: "Repeat a run and compare every number with it",
  positionals: [runPlace],
  options: { ...openOption, ...dataOption, ...resultsOption },
  async run({ options, positionals, outputs, pages }, context) {
    const { repeatRun } = await import("@/experiment/mod.ts");
    const place = await reportingContext({ options, outputs, pages }, context);
    const ended = await repeatRun({ id: positionals[0]! }, place);
    return await concludeRun(ended, place);
  },
});
