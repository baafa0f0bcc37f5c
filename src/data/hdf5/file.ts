import { resolve } from "node:path";
import type { Dataset, File } from "h5wasm/node";
import {
  type Box,
  checkInside,
  ExperimentError,
  nearestName,
  type Zyx,
} from "@/core/mod.ts";
import { checkHdf5 } from "./_checks.ts";
import { type Hdf5Library, hdf5Library, hdf5Reason } from "./_library.ts";
import { kindOf, type NumberKind, type Numbers } from "./number_kind.ts";

/** A dataset of three axes, z y x, read box by box. */
export interface Hdf5Dataset {
  /** Its path within the file. */
  readonly name: string;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** How its numbers are stored. */
  readonly kind: NumberKind;
  /** The attribute `resolution`: extent of a voxel in nanometres, z y x. */
  readonly resolutionNm: Zyx | undefined;
  /** The attribute `offset`: place of the first voxel in nanometres, z y x. */
  readonly offsetNm: Zyx | undefined;
  /**
   * Reads a box, `[D, H, W]`; the array is new and the caller's.
   *
   * @throws {ExperimentError} If the data are damaged.
   * @throws {RangeError} If the box is not inside the dataset.
   */
  read(box: Box): Numbers;
}

/** An HDF5 file open for reading. */
export interface Hdf5File extends Disposable {
  /** Its absolute path. */
  readonly path: string;
  /** The paths of its datasets, in the order of the file. */
  readonly names: readonly string[];
  /**
   * A dataset of three axes.
   *
   * @throws {ExperimentError} If there is none of that name, or it is not three
   * axes of numbers.
   */
  dataset(name: string): Hdf5Dataset;
}

/**
 * Opens an HDF5 file for reading.
 *
 * @throws {ExperimentError} If it is missing, empty, not HDF5 or damaged.
 */
export async function openHdf5(path: string, where = path): Promise<Hdf5File> {
  const full = resolve(path);
  await checkHdf5(full, where);
  return new OpenFile(await hdf5Library(), full, where);
}

class OpenFile implements Hdf5File {
  readonly path: string;
  readonly names: readonly string[];
  readonly #where: string;
  readonly #file: File;

  constructor(h5: Hdf5Library, path: string, where: string) {
    this.path = path;
    this.#where = where;
    this.#file = this.#guard(`open "${path}"`, () => new h5.File(path, "r"));
    using file = new DisposableStack();
    file.defer(() => this.#file.close());
    this.names = this.#guard(
      `list "${path}"`,
      () =>
        this.#file.paths().filter((name) =>
          this.#file.get(name) instanceof h5.Dataset
        ),
    );
    file.move();
  }

  dataset(name: string): Hdf5Dataset {
    const path = name.replace(/^\/+/, "");
    if (!this.names.includes(path)) throw this.#missing(path);
    const what = `read "${path}" of "${this.path}"`;
    const dataset = this.#guard(what, () => this.#file.get(path) as Dataset);
    const metadata = this.#guard(what, () => dataset.metadata);
    const shape = metadata.shape ?? [], kind = kindOf(metadata);
    if (shape.length !== 3) {
      throw this.#error(
        `Cannot ${what}: it has ${shape.length} axes (${
          shape.join(" × ")
        }), it should have z, y and x`,
        "Name a volume of grey values or labels",
      );
    }
    if (!kind) {
      throw this.#error(
        `Cannot ${what}: it holds no whole or floating-point numbers`,
        "Name a volume of grey values or labels",
      );
    }
    const shapeVox = shape as unknown as Zyx;
    return {
      name: path,
      shapeVox,
      kind,
      resolutionNm: this.#triple(dataset, "resolution"),
      offsetNm: this.#triple(dataset, "offset"),
      read: (box) => {
        checkInside(box, shapeVox);
        return this.#guard(what, () =>
          dataset.slice(
            box.startVox.map((
              start,
              axis,
            ) => [start, start + box.shapeVox[axis]!]),
          ) as Numbers);
      },
    };
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #triple(dataset: Dataset, attribute: string): Zyx | undefined {
    const what = `read the attribute "${attribute}" of "${dataset.path}"`;
    const value = this.#guard(what, () => {
      const found = dataset.attrs[attribute];
      return found && [...found.json_value as number[]];
    });
    if (value === undefined) return undefined;
    if (value.length === 3 && value.every(Number.isFinite)) {
      return value as unknown as Zyx;
    }
    throw this.#error(
      `Cannot ${what} of "${this.path}": it is ${value.join(", ")}, ` +
        "it should be three numbers in nanometres, z y x",
      "Correct the attribute",
    );
  }

  #missing(name: string): ExperimentError {
    const nearest = nearestName(name, this.names);
    const all = this.names.map((n) => `"${n}"`).join(", ") || "no dataset";
    return this.#error(
      `Cannot read "${name}" of "${this.path}": the file has ${all}`,
      nearest ? `Name "${nearest}"` : "Name one of them",
    );
  }

  #error(message: string, fix: string, cause?: unknown): ExperimentError {
    return new ExperimentError(message, { where: this.#where, fix, cause });
  }

  #guard<Result>(what: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (error instanceof ExperimentError) throw error;
      throw this.#error(
        `Cannot ${what}: the file is damaged (${hdf5Reason(error)})`,
        "Get the file again and compare its size and hash with the source's",
        error,
      );
    }
  }
}
