import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/** Work that a queue is to do: a command, once or once for each of some tasks. */
export interface Work {
  /** What the queue calls it. */
  readonly name: string;
  /** The folder it begins in, where its logs go. */
  readonly folder: string;
  /** The program and its words; which task it does, it asks {@linkcode Queue.taskHere}. */
  readonly command: readonly string[];
  /** The numbers of its tasks, from 1; null for work that is done once. */
  readonly tasks: readonly number[] | null;
  /** Jobs that have to end before, however they do. */
  readonly after: readonly string[];
  /** The experiment file, beside which a script for its work may lie; null if there is none. */
  readonly file: string | null;
  /** The folder that relative paths among the queue's options begin in. */
  readonly from: string;
}

/** A task that waits in a queue or runs. */
export interface QueuedTask {
  /** Its job. */
  readonly job: string;
  /** Its number; null of work that is done once. */
  readonly task: number | null;
  /** Whether it runs. */
  readonly isRunning: boolean;
  /** Why it waits, in the queue's words; empty if it runs. */
  readonly reason: string;
}

/** What carries tasks out on other machines, when it is their turn. */
export interface Queue {
  /** The command by which a user ends jobs. */
  stopBy(jobs: readonly string[]): string;
  /** The name of a task's log in the folder of its work. */
  logOf(task: number | null): string;
  /**
   * Hands work over.
   *
   * @returns The job that does it.
   * @throws {ExperimentError} If it is not taken.
   */
  submit(work: Work): Promise<string>;
  /**
   * What of some jobs waits or runs; what has ended is left out.
   *
   * @throws {ExperimentError} If the queue does not answer.
   */
  look(jobs: readonly string[]): Promise<readonly QueuedTask[]>;
  /** The number of the task that this process does; null if the queue did not start it. */
  taskHere(): number | null;
  /**
   * Asks that this task is started once more, later.
   *
   * @throws {ExperimentError} If the queue refuses.
   */
  restart(): Promise<void>;
}

/** Defines an executor: its name, its options, and its queue, null of this process. */
export function defineExecutor<Shape extends z.ZodRawShape>(
  definition: Component<Queue | null, Shape>,
): Component<Queue | null, Shape> {
  return definition;
}
