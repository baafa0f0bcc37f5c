/** Three numbers in array order: slowest axis first. */
export type Zyx = readonly [z: number, y: number, x: number];

/** A box of voxels. */
export interface Box {
  /** Its first voxel. */
  readonly startVox: Zyx;
  /** Its extent. */
  readonly shapeVox: Zyx;
}

/** Where voxels lie in space. */
export interface Grid {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Extent of one voxel in nanometres. */
  readonly voxelNm: Zyx;
  /** Place of the first voxel in nanometres. */
  readonly offsetNm: Zyx;
}

/** Grey values and labels of a box; arrays are `[D, H, W]`, W fastest. */
export interface Patch {
  /** Grey values from 0 to 1. */
  readonly image: Float32Array;
  /** 1 inside a cleft, 0 elsewhere. */
  readonly target: Uint8Array;
  /** 1 where the target is known. */
  readonly mask: Uint8Array;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
}

/** A file a volume was read from. */
export interface InputFile {
  /** Its absolute path. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
  /** SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
}

/** Which voxels a volume is made of: what tells whether two share some. */
export interface Origin {
  /** Equal for equal data: the hash and the name of a dataset, a phantom's options. */
  readonly data: string;
  /** The volume's first voxel, counted in those data. */
  readonly startVox: Zyx;
  /** Whether the data say where they lie; else `offsetNm` counts from their start. */
  readonly hasOffset: boolean;
  /** Whether the voxels are made up, so that all other data are others. */
  readonly isMade?: boolean;
  /**
   * The voxel of those data at which each section begins, y and x, where sections
   * were moved; they follow each other from `startVox` on.
   */
  readonly cornersVox?: readonly (readonly [y: number, x: number])[];
  /** Where labels lie in those data, if they have some. */
  readonly labels?: Box;
  /** The part of those data that counts, where there is context around it. */
  readonly block?: Box;
}

/** How what is said of a rearranged volume goes back to what its file has. */
export interface WayBack {
  /** The volume as its file has it; closed with the rearranged one. */
  readonly original: Volume;
  /** The part of it that the rearranged volume holds whole. */
  readonly block: Box;
  /** Sections of the block whose map is that of another section of it. */
  readonly copies: ReadonlyMap<number, number>;
  /**
   * A map over a section of the rearranged volume, `[H, W]`, as the block has it,
   * `[h, w]`; null for a section that is context alone.
   */
  section(z: number, map: Float32Array): Float32Array | null;
}

/**
 * The two sites of a synapse, in voxels of what they lie in: 0 is the middle of
 * its first voxel.
 */
export interface PartnerPlace {
  /** The presynaptic site. */
  readonly preVox: Zyx;
  /** The postsynaptic site. */
  readonly postVox: Zyx;
}

/** A volume that is read box by box. */
export interface Volume extends Grid, Disposable {
  /** What reports call it. */
  readonly name: string;
  /** Whether it has a target; without one, `mask` is 0 everywhere. */
  readonly hasLabels: boolean;
  /** The files it comes from; none for a phantom. */
  readonly inputs: readonly InputFile[];
  /** What is unusual about the way its files are read, a sentence each. */
  readonly notes?: readonly string[] | undefined;
  /** Which voxels it is made of, where that is known. */
  readonly origin?: Origin | undefined;
  /** The part that has labels, where that is known and not all of it. */
  labelledBox?(): Box | undefined;
  /**
   * The synaptic partners, if it has a table of them, those outside included.
   *
   * @throws {ExperimentError} If the table or its points are not sound.
   */
  partners?(): readonly PartnerPlace[];
  /**
   * The neurons of its sections, `[H, W]`, if they are known: numbers from 1, 0
   * where there is none.
   *
   * @throws {ExperimentError} If the ids are not sound.
   */
  neurons?(): (z: number) => Uint32Array;
  /** The way back, where a volume was rearranged. */
  readonly wayBack?: WayBack | undefined;
  /**
   * Reads a box; the arrays are new and the caller's.
   *
   * @throws {RangeError} If the box is not inside the volume.
   */
  read(box: Box): Patch;
}

/** Synaptic partners near a sample, and how they are found in it again. */
export interface TracedPartners {
  /** The pairs, in voxels of the box that was read for the sample. */
  readonly pairs: readonly PartnerPlace[];
  /**
   * Where each voxel of the sample comes from in that box, `[D, H, W]` each; z is
   * NaN where its label is made up and partners are unknown.
   */
  readonly from: {
    readonly z: Float32Array;
    readonly y: Float32Array;
    readonly x: Float32Array;
  };
  /** Extent of a voxel of that box in nanometres. */
  readonly fromNm: Zyx;
}

/** A patch on its way through augmentation. */
export interface Sample extends Patch {
  /** Extent of one voxel in nanometres. */
  readonly voxelNm: Zyx;
  /** The part that comes from the volume; beyond it nothing was recorded. */
  readonly inside: Box;
  /** Partners near it, where a target needs them; what moves labels moves them. */
  readonly partners?: TracedPartners;
}

/** What is recorded of a sample, so that it can be told from any other and made again. */
export interface SampleTrace {
  /** Its number, counted from 0 over the run. */
  readonly index: number;
  /** SHA-256 of its image, target, mask and weight as training sees them. */
  readonly sha256: string;
  /** What was drawn for it, as JSON; null if that is not to be recorded. */
  readonly drawn: string | null;
}

/** What a training step consumes. */
export interface Batch {
  /** Numbers of the samples, counted from 0 over the run. */
  readonly indices: readonly number[];
  /** What is to be recorded of each sample; empty if nothing is. */
  readonly traces: readonly SampleTrace[];
  /** N, D, H, W, 1: of the image. */
  readonly shape: readonly [number, number, number, number, 1];
  /** Heads of the network, each with a target of its own; the first is primary. */
  readonly heads: number;
  /** Numbers that they say of a voxel together: those of each, one after the other. */
  readonly channels: number;
  /** Grey values from 0 to 1, `[N, D, H, W, 1]`. */
  readonly image: Float32Array;
  /**
   * What the network should say, `[N, D, H, W, channels]`: 0 or 1, a byte each if
   * all heads say so; else a distance, or a direction.
   */
  readonly target: Float32Array | Uint8Array;
  /** 1 where the target is known, else 0; `[N, D, H, W, heads]`. */
  readonly mask: Uint8Array;
  /** Weight of each voxel in the losses that take one, `[N, D, H, W, heads]`. */
  readonly weight: Float32Array;
  /**
   * Nanometres to the border of a cleft, negative in clefts, `[N, D, H, W, 1]`;
   * where a loss needs them.
   */
  readonly distanceNm?: Float32Array;
}

/**
 * How a target is brought to a coarser grid: a block of voxels becomes their
 * largest, their mean, or the one at its middle.
 */
export type Coarsening = "max" | "mean" | "nearest";

/** What a network says about a volume. */
export interface Prediction extends Grid {
  /** Cleft probability, `[D, H, W]`. */
  readonly probability: Float32Array;
}

/** The number of voxels. */
export function sizeOf([z, y, x]: Zyx): number {
  return z * y * x;
}

/** The box that covers a whole grid. */
export function wholeBox(shapeVox: Zyx): Box {
  return { startVox: [0, 0, 0], shapeVox };
}

/** Applies a function along each axis. */
export function mapZyx(f: (axis: 0 | 1 | 2) => number): Zyx {
  return [f(0), f(1), f(2)];
}

/** Fails unless a box has voxels and lies inside a grid of `shapeVox`. */
export function checkInside(box: Box, shapeVox: Zyx): void {
  for (let axis = 0; axis < 3; axis++) {
    const start = box.startVox[axis]!, extent = box.shapeVox[axis]!;
    if (start < 0 || extent < 1 || start + extent > shapeVox[axis]!) {
      throw new RangeError(
        `Cannot read voxels ${start} to ${start + extent} along ` +
          `${"zyx"[axis]}: the volume has ${shapeVox[axis]}`,
      );
    }
  }
}

/** A box in words, such as `z 0 to 20, y 416 to 1024, x 0 to 704`. */
export function boxText({ startVox, shapeVox }: Box): string {
  return startVox.map((start, axis) =>
    `${"zyx"[axis]} ${start} to ${start + shapeVox[axis]!}`
  ).join(", ");
}

/** Copies a box out of a `[D, H, W]` array. */
export function cropArray<
  T extends Float32Array | Uint8Array | Uint32Array | Int32Array,
>(array: T, shapeVox: Zyx, box: Box): T {
  checkInside(box, shapeVox);
  const [, height, width] = shapeVox;
  const [z0, y0, x0] = box.startVox;
  const [depth, rows, columns] = box.shapeVox;
  const result = new (array.constructor as new (n: number) => T)(
    sizeOf(box.shapeVox),
  );
  for (let z = 0, to = 0; z < depth; z++) {
    for (let y = 0; y < rows; y++, to += columns) {
      const from = ((z0 + z) * height + y0 + y) * width + x0;
      result.set(array.subarray(from, from + columns) as never, to);
    }
  }
  return result;
}

/** The sections of a `[D, H, W]` array as views, lowest z first. */
export function* sectionsOf<T extends Float32Array | Uint8Array>(
  array: T,
  [depth, height, width]: Zyx,
): Generator<T> {
  for (let z = 0; z < depth; z++) {
    yield array.subarray(z * height * width, (z + 1) * height * width) as T;
  }
}

/** The mean of the values. */
export function meanOf(values: Float32Array | Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
