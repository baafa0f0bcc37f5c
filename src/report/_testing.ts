import { openRng, type Rng, sha256Hex } from "@/core/mod.ts";
import type {
  EvaluationRecord,
  MatrixRecord,
  MetricSeries,
  Recorder,
  Run,
  Variant,
} from "@/record/mod.ts";
import type { ReportData, RunData } from "./data.ts";
import { metricFacts } from "./gather.ts";

/** A finished run; every field can be changed. */
export function makeRun(changes: Partial<Run> = {}): Run {
  const experiment = changes.experiment ?? "mixloss";
  const seed = changes.seed ?? 1;
  return {
    id: `${experiment}-20261123-2105-k3f${seed}`,
    experiment,
    file: `experiments/${experiment}.yaml`,
    overrides: [],
    plan: JSON.stringify({
      name: experiment,
      seed,
      model: { type: "resUnet", filters: [8, 16, 24, 32, 40] },
      loss: {
        terms: [{ type: "bce", weight: 1 }, { type: "dice", weight: 1 }],
      },
      train: { batch: 2, volumeTotal: 3000 },
    }),
    planHash: sha256Hex(`${experiment} ${seed}`),
    trainingHash: sha256Hex(`training of ${experiment} ${seed}`),
    ranking: { name: "ap", better: "higher" },
    seed,
    environment: {
      engine: "tensorflow",
      versions: { cleft: "0.1.0", deno: "2.9.6", tensorflow: "2.9.1" },
      devices: ["/device:CPU:0"],
      threads: 2,
      cpu: "AMD EPYC 9R14",
      gpu: null,
      os: "Linux 6.12",
      commit: "4e46b63c0ffee4e46b63c0ffee4e46b63c0ffee0",
      dirtyDiff: "",
      lockfileSha256: sha256Hex("lock"),
      notices: [],
    },
    inputs: [{
      role: "validation[0]",
      split: "validation",
      run: null,
      path: "/data/vnc/vnc_stack1.hdf",
      bytes: 14200963,
      sha256: sha256Hex("vnc"),
    }],
    rerunOf: null,
    trainedBy: null,
    variant: null,
    state: "finished",
    stoppedAfter: null,
    reason: null,
    startedAt: "2026-11-23T21:05:00.000Z",
    finishedAt: "2026-11-23T21:17:31.000Z",
    verdict: null,
    ...changes,
  };
}

/** A run with nothing measured; every field can be changed. */
export function makeRunData(
  run: Partial<Run> = {},
  changes: Partial<RunData> = {},
): RunData {
  return {
    run: makeRun(run),
    marks: { tags: [], note: null, group: null },
    series: [],
    weightHashes: 0,
    engine: null,
    evaluations: [],
    log: [],
    logLines: 0,
    network: null,
    ...changes,
  };
}

/** Records artifacts by name, bytes or a text each. */
export function keep(
  recorder: Recorder,
  artifacts: Readonly<Record<string, Uint8Array | string>>,
): void {
  for (const [name, bytes] of Object.entries(artifacts)) {
    recorder.artifact(
      name,
      "application/octet-stream",
      typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
    );
  }
}

/** A metric over the steps 1, 2, 3 … or those given. */
export function makeSeries(
  name: string,
  values: readonly number[],
  { ...changes }: Partial<MetricSeries> = {},
): MetricSeries {
  return {
    split: "train",
    name,
    steps: values.map((_, i) => i + 1),
    values,
    ...changes,
  };
}

/** An evaluation on one validation volume; every field can be changed. */
export function makeEvaluation(
  changes: Partial<EvaluationRecord> = {},
): EvaluationRecord {
  return {
    split: "validation",
    volume: "vnc_stack1 y 0–415",
    step: 1500,
    shapeVox: [20, 416, 704],
    voxelNm: [50, 4.6, 4.6],
    thresholdFrom: "validation",
    metrics: { ap: 0.4412, dice: 0.416, threshold: 0.35 },
    baseline: { ap: 0.33, dice: 0.34, threshold: 0.9 },
    precisionRecall: [],
    sections: [],
    ...changes,
  };
}

/** A run with one evaluation; every field of both can be changed. */
export function makeMeasured(
  run: Partial<Run>,
  evaluation: Partial<EvaluationRecord> = {},
): RunData {
  return makeRunData(run, {
    evaluations: [{ record: makeEvaluation(evaluation), pictures: [] }],
  });
}

/** A report of some runs, with the true facts of the metrics. */
export function makeReport(
  runs: readonly RunData[],
  changes: Partial<ReportData> = {},
): ReportData {
  return {
    title: "mixloss",
    runs,
    facts: metricFacts(),
    matrix: null,
    pictures: new Map(),
    leftOut: [],
    shortened: null,
    ...changes,
  };
}

/** A loss that falls to `end` with noise. */
export function fallingLoss(
  steps: number,
  end: number,
  rng: Rng,
): number[] {
  return Array.from(
    { length: steps },
    (_, i) =>
      end + (1.2 - end) * Math.exp(-4 * i / steps) + rng.uniform(-0.05, 0.05),
  );
}

/**
 * A report of every combination of some axes, the seed among them; `apOf` gives a
 * run's average precision, or null where the variant was not run.
 */
export function matrixReport(
  axes: MatrixRecord["axes"],
  apOf: (values: Variant) => number | null,
): ReportData {
  const places = axes.reduce<Variant[]>(
    (places, { name, values }) =>
      places.flatMap((place) =>
        values.map((value) => ({ ...place, [name]: value }))
      ),
    [{}],
  );
  const runs = places.map((variant, i) => {
    const ap = apOf(variant);
    if (ap === null) return null;
    const seed = Number(variant["seed"] ?? 1);
    const metrics = { ap, dice: 0.8 * ap, score: 90 - 60 * ap, threshold: 0.5 };
    return makeRunData(
      { experiment: "table", id: `table-${i}`, seed, variant },
      {
        series: [makeSeries("loss", fallingLoss(30, 1 - ap, openRng(i)))],
        evaluations: [{ record: makeEvaluation({ metrics }), pictures: [] }],
      },
    );
  });
  const variants = places.map((values, i) => ({ values, planHash: `${i}` }));
  return makeReport(runs.filter((run) => run !== null), {
    title: "table",
    matrix: {
      record: { name: "table", axes, variants },
      ids: runs.map((run) => run?.run.id ?? null),
    },
  });
}
