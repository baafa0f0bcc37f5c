import { type Sample, sectionsOf, type Zyx } from "@/core/mod.ts";
import type { PreviewStage, StageChanges } from "@/report/mod.ts";

/** Bins of the grey values' distribution. */
const greyBins = 64;

/** Counts what samples have in common before and after. */
export class Tally {
  #draws = 0;
  #changed = 0;
  #sections = 0;
  #greySections = 0;
  #labelSections = 0;
  readonly #before = new Float64Array(greyBins);
  readonly #after = new Float64Array(greyBins);

  /** Counts a sample. */
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

  /** How many there were, and which share of them or of their sections changed. */
  get changes(): StageChanges {
    return {
      draws: this.#draws,
      samples: this.#changed / this.#draws,
      greySections: this.#greySections / this.#sections,
      labelSections: this.#labelSections / this.#sections,
    };
  }

  /** The share of voxels in each bin of grey values. */
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
  for (const grey of image) {
    const bin = Math.floor(grey * greyBins);
    bins[Math.min(greyBins - 1, Math.max(0, bin))]!++;
  }
}

function shares(bins: Float64Array): number[] {
  const sum = bins.reduce((a, b) => a + b);
  return [...bins].map((count) => count / sum);
}
