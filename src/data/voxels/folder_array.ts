import {
  type Box,
  checkInside,
  checkMemory,
  ExperimentError,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import {
  agreedPlace,
  type ArrayPlace,
  PlaceFault,
} from "./attributes_place.ts";
import type { ArrayOptions } from "./container.ts";
import {
  bytesOf,
  type NumberKind,
  type Numbers,
  numbersOf,
} from "./numbers.ts";
import { chunksOf } from "./copy_chunk.ts";
import { piecesAlongZ } from "./pieces.ts";
import type { VoxelArray } from "./voxel_array.ts";

/** An array whose chunks are files of a folder, as its metadata describe it. */
export interface FolderArrayParts {
  /** The folder of the container. */
  readonly root: string;
  /** Its path in it. */
  readonly name: string;
  readonly where: string;
  readonly options: ArrayOptions;
  /** Undefined for what holds no numbers that are read here. */
  readonly kind: NumberKind | undefined;
  /** How the file calls it. */
  readonly type: string;
  /** What to do about numbers that are not read. */
  readonly fix?: string;
  /** Extent along all axes, the slowest first. */
  readonly shape: readonly number[];
  /** Extent of a chunk. */
  readonly chunkShape: readonly number[];
  /** Extent of what is a file of its own: a chunk, or a shard of chunks. */
  readonly fileShape: readonly number[];
  /** The file at a place in the grid of files. */
  fileAt(place: readonly number[]): string;
  /** The files that describe it. */
  readonly describedBy: readonly string[];
  /** The places in the grid of chunks of those that are there. */
  readonly chunksAt: readonly (readonly number[])[];
  /** What is read where there is none. */
  readonly fill: unknown;
  /** Names of the axes. */
  readonly axes: readonly (string | null)[] | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /**
   * All that is said of where it lies.
   *
   * @throws {PlaceFault} If some of it cannot be understood.
   */
  places(): readonly ArrayPlace[];
  /**
   * The bytes of a box of all axes, as long as the next is not read.
   *
   * @throws {Error} Why it cannot be read.
   */
  readPiece(
    box: {
      readonly start: readonly number[];
      readonly shape: readonly number[];
      readonly bytes: number;
    },
  ): Uint8Array;
}

/** That chunks are packed in a way that is not undone here. */
export class UnknownPacking extends Error {}

/** An array of a folder, known to be three axes of numbers, z y x. */
export class FolderArray implements VoxelArray {
  readonly name: string;
  readonly shapeVox: Zyx;
  readonly kind: NumberKind;
  readonly resolutionNm: Zyx | undefined;
  readonly resolutionFrom: string | undefined;
  readonly offsetNm: Zyx | undefined;
  readonly notes: readonly string[];
  readonly #parts: FolderArrayParts;

  /**
   * Checks what the metadata say; reads no chunk.
   *
   * @throws {ExperimentError} If it is no array that is read here.
   */
  constructor(parts: FolderArrayParts) {
    this.#parts = parts;
    this.name = parts.name;
    if (!parts.kind) {
      throw this.#fault(
        `its numbers are ${parts.type}, which are not read`,
        parts.fix ?? "Convert them to uint8",
      );
    }
    this.kind = parts.kind;
    this.#checkAxes();
    this.shapeVox = parts.shape.slice(-3) as unknown as Zyx;
    const place = this.#place();
    this.resolutionNm = place?.resolutionNm;
    this.resolutionFrom = place?.from;
    this.offsetNm = place?.offsetNm;
    this.notes = this.#missing();
  }

  get attributeNames(): readonly string[] {
    return Object.keys(this.#parts.attributes);
  }

  attribute(name: string): string | number | undefined {
    const value = this.#parts.attributes[name];
    return typeof value === "string" || typeof value === "number"
      ? value
      : undefined;
  }

  read(box: Box): Numbers {
    checkInside(box, this.shapeVox);
    const { root, where, chunkShape } = this.#parts;
    const bytes = bytesOf(this.kind);
    checkMemory(bytes * sizeOf(box.shapeVox), {
      doing: `read "${this.name}" of "${root}"`,
      where,
      fix: "Name a part of it that fits",
    });
    const chunkSections = chunkShape.at(-3)!;
    const result = new Uint8Array(bytes * sizeOf(box.shapeVox));
    let at = 0;
    for (const part of piecesAlongZ(box, { bytes, chunkSections })) {
      try {
        const box = this.#alongAllAxes(part);
        const piece = this.#parts.readPiece({ ...box, bytes });
        result.set(piece, at);
        at += piece.length;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        throw this.#fault(
          error.message,
          error instanceof UnknownPacking
            ? "Write it again packed by gzip or zstd"
            : "Get the folder again and compare it with its source",
          error,
        );
      }
    }
    return numbersOf(this.kind, result);
  }

  filesIn(box: Box): readonly string[] {
    const { describedBy, fileShape, fileAt } = this.#parts;
    const places = chunksOf(fileShape, this.#alongAllAxes(box));
    return [...describedBy, ...places.map(fileAt)];
  }

  #alongAllAxes({ startVox, shapeVox }: Box) {
    const leading = this.#parts.shape.slice(0, -3);
    return {
      start: [...leading.map(() => 0), ...startVox],
      shape: [...leading, ...shapeVox],
    };
  }

  #checkAxes(): void {
    const { shape, axes } = this.#parts;
    const text = shape.join(" × ") +
      (axes ? ` (${axes.map((name) => name ?? "?").join(", ")})` : "");
    if (shape.length < 3 || shape.slice(0, -3).some((extent) => extent !== 1)) {
      throw this.#fault(
        `it has the axes ${text}, not three, z y x`,
        "Write one channel and one time of it as an array of its own",
      );
    }
    if (shape.some((extent) => extent === 0)) {
      throw this.#fault(`it is empty: ${text}`, "Name one that has voxels");
    }
    const last = axes?.slice(-3).map((name) => name?.toLowerCase() ?? "");
    const isKnown = last?.every((name) => ["z", "y", "x"].includes(name));
    if (!isKnown || last!.join("") === "zyx") return;
    throw this.#fault(
      `its axes are ${last!.join(", ")}, not z, y, x`,
      "Write it with z first and x last",
    );
  }

  #place(): ArrayPlace | undefined {
    try {
      return agreedPlace(this.#parts.places());
    } catch (error) {
      if (!(error instanceof PlaceFault)) throw error;
      if (this.#parts.options.hasResolution) return undefined;
      throw this.#fault(
        error.message,
        "Correct it, or set resolutionNm: [z, y, x] in the experiment",
        error,
      );
    }
  }

  /**
   * What of its chunks is not there: all, which nobody means, or some, by which
   * chunks of one value are left out.
   */
  #missing(): string[] {
    const { shape, chunkShape, chunksAt, fill } = this.#parts;
    const grid = shape.map((extent, axis) =>
      Math.ceil(extent / chunkShape[axis]!)
    );
    const all = grid.reduce((product, count) => product * count, 1);
    const there =
      chunksAt.filter((place) => place.every((at, axis) => at < grid[axis]!))
        .length;
    if (there === 0) {
      throw this.#fault(
        `none of its ${all} chunks is there`,
        "Get the folder again, with all that is below it",
      );
    }
    return there === all ? [] : [
      `${all - there} of ${all} chunks of "${this.name || "/"}" are not ` +
      `there and read as ${fill ?? 0}`,
    ];
  }

  #fault(why: string, fix: string, cause?: unknown): ExperimentError {
    const { root, name, where } = this.#parts;
    return new ExperimentError(
      `Cannot read "${name || "/"}" of "${root}": ${why}`,
      { where, fix, cause },
    );
  }
}
