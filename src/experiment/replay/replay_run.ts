import { join } from "node:path";
import * as z from "zod";
import { openRng, readJsonAs, type Volume, type Zyx } from "@/core/mod.ts";
import { hashExample, openPipeline, type SampleRecord } from "@/data/mod.ts";
import {
  describeCode,
  describeMachine,
  readRecords,
  type Run,
  type SeenSample,
} from "@/record/mod.ts";
import { type Plan, planOf, samplesPerStep, targetsOf } from "../plan/mod.ts";
import { loadResource, pipelinePlanOf, resourceInputs } from "../run/data.ts";
import { refuseChangedData } from "../run/inputs.ts";
import type { RunContext } from "../run/context.ts";
import { changedSurroundings } from "../run/surroundings.ts";
import { openVolumes } from "../run/volumes.ts";
import { chooseSamples, type SampleChoice } from "./choose_samples.ts";
import type { MadeSample, ReplayedSample } from "./made_sample.ts";
import { samplePaths, writeSample } from "./write_sample.ts";

/** Which samples to make again, and where to write them. */
export interface ReplayRequest extends SampleChoice {
  /** The run, by anything that names one. */
  readonly run: string;
  /** The folder to write to; `replay` in the run's own by default. */
  readonly outputFolder?: string | undefined;
  /** Told of the files that will be written, before any is. */
  onOutputs?(paths: readonly string[]): void;
}

/**
 * Makes samples of a run again from its recorded plan, each as training saw it,
 * compares them with what was recorded, and writes each as HDF5, PNG and JSON.
 *
 * @throws {ExperimentError} If there is no such run or sample, or the training
 * data has changed.
 */
export async function replayRun(
  request: ReplayRequest,
  context: RunContext,
): Promise<readonly ReplayedSample[]> {
  using records = readRecords(context.resultsFolder);
  const run = records.run(request.run);
  const plan = planOf(run);
  const indices = chooseSamples(request, {
    id: run.id,
    recorded: records.sampleIndices(run.id),
    planned: plan.steps.total * samplesPerStep(plan.spec.train),
  });
  const folder = request.outputFolder ??
    join(records.folder, "runs", run.id, "replay");
  using maker = await openMaker(run, plan, context);
  request.onOutputs?.(indices.flatMap((index) => samplePaths(folder, index)));
  const replayed: ReplayedSample[] = [];
  for (const index of indices) {
    context.signal.throwIfAborted();
    const made = maker.make(index, records.sample(run.id, index));
    const files = await writeSample(folder, made);
    replayed.push({ ...made.facts, files });
  }
  return replayed;
}

/** Makes the samples of a run. */
interface Maker extends Disposable {
  /** Makes a sample and compares it with what was recorded of it. */
  make(index: number, seen: SeenSample | null): MadeSample;
}

/** Opens the training data of a run, and nothing else of it. */
async function openMaker(
  run: Run,
  { spec }: Plan,
  context: RunContext,
): Promise<Maker> {
  using opened = new DisposableStack();
  const data = { ...spec.data, validation: [], test: [] };
  const volumes = opened.use(await openVolumes({ data }, context));
  refuseChangedData(run, { opened: volumes.inputs, doing: "replay" });
  const train = volumes.of("train");
  const resource = await loadResource(spec, { volumes: train, place: context });
  refuseChangedData(run, {
    opened: resourceInputs(resource),
    doing: "replay",
  });
  const pipeline = openPipeline(train, { ...pipelinePlanOf(spec), resource });
  const closing = opened.move();

  function make(index: number, seen: SeenSample | null): MadeSample {
    const record: SampleRecord = seen?.drawn
      ? drawnOf(run, seen.drawn)
      : pipeline.draw(index);
    const sample = pipeline.make(record), example = pipeline.example(record);
    const sha256 = hashExample(example);
    const isDifferent = seen !== null && seen.sha256 !== sha256;
    return {
      sample,
      example,
      heads: targetsOf(spec).map(({ quantity = "scalar" }, i) => ({
        name: spec.heads[i - 1]?.name ?? "primary",
        quantity,
      })),
      facts: {
        run: run.id,
        index,
        step: Math.floor(index / samplesPerStep(spec.train)) + 1,
        comparison: seen ? isDifferent ? "different" : "identical" : "unknown",
        sha256,
        recordedSha256: seen?.sha256 ?? null,
        reasons: isDifferent ? changedCode(run, context) : [],
        stream: openRng(spec.seed).at("sample", index).address,
        place: placeOf(record, train),
        shapeVox: sample.shapeVox,
        voxelNm: sample.voxelNm,
        augmentations: spec.augment.map((augmentation, k) => ({
          augmentation,
          parameters: record.steps[k]!.parameters,
        })),
      },
    };
  }

  return { make, [Symbol.dispose]: () => closing.dispose() };
}

function placeOf(
  { place: { volume, startVox } }: SampleRecord,
  volumes: readonly Volume[],
): ReplayedSample["place"] {
  const { name, offsetNm, voxelNm } = volumes[volume]!;
  return {
    volume,
    name,
    startVox,
    offsetNm: startVox.map((start, axis) =>
      offsetNm[axis]! + start * voxelNm[axis]!
    ) as unknown as Zyx,
  };
}

const drawnSchema = z.looseObject({
  index: z.int(),
  place: z.looseObject({}),
  steps: z.array(z.looseObject({ type: z.string() })),
});

/** What was drawn for a sample of a run, by its record. */
function drawnOf({ id }: Run, drawn: string): SampleRecord {
  return readJsonAs(drawn, {
    schema: drawnSchema,
    what: "what was drawn for a sample",
    where: `run ${id}`,
    fix: "Restore runs.sqlite from a backup: it is damaged",
  }) as unknown as SampleRecord;
}

/** What differs, since a run, in the code and in what carries it out. */
function changedCode(
  { environment }: Run,
  { projectFolder }: RunContext,
): readonly string[] {
  const { cpu, versions } = describeMachine();
  return changedSurroundings({ environment, inputs: [] }, {
    environment: {
      ...environment,
      ...describeCode(projectFolder),
      cpu,
      versions: { ...environment.versions, ...versions },
    },
    inputs: [],
  });
}
