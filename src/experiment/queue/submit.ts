import { openRecords, type Records } from "@/record/mod.ts";
import {
  mergeParts,
  readSubmission,
  submissionFolders,
  sweepSubmissions,
  type Task,
} from "@/queue/mod.ts";
import { checkVariants } from "../matrix/check_variants.ts";
import { matrixRecord } from "../matrix/plan_matrix.ts";
import { SameData } from "../matrix/same_data.ts";
import { type Standing, Todo } from "../matrix/todo.ts";
import type { RunContext } from "../run/context.ts";
import { asChosen, searchRecord } from "../search/chosen.ts";
import { isSearch, type SearchMatrix } from "../search/plan_search.ts";
import { isHandedIn } from "../submission/at_end.ts";
import type { HandedOver, SubmitRequest } from "./hand_over.ts";
import { partOf } from "./part_plan.ts";
import { allowedOf, isFresh, searchWork } from "./search_work.ts";
import { busyTasks, knownTasks, type Left, submitLeft } from "./submit_left.ts";

/** What came of submitting runs. */
export interface Submitted {
  /** What the queue was given; null if nothing was left to do. */
  readonly handedOver: HandedOver | null;
  /** Where each run stood before. */
  readonly standings: readonly Standing[];
  /** Tasks that were queued or running already. */
  readonly busy: readonly Task[];
  /** The jobs that are about to gather a rung of a search, and submit the next. */
  readonly gathering: readonly string[];
}

/** What is on record, and what a queue has been given. */
interface Known {
  readonly records: Records;
  readonly sameData: SameData;
  readonly tasks: readonly Task[];
}

/**
 * Hands runs to a queue, each as a task that records in a folder of its own, and
 * with them a last job that gathers what has finished, and goes on with a search.
 * What has finished, waits or runs already is left out; what was cut goes on from
 * there.
 *
 * @throws {ExperimentError} If data are unsound, a variant waits for one that
 * nobody runs, or the queue does not answer or refuses.
 */
export async function submitRuns(
  request: SubmitRequest,
  context: RunContext,
): Promise<Submitted> {
  const { chosen, matrix } = request;
  const { resultsFolder } = context;
  using records = openRecords(resultsFolder);
  mergeParts(resultsFolder);
  sweepSubmissions(resultsFolder, Date.now());
  const sameData = new SameData(context);
  const tasks = await knownTasks(resultsFolder);
  const known = { records, sameData, tasks };
  const standings = await new Todo(chosen, known).standings();
  const busy = busyTasks(tasks);
  const isOpen = ({ variant, run }: Standing) =>
    run?.state !== "running" && !busy.has(partOf(variant));
  const wanted = matrix && isSearch(matrix)
    ? await leftOfSearch({ ...request, matrix }, { ...known, context })
    : leftOf(standings, { ...request, resultsFolder, records });
  const left = wanted.left.filter(isOpen);
  const gathering = wanted.rung === null || left.length === 0
    ? []
    : await gatheringJobs({ ...request, ...context }, {
      ...wanted,
      left,
      tasks,
    });
  const submits = left.length > 0 && gathering.length === 0;
  if (submits) {
    await checkVariants(
      left.map(({ variant }) => matrix ? asChosen(matrix, variant) : variant),
      { ...context, leavesUnopened: false },
    );
  }
  return {
    handedOver: submits
      ? await submitLeft({ ...wanted, left }, {
        ...{ ...context, request, records, busy },
      })
      : null,
    ...{ standings, gathering },
    busy: chosen.flatMap((variant) => busy.get(partOf(variant)) ?? []),
  };
}

/** What is left of a matrix or of a single run, which is recorded. */
function leftOf(
  standings: readonly Standing[],
  { matrix, records, resultsFolder }: Pick<SubmitRequest, "matrix"> & {
    readonly records: Records;
    readonly resultsFolder: string;
  },
): Left {
  if (matrix) records.recordMatrix(matrixRecord(matrix));
  const left = standings.filter(({ run, variant: { plan: { spec } } }) =>
    run?.state !== "finished" || !isHandedIn({ run, spec }, resultsFolder)
  );
  return { left, rung: null, stopAfter: () => null };
}

/** What is left of the rung that a search has come to; it is recorded. */
async function leftOfSearch(
  { matrix, chosen }: SubmitRequest & { readonly matrix: SearchMatrix },
  { context: { resultsFolder, print }, ...known }: Known & {
    readonly context: RunContext;
  },
): Promise<Left> {
  const place = { ...known, resultsFolder, print };
  let work = await searchWork(matrix, place);
  const isAtEnd = work.open.length === 0;
  const best = isAtEnd ? work.best : null;
  known.records.recordMatrix(searchRecord(matrix, best));
  if (isAtEnd) {
    const noMore = () => {}; // who went on has been said
    work = await searchWork(matrix, { ...place, print: noMore, retries: true });
  }
  const left = [...work.open, ...work.open.length > 0 ? work.failed : []];
  return { ...work, left: allowedOf(left, { matrix, chosen }) };
}

/**
 * The last jobs of a search that wait or run. They begin what nobody has begun;
 * what was cut or failed, they leave to the user.
 */
async function gatheringJobs(
  { queue, resultsFolder, chosen: [one] }: SubmitRequest & RunContext,
  { left, rung, tasks }: Omit<Left, "stopAfter"> & {
    readonly tasks: readonly Task[];
  },
): Promise<readonly string[]> {
  const isBegun = left.some(({ variant }) =>
    !isFresh(variant, { rung: rung!, tasks })
  );
  if (isBegun) return [];
  const jobs = submissionFolders(resultsFolder).map(readSubmission)
    .filter(({ experiment, rung }) =>
      experiment === one!.plan.spec.name && rung !== null
    ).flatMap(({ endJob }) => endJob ?? []);
  return (await queue.look(jobs)).map(({ job }) => job);
}
