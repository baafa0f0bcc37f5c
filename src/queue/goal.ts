import { join } from "node:path";
import * as z from "zod";
import { readJsonAs, statIfThere, writeAtomically } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";
import { partFolder } from "./part.ts";

const goalSchema = z.strictObject({
  /** The step after which its run is stopped; null if it trains to its end. */
  stopAfter: z.int().min(1).nullable(),
  /** Whether something is to be handed in after that, which its task does. */
  handsIn: z.boolean(),
});

/** What the task of a part is to bring it to. */
export type Goal = Readonly<z.infer<typeof goalSchema>>;

/** The end of the training, as without a word about it. */
export const theEnd: Goal = { stopAfter: null, handsIn: false };

const fileName = "goal.json";

/** Says what a part is to be brought to, in place of what was said before. */
export function setGoal(
  resultsFolder: string,
  { part, ...goal }: Goal & { readonly part: string },
): void {
  const path = join(partFolder(resultsFolder, part), fileName);
  writeAtomically(path, JSON.stringify(goal));
}

/**
 * What a part is to be brought to.
 *
 * @throws {ExperimentError} If that is damaged.
 */
export function goalOf(resultsFolder: string, part: string): Goal {
  const path = join(partFolder(resultsFolder, part), fileName);
  if (!statIfThere(path)) return theEnd;
  return readJsonAs(Deno.readTextFileSync(path), {
    schema: goalSchema,
    what: `"${path}"`,
    where: path,
    fix: "Submit the run again",
  });
}

/** Whether a run need not be trained further for a goal. */
export function isThere(
  { state, stoppedAfter }: Pick<Run, "state" | "stoppedAfter">,
  { stopAfter }: Pick<Goal, "stopAfter">,
): boolean {
  if (state === "finished") return true;
  return state === "stopped" && stopAfter !== null &&
    stoppedAfter! >= stopAfter;
}
