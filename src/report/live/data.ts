import type { Ranking } from "@/core/mod.ts";
import { foremostNames } from "@/metric/mod.ts";
import {
  commonRanking,
  type RunSummary,
  type RunValues,
  variantLabel,
} from "@/record/mod.ts";
import type { BadgeState } from "../part/badge.tsx";

/** What live pages show of a run. */
export interface LiveRun {
  /** Its name in the records; of a task that has not begun, what its queue calls it. */
  readonly id: string;
  /** Whether it is on record here; a task of a queue is not before it has ended. */
  readonly isRecorded: boolean;
  /** Its experiment and its place in a matrix. */
  readonly label: string;
  /** Where it stands. */
  readonly state: BadgeState;
  /** Why it ended early, or null. */
  readonly reason: string | null;
  /** How far it has come; null of one that finished. */
  readonly progress: RunSummary["progress"];
  /** Whether it was asked to stop. */
  readonly isStopping: boolean;
  /** The numbers that are shown, in their order; null where it has none. */
  readonly scores: readonly (number | null)[];
  /** Its seed, or null where that is not known yet. */
  readonly seed: number | null;
  /** When it began, ISO 8601, or null. */
  readonly startedAt: string | null;
  /** When it ended, ISO 8601, or null. */
  readonly finishedAt: string | null;
  /** Its tags, in order. */
  readonly tags: readonly string[];
  /** A note, or null. */
  readonly note: string | null;
  /** The group it was put into, or null. */
  readonly group: string | null;
  /** When it was put aside or deleted, or null. */
  readonly awayAt: string | null;
}

/** Which runs a page lists. */
export const shows = ["current", "archived", "deleted"] as const;

/** One of them. */
export type Show = typeof shows[number];

/** What a page that lists runs is made of. */
export interface LiveRuns {
  /** The results folder. */
  readonly folder: string;
  /** Which runs these are. */
  readonly show: Show;
  /** The runs, the newest first. */
  readonly runs: readonly LiveRun[];
  /** The numbers that are shown of each. */
  readonly scores: readonly string[];
  /** Why a queue did not answer that runs were handed to; empty if all did. */
  readonly silence: string;
  /** Experiment files that can be started. */
  readonly experiments: readonly string[];
  /** Commands that were started from the page. */
  readonly jobs: readonly LiveJob[];
}

/** A command that was started from the live page. */
export interface LiveJob {
  /** Which one, from 1. */
  readonly number: number;
  /** As a user would type it. */
  readonly command: string;
  /** Its process. */
  readonly pid: number;
  /** Whether it was asked to stop. */
  readonly isStopping: boolean;
  /** What it ended with; null while it goes on. */
  readonly code: number | null;
  /** The end of what it said. */
  readonly lines: readonly string[];
}

/** What a live page is told of the server that it comes from. */
export interface LiveServer {
  /** What its addresses begin with, a slash at the end. */
  readonly base: string;
  /** What allows the page to change something. */
  readonly token: string;
  /** The command that serves the pages again, at the same port. */
  readonly again: string;
  /** Up to where the page knows everything. */
  readonly version: number | string;
}

/** The most numbers that are shown of each run. */
const mostScores = 5;

/** The numbers that say most of some runs: what ranks them, then the foremost they have. */
export function scoresShown(
  runs: readonly { readonly ranking: Ranking }[],
  { series }: Pick<RunValues, "series">,
): readonly string[] {
  return foremostNames(commonRanking(runs)).filter((name) =>
    series.has(`validation/best.${name}`) || series.has(`validation/${name}`)
  ).slice(0, mostScores);
}

/** A run as live pages show it. */
export function liveRun(
  run: RunSummary,
  { values, scores, isStopping = false }: {
    readonly values: Pick<RunValues, "find">;
    readonly scores: readonly string[];
    readonly isStopping?: boolean;
  },
): LiveRun {
  const { id, state, reason, progress, seed, startedAt, finishedAt } = run;
  const place = run.variant ? variantLabel(run.variant) : "";
  return {
    ...{ id, state, reason, progress, seed, startedAt, finishedAt },
    label: [run.experiment, place].filter(Boolean).join(" · "),
    isRecorded: true,
    isStopping,
    scores: scores.map((name) => {
      const [value] = values.find(name, "a page of runs").of(run);
      return typeof value === "number" ? value : null;
    }),
    ...{ tags: run.tags, note: run.note, group: run.group },
    awayAt: run.deletedAt ?? run.archivedAt,
  };
}
