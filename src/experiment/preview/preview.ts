import {
  defaultOptions,
  type Entry,
  ExperimentError,
  openRng,
} from "@/core/mod.ts";
import {
  augmentations,
  openPlan,
  type Pipeline,
  type SampleRecord,
  type StreamPlan,
} from "@/data/mod.ts";
import {
  drawPatch,
  type PreviewData,
  type PreviewDraw,
  type PreviewStage,
} from "@/report/mod.ts";
import { loadData } from "../run/data.ts";
import { type DataPlace, openVolumes } from "../run/volumes.ts";
import type { Spec } from "../spec/mod.ts";
import { Tally } from "./tally.ts";

/** Samples looked at to find a patch with clefts, and to measure changes: shown at most. */
export const mostDraws = 48;

/**
 * Shows what an experiment's augmentations do: all together on the first
 * samples of its training, and each by itself, always applied, on the patch with
 * most cleft voxels among the first samples.
 *
 * @throws {ExperimentError} If the data cannot be read, or the experiment has no
 * augmentation.
 */
export async function previewExperiment(
  spec: Spec,
  { draws, place }: { readonly draws: number; readonly place: DataPlace },
): Promise<PreviewData> {
  if (spec.augment.length === 0) {
    throw new ExperimentError("Cannot show augmentations: there are none", {
      where: "augment",
      fix: "List some, such as augment: [{ type: simple }]",
    });
  }
  using volumes = await openVolumes(spec, place);
  const { stream } = await loadData(spec, { volumes, place });
  const previewer = new Previewer(stream, draws);
  return {
    title: spec.name,
    summary: spec.summary,
    seed: spec.seed,
    patchVox: stream.patchVox,
    voxelNm: stream.volumes[0]!.voxelNm,
    stages: [
      previewer.together(),
      ...spec.augment.map((_, k) => previewer.alone(k)),
    ],
  };
}

/** Makes the samples of a plan with other chances than the plan's. */
class Previewer {
  readonly #stream: StreamPlan;
  readonly #draws: number;
  readonly #untouched: Pipeline;

  constructor(stream: StreamPlan, draws: number) {
    this.#stream = stream;
    this.#draws = draws;
    this.#untouched = this.#withChances(() => 0);
  }

  /** The whole chain as training applies it. */
  together(): PreviewStage {
    const { augment } = this.#stream;
    const names = augment.map(({ type }) => type).join(", ");
    return {
      id: "together",
      title: "all together",
      summary: `${names}: the first samples of the training`,
      p: null,
      options: [],
      ...this.#show(
        this.#withChances((k) => Number(augment[k]!.p)),
        (record) => record,
      ),
    };
  }

  /** The augmentation at place `k` of the list, always applied. */
  alone(k: number): PreviewStage {
    const entry = this.#stream.augment[k]!;
    const component = augmentations.components
      .find(({ name }) => name === entry.type)!;
    const place = this.#richestPlace();
    return {
      id: `augment-${k}`,
      title: entry.type,
      summary: component.summary,
      p: Number(entry.p),
      options: optionsOf(entry, defaultOptions(component)),
      ...this.#show(
        this.#withChances((other) => Number(other === k)),
        (record) => ({ ...record, place }),
      ),
    };
  }

  #withChances(chanceOf: (k: number) => number): Pipeline {
    const { augment } = this.#stream;
    return openPlan({
      ...this.#stream,
      augment: augment.map((entry, k) => ({ ...entry, p: chanceOf(k) })),
    });
  }

  /** Where the most cleft voxels are, of the places of the first samples. */
  #richestPlace(): SampleRecord["place"] {
    const records = Array.from(
      { length: mostDraws },
      (_, index) => this.#untouched.draw(index),
    );
    const cleftVox = records.map((record) =>
      this.#untouched.make(record).target.reduce((sum, label) => sum + label)
    );
    return records[cleftVox.indexOf(Math.max(...cleftVox))]!.place;
  }

  #show(
    pipeline: Pipeline,
    moved: (record: SampleRecord) => SampleRecord,
  ): Pick<PreviewStage, "changes" | "greys" | "draws"> {
    const tally = new Tally();
    const draws: PreviewDraw[] = [];
    for (let index = 0; index < mostDraws; index++) {
      const record = moved(pipeline.draw(index));
      const before = this.#untouched.make({
        ...record,
        steps: record.steps.map((step) => ({ ...step, parameters: null })),
      });
      const after = pipeline.make(record);
      tally.add(before, after);
      if (index >= this.#draws) continue;
      draws.push({
        address: openRng(this.#stream.seed).at("sample", index).address,
        steps: record.steps.filter(({ parameters }) => parameters !== null),
        before: drawPatch(before),
        after: drawPatch(after),
      });
    }
    return { changes: tally.changes, greys: tally.greys, draws };
  }
}

/** An entry's own options, those that are no default first. */
function optionsOf(
  { type: _, p: __, ...options }: Entry,
  defaults: Readonly<Record<string, unknown>>,
): PreviewStage["options"] {
  return Object.entries(options)
    .map(([name, value]) => ({
      name,
      value,
      isDefault: JSON.stringify(value) === JSON.stringify(defaults[name]),
    }))
    .sort((a, b) => Number(a.isDefault) - Number(b.isDefault));
}
