import { mapZyx, type Sample, type Zyx } from "@/core/mod.ts";
import { makeSample } from "@test/helpers.ts";
import type { Augmentation } from "./_augmentation.ts";
import { augmentations } from "./mod.ts";

/** A patch of a volume that goes on around it. */
export interface PatchOf {
  /** Extent of the patch. */
  readonly shapeVox: Zyx;
  /** Grey values of the volume, the patch's first voxel at 0, 0, 0. */
  readonly grey: (z: number, y: number, x: number) => number;
}

/** Opens an augmentation as an experiment file names it. */
export function opened(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Augmentation {
  return augmentations.create(augmentations.schema.parse({ type, ...options }));
}

/** What an augmentation makes of a patch, by parameters that were drawn or not. */
export function applied(
  augmentation: Augmentation,
  { shapeVox, grey, parameters }: PatchOf & { readonly parameters: unknown },
): Sample {
  const margin = augmentation.marginVox?.(shapeVox, parameters) ?? [0, 0, 0];
  const sample = makeSample({
    shapeVox: mapZyx((axis) => shapeVox[axis] + 2 * margin[axis]),
    grey: (z, y, x) => grey(z - margin[0], y - margin[1], x - margin[2]),
  });
  return augmentation.apply(sample, parameters);
}

/** Whether parameters from elsewhere fit a patch. */
export function accepts(
  augmentation: Augmentation,
  { shapeVox, parameters }: Pick<PatchOf, "shapeVox"> & {
    readonly parameters: unknown;
  },
): boolean {
  return augmentation.schema(shapeVox).safeParse(parameters).success;
}

/** Greys that look like nothing, from 0 to 1 in steps of 1/256. */
export function speckle(...[z, y, x]: Zyx): number {
  let hash = Math.imul(z + 17, 0x9e3779b1) ^ Math.imul(y + 31, 0x85ebca6b) ^
    Math.imul(x + 47, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 24) / 256;
}
