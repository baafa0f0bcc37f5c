import { durationText } from "@/core/mod.ts";
import type { RunState } from "../types.ts";
import { variantText } from "../matrix.ts";
import type { RunSummary } from "./run_summary.ts";

/** What a cell holds, or is compared with. */
export type Cell = string | number | boolean | null | readonly string[];

/** A column of runs: something a list can show, sort by, and choose by. */
export interface RunColumn {
  /** What it is called. */
  readonly key: string;
  /** What it is, in one line. */
  readonly summary: string;
  /** What it holds of a run; null for nothing. */
  of(run: RunSummary): Cell;
  /** The same for people; as it is if left out. */
  text?(run: RunSummary): string;
  /** All that it can be, if that is known. */
  readonly words?: readonly string[];
  /** Whether it holds numbers. */
  readonly isNumber?: true;
}

const states: readonly RunState[] = [
  "running",
  "finished",
  "failed",
  "interrupted",
  "stopped",
  "crashed",
];

/** Every column of runs, besides their numbers and options; add a line for another one. */
export const runColumns: readonly RunColumn[] = [
  { key: "run", summary: "the run's id", of: ({ id }) => id },
  {
    key: "experiment",
    summary: "the experiment's name",
    of: ({ experiment }) => experiment,
  },
  {
    key: "variant",
    summary: "its place in a matrix; variant.loss is its value on that axis",
    of: ({ variant }) => variant && variantText(variant),
    text: ({ variant }) => variant ? Object.values(variant).join(" · ") : "–",
  },
  {
    key: "state",
    summary: states.join(", "),
    of: ({ state }) => state,
    words: states,
  },
  {
    key: "progress",
    summary:
      "the share of its steps that it has done, 0 to 1; and what is left",
    of: shareDone,
    text: progressText,
    isNumber: true,
  },
  {
    key: "left",
    summary: "seconds that a running one still needs",
    of: ({ progress }) => progress?.leftS ?? null,
    text: ({ progress }) => secondsText(progress?.leftS ?? null),
    isNumber: true,
  },
  { key: "seed", summary: "its seed", of: ({ seed }) => seed, isNumber: true },
  {
    key: "started",
    summary: "when it began, such as 2026-11-27T18:05",
    of: ({ startedAt }) => startedAt,
    text: ({ startedAt }) => timeText(startedAt),
  },
  {
    key: "ended",
    summary: "when it ended",
    of: ({ finishedAt }) => finishedAt,
    text: ({ finishedAt }) => timeText(finishedAt),
  },
  {
    key: "duration",
    summary: "seconds from its beginning to its end",
    of: secondsTaken,
    text: (run) => secondsText(secondsTaken(run)),
    isNumber: true,
  },
  {
    key: "memory",
    summary: "the most memory of the machine that it held, in MiB",
    of: ({ memoryMiB }) => memoryMiB,
    isNumber: true,
  },
  {
    key: "energy",
    summary: "energy of cards and processor that was read meanwhile, in kWh",
    of: ({ energyKWh }) => energyKWh,
    isNumber: true,
  },
  { key: "tag", summary: "its tags", of: ({ tags }) => tags },
  { key: "note", summary: "its note", of: ({ note }) => note },
  { key: "group", summary: "its group", of: ({ group }) => group },
  {
    key: "archived",
    summary: "whether it was put aside",
    of: ({ archivedAt }) => archivedAt !== null,
    words: ["true", "false"],
  },
  { key: "reason", summary: "why it ended early", of: ({ reason }) => reason },
  { key: "file", summary: "the experiment file", of: ({ file }) => file },
  { key: "engine", summary: "what computed", of: ({ engine }) => engine },
  { key: "gpu", summary: "the graphics processor", of: ({ gpu }) => gpu },
  { key: "commit", summary: "the code's commit", of: ({ commit }) => commit },
  { key: "plan", summary: "the plan's hash", of: ({ planHash }) => planHash },
  {
    key: "repeats",
    summary: "the run it repeats",
    of: ({ rerunOf }) => rerunOf,
  },
];

function shareDone({ state, progress }: RunSummary): number | null {
  if (state === "finished") return 1;
  return progress?.steps ? progress.step / progress.steps : null;
}

function progressText(run: RunSummary): string {
  const share = shareDone(run);
  if (share === null) return run.progress ? `step ${run.progress.step}` : "–";
  const left = run.progress?.leftS ?? null;
  return `${Math.floor(100 * share)} %` +
    (left === null ? "" : `, ${secondsText(left)} left`);
}

function secondsTaken({ startedAt, finishedAt }: RunSummary): number | null {
  return finishedAt === null
    ? null
    : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function secondsText(seconds: number | null): string {
  return seconds === null ? "–" : durationText(1000 * seconds);
}

function timeText(iso: string | null): string {
  return iso === null ? "–" : iso.slice(0, 16).replace("T", " ");
}
