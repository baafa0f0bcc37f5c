import {
  choice,
  fraction,
  inArena,
  nonNegative,
  type Rng,
  scaled,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { oneForEach } from "./_parameters.ts";
import { raiseToPower } from "./_power.ts";

/** One change of grey values, clipped to 0 and 1 before the power is taken. */
export interface GreyChange {
  /** What they are multiplied by. */
  readonly gain: number;
  /** What is then added. */
  readonly shift: number;
  /** The power they are then raised to. */
  readonly power: number;
}

const greyChange: z.ZodType<GreyChange> = z.strictObject({
  gain: z.number(),
  shift: z.number(),
  power: z.number().positive(),
});

/** What {@linkcode grey} does: no change, one for all sections, or one for each. */
export interface GreyParameters {
  /** Whether it leaves the sample alone, treats it whole or by section. */
  readonly mode: "none" | "2d" | "3d";
  /** The changes: none, one for each section, or a single one. */
  readonly changes: readonly GreyChange[];
}

/**
 * Changes contrast, brightness and gamma (AUG-4, and those of AUG-14), of each
 * section on its own (`2d`), of the whole sample (`3d`), or of either by chance
 * (`mix`, AUG-5):
 * `g <- clip(g * (1 + (U - 0.5) * contrast) + (U - 0.5) * brightness)`, then
 * `g <- g ^ (2 ^ (gamma * (2 U - 1)))`, each `U` uniform from 0 to 1.
 */
export const grey = defineAugmentation({
  name: "grey",
  summary: "Changes contrast, brightness and gamma by section or as a whole",
  options: {
    mode: choice(
      ["2d", "3d", "mix"],
      "mix",
      "each section on its own, all alike, or either by chance",
    ),
    contrast: nonNegative(0.3, "range of the gain around 1"),
    brightness: nonNegative(0.3, "range of the shift around 0"),
    gamma: nonNegative(1, "largest power, as the logarithm to base 2"),
    skip: fraction(0.3, "chance of no change"),
  },
  create: ({ mode, contrast, brightness, gamma, skip }) => ({
    draw([depth]: Zyx, rng: Rng): GreyParameters {
      const r = rng.uniform(0, 1);
      if (r < skip) return { mode: "none", changes: [] };
      const drawn = mode !== "mix"
        ? mode
        : r > 1 - (1 - skip) / 2
        ? "3d"
        : "2d";
      const changes = Array.from(
        { length: drawn === "3d" ? 1 : depth },
        () => ({
          gain: 1 + (rng.uniform(0, 1) - 0.5) * contrast,
          shift: (rng.uniform(0, 1) - 0.5) * brightness,
          power: 2 ** (gamma * (2 * rng.uniform(0, 1) - 1)),
        }),
      );
      return { mode: drawn, changes };
    },
    schema: ([depth]) =>
      z.discriminatedUnion("mode", [
        z.strictObject({
          mode: z.literal("none"),
          changes: z.array(greyChange).max(
            0,
            "it should be empty, as mode is none",
          )
            .readonly(),
        }),
        z.strictObject({
          mode: z.literal("2d"),
          changes: oneForEach(greyChange, { count: depth, what: "section" }),
        }),
        z.strictObject({
          mode: z.literal("3d"),
          changes: oneForEach(greyChange, { count: 1, what: "patch" }),
        }),
      ]),
    apply: (sample, { changes }: GreyParameters) =>
      inArena(() => {
        const image = scaled(sample.image, {}); // [D, H, W]
        const slab = image.length / changes.length;
        for (const [k, { gain, shift, power }] of changes.entries()) {
          const part = image.subarray(k * slab, (k + 1) * slab);
          scaled(part, { gain, shift, low: 0, high: 1 }, part);
          raiseToPower(part, power);
        }
        return { ...sample, image };
      }),
  }),
});
