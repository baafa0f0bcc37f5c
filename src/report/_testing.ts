import { encode } from "fast-png";
import { openRng, type Patch, type Rng, sha256Hex } from "@/core/mod.ts";
import type {
  EvaluationRecord,
  MatrixRecord,
  MetricSeries,
  Recorder,
  Run,
  Variant,
} from "@/record/mod.ts";
import type { ReportData, RunData, SectionPictures } from "./data.ts";
import { metricFacts } from "./gather.ts";
import {
  drawPatch,
  type PreviewData,
  type PreviewStage,
} from "./preview/mod.ts";

export { decodePoints } from "./client/decode.js";

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

/** The pictures of one section by hash, of grey bytes. */
export function addPictures(
  pictures: Map<string, Uint8Array>,
  { z, width, planes }: {
    readonly z: number;
    readonly width: number;
    readonly planes: Readonly<
      Record<"raw" | "truth" | "prediction", Uint8Array>
    >;
  },
): SectionPictures {
  const add = (data: Uint8Array) => {
    const png = encode({
      width,
      height: data.length / width,
      data,
      depth: 8,
      channels: 1,
    });
    const key = sha256Hex(png);
    pictures.set(key, png);
    return key;
  };
  return {
    z,
    raw: add(planes.raw),
    truth: add(planes.truth),
    prediction: add(planes.prediction),
  };
}

/** Two runs that have something for every section, with pictures of 24 × 16 pixels. */
export function fullReport(): ReportData {
  const pictures = new Map<string, Uint8Array>();
  const rng = openRng(5);
  const runs = ["mixloss", "focal"].map((experiment, i) => {
    const own = rng.at("run", i);
    const sections = [{ z: 3, dice: 0.2 + i / 10 }, { z: 7, dice: 0.8 }];
    const ap = 0.62 - i / 10;
    return makeRunData({ experiment, seed: i + 1 }, {
      weightHashes: 12,
      series: [
        makeSeries("loss", fallingLoss(30, 0.4, own)),
        makeSeries("loss.dice", [1, NaN, 0.5]),
        makeSeries("ap", [0.2, 0.5, ap], {
          split: "validation",
          steps: [10, 20, 30],
        }),
      ],
      evaluations: [{
        record: makeEvaluation({
          metrics: { ap, dice: 0.6, threshold: 0.5, objects: 10, found: 8 },
          baseline: { ap: 0.33, dice: 0.34, threshold: 0.9 },
          precisionRecall: [
            { threshold: 0.9, precision: 0.9, recall: 0.1 },
            { threshold: 0.5, precision: 0.7, recall: 0.5 },
            { threshold: 0.1, precision: 0.2, recall: 0.9 },
          ],
          sections: sections.map((s) => ({
            ...s,
            truthVox: 20,
            predictedVox: 18,
          })),
          everySection: sections.map((s) => ({
            ...s,
            truthVox: 20,
            predictedVox: 18,
          })),
          clefts: [{ atVox: [3, 5, 5], sizeVox: 20, foundVox: 12 * i }],
        }),
        pictures: sections.map(({ z }) =>
          addPictures(pictures, {
            z,
            width: 24,
            planes: drawSection(z, own.at("picture", z)),
          })
        ),
      }],
      log: [
        { at: "2026-11-23T21:05:01.000Z", level: "info", text: "2 threads" },
        { at: "2026-11-23T21:06:01.000Z", level: "warning", text: "NaN" },
      ],
      logLines: 40,
    });
  });
  return makeReport(runs, { title: "Two losses", pictures });
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

/** A section with one cleft and a prediction beside it. */
function drawSection(z: number, rng: Rng) {
  const [height, width] = [16, 24];
  const plane = (value: (y: number, x: number) => number) =>
    Uint8Array.from(
      { length: height * width },
      (_, i) => value(Math.floor(i / width), i % width),
    );
  return {
    raw: plane((y, x) => (y * 9 + x * 5 + z) % 200),
    truth: plane((y, x) => y > 4 && y < 8 && x > 4 && x < 14 ? 255 : 0),
    prediction: plane((y, x) =>
      y > 5 && y < 9 && x > 6 && x < 16 ? 200 + rng.integer(50) : 0
    ),
  };
}

/** A preview of one augmentation on a patch of 4 × 8 × 8 voxels. */
export function smallPreview(): PreviewData {
  const patch = (cleft: number): Patch => ({
    image: Float32Array.from({ length: 256 }, (_, i) => i / 255),
    target: Uint8Array.from({ length: 256 }, (_, i) => i === cleft ? 1 : 0),
    mask: Uint8Array.from({ length: 256 }, (_, i) => i < 250 ? 1 : 0),
    shapeVox: [4, 8, 8],
  });
  const stage: PreviewStage = {
    id: "augment-0",
    title: "simple",
    summary: "Flips",
    p: 0.5,
    options: [{ name: "flipZ", value: 0.25, isDefault: false }],
    changes: { draws: 8, samples: 1, greySections: 0.75, labelSections: 0.5 },
    greys: { before: [0.5, 0.5], after: [0.25, 0.75] },
    draws: [{
      address: "1/sample/0",
      steps: [{ type: "simple", parameters: { flipZ: true } }],
      before: drawPatch(patch(9)),
      after: drawPatch(patch(18)),
    }],
  };
  return {
    title: "<small>",
    summary: "Tests & more",
    seed: 1,
    patchVox: [4, 8, 8],
    voxelNm: [40, 4, 4],
    stages: [{ ...stage, draws: [...stage.draws, ...stage.draws] }],
  };
}
