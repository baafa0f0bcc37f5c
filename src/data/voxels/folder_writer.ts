import { dirname, join, resolve } from "node:path";
import {
  ExperimentError,
  explainSystemError,
  PendingFolder,
  writeAll,
  type Zyx,
} from "@/core/mod.ts";
import type { Numbers } from "./numbers.ts";
import { SectionCount } from "./section_count.ts";
import type { ArrayPlan, VolumeWriter } from "./volume_writer.ts";

/** Some whole sections of an array, `[D, H, W]`. */
export interface Layer {
  /** The first of them. */
  readonly startZ: number;
  readonly shapeVox: Zyx;
  readonly numbers: Numbers;
}

/** An array of a folder that is begun. */
export interface NewArray extends ArrayPlan {
  readonly name: string;
  /** The type of its numbers: `float32`, `uint64`, … */
  readonly type: string;
  /** Extent of a chunk. */
  readonly chunkVox: Zyx;
  /** Writes a file of JSON, but for one that is there, as groups that arrays share. */
  describe(file: string, meta: unknown): void;
  /** Writes a file of the container; its folders are made. */
  write(file: string, bytes: Uint8Array): void;
}

/** How arrays of a form are written. */
export interface FolderForm {
  /** The most sections of a chunk, and its rows and columns. */
  readonly mostVox: Zyx;
  /**
   * Writes what describes an array; the function returned writes a layer of it,
   * as many sections as a chunk has, or the last ones.
   */
  begin(array: NewArray): (layer: Layer) => void;
}

/** Whole sections are gathered up to about this size. */
const layerBytes = 1 << 29;

/** Writes arrays to a folder layer by layer, so that memory holds one at a time. */
export class FolderWriter implements VolumeWriter {
  readonly path: string;
  readonly #form: FolderForm;
  readonly #pending: PendingFolder;
  readonly #count = new SectionCount();
  readonly #described = new Set<string>();

  /**
   * Begins a folder beside `path`.
   *
   * @throws {ExperimentError} If it cannot be written.
   */
  constructor(path: string, form: FolderForm) {
    this.path = resolve(path);
    this.#form = form;
    this.#pending = this.#guard(() => new PendingFolder(this.path));
  }

  dataset(name: string, plan: ArrayPlan): (sections: Numbers) => number {
    let layers: Layers | undefined;
    return this.#count.of<Numbers>(
      { name, shapeVox: plan.shapeVox },
      ({ sections }) =>
        this.#guard(() => {
          layers ??= this.#begin(name, plan, sections);
          layers.append(sections);
        }),
    );
  }

  commit(): void {
    this.#count.check(this.path);
    this.#guard(() => this.#pending.commit());
  }

  [Symbol.dispose](): void {
    this.#pending[Symbol.dispose]();
  }

  /** Begins an array of the kind that its first sections have. */
  #begin(name: string, plan: ArrayPlan, first: Numbers): Layers {
    const { shapeVox } = plan, { mostVox } = this.#form;
    const sectionBytes = shapeVox[1] * shapeVox[2] * first.BYTES_PER_ELEMENT;
    const fitting = Math.max(1, Math.floor(layerBytes / sectionBytes));
    const chunkVox: Zyx = [
      Math.min(mostVox[0], fitting, shapeVox[0]),
      Math.min(mostVox[1], shapeVox[1]),
      Math.min(mostVox[2], shapeVox[2]),
    ];
    const write = this.#form.begin({
      ...{ ...plan, name, chunkVox },
      type: first.constructor.name.toLowerCase().replace(/^big|array$/g, ""),
      describe: (file, meta) => this.#describe(file, meta),
      write: (file, bytes) => this.#write(file, bytes),
    });
    return new Layers(shapeVox, { first, most: chunkVox[0], write });
  }

  #describe(name: string, meta: unknown): void {
    if (this.#described.has(name)) return;
    this.#described.add(name);
    const text = `${JSON.stringify(meta, null, 2)}\n`;
    this.#write(name, new TextEncoder().encode(text));
  }

  #write(name: string, bytes: Uint8Array): void {
    const path = join(this.#pending.part, name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    using file = Deno.openSync(path, { write: true, createNew: true });
    writeAll(file, bytes);
    file.syncSync();
  }

  #guard<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (error instanceof ExperimentError) throw error;
      throw explainSystemError(error, {
        doing: `write "${this.path}"`,
        where: this.path,
      });
    }
  }
}

/** Gathers sections, however many come at a time, into layers of some. */
class Layers {
  readonly #shapeVox: Zyx;
  readonly #write: (layer: Layer) => void;
  readonly #most: number;
  readonly #gathered: Numbers;
  #startZ = 0;
  #count = 0;

  constructor(
    shapeVox: Zyx,
    { first, most, write }: {
      readonly first: Numbers;
      readonly most: number;
      readonly write: (layer: Layer) => void;
    },
  ) {
    const [, height, width] = shapeVox;
    this.#shapeVox = shapeVox;
    this.#write = write;
    this.#most = most;
    this.#gathered = new (first.constructor as Uint8ArrayConstructor)(
      most * height * width,
    ) as Numbers;
  }

  append(sections: Numbers): void {
    const [depth, height, width] = this.#shapeVox, size = height * width;
    for (let from = 0; from < sections.length;) {
      const room = (this.#most - this.#count) * size;
      const part = sections.subarray(from, from + room);
      this.#gathered.set(part as never, this.#count * size);
      this.#count += part.length / size;
      from += part.length;
      const isLast = this.#startZ + this.#count === depth;
      if (this.#count < this.#most && !isLast) return;
      this.#write({
        startZ: this.#startZ,
        shapeVox: [this.#count, height, width],
        numbers: this.#gathered.subarray(0, this.#count * size),
      });
      this.#startZ += this.#count;
      this.#count = 0;
    }
  }
}
