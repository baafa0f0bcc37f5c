import type { Run, RunInput, RunState } from "./types.ts";

const ranks: Readonly<Record<RunState, number>> = {
  finished: 0,
  running: 1,
  interrupted: 2,
  stopped: 2,
  crashed: 2,
  failed: 2,
};

/**
 * The one of some runs of one plan that tells where it stands: a finished one
 * before a running one before one that was cut; an original before a rerun;
 * then the newest. Null without runs, which come in the order they started.
 */
export function foremostRun(runs: readonly Run[]): Run | null {
  const rank = ({ state, rerunOf }: Run) =>
    2 * ranks[state] + (rerunOf === null ? 0 : 1);
  return runs.reduce<Run | null>(
    (best, run) => best && rank(best) < rank(run) ? best : run,
    null,
  );
}

/** Whether a run has come to where it should: its end, or where a search stopped it. */
export function hasEnded({ state }: Pick<Run, "state">): boolean {
  return state === "finished" || state === "stopped";
}

/** Whether two runs read the same content in the same roles. */
export function haveSameData(
  a: readonly RunInput[],
  b: readonly RunInput[],
): boolean {
  const text = (inputs: readonly RunInput[]) =>
    inputs.map(({ role, sha256 }) => `${role} ${sha256}`).sort().join();
  return text(a) === text(b);
}

/** The same of what decides their weights, which is all but test volumes. */
export function haveSameTrainingData(
  a: readonly RunInput[],
  b: readonly RunInput[],
): boolean {
  const isOfTraining = ({ split }: RunInput) => split !== "test";
  return haveSameData(a.filter(isOfTraining), b.filter(isOfTraining));
}
