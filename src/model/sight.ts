import { mapZyx, type Zyx } from "@/core/mod.ts";

/** The first and the last of the voxels that something depends on. */
type Range = readonly [first: number, last: number];

/** How a kernel, or a pooling's window, stands on a grid; as for `conv3d`. */
export interface Window {
  /** Its extent. */
  readonly kernelVox: Zyx;
  /** Steps from one place to the next; 1 each by default. */
  readonly strides?: Zyx;
  /** Distance between two taps; 1 each by default. */
  readonly dilations?: Zyx;
  /** Whether its middle stands on voxels 0, s, 2 s, …, whatever the strides. */
  readonly isCentred?: boolean;
}

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

  /** What depends on so many voxels more to each side. */
  around(reachVox: Zyx): Sight {
    return this.through({
      kernelVox: mapZyx((axis) => 2 * reachVox[axis] + 1),
    });
  }

  /** What a window gives that reads features. */
  through(window: Window): Sight {
    const { strides, dilations, spanVox, marginVox } = measuresOf(window);
    const shapeVox = mapZyx((axis) => this.shapeVox[axis] / strides[axis]);
    return this.#onGrid(shapeVox, (axis, at) => {
      const first = at * strides[axis] - marginVox[axis];
      return [first, first + spanVox[axis] * dilations[axis]];
    });
  }

  /** What a window gives that each feature paints, on a grid finer by its strides. */
  painted(window: Window): Sight {
    const { strides, spanVox, marginVox } = measuresOf(window);
    const shapeVox = mapZyx((axis) => this.shapeVox[axis] * strides[axis]);
    return this.#onGrid(shapeVox, (axis, at) => {
      const last = at + marginVox[axis];
      return [
        Math.ceil((last - spanVox[axis]) / strides[axis]),
        Math.floor(last / strides[axis]),
      ];
    });
  }

  /** What a finer grid is made of, each voxel from those whose centres are next to its own. */
  between(factors: Zyx): Sight {
    const shapeVox = mapZyx((axis) => this.shapeVox[axis] * factors[axis]);
    return this.#onGrid(shapeVox, (axis, at) => {
      const place = (at + 0.5) / factors[axis] - 0.5;
      return [Math.floor(place), Math.ceil(place)];
    });
  }

  /**
   * What features of this grid and others of the same one give together.
   *
   * @throws {TypeError} If it is not the same.
   */
  with(other: Sight): Sight {
    if (`${other.shapeVox}` !== `${this.shapeVox}`) {
      throw new TypeError(
        `Cannot put features of [${this.shapeVox}] and of` +
          ` [${other.shapeVox}] voxels together`,
      );
    }
    return new Sight(this.shapeVox, (axis, at) => {
      const [a, b] = [this.#rangeOf(axis, at), other.#rangeOf(axis, at)];
      return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
    });
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

const one: Zyx = [1, 1, 1];

/** A window's measures; its last tap is `spanVox` taps from the first. */
function measuresOf(
  { kernelVox, strides = one, dilations = one, isCentred = false }: Window,
): Record<"strides" | "dilations" | "spanVox" | "marginVox", Zyx> {
  const spanVox = mapZyx((axis) => kernelVox[axis] - 1);
  const marginVox = mapZyx((axis) => {
    const reach = spanVox[axis] * dilations[axis];
    // TensorFlow's rule for "same", where the strides divide the grid.
    const zeros = isCentred ? reach : Math.max(0, reach + 1 - strides[axis]);
    return Math.floor(zeros / 2);
  });
  return { strides, dilations, spanVox, marginVox };
}
