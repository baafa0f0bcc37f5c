import { mapZyx, type Zyx } from "@/core/mod.ts";

/** The first and the last of the voxels that something depends on. */
type Range = readonly [first: number, last: number];

/** How a finer grid is made of a coarser one. */
export type Raising =
  /** Each voxel from those whose centres are next to its own. */
  | "between"
  /** Each voxel from the one that it is part of. */
  | "within"
  /** Voxels 0, f, 2 f, … from one each, others from both beside them. */
  | "around";

/**
 * Which voxels of the image the features of a grid depend on, exactly: they lie
 * side by side along each axis. It does not know the borders of the image.
 */
export class Sight {
  /** Extent of the grid. */
  readonly shapeVox: Zyx;
  readonly #rangeOf: (axis: 0 | 1 | 2, at: number) => Range;

  private constructor(
    shapeVox: Zyx,
    rangeOf: (axis: 0 | 1 | 2, at: number) => Range,
  ) {
    this.shapeVox = shapeVox;
    const known = [0, 1, 2].map(() => new Map<number, Range>());
    this.#rangeOf = (axis, at) => {
      const found = known[axis]!.get(at) ?? rangeOf(axis, at);
      known[axis]!.set(at, found);
      return found;
    };
  }

  /** The image, each of whose voxels is itself. */
  static ofImage(patchVox: Zyx): Sight {
    return new Sight(patchVox, (_axis, at) => [at, at]);
  }

  /** Voxels of the image that a feature depends on, at most. */
  get receptiveVox(): Zyx {
    return mapZyx((axis) => {
      let most = 0;
      for (let at = 0; at < this.shapeVox[axis]; at++) {
        const [first, last] = this.#rangeOf(axis, at);
        most = Math.max(most, last - first + 1);
      }
      return most;
    });
  }

  /** What a layer gives that looks `reachVox` to each side. */
  through(reachVox: Zyx): Sight {
    return this.#onGrid(this.shapeVox, (axis, at) => [
      at - reachVox[axis],
      at + reachVox[axis],
    ]);
  }

  /** What windows give that lie side by side. */
  down(windowVox: Zyx): Sight {
    return this.#onGrid(this.#coarser(windowVox), (axis, at) => [
      at * windowVox[axis],
      (at + 1) * windowVox[axis] - 1,
    ]);
  }

  /** What a layer gives that looks `reachVox` around voxels 0, s, 2 s, …. */
  downAround(stridesVox: Zyx, reachVox: Zyx): Sight {
    return this.#onGrid(this.#coarser(stridesVox), (axis, at) => [
      at * stridesVox[axis] - reachVox[axis],
      at * stridesVox[axis] + reachVox[axis],
    ]);
  }

  /** What a finer grid is made of. */
  up(factors: Zyx, raising: Raising): Sight {
    const shapeVox = mapZyx((axis) => this.shapeVox[axis] * factors[axis]);
    return this.#onGrid(shapeVox, (axis, at) => {
      const factor = factors[axis];
      if (raising === "within") {
        return [Math.floor(at / factor), Math.floor(at / factor)];
      }
      const place = raising === "around"
        ? at / factor
        : (at + 0.5) / factor - 0.5;
      return [Math.floor(place), Math.ceil(place)];
    });
  }

  /** What features of this grid and others of the same one give together. */
  with(other: Sight): Sight {
    return new Sight(this.shapeVox, (axis, at) => {
      const [a, b] = [this.#rangeOf(axis, at), other.#rangeOf(axis, at)];
      return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
    });
  }

  #coarser(factors: Zyx): Zyx {
    return mapZyx((axis) => this.shapeVox[axis] / factors[axis]);
  }

  /** What another grid gives, each of whose voxels takes a range of this one. */
  #onGrid(
    shapeVox: Zyx,
    takes: (axis: 0 | 1 | 2, at: number) => Range,
  ): Sight {
    return new Sight(shapeVox, (axis, at) => {
      const [first, last] = takes(axis, at);
      return [this.#rangeOf(axis, first)[0], this.#rangeOf(axis, last)[1]];
    });
  }
}
