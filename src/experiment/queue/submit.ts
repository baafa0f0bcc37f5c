import { ExperimentError, statIfThere } from "@/core/mod.ts";
import { bringRuns, openRecords, type Records } from "@/record/mod.ts";
import {
  isOfPart,
  mergeParts,
  partFolder,
  sweepSubmissions,
  type Task,
  tasksOf,
} from "@/queue/mod.ts";
import { lackingBase } from "../matrix/begin_with.ts";
import { checkVariants } from "../matrix/check_variants.ts";
import { matrixRecord } from "../matrix/plan_matrix.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { SameData } from "../matrix/same_data.ts";
import { type Standing, Todo } from "../matrix/todo.ts";
import type { RunContext } from "../run/context.ts";
import type { Search } from "../search/search.ts";
import { type HandedOver, handOver, type SubmitRequest } from "./hand_over.ts";
import { partOf, writePart } from "./part_plan.ts";

/** What came of submitting runs. */
export interface Submitted {
  /** What the queue was given; null if nothing was left to do. */
  readonly handedOver: HandedOver | null;
  /** Where each run stood before. */
  readonly standings: readonly Standing[];
  /** Tasks that were queued or running already. */
  readonly busy: readonly Task[];
}

/**
 * Hands runs to a queue, each as a task that records in a folder of its own, and
 * with them a last job that gathers what has finished. What has finished, waits
 * or runs already is left out; what was cut goes on from there.
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
  if (matrix?.search) checkSearch(matrix.search);
  using records = openRecords(resultsFolder);
  if (matrix) records.recordMatrix(matrixRecord(matrix));
  mergeParts(resultsFolder);
  sweepSubmissions(resultsFolder, Date.now());
  const sameData = new SameData(context);
  const standings = await new Todo(chosen, { records, sameData }).standings();
  const busy = await busyTasks(resultsFolder);
  const left = standings.filter(({ variant, run }) =>
    run?.state !== "finished" && run?.state !== "running" &&
    !busy.has(partOf(variant))
  );
  const handedOver = async () => {
    if (left.length === 0) return null;
    const levels = levelsOf(left, busy);
    await checkVariants(left.map(({ variant }) => variant), {
      ...context,
      leavesUnopened: false,
    });
    const made = left.flatMap((standing) => prepare(standing, records));
    return await handOver(levels, { ...request, ...context, busy, made });
  };
  return {
    handedOver: await handedOver(),
    standings,
    busy: chosen.flatMap((variant) => busy.get(partOf(variant)) ?? []),
  };
}

/**
 * Trials that all train to their end are runs as any others.
 *
 * @throws {ExperimentError} If some are stopped by how the others do.
 */
function checkSearch({ rungs }: Search): void {
  if (rungs.length === 1) return;
  throw new ExperimentError(
    "Cannot hand the search to a queue: its trials wait for each other",
    {
      where: "search.budget",
      fix: "Leave the budget out, so that all train to their end, or run the " +
        "search in several processes of one machine",
    },
  );
}

/** Tasks that wait or run, by their parts. */
async function busyTasks(
  resultsFolder: string,
): Promise<ReadonlyMap<string, Task>> {
  const { tasks, silence } = await tasksOf(resultsFolder);
  if (silence) throw silence; // or what is queued would be queued again
  return new Map(
    tasks.filter(({ state }) => state === "queued" || state === "running")
      .map((task) => [task.part, task]),
  );
}

/** Makes the part of a variant, with what is known of it; its folder, if it is new. */
function prepare(
  { variant, run }: Standing,
  records: Pick<Records, "folder" | "runs">,
): readonly string[] {
  const part = partOf(variant);
  const { folder } = records;
  const to = partFolder(folder, part);
  const isNew = statIfThere(to) === null;
  writePart(folder, { part, variant });
  const { trainingHash } = variant.plan;
  const known = [
    // One of the same plan is of other data, or nothing would be left to do.
    ...records.runs({ trainingHash, state: "finished" })
      .filter((one) => !isOfPart(one, part)),
    ...run ? [run] : [], // was cut here, and is gone on with there
  ];
  if (known.length > 0) {
    bringRuns(known.map(({ id }) => id), { from: folder, to });
  }
  return isNew ? [to] : [];
}

/** Variants in an order in which each comes after the one that it begins with. */
function levelsOf(
  left: readonly Standing[],
  busy: ReadonlyMap<string, Task>,
): readonly (readonly MatrixVariant[])[] {
  const waits = new Map(
    left.map(({ variant, waitsFor }) => [partOf(variant), waitsFor]),
  );
  const levelOf = (variant: MatrixVariant): number => {
    const base = waits.get(partOf(variant));
    if (!base || busy.has(partOf(base))) return 0;
    if (waits.has(partOf(base))) return 1 + levelOf(base);
    throw lackingBase(base);
  };
  const byLevel = Map.groupBy(left.map(({ variant }) => variant), levelOf);
  return [...byLevel].toSorted(([a], [b]) => a - b).map(([, of]) => of);
}
