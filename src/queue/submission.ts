import { dirname, join } from "node:path";
import * as z from "zod";
import {
  ExperimentError,
  readJsonAs,
  statIfThere,
  writeAtomically,
} from "@/core/mod.ts";
import { matrixSchema } from "@/record/mod.ts";
import { executors, queueNames } from "./executor/mod.ts";
import { namesIn } from "./_names_in.ts";

const taskSchema = z.strictObject({
  /** Its number in its submission, from 1. */
  number: z.int().min(1),
  /** Its place in the matrix; empty without one. */
  values: z.record(z.string(), z.string()),
  planHash: z.string(),
  /** The name of its folder, in which it records. */
  part: z.string(),
  /** How many of the submission's runs it comes after, by what they begin with. */
  level: z.int().min(0),
  /** The job that does it; null until the queue has taken it. */
  job: z.string().nullable(),
});

const submissionSchema = z.strictObject({
  format: z.literal(1),
  /** When, ISO 8601. */
  at: z.string(),
  /** The executor's name, and its options. */
  executor: z.enum(queueNames),
  options: z.record(z.string(), z.unknown()).default({}),
  /** What its runs are called. */
  experiment: z.string(),
  file: z.string(),
  /** The folder that relative paths begin in; null of one of before. */
  from: z.string().nullable().default(null),
  overrides: z.array(z.string()).readonly(),
  dataRoots: z.array(z.string()).readonly(),
  /** The folder that a TensorBoard watches, or null. */
  boardFolder: z.string().nullable().default(null),
  /** What the runs belong to; null of one that belongs to none. */
  matrix: matrixSchema.nullable(),
  /**
   * Of a search, which rung its trials are to come to, from 1; one more than there
   * are where the best is measured. Null of what is no search.
   */
  rung: z.int().min(1).nullable().default(null),
  tasks: z.array(taskSchema),
  /** The job that gathers what the others recorded; null until it is taken. */
  endJob: z.string().nullable(),
}).refine(
  ({ executor: type, options }) =>
    executors.schema.safeParse({ type, ...options }).success,
  { path: ["options"], error: "not those of the executor" },
);

/** A run that was handed to a queue: what it is, and who does it. */
export type SubmittedTask = Readonly<z.infer<typeof taskSchema>>;

/** Runs that were handed to a queue together. */
export interface Submission
  extends Omit<z.infer<typeof submissionSchema>, "tasks"> {
  /** Its tasks, by their numbers. */
  readonly tasks: readonly SubmittedTask[];
}

/** Folders of what was submitted, below the results. */
const queueName = "queue";

const fileName = "submission.json";

/** The results folder that a submission's folder lies in. */
export function resultsOf(folder: string): string {
  return dirname(dirname(folder));
}

/** Makes a folder for a submission. */
export function makeSubmissionFolder(
  resultsFolder: string,
  experiment: string,
): string {
  const dir = join(resultsFolder, queueName);
  Deno.mkdirSync(dir, { recursive: true });
  return Deno.makeTempDirSync({ dir, prefix: `${experiment}-` });
}

/** Writes what was submitted, in place of what was known of it. */
export function writeSubmission(folder: string, submission: Submission): void {
  submissionSchema.parse(submission); // or no task could read it
  const text = JSON.stringify(submission, null, 2);
  writeAtomically(join(folder, fileName), text);
}

/**
 * Reads what was submitted.
 *
 * @throws {ExperimentError} If it is not there, or damaged.
 */
export function readSubmission(folder: string): Submission {
  const path = join(folder, fileName);
  if (!statIfThere(path)) {
    throw new ExperimentError(`Cannot read "${path}": it is not there`, {
      where: folder,
      fix: "Name a folder that deno task run --executor has made",
    });
  }
  return readJsonAs(Deno.readTextFileSync(path), {
    schema: submissionSchema,
    what: `"${path}"`,
    where: folder,
    fix: "Remove the folder; runs that it led to are not lost by that",
  });
}

/** The folders of all submissions that are on record. */
export function submissionFolders(resultsFolder: string): readonly string[] {
  const folder = join(resultsFolder, queueName);
  return namesIn(folder).map((name) => join(folder, name))
    .filter((path) => statIfThere(join(path, fileName)));
}
