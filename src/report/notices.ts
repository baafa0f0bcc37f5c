import { formatNumber, plural } from "./format.ts";
import { risingValue } from "@/core/mod.ts";
import { bestScore, factsOf, type Page, type PageRun } from "./page.ts";
import { findingsOf } from "./plan.ts";
import { groupsOf, hasSeeds } from "./run_groups.ts";
import { verdictText } from "@/record/mod.ts";

/** How grave a notice is, gravest first. */
const levels = ["problem", "caution", "note"] as const;
type Level = typeof levels[number];

/** Something a reader should know before the numbers. */
export interface Notice {
  /** `problem`: a result is in doubt; `note`: as it should be, yet to be known. */
  readonly level: Level;
  /** One sentence. */
  readonly text: string;
  /** The runs it is about; empty for the report as a whole. */
  readonly runs: readonly PageRun[];
}

/** What the records say against their own numbers, problems first. */
export function noticesOf(page: Page): Notice[] {
  const notices: Notice[] = [
    ...aboutStates(page),
    ...aboutVerdicts(page),
    ...aboutData(page),
    ...aboutFindings(page),
    ...aboutRanking(page),
    ...aboutGain(page),
    ...aboutEngine(page),
    ...aboutThresholds(page),
    ...aboutSeeds(page),
    ...page.data.leftOut.map((text) => caution(text)),
    ...page.data.shortened ? [note(page.data.shortened, [])] : [],
  ];
  return notices.toSorted((a, b) =>
    levels.indexOf(a.level) - levels.indexOf(b.level)
  );
}

function caution(text: string, runs: readonly PageRun[] = []): Notice {
  return { level: "caution", text, runs };
}

function note(text: string, runs: readonly PageRun[]): Notice {
  return { level: "note", text, runs };
}

function problem(text: string, runs: readonly PageRun[] = []): Notice {
  return { level: "problem", text, runs };
}

function* aboutStates({ runs }: Page): Generator<Notice> {
  const texts = {
    failed: "failed; its numbers end where it did",
    crashed: "crashed; its numbers end where it did",
    interrupted: "was interrupted and can be resumed",
    running: "is still running; its numbers are not final",
  };
  for (const run of runs) {
    const { state, reason } = run.run;
    if (state === "stopped") continue;
    if (state === "finished") {
      if (reason) yield note(`This run ${reason}`, [run]);
      continue;
    }
    const sentence = `This run ${texts[state]}${reason ? `: ${reason}` : ""}`;
    yield state === "running" || state === "interrupted"
      ? caution(sentence, [run])
      : problem(sentence, [run]);
  }
  const stopped = runs.filter(({ run }) => run.state === "stopped");
  if (stopped.length > 0) {
    yield note(
      `${plural(stopped.length, "run was", "runs were")} stopped by a search ` +
        "on the way, as others did better; their numbers end there",
      stopped,
    );
  }
}

function* aboutVerdicts({ runs }: Page): Generator<Notice> {
  for (const run of runs) {
    const { verdict } = run.run;
    if (!verdict || verdict.isIdentical) continue;
    yield problem(`The rerun is not the same: ${verdictText(verdict)}`, [run]);
  }
}

/** Scores are comparable only on the same voxels. */
function* aboutData({ runs, ranking }: Page): Generator<Notice> {
  for (const split of ["validation", "test"]) {
    const measured = new Set(runs.flatMap(({ run }) => {
      const files = run.inputs.filter((input) => input.split === split);
      return files.length === 0
        ? [] // it was not measured there
        : [files.map(({ role, sha256 }) => `${role} ${sha256}`).sort().join()];
    }));
    if (measured.size < 2) continue;
    yield problem(`Not all runs were measured on the same files of ${split}`);
  }
  const baselines = new Map<string, Set<string>>();
  for (const { evaluations } of runs) {
    for (const { record } of evaluations) {
      const key = `${record.split} ${record.volume}`;
      const known = baselines.get(key) ?? new Set();
      baselines.set(
        key,
        known.add(`${record.shapeVox} ${record.baseline[ranking.name]}`),
      );
    }
  }
  for (const [volume, different] of baselines) {
    if (different.size < 2) continue;
    yield problem(
      `Not all runs saw the same voxels of ${volume}: extent or baseline differ`,
    );
  }
}

