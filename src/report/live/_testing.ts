import type { LiveRun } from "./data.ts";

/** A run as live pages show it. */
export function newLiveRun(changes: Partial<LiveRun>): LiveRun {
  return {
    ...{ id: "mixloss-1", label: "mixloss · dice", state: "finished" },
    isRecorded: true,
    ...{ reason: null, progress: null, isStopping: false },
    ...{ scores: [0.512, null], seed: 7 },
    startedAt: "2026-11-27T18:05:00.000Z",
    finishedAt: "2026-11-27T19:09:00.000Z",
    ...{ tags: [], note: null, group: null, awayAt: null },
    ...changes,
  };
}
