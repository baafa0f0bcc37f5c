import { ExperimentError } from "@/core/mod.ts";
import type { Records, RunSummary } from "@/record/mod.ts";
import { chooseRuns, chooseSomeRuns, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { resultsOption } from "./_options.ts";

/** Brings runs back. */
export const restore = defineCommand({
  name: "restore",
  summary: "Bring back runs that were deleted or archived",
  positionals: [{
    name: "RUN",
    summary: "their ids, or the beginnings of them; list --deleted shows them",
    count: "any",
  }],
  options: { ...whereOption, ...resultsOption },
  async run({ options, positionals }, context) {
    const { openRecords } = await import("@/record/mod.ts");
    using records = openRecords(resultsFolder(options, context));
    const { where } = options;
    const runs = where !== undefined && positionals.length === 0
      ? await awayThatMeet(records, where)
      : (await Promise.all(
        positionals.map((name) => runsOf(records, { name, where })),
      )).flat();
    if (runs.length === 0) throw nothingToRestore(where);
    records.collection.restore(runs);
    for (const { id, archivedAt, deletedAt } of runs) {
      const wasAway = archivedAt ?? deletedAt;
      context.print(wasAway ? `Restored ${id}` : `${id} was not away`);
    }
    return 0;
  },
});

/** What a name means of runs that were archived, else of those deleted. */
async function runsOf(
  records: Records,
  { name, where }: {
    readonly name: string;
    readonly where?: string | undefined;
  },
): Promise<readonly RunSummary[]> {
  const isDeleted = records.deleted.some(({ id }) => id === name);
  const isKnown = name === "last" || name.includes("@") ||
    records.known.some(({ id, experiment }) =>
      id.startsWith(name) || experiment === name
    );
  const chosen = { names: [name], where };
  const { runs } = isKnown && !isDeleted
    ? await chooseSomeRuns(records, chosen)
    : await chooseRuns(records, { ...chosen, deleted: true });
  return runs;
}

/** Those archived or deleted that meet a condition. */
async function awayThatMeet(
  records: Records,
  where: string,
): Promise<readonly RunSummary[]> {
  const all = await Promise.all(
    [false, true].map((deleted) =>
      chooseRuns(records, { names: [], where, deleted, archived: true })
    ),
  );
  return all.flatMap(({ runs }) => runs)
    .filter(({ archivedAt, deletedAt }) => archivedAt ?? deletedAt);
}

function nothingToRestore(where: string | undefined): ExperimentError {
  return new ExperimentError(
    where === undefined
      ? "Cannot begin: no RUN is named"
      : "Cannot restore anything: no run that is away meets the condition",
    {
      where: where === undefined ? "the command line" : `--where ${where}`,
      fix: "See what there is: deno task list --deleted, or --archived",
    },
  );
}
