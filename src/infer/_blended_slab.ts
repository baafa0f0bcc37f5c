import { sizeOf, type Zyx } from "@/core/mod.ts";

/**
 * The weighted mean of overlapping tiles over as many sections as a tile has;
 * sections leave when no later tile reaches them.
 */
export class BlendedSlab {
  readonly #shapeVox: Zyx;
  readonly #patchVox: Zyx;
  readonly #weights: Float32Array;
  readonly #sums: Float32Array; // of weight times probability, [D, H, W]
  readonly #totals: Float32Array; // of weights, [D, H, W]

  /** Starts at the first section, with whole sections of `height` × `width`. */
  constructor(
    patchVox: Zyx,
    weights: Float32Array,
    { height, width }: { height: number; width: number },
  ) {
    this.#shapeVox = [patchVox[0], height, width];
    this.#patchVox = patchVox;
    this.#weights = weights;
    this.#sums = new Float32Array(sizeOf(this.#shapeVox));
    this.#totals = new Float32Array(sizeOf(this.#shapeVox));
  }

  /** Adds the prediction of the tile at `startY`, `startX`. */
  add(probability: Float32Array, startY: number, startX: number): void {
    const [, height, width] = this.#shapeVox;
    const [depth, rows, columns] = this.#patchVox;
    const sums = this.#sums, totals = this.#totals, weights = this.#weights;
    for (let z = 0, from = 0; z < depth; z++) {
      for (let y = 0; y < rows; y++) {
        let to = (z * height + startY + y) * width + startX;
        for (let x = 0; x < columns; x++, from++, to++) {
          sums[to]! += probability[from]! * weights[from]!;
          totals[to]! += weights[from]!;
        }
      }
    }
  }

  /** Gives the first sections, `[sections, H, W]`, and moves the others up. */
  take(sections: number): Float32Array {
    const [, height, width] = this.#shapeVox;
    const count = sections * height * width;
    const probability = this.#sums.slice(0, count);
    for (let i = 0; i < count; i++) probability[i]! /= this.#totals[i]!;
    for (const array of [this.#sums, this.#totals]) {
      array.copyWithin(0, count);
      array.fill(0, array.length - count);
    }
    return probability;
  }
}
