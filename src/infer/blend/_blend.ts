import type * as z from "zod";
import { type Component, sizeOf, type Zyx } from "@/core/mod.ts";

/** How much each voxel of a tile counts where tiles overlap. */
export interface Blend {
  /** The weights of a tile, `[D, H, W]`, each above 0. */
  weights(patchVox: Zyx): Float32Array;
}

/** Defines a blend: its name, its options and its factory in one place. */
export function defineBlend<Shape extends z.ZodRawShape>(
  definition: Component<Blend, Shape>,
): Component<Blend, Shape> {
  return definition;
}

/** Weights of a tile from the values of a profile along each axis. */
export function fromProfiles(
  patchVox: Zyx,
  { profile, combine }: {
    readonly profile: (extentVox: number) => Float64Array;
    readonly combine: (z: number, y: number, x: number) => number;
  },
): Float32Array {
  const [alongZ, alongY, alongX] = patchVox.map(profile);
  const weights = new Float32Array(sizeOf(patchVox)); // [D, H, W]
  let i = 0;
  for (const z of alongZ!) {
    for (const y of alongY!) {
      for (const x of alongX!) weights[i++] = combine(z, y, x);
    }
  }
  return weights;
}

/** The values divided by the largest. */
export function relativeToMax(values: Float64Array): Float64Array {
  const max = values.reduce((a, b) => Math.max(a, b));
  return values.map((value) => value / max);
}
