import type { Zyx } from "../volume.ts";

/** Which voxels touch: by faces (6), also by edges (18), also by corners (26). */
export type Connectivity = 6 | 18 | 26;

/** The connected components of a mask. */
export interface Components {
  /** 0 in the background, else the component's number from 1, `[D, H, W]`. */
  readonly labels: Int32Array;
  /** How many there are. */
  readonly count: number;
}

/**
 * Numbers the connected components of the non-zero voxels from 1, in the order
 * of their first voxels (as `scipy.ndimage.label` does). One raster scan with
 * union-find and one to number.
 */
export function labelComponents(
  mask: Uint8Array,
  shapeVox: Zyx,
  connectivity: Connectivity,
): Components {
  const [depth, height, width] = shapeVox;
  const labels = new Int32Array(depth * height * width);
  const before = neighboursBefore(connectivity);
  const forest = new Forest();
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (mask[i] === 0) continue;
        let label = 0;
        for (const [dz, dy, dx] of before) {
          const ny = y + dy, nx = x + dx;
          if (z + dz < 0 || ny < 0 || ny >= height || nx < 0 || nx >= width) {
            continue;
          }
          const other = labels[i + (dz * height + dy) * width + dx]!;
          if (other === 0 || other === label) continue;
          label = label === 0 ? other : forest.join(label, other);
        }
        labels[i] = label === 0 ? forest.plant() : label;
      }
    }
  }
  const { numbers, count } = forest.number();
  for (let i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]!]!;
  return { labels, count };
}

/** The neighbours that a raster scan visits before a voxel. */
function neighboursBefore(connectivity: Connectivity): readonly Zyx[] {
  const farthest = { 6: 1, 18: 2, 26: 3 }[connectivity];
  const result: Zyx[] = [];
  for (let n = 0; n < 13; n++) { // of the 27 offsets, the 13 before the centre
    const [dz, dy, dx] = [
      Math.floor(n / 9) - 1,
      Math.floor(n / 3) % 3 - 1,
      n % 3 - 1,
    ] as const;
    if (Math.abs(dz) + Math.abs(dy) + Math.abs(dx) <= farthest) {
      result.push([dz, dy, dx]);
    }
  }
  return result;
}

/** Disjoint sets of labels; the root of a set is its lowest label. */
class Forest {
  #parents = new Int32Array(1024);
  #size = 1; // 0 is the background

  /** A new set of one label. */
  plant(): number {
    if (this.#size === this.#parents.length) {
      const larger = new Int32Array(2 * this.#size);
      larger.set(this.#parents);
      this.#parents = larger;
    }
    this.#parents[this.#size] = this.#size;
    return this.#size++;
  }

  /** Joins the sets of two labels; gives the root. */
  join(a: number, b: number): number {
    const rootA = this.#root(a), rootB = this.#root(b);
    const low = Math.min(rootA, rootB);
    this.#parents[Math.max(rootA, rootB)] = low;
    return low;
  }

  /** Numbers the sets from 1 by their lowest labels. */
  number(): { numbers: Int32Array; count: number } {
    const numbers = new Int32Array(this.#size);
    let count = 0;
    for (let label = 1; label < this.#size; label++) {
      const root = this.#root(label); // never above the label
      numbers[label] = root === label ? ++count : numbers[root]!;
    }
    return { numbers, count };
  }

  #root(label: number): number {
    const parents = this.#parents;
    while (parents[label] !== label) {
      label = parents[label] = parents[parents[label]!]!; // path halving
    }
    return label;
  }
}
