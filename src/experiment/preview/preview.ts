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
import {
  cleftVoxels,
  openingSections,
  placeOfMost,
} from "./opening_sections.ts";
import { Tally } from "./tally.ts";

/** Samples that changes are measured on, and that are shown at most. */
export const mostDraws = 48;

/** Samples looked at to find one with a cleft, where they are rare. */
const mostSearched = 2000;

/**
 * Shows what an experiment's augmentations do: all together on the first
 * samples of its training that have a cleft, each seen first where it has most of
 * it, and each by itself, always applied, on the patch with most cleft voxels among
 * the first samples.
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
    section: previewer.section,
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
  /** Cleft voxels of each section of the first samples, before anything is done. */
  readonly #clefts: readonly (readonly number[])[];
  /** The sample that has most of them. */
  readonly #richest: number;

  constructor(stream: StreamPlan, draws: number) {
    this.#stream = stream;
    this.#draws = draws;
    this.#untouched = this.#withChances(() => 0);
    const clefts = Array.from(
      { length: mostDraws },
      (_, i) => this.#cleftsOf(i),
    );
    while (!clefts.some(hasCleft) && clefts.length < mostSearched) {
      clefts.push(this.#cleftsOf(clefts.length));
    }
    const counts = clefts.map(sumOf);
    this.#clefts = clefts;
    this.#richest = placeOfMost(counts);
  }

  /** The section with most cleft of the patch with most; the middle one without. */
  get section(): number {
    const counts = this.#clefts[this.#richest]!;
    return hasCleft(counts) ? placeOfMost(counts) : counts.length >> 1;
  }

  /** The whole chain as training applies it. */
  together(): PreviewStage {
    const { augment } = this.#stream;
    const names = augment.map(({ type }) => type).join(", ");
    return {
      id: "together",
      title: "all together",
      summary: `${names}: the first samples of the training with a cleft`,
      p: null,
      options: [],
      ...this.#show(
        this.#withChances((k) => Number(augment[k]!.p)),
        {
          shown: this.#firstWithCleft(),
          moved: (record) => record,
          opensAt: openingSections,
        },
      ),
    };
  }

  /** The augmentation at place `k` of the list, always applied. */
  alone(k: number): PreviewStage {
    const entry = this.#stream.augment[k]!;
    const component = augmentations.components
      .find(({ name }) => name === entry.type)!;
    const { place } = this.#untouched.draw(this.#richest);
    return {
      id: `augment-${k}`,
      title: entry.type,
      summary: component.summary,
      p: Number(entry.p),
      options: optionsOf(entry, defaultOptions(component)),
      ...this.#show(
        this.#withChances((other) => Number(other === k)),
        {
          shown: Array.from({ length: this.#draws }, (_, i) => i),
          moved: (record) => ({ ...record, place }),
        },
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

  /** Cleft voxels in each section of a sample. */
  #cleftsOf(index: number): readonly number[] {
    return cleftVoxels(this.#untouched.make(this.#untouched.draw(index)));
  }

  /** The first samples with a cleft, then others where there are too few. */
  #firstWithCleft(): readonly number[] {
    const all = [...this.#clefts.keys()].slice(0, mostDraws);
    return all.filter((i) => hasCleft(this.#clefts[i]!))
      .concat(all.filter((i) => !hasCleft(this.#clefts[i]!)))
      .slice(0, this.#draws);
  }

  /** Changes of the first samples, and some of these one by one. */
  #show(
    pipeline: Pipeline,
    { shown, moved, opensAt }: {
      readonly shown: readonly number[];
      readonly moved: (record: SampleRecord) => SampleRecord;
      /** Where a sample is seen first; at the page's section by default. */
      readonly opensAt?: typeof openingSections;
    },
  ): Pick<PreviewStage, "changes" | "greys" | "draws"> {
    const tally = new Tally();
    const draws = new Map<number, PreviewDraw>();
    for (let index = 0; index < mostDraws; index++) {
      const record = moved(pipeline.draw(index));
      const before = this.#untouched.make({
        ...record,
        steps: record.steps.map((step) => ({ ...step, parameters: null })),
      });
      const after = pipeline.make(record);
      tally.add(before, after);
      if (!shown.includes(index)) continue;
      draws.set(index, {
        address: openRng(this.#stream.seed).at("sample", index).address,
        steps: record.steps.filter(({ parameters }) => parameters !== null),
        before: drawPatch(before),
        after: drawPatch(after),
        opensAt: opensAt?.(before, after),
      });
    }
    return {
      changes: tally.changes,
      greys: tally.greys,
      draws: shown.map((index) => draws.get(index)!),
    };
  }
}

function hasCleft(counts: readonly number[]): boolean {
  return sumOf(counts) > 0;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
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
