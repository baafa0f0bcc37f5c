/**
 * Queues of clusters: who carries runs out, what was submitted, where its tasks
 * stand, and what they have finished. Each task records in a folder of its own, a
 * part, as a database in use must not be on several machines.
 *
 * @module
 */
export {
  executors,
  type Queue,
  type QueuedTask,
  queueNamed,
  QueueSilence,
  type Work,
} from "./executor/mod.ts";
export { type Goal, goalOf, isThere, setGoal } from "./goal.ts";
export { type MergedParts, mergeParts } from "./merge_parts.ts";
export { isOfPart, partFolder, partName } from "./part.ts";
export { isOnSharedDisk } from "./shared_disk.ts";
export * from "./submission.ts";
export { sweepSubmissions } from "./sweep.ts";
export type { TaskState } from "./_task_state.ts";
export { runOfPart, type Task, type Tasks, tasksOf } from "./tasks.ts";
