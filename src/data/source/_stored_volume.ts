import {
  type Box,
  checkInside,
  ExperimentError,
  mapZyx,
  type Origin,
  type PartnerPlace,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import { placeOf } from "../volume/mod.ts";
import type { Numbers, VoxelArray } from "../voxels/mod.ts";
import type { GreyReader } from "./_grey.ts";
import type { HashedInput } from "./hash_input.ts";
import type { Labels } from "./_labels.ts";
import { type DatasetGrid, isNear } from "./_resolution.ts";

/** An array, and the files that hold it as they were when they were hashed. */
interface HashedArray {
  readonly dataset: VoxelArray;
  readonly input: HashedInput;
}

/** Labels, how to read them, and where they lie in the raw volume. */
export interface PlacedLabels extends HashedArray, Labels {
  /** Their first voxel, counted in the raw volume. */
  readonly startVox: Zyx;
}

/** The parts {@linkcode storedVolume} is made of. */
export interface StoredVolumeParts {
  /** What reports call it. */
  readonly name: string;
  readonly grid: DatasetGrid;
  readonly raw: HashedArray;
  readonly grey: GreyReader;
  readonly labels: PlacedLabels | undefined;
  /** Where labels lie that are left alone; only looked up where it matters. */
  readonly labelledBox?: (() => Box | undefined) | undefined;
  /** Its synaptic partners, if it has a table of them. */
  readonly partners?: (() => readonly PartnerPlace[]) | undefined;
  /** The neurons of its sections, if they are known. */
  readonly neurons?: (() => (z: number) => Uint32Array) | undefined;
  /** Which voxels it is made of, if not those of its own file. */
  readonly origin?: Origin | undefined;
  readonly files: readonly Disposable[];
}

/** A volume of arrays in files; outside its labels nothing is known. */
export function storedVolume(parts: StoredVolumeParts): Volume {
  const { name, grid, raw, grey, labels, files } = parts;
  const inputs = [raw.input];
  let boxes = 0;
  if (labels && labels.input.path !== raw.input.path) inputs.push(labels.input);
  return {
    shapeVox: grid.shapeVox,
    voxelNm: grid.voxelNm,
    offsetNm: grid.offsetNm,
    name,
    hasLabels: labels !== undefined,
    inputs: inputs.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    origin: parts.origin ?? {
      data: `${raw.input.sha256} ${raw.dataset.name}`,
      startVox: [0, 0, 0],
      hasOffset: grid.hasOffset,
      ...(labels && { labels: boxOf(labels) }),
    },
    ...(parts.partners && { partners: parts.partners }),
    ...(parts.neurons && { neurons: parts.neurons }),
    labelledBox: () => labels ? boxOf(labels) : parts.labelledBox?.(),
    notes: [...grid.notes, ...raw.dataset.notes, ...labels?.notes ?? []],
    read(box) {
      checkInside(box, grid.shapeVox);
      const image = grey(readHashed(raw, box)); // [D, H, W]
      const target = new Uint8Array(image.length); // [D, H, W]
      const mask = new Uint8Array(image.length); // [D, H, W]
      if (labels) readPlaced(labels, box, target, mask);
      // All that was hashed is looked at after the 1st, 2nd, 4th, 8th … box: a
      // folder may have a hundred thousand files.
      boxes++;
      if (Number.isInteger(Math.log2(boxes))) {
        for (const input of inputs) input.checkUnchanged();
      }
      return { image, target, mask, shapeVox: box.shapeVox };
    },
    [Symbol.dispose]() {
      for (const file of files) file[Symbol.dispose]();
    },
  };
}

/** Reads a box of what is as it was when it was hashed. */
function readHashed({ dataset, input }: HashedArray, box: Box): Numbers {
  const numbers = dataset.read(box);
  input.checkUnchanged(dataset.filesIn(box));
  return numbers;
}

/** Where labels lie, counted in the raw volume. */
export function boxOf(
  { startVox, dataset }: Pick<PlacedLabels, "startVox" | "dataset">,
): Box {
  return { startVox, shapeVox: dataset.shapeVox };
}

/**
 * Where labels lie in raw: at their offset, or at the start if they have the
 * same extent.
 *
 * @throws {ExperimentError} If they do not fit.
 */
export function placeLabels(
  labels: DatasetGrid,
  { raw, where }: { readonly raw: DatasetGrid; readonly where: string },
): Zyx {
  const refuse = (why: string, fix: string): never => {
    throw new ExperimentError(
      `Cannot use the labels "${labels.name}" with "${raw.name}": ${why}`,
      { where, fix },
    );
  };
  if (!isNear(raw.voxelNm, labels.voxelNm)) {
    refuse(
      `their voxels are ${labels.voxelNm.join(" × ")} nm, ` +
        `those of the raw data ${raw.voxelNm.join(" × ")} nm`,
      `Correct the attribute "resolution" of one of them`,
    );
  }
  const { exactVox, startVox, isOnVoxel } = placeOf(labels, raw);
  const shapes = `they are ${labels.shapeVox.join(" × ")} voxels` +
    (startVox.some((v) => v !== 0)
      ? ` from voxel ${startVox.join(", ")}`
      : "") +
    `, the raw data ${raw.shapeVox.join(" × ")}`;
  if (!isOnVoxel) {
    refuse(
      `they begin at voxel ${exactVox.map((v) => v.toFixed(2)).join(", ")}, ` +
        "between two voxels",
      `Correct the attribute "offset" of one of them`,
    );
  } else if (startVox.every((v) => v === 0)) {
    if (labels.shapeVox.some((n, axis) => n !== raw.shapeVox[axis])) {
      refuse(
        shapes,
        `Give both one shape, or say by the attribute "offset" where the labels lie`,
      );
    }
  } else if (
    startVox.some((start, axis) =>
      start < 0 || start + labels.shapeVox[axis]! > raw.shapeVox[axis]!
    )
  ) {
    refuse(shapes, `Correct the attribute "offset" of the labels`);
  }
  return startVox;
}

/** Reads the labels a box shares with their own extent into `target` and `mask`. */
function readPlaced(
  labels: PlacedLabels,
  box: Box,
  target: Uint8Array,
  mask: Uint8Array,
): void {
  const { dataset, read, startVox } = labels;
  const from = mapZyx((a) => Math.max(box.startVox[a], startVox[a]));
  const shapeVox = mapZyx((a) =>
    Math.min(
      box.startVox[a] + box.shapeVox[a],
      startVox[a] + dataset.shapeVox[a],
    ) - from[a]
  );
  if (shapeVox.some((n) => n <= 0)) return;
  const numbers = readHashed(labels, {
    startVox: mapZyx((a) => from[a] - startVox[a]),
    shapeVox,
  });
  if (numbers.length === target.length) return read(numbers, target, mask);
  const part = new Uint8Array(sizeOf(shapeVox)); // [d, h, w]
  const known = new Uint8Array(part.length); // [d, h, w]
  read(numbers, part, known);
  const [, height, width] = box.shapeVox, [depth, rows, columns] = shapeVox;
  const [z0, y0, x0] = mapZyx((a) => from[a] - box.startVox[a]);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < rows; y++, at += columns) {
      const to = ((z0 + z) * height + y0 + y) * width + x0;
      target.set(part.subarray(at, at + columns), to);
      mask.set(known.subarray(at, at + columns), to);
    }
  }
}
