import { setTimeout } from "node:timers/promises";
import type {
  EndRequest,
  HandedOver,
  ReportingContext,
} from "@/experiment/mod.ts";
import type { Queue, QueuedTask, Submission } from "@/queue/mod.ts";
import { handedOverText } from "./_submit_text.ts";

/** How often a queue is asked. */
const everyMs = 5000;

/** Where and how a submission is followed. */
interface Following extends Pick<EndRequest, "queue" | "command"> {
  readonly place: ReportingContext;
  /** How long to wait before asking again. */
  readonly pauseMs?: number;
}

/**
 * Waits until the jobs of a submission have ended, and those by which a search has
 * gone on since; says when something has changed. What a last job could not do, as
 * it was killed or may not submit from its machine, is done here.
 *
 * @returns The exit code: 1 if a run has not finished.
 */
export async function follow(
  first: HandedOver,
  { place, ...by }: Following,
): Promise<number> {
  const { endSubmission, isGathered } = await import("@/experiment/mod.ts");
  const { readSubmission, tasksOf } = await import("@/queue/mod.ts");
  const followed: string[] = [];
  let next: HandedOver | null = first;
  while (next) {
    const { folder } = next;
    followed.push(folder);
    const submission = readSubmission(folder);
    await untilEnded(jobsOf(submission), { ...by, place });
    next = null;
    if (!isGathered(folder)) {
      const { wentOn } = await endSubmission(
        { folder, submission: readSubmission(folder), ...by },
        place,
      );
      next = wentOn?.handedOver ?? null;
    }
    next ??= await laterThan(followed, place);
    if (next) place.print(`\n${handedOverText(next, submission)}`);
  }
  const { tasks } = await tasksOf(place.resultsFolder);
  const left = tasks.filter(({ submission }) => followed.includes(submission));
  for (const { job, state, log } of left) {
    place.print(`${job} ${state}: ${log}`);
  }
  return left.length > 0 ? 1 : 0;
}

/** Waits until a queue has said that it has none of some jobs any more. */
async function untilEnded(
  jobs: readonly string[],
  { queue, place: { print, signal }, pauseMs = everyMs }: Following,
): Promise<void> {
  for (let last = "";;) {
    const { found, silence } = await heard(queue, jobs);
    if (found?.length === 0) return;
    const text = found ? countText(found) : "silent";
    if (text !== last) {
      print(found ? text : `${silence}; waiting on, as jobs go on meanwhile`);
    }
    last = text;
    await setTimeout(pauseMs, undefined, { signal });
  }
}

/** What a queue says of some jobs; where it is silent, what is known of that. */
async function heard(
  queue: Pick<Queue, "look">,
  jobs: readonly string[],
): Promise<
  { readonly found: readonly QueuedTask[] | null; readonly silence: string }
> {
  const { QueueSilence } = await import("@/queue/mod.ts");
  try {
    return { found: await queue.look(jobs), silence: "" };
  } catch (error) {
    if (!(error instanceof QueueSilence)) throw error;
    return { found: null, silence: error.message };
  }
}

function countText(found: readonly QueuedTask[]): string {
  const tasks = found.filter(({ task }) => task !== null);
  const running = tasks.filter(({ isRunning }) => isRunning).length;
  return `${tasks.length - running} queued, ${running} running`;
}

function jobsOf({ tasks, endJob }: Submission): readonly string[] {
  const jobs = [...tasks.map(({ job }) => job), endJob];
  return [...new Set(jobs)].filter((job) => job !== null);
}

/** The next submission by which a search has gone on; null if there is none. */
async function laterThan(
  followed: readonly string[],
  { resultsFolder }: Pick<ReportingContext, "resultsFolder">,
): Promise<HandedOver | null> {
  const { readSubmission, submissionFolders } = await import("@/queue/mod.ts");
  const { experiment, at } = readSubmission(followed.at(-1)!);
  const later = submissionFolders(resultsFolder)
    .filter((folder) => !followed.includes(folder))
    .map((folder) => ({ folder, ...readSubmission(folder) }))
    .filter((one) =>
      one.experiment === experiment && one.rung !== null && one.at > at
    );
  const [next] = later.toSorted((a, b) => a.at < b.at ? -1 : 1);
  if (!next) return null;
  const { folder, tasks, endJob, rung } = next;
  const jobs = jobsOf(next).filter((job) => job !== endJob);
  return { folder, jobs, endJob: `${endJob}`, count: tasks.length, rung };
}
