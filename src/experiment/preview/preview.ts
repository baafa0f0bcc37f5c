import {
  defaultOptions,
  type Entry,
  ExperimentError,
  openRng,
  type Sample,
  sectionsOf,
  type Zyx,
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
  type StageChanges,
} from "@/report/mod.ts";
import { loadData } from "../run/data.ts";
import { type DataPlace, openVolumes } from "../run/volumes.ts";
import type { Spec } from "../spec/mod.ts";

/** Samples looked at to find a patch with clefts, and to measure changes: shown at most. */
export const mostDraws = 48;

/** Bins of the grey values' distribution. */
const greyBins = 64;

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
        this.#withChances((k) => Number(augment[k]!.p ?? 1)),
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
      p: Number(entry.p ?? 1),
      options: optionsOf(entry, defaultOptions(component)),
      ...this.#show(
        this.#withChances((other) => other === k ? 1 : 0),
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
    let most = -1, place!: SampleRecord["place"];
    for (let index = 0; index < mostDraws; index++) {
      const record = this.#untouched.draw(index);
      const cleftVox = this.#untouched.make(record).target
        .reduce((sum, label) => sum + label, 0);
      if (cleftVox > most) [most, place] = [cleftVox, record.place];
    }
    return place;
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

/** Counts what samples have in common before and after. */
class Tally {
  #draws = 0;
  #changed = 0;
  #sections = 0;
  #greySections = 0;
  #labelSections = 0;
  readonly #before = new Float64Array(greyBins);
  readonly #after = new Float64Array(greyBins);

  add(before: Sample, after: Sample): void {
    const grey = changedSections(before.image, after.image, before.shapeVox);
    const target = changedSections(
      before.target,
      after.target,
      before.shapeVox,
    );
    const mask = changedSections(before.mask, after.mask, before.shapeVox);
    this.#draws++;
    this.#sections += grey.length;
    const labels = target.map((changed, z) => changed || mask[z]!);
    this.#greySections += grey.filter(Boolean).length;
    this.#labelSections += labels.filter(Boolean).length;
    if (grey.some(Boolean) || labels.some(Boolean)) this.#changed++;
    addToBins(this.#before, before.image);
    addToBins(this.#after, after.image);
  }

  get changes(): StageChanges {
    return {
      draws: this.#draws,
      samples: this.#changed / this.#draws,
      greySections: this.#greySections / this.#sections,
      labelSections: this.#labelSections / this.#sections,
    };
  }

  get greys(): PreviewStage["greys"] {
    return { before: shares(this.#before), after: shares(this.#after) };
  }
}

/** For each section, whether it holds other numbers than before. */
function changedSections(
  before: Float32Array | Uint8Array,
  after: Float32Array | Uint8Array,
  shapeVox: Zyx,
): boolean[] {
  const others = sectionsOf(after, shapeVox);
  return [...sectionsOf(before, shapeVox)].map((section) => {
    const other = others.next().value!;
    return section.some((value, i) => value !== other[i]);
  });
}

function addToBins(bins: Float64Array, image: Float32Array): void {
  for (let i = 0; i < image.length; i++) {
    const bin = Math.floor(image[i]! * greyBins);
    bins[Math.min(greyBins - 1, Math.max(0, bin))]! += 1;
  }
}

function shares(bins: Float64Array): number[] {
  const sum = bins.reduce((a, b) => a + b, 0);
  return [...bins].map((count) => count / sum);
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
