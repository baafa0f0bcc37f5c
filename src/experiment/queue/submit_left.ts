import { statIfThere } from "@/core/mod.ts";
import { bringRuns, type Records } from "@/record/mod.ts";
import {
  isOfPart,
  partFolder,
  setGoal,
  type Task,
  tasksOf,
} from "@/queue/mod.ts";
import { lackingBase } from "../matrix/begin_with.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { Standing } from "../matrix/todo.ts";
import type { RunContext } from "../run/context.ts";
import { type HandedOver, handOver, type SubmitRequest } from "./hand_over.ts";
import { partOf, writePart } from "./part_plan.ts";

/** What is left to do, and how far it is to come. */
export interface Left {
  /** Where those stand that are to be submitted; at least one. */
  readonly left: readonly Standing[];
  /** Of a search, which rung they are to come to; null of others. */
  readonly rung: number | null;
  /** The step after which one is stopped; null of its end. */
  stopAfter(variant: MatrixVariant): number | null;
}

/** What is known where something is submitted. */
interface Place extends Pick<RunContext, "dataRoots" | "boardFolder"> {
  /** What is on record. */
  readonly records: Pick<Records, "folder" | "runs">;
  /** Whether that is a copy, as other machines may be writing. */
  readonly asCopy?: boolean;
  /** Tasks that are queued or running already, by their parts. */
  readonly busy: ReadonlyMap<string, Task>;
}

/**
 * Prepares the parts of what is left, and hands it to a queue.
 *
 * @throws {ExperimentError} If one waits for a run that nobody does, or the queue
 * refuses.
 */
export async function submitLeft(
  { left, rung, stopAfter }: Left,
  { request, ...place }: Place & { readonly request: SubmitRequest },
): Promise<HandedOver> {
  const levels = levelsOf(left, place.busy);
  const made = left.flatMap((standing) =>
    prepare(standing, { ...place, stopAfter: stopAfter(standing.variant) })
  );
  const resultsFolder = place.records.folder;
  return await handOver(levels, {
    ...{ ...request, ...place, rung, made, resultsFolder },
  });
}

/**
 * The tasks of a results folder, as their queue knows them.
 *
 * @throws {ExperimentError} If not all is known: what is queued would be queued again.
 */
export async function knownTasks(
  resultsFolder: string,
): Promise<readonly Task[]> {
  const { tasks, silence } = await tasksOf(resultsFolder);
  if (silence) throw silence;
  return tasks;
}

/** Tasks that wait or run, by their parts. */
export function busyTasks(
  tasks: readonly Task[],
): ReadonlyMap<string, Task> {
  return new Map(
    tasks.filter(({ state }) => state === "queued" || state === "running")
      .map((task) => [task.part, task]),
  );
}

/** Makes the part of a variant, with what is known of it; its folder, if it is new. */
function prepare(
  { variant, run }: Standing,
  { records, asCopy = false, stopAfter }: Pick<Place, "records" | "asCopy"> & {
    readonly stopAfter: number | null;
  },
): readonly string[] {
  const part = partOf(variant);
  const { folder } = records;
  const to = partFolder(folder, part);
  const isNew = statIfThere(to) === null;
  writePart(folder, { part, variant });
  const { trainingHash, spec } = variant.plan;
  const handsIn = spec.submission?.atEnd ?? false;
  setGoal(folder, { part, stopAfter, handsIn }); // or what comes would be gathered
  const known = [
    // One of the same plan is of other data, or nothing would be left to do.
    ...records.runs({ trainingHash, state: "finished" })
      .filter((one) => !isOfPart(one, part)),
    ...run ? [run] : [], // was cut here, and is gone on with there
  ];
  if (known.length > 0) {
    bringRuns(known.map(({ id }) => id), { from: folder, to, asCopy });
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
