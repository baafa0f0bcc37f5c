import {
  choice,
  ExperimentError,
  gaussianFilter,
  nonNegative,
  positive,
  rngAt,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
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
  readonly noise: string | readonly [ArrayLike<number>, ArrayLike<number>];
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
  create: (options) =>
    warping<SimardParameters>(options, {
      labelOrder: options.labelOrder,
      draw: (shapeVox, rng) => ({
        shapeVox,
        alphaVox: options.alphaVox ?? options.alpha * shapeVox[2],
        sigmaVox: options.sigmaVox ?? options.sigma * shapeVox[2],
        noise: rng.at("noise").address,
      }),
      places({ shapeVox, alphaVox, sigmaVox, noise }) {
        const [, height, width] = shapeVox;
        const fieldVox: Zyx = options.mode === "3d"
          ? [1, height, width]
          : shapeVox;
        const alongZ = options.mode === "smooth" ? sigmaVox : 0;
        const sigmasVox: Zyx = [alongZ, sigmaVox, sigmaVox];
        const [first, second] = noiseOf(noise, fieldVox)
          .map((array) => gaussianFilter(array, fieldVox, sigmasVox));
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
    }),
});

/**
 * The noise along both displaced axes, as arrays of `shapeVox`.
 *
 * @throws {ExperimentError} If it is given and has another size.
 */
function noiseOf(
  noise: SimardParameters["noise"],
  shapeVox: Zyx,
): [Float32Array, Float32Array] {
  const along = (axis: 0 | 1) => {
    const array = new Float32Array(sizeOf(shapeVox));
    if (typeof noise === "string") {
      const rng = rngAt(noise).at(axis);
      for (let i = 0; i < array.length; i++) array[i] = rng.uniform(-1, 1);
      return array;
    }
    if (noise[axis].length !== array.length) {
      throw new ExperimentError(
        `Cannot bend by ${noise[axis].length} numbers of noise along an axis`,
        {
          where: `noise[${axis}]`,
          fix: `Give ${array.length}, for [${shapeVox}] voxels`,
        },
      );
    }
    array.set(noise[axis]);
    return array;
  };
  return [along(0), along(1)];
}

/** Adds values times a factor. */
function addScaled(
  to: Float64Array,
  values: Float32Array,
  factor: number,
): void {
  for (let i = 0; i < to.length; i++) to[i]! += values[i]! * factor;
}
