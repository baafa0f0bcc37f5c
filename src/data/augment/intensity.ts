import {
  arenaArray,
  flag,
  inArena,
  interval,
  type Rng,
  scaled,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { meanInside } from "./_mean_inside.ts";
import { oneForEach } from "./_parameters.ts";

/** What {@linkcode intensity} does: one change for each section, or one for all. */
export interface IntensityParameters {
  /** The changes around the mean. */
  readonly changes: readonly {
    readonly scale: number;
    readonly shift: number;
  }[];
}

/**
 * Scales grey values around their mean and shifts them:
 * `g <- mean + (g - mean) * scale + shift` (AUG-3, gunpowder's IntensityAugment;
 * contrast and brightness as nnU-Net has them), section by section or as a whole.
 */
export const intensity = defineAugmentation({
  name: "intensity",
  summary: "Scales grey values around their mean and shifts them",
  options: {
    scale: interval([0.9, 1.1], "range of the contrast change, a factor"),
    shift: interval([-0.1, 0.1], "range of the brightness change"),
    sectionWise: flag(true, "a change for each section instead of one for all"),
    clip: flag(true, "cut off what leaves the range from 0 to 1"),
  },
  create: ({ scale, shift, sectionWise, clip }) => ({
    draw: ([depth]: Zyx, rng: Rng): IntensityParameters => ({
      changes: Array.from({ length: sectionWise ? depth : 1 }, () => ({
        scale: rng.uniform(...scale),
        shift: rng.uniform(...shift),
      })),
    }),
    schema: ([depth]) =>
      z.strictObject({
        changes: oneForEach(
          z.strictObject({ scale: z.number(), shift: z.number() }),
          {
            count: sectionWise ? depth : 1,
            what: sectionWise ? "section" : "patch",
          },
        ),
      }),
    apply: (sample, { changes }: IntensityParameters) =>
      inArena(() => {
        const image = arenaArray(Float32Array, sample.image.length); // [D, H, W]
        const slab = image.length / changes.length;
        const sections = sample.shapeVox[0] / changes.length;
        const range = clip ? { low: 0, high: 1 } : {};
        for (const [k, { scale, shift }] of changes.entries()) {
          const mean = meanInside(sample, { from: k * sections, sections });
          const part = [k * slab, (k + 1) * slab] as const;
          scaled(sample.image.subarray(...part), {
            gain: scale,
            shift: mean * (1 - scale) + shift,
            ...range,
          }, image.subarray(...part));
        }
        return { ...sample, image };
      }),
  }),
});
