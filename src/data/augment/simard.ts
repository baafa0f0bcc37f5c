import {
  choice,
  gaussianFilter,
  nonNegative,
  positive,
  rngAt,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { extentOf, oneForEach } from "./_parameters.ts";
import { placesAtRest } from "./_places.ts";
import { warping, warpOptions, type WarpParameters } from "./_warp.ts";

/** What {@linkcode simard} does to one sample. */
export interface SimardParameters extends WarpParameters {
  /** What the smoothed noise is multiplied with, in voxels. */
  readonly alphaVox: number;
  /** Standard deviation of the Gaussian that smooths it, in voxels. */
  readonly sigmaVox: number;
  /**
   * Noise from -1 to 1 along the first and second displaced axis, `[D, H, W]` or
   * `[H, W]`, or the address of the stream that it comes from.
   */
  readonly noise: string | readonly [readonly number[], readonly number[]];
}

/**
 * Displaces voxels by smoothed noise (AUG-12, Simard, Steinkraus and Platt 2003):
 * numbers from -1 to 1, through a Gaussian, times `alpha`.
 */
export const simard = defineAugmentation({
  name: "simard",
  summary: "Bends sections by noise that a Gaussian has smoothed",
  options: {
    alpha: nonNegative(2, "strength as a share of the width"),
    sigma: positive(
      0.07,
      "standard deviation of the Gaussian as a share of the width",
    ),
    alphaVox: z.number().min(0).optional()
      .describe("strength in voxels, in place of `alpha`"),
    sigmaVox: z.number().positive().optional()
      .describe("standard deviation in voxels, in place of `sigma`"),
    mode: choice(
      ["2d", "3d", "smooth"],
      "3d",
      "noise for each section, the same for all, or smoothed along z too",
    ),
    axes: choice(["yx", "zy"], "yx", "the axes along which voxels move"),
    labelOrder: z.union([z.literal(0), z.literal(1)]).default(0).describe(
      "labels from the nearest voxel, or linear and set wherever above 0",
    ),
    ...warpOptions,
  },
  presets: {
    report: {
      summary: "as in the report: a field smooth in 3-D that moves voxels " +
        "along z and y, linear labels, no context",
      options: {
        mode: "smooth",
        axes: "zy",
        labelOrder: 1,
        outsideLabelled: true,
        maxContextVox: 0,
      },
    },
  },
  create(options) {
    const fieldOf = ([depth, height, width]: Zyx): Zyx => [
      options.mode === "3d" ? 1 : depth,
      height,
      width,
    ];
    return warping<SimardParameters>(options, {
      labelOrder: options.labelOrder,
      draw: (shapeVox, rng) => ({
        shapeVox,
        alphaVox: options.alphaVox ?? options.alpha * shapeVox[2],
        sigmaVox: options.sigmaVox ?? options.sigma * shapeVox[2],
        noise: rng.at("noise").address,
      }),
      schema: (shapeVox) => {
        const size = sizeOf(fieldOf(shapeVox));
        const along = oneForEach(z.number(), {
          count: size,
          what: "voxel of the field",
        });
        return z.strictObject({
          shapeVox: extentOf(shapeVox),
          alphaVox: z.number(),
          sigmaVox: z.number().positive(),
          noise: z.union([z.string(), z.tuple([along, along]).readonly()]),
        });
      },
      places({ shapeVox, alphaVox, sigmaVox, noise }) {
        const fieldVox = fieldOf(shapeVox);
        const alongZ = options.mode === "smooth" ? sigmaVox : 0;
        const sigmasVox: Zyx = [alongZ, sigmaVox, sigmaVox];
        const [first, second] = ([0, 1] as const).map((axis) =>
          gaussianFilter(noiseAlong(axis, noise, fieldVox), fieldVox, sigmasVox)
        );
        const places = placesAtRest(fieldVox[0], shapeVox);
        if (options.axes === "yx") {
          addScaled(places.y, first!, alphaVox);
          addScaled(places.x, second!, alphaVox);
          return places;
        }
        const z = new Float64Array(places.y.length);
        addScaled(z, first!, alphaVox);
        addScaled(places.y, second!, alphaVox);
        return { ...places, z };
      },
    });
  },
});

/** The noise along one of the displaced axes, an array of `shapeVox`. */
function noiseAlong(
  axis: 0 | 1,
  noise: SimardParameters["noise"],
  shapeVox: Zyx,
): Float32Array {
  if (typeof noise !== "string") return Float32Array.from(noise[axis]);
  const rng = rngAt(noise).at(axis);
  const array = new Float32Array(sizeOf(shapeVox));
  for (let i = 0; i < array.length; i++) array[i] = rng.uniform(-1, 1);
  return array;
}

/** Adds values times a factor. */
function addScaled(
  to: Float64Array,
  values: Float32Array,
  factor: number,
): void {
  for (let i = 0; i < to.length; i++) to[i]! += values[i]! * factor;
}
