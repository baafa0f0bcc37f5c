import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption } from "./_options.ts";
import { openExisting } from "./_records.ts";
import { shortNumber, shortTime, table } from "./_text.ts";

/** Lists every run with where it stands. */
export const list = defineCommand({
  name: "list",
  summary: "List the runs",
  positionals: [],
  options: { ...jsonOption, ...resultsOption },
  async run({ options }, context) {
    const folder = resultsFolder(options, context);
    using records = await openExisting(folder);
    if (options.json) {
      const { listJson } = await import("@/record/mod.ts");
      const runs = records ? listJson(records) : [];
      context.print(JSON.stringify(runs, null, 2));
      return 0;
    }
    const runs = records?.runs() ?? [];
    if (runs.length === 0) {
      context.print(`No runs in ${folder} yet`);
      return 0;
    }
    const rows = runs.map((run) => {
      const metrics = records!.lastMetrics(run.id);
      const score = (name: string) =>
        shortNumber(
          metrics[`validation/best.${name}`] ?? metrics[`validation/${name}`],
        );
      return [
        run.id,
        run.experiment,
        run.state,
        `${run.seed}`,
        shortTime(run.startedAt),
        score("ap"),
        score("dice"),
      ];
    });
    const heading = [
      "run",
      "experiment",
      "state",
      "seed",
      "started",
      "ap",
      "dice",
    ];
    context.print(table([heading, ...rows]));
    return 0;
  },
});
