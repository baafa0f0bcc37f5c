import type { Dataset, Metadata } from "h5wasm/node";
import {
  type Box,
  checkInside,
  checkMemory,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import type { DatasetPlace, ResolutionAttribute } from "./_place.ts";
import type { Guard } from "./_guard.ts";
import type { Hdf5Module } from "./_library.ts";
import { piecesOf } from "./_pieces.ts";
import {
  bytesOf,
  type NumberKind,
  type Numbers,
  numbersOf,
  type VoxelArray,
} from "../voxels/mod.ts";
import { isBigEndian } from "./number_kind.ts";

/** A dataset of three axes, z y x, read box by box. */
export interface Hdf5Dataset extends VoxelArray {
  /** Whether the highest byte of a number comes first; it is turned on the way. */
  readonly isBigEndian: boolean;
  /**
   * `resolution`, or without it `voxel_size` (nm) or `element_size_um` (µm); its
   * `offsetNm` is the attribute `offset`.
   */
  readonly resolutionFrom: ResolutionAttribute | undefined;
}

/** What {@linkcode OpenDataset} reads from. */
export interface OpenedDataset {
  readonly module: Hdf5Module;
  readonly dataset: Dataset;
  readonly metadata: Metadata;
  readonly kind: NumberKind;
  readonly place: DatasetPlace;
  /** Filters that cannot be undone. */
  readonly filters: readonly string[];
  readonly notes: readonly string[];
}

/** A dataset of an open file, known to have three axes of numbers. */
export class OpenDataset implements Hdf5Dataset {
  readonly name: string;
  readonly shapeVox: Zyx;
  readonly kind: NumberKind;
  readonly isBigEndian: boolean;
  readonly resolutionNm: Zyx | undefined;
  readonly resolutionFrom: ResolutionAttribute | undefined;
  readonly offsetNm: Zyx | undefined;
  readonly notes: readonly string[];
  readonly #opened: OpenedDataset;
  readonly #guard: Guard;

  /** Wraps what was opened under a name. */
  constructor(name: string, opened: OpenedDataset, guard: Guard) {
    this.name = name;
    this.shapeVox = opened.metadata.shape as unknown as Zyx;
    this.kind = opened.kind;
    this.isBigEndian = isBigEndian(opened.metadata);
    this.resolutionNm = opened.place.resolutionNm;
    this.resolutionFrom = opened.place.resolutionFrom;
    this.offsetNm = opened.place.offsetNm;
    this.notes = opened.notes;
    this.#opened = opened;
    this.#guard = guard;
  }

  get attributeNames(): readonly string[] {
    return this.#guard.try(
      `read the attributes of "${this.name}" of "${this.#guard.path}"`,
      () => Object.keys(this.#opened.dataset.attrs),
    );
  }

  attribute(name: string): string | number | undefined {
    const { dataset } = this.#opened;
    const what =
      `read the attribute "${name}" of "${this.name}" of "${this.#guard.path}"`;
    return this.#guard.try(what, () => {
      const value = dataset.attrs[name]?.json_value;
      return typeof value === "string" || typeof value === "number"
        ? value
        : undefined;
    });
  }

  read(box: Box): Numbers {
    checkInside(box, this.shapeVox);
    const { dataset, metadata, module } = this.#opened;
    const what = `read "${this.name}" of "${this.#guard.path}"`;
    const bytes = bytesOf(this.kind);
    checkMemory(bytes * sizeOf(box.shapeVox), {
      doing: what,
      where: this.#guard.where,
      fix: "Name a part of it that fits",
    });
    const result = new Uint8Array(bytes * sizeOf(box.shapeVox));
    let done = 0;
    for (const piece of piecesOf(box, { bytes, chunks: metadata.chunks })) {
      const count = bytes * sizeOf(piece.shapeVox);
      this.#try(what, () => {
        const at = module._malloc(count);
        if (at === 0) throw new Error("memory ran out");
        try {
          module.get_dataset_data(
            dataset.file_id,
            dataset.path,
            piece.shapeVox.map(BigInt),
            piece.startVox.map(BigInt),
            [1n, 1n, 1n],
            BigInt(at),
          );
          result.set(module.HEAPU8.subarray(at, at + count), done);
        } finally {
          module._free(at);
        }
      });
      done += count;
    }
    return numbersOf(this.kind, result);
  }

  filesIn(): readonly string[] {
    return [this.#guard.path];
  }

  /** What fails where a filter is missing is no damage. */
  #try(what: string, act: () => void): void {
    const { filters } = this.#opened;
    try {
      this.#guard.try(what, act);
    } catch (error) {
      if (filters.length === 0) throw error;
      throw this.#guard.error(
        `Cannot ${what}: it is compressed by ${filters.join(" and ")}, Cleft ` +
          "undoes only what HDF5 itself brings",
        "Compress it by gzip, where that filter is installed: h5repack " +
          `-f GZIP=4 "${this.#guard.path}" gzip.hdf`,
        error,
      );
    }
  }
}
