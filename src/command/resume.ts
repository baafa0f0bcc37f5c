import type { ResumePoint } from "@/experiment/mod.ts";
import { defineCommand } from "./_command.ts";
import {
  boardOption,
  dataOption,
  oneOf,
  openOption,
  resultsOption,
  runPlace,
} from "./_options.ts";
import { concludeRun, reportingContext } from "./_run_context.ts";

const resumePoints: readonly ResumePoint[] = ["last", "best", "start"];

/** Goes on with a run that was stopped, bit for bit. */
export const resume = defineCommand({
  name: "resume",
  summary: "Go on with a run that was interrupted, failed or crashed",
  positionals: [runPlace],
  options: {
    from: {
      value: "WHERE",
      summary: "checkpoint to go on from: last (default) or best; or start",
    },
    ...boardOption,
    ...openOption,
    ...dataOption,
    ...resultsOption,
  },
  notes: "From wherever it goes on, the end is the same to the last bit.",
  async run({ options, positionals, outputs, pages }, context) {
    const { resumeRun } = await import("@/experiment/mod.ts");
    const from = oneOf(options.from, { option: "from", words: resumePoints });
    const place = await reportingContext({ options, outputs, pages }, context);
    const ended = await resumeRun({ id: positionals[0]!, from }, place);
    return await concludeRun(ended, place);
  },
});
