import { ExperimentError } from "@/core/mod.ts";
import { type MatrixRecord, openRecords, trialAxis } from "@/record/mod.ts";
import {
  isOnSharedDisk,
  type Queue,
  type Submission,
  type Task,
} from "@/queue/mod.ts";
import { SameData } from "../matrix/same_data.ts";
import type { RunContext } from "../run/context.ts";
import { searchRecord } from "../search/chosen.ts";
import type { HandedOver, SubmitRequest } from "./hand_over.ts";
import { readSearch } from "./kept_search.ts";
import { partOf } from "./part_plan.ts";
import { patiently } from "./patiently.ts";
import {
  allowedOf,
  isFresh,
  type SearchWork,
  searchWork,
} from "./search_work.ts";
import { busyTasks, knownTasks, submitLeft } from "./submit_left.ts";

/** A submission whose tasks have ended. */
export interface EndRequest extends Pick<SubmitRequest, "command"> {
  /** Its folder. */
  readonly folder: string;
  /** What was submitted. */
  readonly submission: Submission;
  /** The queue that it was given to. */
  readonly queue: Queue;
}

/** How a search has gone on. */
export interface WentOn {
  /** What the queue was given; null if nothing could be. */
  readonly handedOver: HandedOver | null;
  /** The search as the records keep it. */
  readonly record: MatrixRecord;
}

/**
 * Goes on with a search of which a rung may be complete, as {@linkcode runSearch}
 * does: submits those that go on, or the best to be measured; or records at its end
 * which was chosen. What was submitted before and has not come to its end is left
 * to the user, as it would fail again and again.
 *
 * @throws {ExperimentError} If the queue refuses, as it may on this machine.
 */
export async function goOn(
  { folder, submission, queue, command }: EndRequest,
  context: RunContext,
): Promise<WentOn> {
  const { resultsFolder, print } = context;
  const { matrix, chosen } = readSearch(folder);
  using records = openRecords(resultsFolder, { readOnly: true, asCopy: true });
  const sameData = new SameData(context);
  const tasks = await patiently(() => knownTasks(resultsFolder), context);
  const known = { records, sameData, tasks, print };
  const work = await searchWork(matrix, known);
  const { rung, open, best } = work;
  const busy = busyTasks(tasks);
  const left = allowedOf(open, { matrix, chosen })
    .filter(({ variant }) => isFresh(variant, { rung, tasks }));
  const record = searchRecord(matrix, open.length === 0 ? best : null);
  if (open.length === 0) {
    using written = openRecords(resultsFolder, {
      isAlone: isOnSharedDisk(resultsFolder),
      patienceMs: 600_000,
    });
    written.recordMatrix(record);
  }
  if (left.length === 0) {
    if (open.length > 0) print(`\n${lackingText(work, { tasks, busy })}`);
    return { handedOver: null, record };
  }
  const { executor, options, file, from, overrides } = submission;
  const request = {
    ...{ matrix, chosen, queue, command, file, overrides },
    from: from ?? resultsFolder,
    executor: { type: executor, ...options },
  };
  try {
    const handedOver = await patiently(
      () =>
        submitLeft({ ...work, left }, {
          ...{ ...context, request, records, busy, asCopy: true },
        }),
      context,
    );
    return { handedOver, record };
  } catch (error) {
    throw error instanceof ExperimentError ? notByItself(error) : error;
  }
}

/** That a queue refuses, with what a user can do. */
function notByItself(refused: ExperimentError): ExperimentError {
  return new ExperimentError(
    `${refused.message}; so the search does not go on by itself`,
    {
      where: refused.where,
      fix: "Call the command once more that submitted it, on a machine that " +
        "may submit: it goes on from here",
      cause: refused,
    },
  );
}

/** Who is waited for, and why. */
function lackingText(
  { open }: Pick<SearchWork, "open">,
  { tasks, busy }: {
    readonly tasks: readonly Task[];
    readonly busy: ReadonlyMap<string, Task>;
  },
): string {
  const byPart = new Map(tasks.map((task) => [task.part, task]));
  const lines = open.map(({ variant, run }) => {
    const task = byPart.get(partOf(variant));
    const state = task?.state ?? run?.state ?? "not submitted";
    return `  trial ${variant.values[trialAxis]}: ${state}${
      task && !busy.has(task.part) ? `; ${task.log}` : ""
    }`;
  });
  const isWaiting = open.some(({ variant }) => busy.has(partOf(variant)));
  const next = isWaiting
    ? "The last job after them goes on"
    : "The command that submitted them submits them again, and goes on";
  const count = open.length === 1
    ? "a trial has"
    : `${open.length} trials have`;
  return [`Nobody goes on before ${count} come as far:`, ...lines, next]
    .join("\n");
}
