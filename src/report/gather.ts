import * as z from "zod";
import { ExperimentError, risingValue } from "@/core/mod.ts";
import { everyOutput } from "@/metric/mod.ts";
import {
  type Artifact,
  commonRanking,
  type EngineRecord,
  type EvaluationRecord,
  type MatrixRecord,
  matrixRuns,
  type Records,
} from "@/record/mod.ts";
import type {
  Evaluation,
  MetricFacts,
  ReportData,
  RunData,
  SectionPictures,
} from "./data.ts";
import { formatBytes, plural } from "./format.ts";
import { compare } from "./ranking.ts";

/** What to gather besides the runs. */
export interface GatherOptions {
  /** What stands on top; the experiments' names by default. */
  readonly title?: string;
  /** Most bytes of pictures; those of the best runs come first. */
  readonly pictureBytes?: number;
}

/** Lines of a log that a report could show. */
const logLines = 200;

/**
 * Reads what a report shows of some runs, in the order given. Damaged or
 * missing artifacts are left out and named in the result, so that one bad run
 * does not take the others with it.
 *
 * @throws {ExperimentError} If a run does not exist.
 */
export function gatherReport(
  records: Records,
  ids: readonly string[],
  { title, pictureBytes = 24e6 }: GatherOptions = {},
): ReportData {
  const leftOut: string[] = [];
  const shelf = new PictureShelf(records, pictureBytes, leftOut);
  const gathered = ids.map((id) => gatherRun(records, id, leftOut));
  const ranking = commonRanking(gathered.map(({ data }) => data.run));
  const best = ({ evaluations }: RunData) =>
    Math.max(
      ...evaluations.map(({ record }) =>
        risingValue(record.metrics[ranking.name], ranking)
      ),
    );
  const bestFirst = gathered
    .map(({ data, files }, index) => ({ data, files, index }))
    .toSorted((a, b) =>
      compare(best(b.data), best(a.data)) || a.index - b.index
    );
  const runs: RunData[] = [];
  for (const { data, files, index } of bestFirst) {
    runs[index] = {
      ...data,
      evaluations: data.evaluations.map((evaluation) => ({
        ...evaluation,
        pictures: shelf.take(data.run.id, evaluation.record, files),
      })),
    };
  }
  shelf.report();
  const experiments = [...new Set(runs.map(({ run }) => run.experiment))];
  return {
    title: title ?? titleOf(experiments),
    runs,
    facts: metricFacts(),
    matrix: null,
    pictures: shelf.pictures,
    leftOut,
  };
}

/**
 * Reads what a report shows of a matrix: the run that stands for each variant,
 * and some `besides`.
 *
 * @throws {ExperimentError} If one of those does not exist.
 */
export function gatherMatrix(
  records: Records,
  matrix: MatrixRecord,
  { besides = [], ...options }: GatherOptions & {
    readonly besides?: readonly string[];
  } = {},
): ReportData {
  const ids = matrixRuns(records, matrix).map((run) => run?.id ?? null);
  const shown = [...ids, ...besides].filter((id) => id !== null);
  const data = gatherReport(records, [...new Set(shown)], {
    title: matrix.name,
    ...options,
  });
  return { ...data, matrix: { record: matrix, ids } };
}

function titleOf(experiments: readonly string[]): string {
  if (experiments.length === 0) return "No runs";
  if (experiments.length <= 3) return experiments.join(", ");
  return `${experiments.slice(0, 2).join(", ")} and ${
    experiments.length - 2
  } more`;
}

/** What every metric says of itself, in the order of their catalog. */
export function metricFacts(): Record<string, MetricFacts> {
  return Object.fromEntries(
    everyOutput().map(({ name, best: _, ...facts }) => [name, facts]),
  );
}

interface GatheredRun {
  readonly data: RunData;
  readonly files: ReadonlyMap<string, Artifact>;
}

function gatherRun(
  records: Records,
  id: string,
  leftOut: string[],
): GatheredRun {
  const run = records.run(id);
  const files = new Map(records.artifacts(run.id).map((a) => [a.name, a]));
  const read = (name: string) => readText(records, run.id, name, leftOut);
  const evaluations: Evaluation[] = [];
  for (const name of files.keys()) {
    if (!/^evaluation\/[^/]+\/.+\.json$/.test(name)) continue;
    const text = read(name);
    if (text === null) continue;
    const record = parseEvaluation(text);
    if (record) evaluations.push({ record, pictures: [] });
    else leftOut.push(`${name} of ${run.id} is no evaluation record`);
  }
  const told = files.has("engine.json") ? read("engine.json") : null;
  const engine = told === null ? null : parseEngine(told);
  if (told !== null && !engine) {
    leftOut.push(`engine.json of ${run.id} is no record of an engine`);
  }
  const log = records.log(run.id);
  const data: RunData = {
    run,
    series: records.metricSeries(run.id),
    weightHashes: records.weightHashes(run.id).length,
    engine,
    evaluations,
    log: log.slice(-logLines),
    logLines: log.length,
    network: files.has("network.svg") ? read("network.svg") : null,
  };
  return { data, files };
}

