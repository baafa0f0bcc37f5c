import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Entry, Volume } from "@/core/mod.ts";
import {
  openRecords,
  type Records,
  type Run,
  type Split,
  type WeightHash,
} from "@/record/mod.ts";
import { type Plan, planExperiment } from "../plan/mod.ts";
import { checkSpec } from "../spec/mod.ts";
import type { ReportingContext } from "./context.ts";
import { isRepeatable } from "./recording.ts";
import { startRun } from "./start.ts";
import type { Region } from "./volumes.ts";

/** Keys of an experiment file, or of a part of one. */
export type Written = Readonly<Record<string, unknown>>;

/** A volume of 4 × 16 × 16 voxels; with 1, 4, 5, 6, 14 and 15 it has clefts. */
export function smallPhantom(seed: number): Written {
  const extent = { shapeVox: [4, 16, 16], voxelNm: [50, 20, 20] };
  return { source: { type: "phantom", seed, ...extent } };
}

/**
 * An experiment of a tenth of a second: six steps of two samples, a checkpoint and a
 * validation after the third and the sixth.
 */
export function smallPlan(
  { data = {}, train = {}, infer = {}, ...changes }: Written & {
    readonly data?: Written;
    readonly train?: Written;
    readonly infer?: Written;
  } = {},
): Plan {
  return planExperiment(checkSpec({
    name: "small",
    data: {
      train: [smallPhantom(15)],
      validation: [smallPhantom(6)],
      ...data,
    },
    sampler: { type: "uniform", patchVox: [2, 8, 8] },
    model: {
      ...{ type: "resUnet", filters: [2, 3], anisotropicLevels: 1 },
      ...{ upsampling: "nearest", block: { type: "plain" } }, // cheap ones
    },
    loss: { terms: [{ type: "bce" }, { type: "dice" }] },
    infer: { overlap: 0, patchVox: [4, 16, 16], ...infer },
    train: {
      ...{ volumeTotal: 12, volumeSave: 6, validateEvery: 6, batch: 2 },
      ...{ workers: 0, threads: 1, engine: "embedded" },
      ...train,
    },
    evaluate: { metrics: ["averagePrecision", "dice"], sectionsShown: 1 },
    ...changes,
  }, "test"));
}

/** A volume as the region of an experiment at a place, such as `train[0]`. */
export function regionOf(
  place: `${Split}[${number}]`,
  volume: Volume,
): Region {
  return {
    split: place.replace(/\[.*/, "") as Split,
    place: `data.${place}`,
    source: { type: "made" } as Entry,
    wholeVox: 1,
    volume,
  };
}

/** A folder where experiments are carried out, in this process. */
export class Workplace implements Disposable {
  /** What holds results and data. */
  readonly folder = Deno.realPathSync(
    Deno.makeTempDirSync({ prefix: "cleft-run-" }),
  );
  /** What was printed. */
  readonly printed: string[] = [];
  /** Where a run is stopped, if anywhere: when it prints such a line. */
  stopAt: RegExp | null = null;

  /** Where and how the next run is carried out. */
  get context(): ReportingContext {
    const stop = new AbortController();
    return {
      resultsFolder: join(this.folder, "results"),
      projectFolder: this.folder,
      cacheFolder: join(this.folder, "cache"),
      dataRoots: [this.folder],
      signal: stop.signal,
      print: (line) => {
        this.printed.push(line);
        if (this.stopAt?.test(line)) stop.abort();
      },
      isTerminal: false,
      wantsPage: false,
      linkTo: (path) => path,
      onBegin: () => {},
      resumeBy: (id) => `deno task resume ${id}`,
    };
  }

  /** The records, to read. */
  records(): Records {
    return openRecords(this.context.resultsFolder, { readOnly: true });
  }

  /** Carries a plan out. */
  run(plan = smallPlan()): Promise<Run> {
    return startRun({ plan, file: "small.yaml", overrides: [] }, this.context);
  }

  /** Begins a plan and stops it when it prints such a line. */
  async cut(stopAt: RegExp, plan = smallPlan()): Promise<Run> {
    this.stopAt = stopAt;
    const run = await this.run(plan);
    this.stopAt = null;
    return run;
  }

  /** What was printed since the last time it was asked for. */
  said(): string[] {
    return this.printed.splice(0);
  }

  /** The log of a run, each line with its level. */
  log(id: string): string[] {
    using records = this.records();
    return records.log(id).map(({ level, text }) => `${level}: ${text}`);
  }

  /** What a repetition has to give again, to the bit. */
  traceOf(id: string): Trace {
    using records = this.records();
    return {
      metrics: records.metrics(id)
        .filter(({ name }) => isRepeatable(name))
        .map(({ split, name, step, value }) =>
          `${split} ${name} ${step} ${value}`
        ),
      weights: records.weightHashes(id),
      samples: records.samples(id)
        .map(({ index, step, sha256 }) => `${index} ${step} ${sha256}`),
    };
  }

  /** Makes the content of an artifact unreadable, in every run that has it. */
  damage(id: string, name: string): void {
    using records = this.records();
    const { sha256 } = records.artifacts(id).find((one) => one.name === name)!;
    this.change("UPDATE object SET content = X'00' WHERE sha256 = ?", sha256);
  }

  /** Changes what is on record by a statement of SQL. */
  change(statement: string, ...values: readonly string[]): void {
    const path = join(this.context.resultsFolder, "runs.sqlite");
    using database = new DatabaseSync(path);
    database.prepare(statement).run(...values);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** Numbers, hashes of weights and of samples. */
export interface Trace {
  readonly metrics: readonly string[];
  readonly weights: readonly WeightHash[];
  readonly samples: readonly string[];
}
