import { ExperimentError } from "@/core/mod.ts";
import type { Records, RunState } from "@/record/mod.ts";
import { whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { listingOf, listJson, listText, type Shown } from "./_list_rows.ts";
import { jsonOption, oneOf, resultsOption } from "./_options.ts";
import { openExisting } from "./_records.ts";
import { sinceOf } from "./_since.ts";
import { type Asked, isOfTasks, tasksIn, withoutTasks } from "./_list_tasks.ts";
import { tasksJson, tasksText } from "./_task_rows.ts";
import { table } from "./_text.ts";

const states: readonly RunState[] = [
  "running",
  "finished",
  "failed",
  "interrupted",
  "stopped",
  "crashed",
];

/** Those of tasks of a queue too. */
const taskStates = [...states, "queued", "submitted"] as const;

/** Lists every run with where it stands. */
export const list = defineCommand({
  name: "list",
  summary: "List the runs",
  positionals: [{
    name: "NAME",
    summary: "only those of this experiment or matrix, one RUN, or @SAVED",
    count: "optional",
  }],
  options: {
    ...whereOption,
    sort: {
      value: "NAMES",
      summary: "what to sort by, such as -ap for the highest first",
    },
    columns: {
      value: "NAMES",
      summary: "what to show, such as ap,duration; help tells what there is",
    },
    state: {
      value: "STATE",
      summary: `only those that are ${taskStates.join(", ")}`,
    },
    since: {
      value: "TIME",
      summary: "only those begun since, such as 7d, 12h or 2026-11-27",
    },
    archived: { summary: "those too that were put aside" },
    deleted: { summary: "those that were deleted, and can be restored" },
    save: {
      value: "NAME",
      summary: "save condition, order and columns, to be named as @NAME",
    },
    ...jsonOption,
    ...resultsOption,
  },
  notes:
    "A CONDITION joins names and comparisons (= != < <= > >=, and ~ for contains)\n" +
    "by and, or, not and brackets: 'augment.elastic and ap > 0.4 or tag = paper'.\n" +
    "Names are options of the plan, numbers and columns; docs/runs.md tells more.",
  async run({ options, positionals }, context) {
    if (options.columns === "help") {
      context.print(await columnsHelp());
      return 0;
    }
    const { namesIn, openRecords } = await import("@/record/mod.ts");
    const folder = resultsFolder(options, context);
    const [name] = positionals;
    using records = options.save === undefined
      ? await openExisting(folder)
      : openRecords(folder);
    const saved = name?.startsWith("@")
      ? records?.collection.selections.find((one) => `@${one.name}` === name)
      : undefined;
    const sort = options.sort ?? (saved?.sort || undefined);
    const state = options.state === undefined
      ? undefined
      : oneOf(options.state, { option: "state", words: taskStates });
    const shown: Shown = {
      names: name === undefined ? [] : [name],
      columns: namesIn(options.columns ?? saved?.columns ?? ""),
      archived: options.archived,
      deleted: options.deleted,
      where: options.where,
      ...sort !== undefined && { sort },
      ...isOfRuns(state) && { state },
      ...options.since !== undefined && {
        since: sinceOf(options.since, Date.now()),
      },
    };
    const asked = { ...shown, ...state !== undefined && { state } };
    const tasks = await tasksIn(folder, asked, context);
    const listing = records && (state === undefined || isOfRuns(state)) &&
        !isOfTasks(name, { tasks, records })
      ? withoutTasks(await listingOf(records, shown), tasks)
      : null;
    const text = options.json
      ? JSON.stringify(
        [
          ...listing ? await listJson(records!, listing, shown) : [],
          ...tasksJson(tasks),
        ],
        null,
        2,
      )
      : [
        ...listing && listing.lines.length > 0
          ? [await listText(listing, shown)]
          : [],
        ...tasks.length > 0 ? [await tasksText(tasks)] : [],
      ].join("\n\n") ||
        (records ? noneText(asked, folder) : nothingText(shown, folder));
    if (options.save !== undefined) {
      save(records!, options.save, asked);
    }
    context.print(text);
    return 0;
  },
});

function isOfRuns(state: string | undefined): state is RunState {
  return states.some((one) => one === state);
}

/**
 * Saves what is shown, once it is known to be sound.
 *
 * @throws {ExperimentError} If it is no condition, but a run by its name, or about
 * tasks of a queue.
 */
function save(
  records: Records,
  name: string,
  { names, where, state, since, sort, columns }: Asked,
): void {
  if (state !== undefined && !isOfRuns(state)) {
    throw new ExperimentError(
      `Cannot save the choice: what is ${state} is no run yet`,
      { where: `list --state ${state} --save ${name}`, fix: "Leave one out" },
    );
  }
  const isExperiment = (one: string) =>
    records.known.some(({ experiment }) => experiment === one);
  const conditions = [
    ...names.map((one) => {
      if (one.startsWith("@")) return one;
      if (isExperiment(one)) return `experiment = ${JSON.stringify(one)}`;
      throw new ExperimentError(
        `Cannot save the choice: "${one}" is a run, and no condition`,
        { where: `list ${one} --save ${name}`, fix: "Choose by --where" },
      );
    }),
    ...where === undefined ? [] : [`(${where})`],
    ...state === undefined ? [] : [`state = ${state}`],
    ...since === undefined ? [] : [`started >= ${since}`],
  ];
  records.collection.save({
    name,
    condition: conditions.join(" and "),
    sort: sort ?? "",
    columns: columns.join(","),
  });
}

async function columnsHelp(): Promise<string> {
  const { runColumns } = await import("@/record/mod.ts");
  const { validationOutputs } = await import("@/metric/mod.ts");
  return [
    "Columns of runs",
    table(runColumns.map(({ key, summary }) => [`  ${key}`, summary])),
    "",
    "Numbers of validation; test/ap, train/loss and the like are those of others",
    table(validationOutputs().map(({ name, label }) => [`  ${name}`, label])),
    "",
    "Options of the plan, as deno task plan prints them: train.batch,",
    "augment.elastic for whether it is there, loss.terms.dice.weight",
  ].join("\n");
}

/** That none is so, if something is asked for. */
function noneText(
  shown: Asked,
  folder: string,
): string {
  const { where, state, since, deleted } = shown;
  if (deleted) return `No deleted runs in ${folder}`;
  return [where, state, since].some((one) => one !== undefined)
    ? `None of the runs in ${folder} is so`
    : nothingText(shown, folder);
}

function nothingText(
  { names: [name] }: Pick<Shown, "names">,
  folder: string,
): string {
  if (name?.startsWith("@")) return `None of the runs in ${folder} is so`;
  return `No ${
    name === undefined ? "runs" : `runs of "${name}"`
  } in ${folder} yet`;
}