/** What was found about data before a run began, once for the runs that share it. */
function* aboutFindings({ runs }: Page): Generator<Notice> {
  const all = runs.flatMap((run) =>
    findingsOf(run.run.plan).map((finding) => ({ ...finding, run }))
  );
  const same = Map.groupBy(all, ({ level, text }) => `${level} ${text}`);
  for (const found of same.values()) {
    const [{ level, text }] = found as [typeof all[number]];
    const about = found.map(({ run }) => run);
    yield { level, text, runs: about.length < runs.length ? about : [] };
  }
}

/** Each run has its best weights by a number of its own. */
function* aboutRanking(page: Page): Generator<Notice> {
  const names = new Set(page.runs.map(({ run }) => run.ranking.name));
  if (names.size < 2) return;
  const label = (name: string) => factsOf(page, name).label;
  yield caution(
    `Not all runs chose their best weights by the same number, but by ${
      [...names].map(label).join(", ")
    }; here they are ranked by ${label(page.ranking.name)}`,
  );
}

function* aboutGain(page: Page): Generator<Notice> {
  const { ranking } = page;
  const best = bestScore(page);
  const darkness = best?.volume.baseline?.[ranking.name];
  if (!best || typeof darkness !== "number") return;
  const isBeaten = risingValue(best.value, ranking) >
    risingValue(darkness, ranking);
  if (isBeaten) return;
  const { label, unit } = factsOf(page, ranking.name);
  yield problem(
    `No run beats the darkness baseline: its ${label} is ` +
      formatNumber(darkness, unit),
  );
}

function* aboutEngine({ runs }: Page): Generator<Notice> {
  const byText = new Map<string, PageRun[]>();
  for (const run of runs) {
    for (const text of run.run.environment.notices) {
      byText.set(text, [...byText.get(text) ?? [], run]);
    }
  }
  for (const [text, about] of byText) yield caution(text, about);
  const dirty = runs.filter(({ run }) => run.environment.dirtyDiff !== "");
  if (dirty.length > 0) {
    yield caution(
      "The code had uncommitted changes; they are shown under Environment",
      dirty,
    );
  }
  const engines = new Set(runs.map(({ run }) => run.environment.engine));
  if (engines.size > 1) {
    yield caution(
      `The runs used different engines: ${[...engines].join(", ")}`,
    );
  }
}

function* aboutThresholds({ runs }: Page): Generator<Notice> {
  const measured = runs.filter(({ evaluations }) => evaluations.length > 0);
  const onItself = measured.filter(({ evaluations }) =>
    evaluations.some(({ record }) => record.thresholdFrom === record.split)
  );
  if (onItself.length === 0) return;
  const isUsual = onItself.every(({ evaluations }) =>
    evaluations.every(({ record }) => record.split === "validation")
  );
  yield {
    level: isUsual ? "note" : "caution",
    text: "The threshold was chosen on the voxels it is measured on, " +
      "which flatters Dice and every score that needs a threshold",
    runs: onItself.length < measured.length ? onItself : [],
  };
}

function* aboutSeeds({ runs, matrix }: Page): Generator<Notice> {
  const measured = runs.filter(({ evaluations }) => evaluations.length > 0);
  const groups = groupsOf({ runs: measured });
  if (groups.length < 2) return;
  const single = groups.filter((group) => !hasSeeds(group));
  if (single.length === 0) return;
  const what = matrix
    ? matrix.record.search ? "trial" : "variant"
    : "experiment";
  yield caution(
    `${plural(single.length, `${what} has`, `${what}s have`)} ` +
      "one seed; a difference between single runs may be chance",
  );
}
