import type { ForeignRun, ForeignSeries } from "./_source.ts";

/** How MLflow says where a run stands, by name and by number. */
const states = {
  FINISHED: "finished",
  FAILED: "failed",
  KILLED: "interrupted",
  RUNNING: "interrupted",
  SCHEDULED: "interrupted",
} as const;

/** The names of MLflow's numbers for states, from 1 on. */
const stateNames = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

/** A run as MLflow's stores have it, whichever it is. */
export interface MlflowRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string | null;
  readonly where: string;
  /** A name, or a number of one. */
  readonly status: string | number;
  readonly beganMs: number | null;
  readonly endedMs: number | null;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly series: readonly ForeignSeries[];
}

/** The same as a run of any program. */
export function foreignRunOf(
  { id, experiment, name, where, status, params, tags, series, ...times }:
    MlflowRun,
): ForeignRun {
  const state = typeof status === "number" ? stateNames[status - 1] : status;
  return {
    ...{ id, experiment, where, params, series },
    name: name || tags["mlflow.runName"] || id,
    labels: Object.fromEntries(
      Object.entries(tags).filter(([tag]) => !tag.startsWith("mlflow.")),
    ),
    note: tags["mlflow.note.content"] || null,
    commit: tags["mlflow.source.git.commit"] || null,
    beganMs: times.beganMs ?? 0,
    endedMs: times.endedMs,
    state: states[state as keyof typeof states] ?? "interrupted",
    reason: times.endedMs === null ? "MLflow did not know of its end" : null,
  };
}
