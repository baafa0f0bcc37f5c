import { Forest } from "./_forest.ts";
import { type Connectivity, neighboursBefore } from "./_neighbours.ts";

/**
 * Counts the connected components of a mask that comes section by section, as
 * `labelComponents` counts those of a whole one; keeps two sections in memory.
 */
export class ComponentCounter {
  readonly #height: number;
  readonly #width: number;
  readonly #before: ReturnType<typeof neighboursBefore>;
  /** Numbers from 1 of the components that reach the last section, `[H, W]`. */
  #last: Int32Array;
  #reaching = 0;
  #count = 0;

  /** Counts in sections of a height and a width. */
  constructor(
    [height, width]: readonly [height: number, width: number],
    connectivity: Connectivity,
  ) {
    [this.#height, this.#width] = [height, width];
    this.#before = neighboursBefore(connectivity);
    this.#last = new Int32Array(height * width);
  }

  /** How many components the sections have that were added. */
  get count(): number {
    return this.#count;
  }

  /** Adds the next section, `[H, W]`. */
  add(section: Uint8Array): void {
    const forest = new Forest();
    for (let i = 0; i < this.#reaching; i++) forest.plant();
    const labels = this.#label(section, forest);
    const { numbers, count } = forest.number();
    this.#count += count - this.#reaching; // those that are new, less those joined
    this.#keepReaching(labels, numbers, count);
  }

  /** Sets of a section's voxels and of what the last section had. */
  #label(section: Uint8Array, forest: Forest): Int32Array {
    const height = this.#height, width = this.#width, last = this.#last;
    const labels = new Int32Array(section.length);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (section[i] === 0) continue;
        let label = 0;
        for (const [dz, dy, dx] of this.#before) {
          const ny = y + dy, nx = x + dx;
          if (ny < 0 || ny >= height || nx < 0 || nx >= width) continue;
          const other = (dz === 0 ? labels : last)[ny * width + nx]!;
          if (other === 0 || other === label) continue;
          label = label === 0 ? other : forest.join(label, other);
        }
        labels[i] = label === 0 ? forest.plant() : label;
      }
    }
    return labels;
  }

  /** Numbers anew what reaches this section; nothing later touches the rest. */
  #keepReaching(labels: Int32Array, numbers: Int32Array, count: number): void {
    const anew = new Int32Array(count + 1);
    let reaching = 0;
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] === 0) continue;
      const number = numbers[labels[i]!]!;
      labels[i] = anew[number] ||= ++reaching;
    }
    this.#last = labels;
    this.#reaching = reaching;
  }
}