function readText(
  records: Records,
  id: string,
  name: string,
  leftOut: string[],
): string | null {
  const bytes = readBytes(records, id, name, leftOut);
  return bytes && new TextDecoder().decode(bytes);
}

function readBytes(
  records: Records,
  id: string,
  name: string,
  leftOut: string[],
): Uint8Array | null {
  try {
    return records.artifact(id, name);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    leftOut.push(`${name} of ${id} is left out: ${error.message}`);
    return null;
  }
}

const bytes = z.number().nullable();

/** Keeps to `EngineRecord`. */
const engineSchema = z.object({
  precision: z.string(),
  peakBytes: bytes,
  limitBytes: bytes,
  programs: z.array(z.object({
    name: z.string(),
    key: z.string(),
    origin: z.enum(["compiled", "loaded"]),
    seconds: z.number(),
    workBytes: bytes,
  })),
});

function parseEngine(text: string): EngineRecord | null {
  try {
    return engineSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const split = z.enum(["train", "validation", "test"]);
const triple = z.tuple([z.number(), z.number(), z.number()]);
const numbers = z.record(z.string(), z.number().nullable());

/** Keeps to `EvaluationRecord`; JSON has no NaN, which was written as null. */
const evaluationSchema = z.object({
  split,
  volume: z.string(),
  step: z.number(),
  shapeVox: triple,
  voxelNm: triple,
  thresholdFrom: split,
  metrics: numbers,
  baseline: numbers,
  precisionRecall: z.array(z.object({
    threshold: z.number(),
    precision: z.number().nullable().transform((p) => p ?? NaN),
    recall: z.number().nullable().transform((r) => r ?? NaN),
  })),
  sections: z.array(z.object({
    z: z.number(),
    dice: z.number().nullable().transform((dice) => dice ?? NaN),
    truthVox: z.number(),
    predictedVox: z.number(),
  })),
});

function parseEvaluation(text: string): EvaluationRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return evaluationSchema.safeParse(value).data ?? null;
}

/** Pictures by hash, each once, until there is no room for more. */
class PictureShelf {
  readonly pictures = new Map<string, Uint8Array>();
  readonly #records: Records;
  readonly #mostBytes: number;
  readonly #leftOut: string[];
  #bytes = 0;
  #sectionsLeftOut = 0;

  constructor(records: Records, mostBytes: number, leftOut: string[]) {
    this.#records = records;
    this.#mostBytes = mostBytes;
    this.#leftOut = leftOut;
  }

  /** The sections of an evaluation whose pictures are there and fit. */
  take(
    id: string,
    { split, volume, sections }: EvaluationRecord,
    files: ReadonlyMap<string, Artifact>,
  ): SectionPictures[] {
    return sections.flatMap(({ z }) => {
      const [raw, truth, prediction] = ["raw", "truth", "prediction"].map(
        (kind) => files.get(`evaluation/${split}/${volume}/${z}/${kind}.png`),
      );
      if (!raw || !prediction) return [];
      const wanted = [raw, prediction, ...truth ? [truth] : []];
      const bytes = wanted.reduce(
        (sum, { sha256, bytes }) =>
          sum + (this.pictures.has(sha256) ? 0 : bytes),
        0,
      );
      if (this.#bytes + bytes > this.#mostBytes) {
        this.#sectionsLeftOut++;
        return [];
      }
      if (!wanted.every((file) => this.#add(id, file))) return [];
      return [{
        z,
        raw: raw.sha256,
        truth: truth?.sha256 ?? null,
        prediction: prediction.sha256,
      }];
    });
  }

  /** Says what did not fit. */
  report(): void {
    if (this.#sectionsLeftOut === 0) return;
    this.#leftOut.push(
      `Pictures of ${plural(this.#sectionsLeftOut, "section")} are left out: ` +
        `a report holds at most ${formatBytes(this.#mostBytes)} of them`,
    );
  }

  #add(id: string, { name, sha256 }: Artifact): boolean {
    if (this.pictures.has(sha256)) return true;
    const bytes = readBytes(this.#records, id, name, this.#leftOut);
    if (!bytes) return false;
    this.pictures.set(sha256, bytes);
    this.#bytes += bytes.length;
    return true;
  }
}
