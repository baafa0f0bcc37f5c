import { Forest } from "./_forest.ts";
import { type Connectivity, neighboursBefore } from "./_neighbours.ts";

/**
 * Labels the connected components of a mask that comes section by section, by
 * union-find. It keeps the labels of two sections, whatever their number, and
 * four bytes for each label.
 *
 * Labels are preliminary until the last section is in: several may turn out to
 * be of one component, as {@linkcode SectionLabels.number} then says. The same
 * sections get the same preliminary labels again, so that a second pass can give
 * every voxel its component's number.
 */
export class SectionLabels {
  readonly #height: number;
  readonly #width: number;
  /** Neighbours before a voxel in its own section and in the one below. */
  readonly #within: readonly number[];
  readonly #across: readonly number[];
  readonly #forest = new Forest();
  #here: Int32Array; // labels with a rim of zeros, [H + 2, W + 2]
  #below: Int32Array;

  /** Labels sections of an extent. */
  constructor(
    [height, width]: readonly [height: number, width: number],
    connectivity: Connectivity,
  ) {
    [this.#height, this.#width] = [height, width];
    const before = neighboursBefore(connectivity), pitch = width + 2;
    const offsets = (dz: number) =>
      before.filter((one) => one[0] === dz)
        .map(([, dy, dx]) => dy * pitch + dx);
    this.#within = offsets(0);
    this.#across = offsets(-1);
    this.#here = new Int32Array((height + 2) * pitch);
    this.#below = new Int32Array((height + 2) * pitch);
  }

  /** Labels the next section, `[H, W]`, into `to`: from 1, 0 in the background. */
  add(mask: Uint8Array, to: Int32Array): void {
    const height = this.#height, width = this.#width, pitch = width + 2;
    const within = this.#within, across = this.#across, forest = this.#forest;
    const here = this.#below, below = this.#here;
    [this.#here, this.#below] = [here, below];
    here.fill(0);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0, at = (y + 1) * pitch + 1; x < width; x++, i++, at++) {
        if (mask[i] === 0) {
          to[i] = 0;
          continue;
        }
        let label = 0;
        for (let n = 0; n < across.length; n++) {
          const other = below[at + across[n]!]!;
          if (other === 0 || other === label) continue;
          label = label === 0 ? other : forest.join(label, other);
        }
        for (let n = 0; n < within.length; n++) {
          const other = here[at + within[n]!]!;
          if (other === 0 || other === label) continue;
          label = label === 0 ? other : forest.join(label, other);
        }
        here[at] = to[i] = label === 0 ? forest.plant() : label;
      }
    }
  }

  /**
   * The number of each label's component, from 1 in the order of their first
   * voxels, and how many components there are.
   */
  number(): { readonly numbers: Int32Array; readonly count: number } {
    return this.#forest.number();
  }
}
