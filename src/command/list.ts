import type { Records, Run, Variant } from "@/record/mod.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption } from "./_options.ts";
import { openExisting } from "./_records.ts";
import { shortNumber, shortTime, table } from "./_text.ts";

/** Lists every run with where it stands. */
export const list = defineCommand({
  name: "list",
  summary: "List the runs",
  positionals: [{
    name: "NAME",
    summary: "only those of this experiment or matrix, or one RUN",
    count: "optional",
  }],
  options: { ...jsonOption, ...resultsOption },
  async run({ options, positionals }, context) {
    const folder = resultsFolder(options, context);
    using records = await openExisting(folder);
    const [name] = positionals;
    const listed = records ? await entriesOf(records, name) : [];
    if (options.json) {
      const { runBrief } = await import("@/record/mod.ts");
      const runs = listed.flatMap(({ run }) =>
        run ? [runBrief(records!, run)] : []
      );
      context.print(JSON.stringify(runs, null, 2));
    } else if (listed.length === 0) {
      const which = name === undefined ? "runs" : `runs of "${name}"`;
      context.print(`No ${which} in ${folder} yet`);
    } else {
      context.print(await textOf(records!, listed));
    }
    return 0;
  },
});

/** Scores shown of each run, at least: what ranks them, then the foremost. */
const leastShown = 2;

/** A line of the list: a run, or a variant that has none yet. */
interface Listed {
  readonly run: Run | null;
  /** Its place in a matrix. */
  readonly variant: Variant | null;
}

/** Every run; of a matrix, the one that stands for each variant. */
async function entriesOf(
  records: Records,
  name: string | undefined,
): Promise<readonly Listed[]> {
  const matrix = name === undefined ? null : records.matrix(name);
  if (!matrix) {
    const { namedRuns } = await import("@/record/mod.ts");
    const ofName = records.runs(name === undefined ? {} : { experiment: name });
    const runs = name === undefined || ofName.length > 0
      ? ofName
      : namedRuns(records, name);
    return runs.map((run) => ({ run, variant: run.variant }));
  }
  const { matrixRuns } = await import("@/record/mod.ts");
  const runs = matrixRuns(records, matrix);
  return matrix.variants.map(({ values: variant }, i) => ({
    run: runs[i]!,
    variant,
  }));
}

async function textOf(
  records: Records,
  listed: readonly Listed[],
): Promise<string> {
  const { foremostNames } = await import("@/metric/mod.ts");
  const { commonRanking } = await import("@/record/mod.ts");
  const runs = listed.flatMap(({ run }) => run ?? []);
  const rankings = new Set(runs.map(({ ranking }) => ranking.name));
  const foremost = foremostNames(commonRanking(runs), leastShown);
  const shown = [...new Set([...rankings, ...foremost])]
    .slice(0, Math.max(leastShown, rankings.size));
  const hasVariants = listed.some(({ variant }) => variant !== null);
  const column = (text: string) => hasVariants ? [text] : [];
  const rows = listed.map(({ run, variant }) => {
    const metrics = run ? records.lastMetrics(run.id) : {};
    const score = (name: string) =>
      shortNumber(
        metrics[`validation/best.${name}`] ?? metrics[`validation/${name}`],
      );
    return [
      run?.id ?? "–",
      run?.experiment ?? "–",
      ...column(variant ? Object.values(variant).join(" · ") : ""),
      run?.state ?? "not run",
      run ? `${run.seed}` : "–",
      shortTime(run?.startedAt ?? null),
      ...shown.map(score),
    ];
  });
  const heading = [
    "run",
    "experiment",
    ...column("variant"),
    "state",
    "seed",
    "started",
    ...shown,
  ];
  return table([heading, ...rows]);
}
