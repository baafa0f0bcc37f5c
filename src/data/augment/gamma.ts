import { flag, fraction, interval, meanOf } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { clipGrey } from "./_kernel.ts";
import { raiseToPower } from "./_power.ts";
import { sectionOptions } from "./_sections.ts";
import { changingSlabs } from "./_slabs.ts";

/** How grey values are bent. */
export interface Bend {
  /** The power they are raised to. */
  readonly power: number;
  /** Whether they are counted down from the brightest one. */
  readonly inverted: boolean;
}

/**
 * Raises grey values to a power within their own range, counted from the darkest
 * or, inverted, from the brightest one (nnU-Net's GammaTransform). With
 * `retainStats` mean and standard deviation stay as they were, up to clipping to
 * 0 and 1. {@linkcode grey} has the simpler form with a power alone.
 */
export const gamma = defineAugmentation({
  name: "gamma",
  summary: "Raises grey values to a power within their own range",
  options: {
    power: interval([0.7, 1.5], "range of the power")
      .refine(([low]) => low > 0, "a power is above 0"),
    invertP: fraction(0.25, "chance that it is counted from the bright end"),
    retainStats: flag(true, "mean and standard deviation stay as they were"),
    ...sectionOptions("3d"),
  },
  create: ({ power, invertP, retainStats, ...options }) =>
    changingSlabs<Bend>(options, {
      draw: (rng) => ({
        power: rng.uniform(...power),
        inverted: rng.uniform(0, 1) < invertP,
      }),
      schema: z.strictObject({
        power: z.number().positive(),
        inverted: z.boolean(),
      }),
      apply(values, { change }) {
        const before = retainStats ? statsOf(values) : null;
        bend(values, change);
        if (before) restoreStats(values, before);
        clipGrey(values);
      },
    }),
});

/** Raises values to the power within their range, in place. */
function bend(values: Float32Array, { power, inverted }: Bend): void {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  const range = high - low;
  if (!(range > 0) || power === 1) return;
  const [origin, step] = inverted ? [high, -range] : [low, range];
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.abs(values[i]! - origin) / range;
  }
  raiseToPower(values, power);
  for (let i = 0; i < values.length; i++) {
    values[i] = values[i]! * step + origin;
  }
}

interface Stats {
  readonly mean: number;
  readonly deviation: number;
}

function statsOf(values: Float32Array): Stats {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(sum / values.length) };
}

/** Shifts and scales values to a mean and a standard deviation, in place. */
function restoreStats(values: Float32Array, { mean, deviation }: Stats): void {
  const now = statsOf(values);
  if (!(now.deviation > 0)) return;
  const scale = deviation / now.deviation;
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i]! - now.mean) * scale + mean;
  }
}
