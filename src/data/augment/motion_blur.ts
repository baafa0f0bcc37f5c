import { count, interval } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { filtering } from "./_filter.ts";
import { correlate, type Neighbour } from "./_kernel.ts";
import { sectionOptions } from "./_sections.ts";

/** How sections are smeared. */
export interface Motion {
  /** Places of the line, a voxel apart. */
  readonly lengthVox: number;
  /** Direction of the line in radians, from the x axis towards the y axis. */
  readonly angle: number;
}

/**
 * Smears sections along a line, as a drifting stage does (AUG-14; PyTorch
 * Connectomics has it for upright lines): each voxel becomes the mean of
 * `lengthVox` places a voxel apart on a line through it, read by straight lines
 * between voxels.
 */
export const motionBlur = defineAugmentation({
  name: "motionBlur",
  summary: "Smears sections along a line, as a drifting stage does",
  options: {
    lengthVox: count(9, "voxels along the line"),
    angle: interval([0, Math.PI], "range of its direction in radians"),
    ...sectionOptions("2d", 0.1),
  },
  create: ({ lengthVox, angle, ...options }) =>
    filtering<Motion>(options, {
      draw: (rng) => ({ lengthVox, angle: rng.uniform(...angle) }),
      schema: z.strictObject({
        lengthVox: z.int().min(1),
        angle: z.number(),
      }),
      reachOf: (motion) => Math.ceil((motion.lengthVox - 1) / 2),
      filter: correlate(alongLine),
    }),
});

/** The voxels around the places of the line, each with its share. */
function alongLine({ lengthVox, angle }: Motion): Neighbour[] {
  const shares = new Map<string, Neighbour>();
  for (let k = 0; k < lengthVox; k++) {
    const t = k - (lengthVox - 1) / 2;
    const y = t * Math.sin(angle), x = t * Math.cos(angle);
    for (const dy of [Math.floor(y), Math.floor(y) + 1]) {
      for (const dx of [Math.floor(x), Math.floor(x) + 1]) {
        const share = (1 - Math.abs(y - dy)) * (1 - Math.abs(x - dx));
        if (share === 0) continue;
        const before = shares.get(`${dy},${dx}`)?.weight ?? 0;
        const weight = before + share / lengthVox;
        shares.set(`${dy},${dx}`, { dy, dx, weight });
      }
    }
  }
  return [...shares.values()];
}
