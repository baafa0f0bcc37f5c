import { mapZyx, type Zyx } from "@/core/mod.ts";

/** The first and the last of the voxels that something depends on. */
type Range = readonly [first: number, last: number];

/** One end of such a range, 0 the first, of the place `at` along an axis. */
type EndOf = (axis: 0 | 1 | 2, at: number, end: 0 | 1) => number;

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
  /** Places after which what is seen looks the same again, moved on. */
  readonly #periodVox: Zyx;
  readonly #endOf: EndOf;

  private constructor(
    { shapeVox, periodVox }: Record<"shapeVox" | "periodVox", Zyx>,
    endOf: EndOf,
  ) {
    this.shapeVox = shapeVox;
    this.#periodVox = periodVox;
    const known = [0, 1, 2].map(() => [0, 1].map(() => new Map()));
    this.#endOf = (axis, at, end) => {
      const ends: Map<number, number> = known[axis]![end]!;
      const found = ends.get(at) ?? endOf(axis, at, end);
      ends.set(at, found);
      return found;
    };
  }

  /** The image, each of whose voxels is itself. */
  static ofImage(patchVox: Zyx): Sight {
    const grid = { shapeVox: patchVox, periodVox: one };
    return new Sight(grid, (_axis, at) => at);
  }

  /** Voxels of the image that a feature depends on, at most. */
  get receptiveVox(): Zyx {
    return mapZyx((axis) => {
      const places = Math.min(this.shapeVox[axis], this.#periodVox[axis]);
      let most = 0;
      for (let at = 0; at < places; at++) {
        const first = this.#endOf(axis, at, 0), last = this.#endOf(axis, at, 1);
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
    const grid = {
      shapeVox: mapZyx((axis) => this.shapeVox[axis] / strides[axis]),
      periodVox: mapZyx((axis) =>
        common(this.#periodVox[axis], strides[axis]) / strides[axis]
      ),
    };
    return this.#onGrid(grid, (axis, at) => {
      const first = at * strides[axis] - marginVox[axis];
      return [first, first + spanVox[axis] * dilations[axis]];
    });
  }

  /** What a window gives that each feature paints, on a grid finer by its strides. */
  painted(window: Window): Sight {
    const { strides, spanVox, marginVox } = measuresOf(window);
    return this.#onGrid(this.#finer(strides), (axis, at) => {
      const last = at + marginVox[axis];
      return [
        Math.ceil((last - spanVox[axis]) / strides[axis]),
        Math.floor(last / strides[axis]),
      ];
    });
  }

  /** What a finer grid is made of, each voxel from those whose centres are next to its own. */
  between(factors: Zyx): Sight {
    return this.#onGrid(this.#finer(factors), (axis, at) => {
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
    const periodVox = mapZyx((axis) =>
      common(this.#periodVox[axis], other.#periodVox[axis])
    );
    const { shapeVox } = this;
    return new Sight({ shapeVox, periodVox }, (axis, at, end) => {
      const ends = [this, other].map((one) => one.#endOf(axis, at, end));
      return end === 0 ? Math.min(...ends) : Math.max(...ends);
    });
  }

  /** A grid with so many places for each of this one. */
  #finer(factors: Zyx): Record<"shapeVox" | "periodVox", Zyx> {
    return {
      shapeVox: mapZyx((axis) => this.shapeVox[axis] * factors[axis]),
      periodVox: mapZyx((axis) => this.#periodVox[axis] * factors[axis]),
    };
  }

  /** What another grid gives, each of whose voxels takes a range of this one. */
  #onGrid(
    grid: Record<"shapeVox" | "periodVox", Zyx>,
    takes: (axis: 0 | 1 | 2, at: number) => Range,
  ): Sight {
    return new Sight(
      grid,
      (axis, at, end) => this.#endOf(axis, takes(axis, at)[end], end),
    );
  }
}

const one: Zyx = [1, 1, 1];

/** The least common multiple. */
function common(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low > 0) [high, low] = [low, high % low];
  return a / high * b;
}

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
