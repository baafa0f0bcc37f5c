import {
  choice,
  count,
  flag,
  fraction,
  interval,
  mapZyx,
  number,
  type Rng,
  sizeOf,
  whole,
  type Zyx,
  zyxCount,
  zyxNonNegative,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { largestReachVox } from "./_bound.ts";
import type { FieldParameters } from "./_field.ts";
import { drawMisalignment, type Misalignment } from "./_misalign.ts";
import { extentOf, oneForEach, planeVox } from "./_parameters.ts";
import { readAlong } from "./_read_along.ts";
import { roundHalfEven } from "./_round.ts";

/** What {@linkcode elastic} does to one sample. */
export interface ElasticParameters extends FieldParameters, Misalignment {}

/** Voxels beyond which the border no longer shows in a cubic spline. */
const splineReachVox = 8;

/**
 * Bends, turns and misaligns (AUG-6, gunpowder's ElasticAugment): each voxel is
 * read at its own place, plus a cubic spline through random offsets of control
 * points, plus a turn in the plane, plus slips of single sections and shifts of
 * all sections from one on. It reads as much context as what it has drawn asks
 * for, so that voxels from outside appear only where the volume ends; labels are
 * read from the nearest voxel.
 */
export const elastic = defineAugmentation({
  name: "elastic",
  summary: "Bends, turns and misaligns sections as cutting and imaging do",
  options: {
    controlPointSpacing: zyxCount([4, 40, 40], "voxels between control points"),
    jitterSigma: zyxNonNegative(
      [0, 2, 2],
      "standard deviation of their offsets in voxels",
    ),
    rotationInterval: interval([0, 0], "range of the turn in radians"),
    probSlip: fraction(0.05, "chance that a section alone is displaced"),
    probShift: fraction(0.05, "chance that it is, with all that follow"),
    maxMisalign: whole(25, "largest displacement of a section in voxels"),
    subsample: count(
      1,
      "voxels for each of which the spline is evaluated once",
    ),
    imageOrder: z.union([z.literal(0), z.literal(1), z.literal(3)]).default(1)
      .describe("interpolation of grey values: 0 nearest, 1 linear, 3 cubic"),
    outside: choice(
      ["value", "mean", "reflect"],
      "reflect",
      "grey values beyond the volume: a fixed one, the mean, or mirrored",
    ),
    outsideValue: number(0, "the fixed one"),
    outsideLabelled: flag(
      false,
      "what lies beyond the volume counts as labelled",
    ),
    slipLabels: flag(true, "labels slip with their section"),
    context: flag(
      true,
      "what lies around the patch is read from the volume, not made up",
    ),
  },
  presets: {
    gunpowder: {
      summary: "the call of the report's author: turned by up to a quarter",
      options: { rotationInterval: [0, Math.PI / 2] },
    },
    cnnectome: {
      summary: "as CNNectome: labels stay where a section alone slips",
      options: { rotationInterval: [0, Math.PI / 2], slipLabels: false },
    },
    report: {
      summary: "as in the report: no turn, nearest grey values, none from " +
        "around the patch, which becomes -1/256",
      options: {
        rotationInterval: [0, 0],
        imageOrder: 0,
        outside: "value",
        outsideValue: -1 / 256,
        outsideLabelled: true,
        context: false,
      },
    },
  },
  create: (options) => ({
    draw(shapeVox: Zyx, rng: Rng): ElasticParameters {
      const points = mapZyx((axis) =>
        Math.max(
          1,
          roundHalfEven(shapeVox[axis] / options.controlPointSpacing[axis]),
        )
      );
      const jitter = rng.at("jitter");
      const offsetsAlong = (axis: 0 | 1 | 2) =>
        options.jitterSigma[axis] === 0 ? null : Array.from(
          { length: sizeOf(points) },
          () => jitter.normal() * options.jitterSigma[axis],
        );
      return {
        shapeVox,
        points,
        offsetsVox: [offsetsAlong(0), offsetsAlong(1), offsetsAlong(2)],
        angle: rng.at("angle").uniform(...options.rotationInterval),
        ...drawMisalignment(shapeVox[0], options, rng.at("misalign")),
      };
    },
    marginVox(_shapeVox: Zyx, parameters: ElasticParameters) {
      if (!options.context) return [0, 0, 0];
      const [z, y, x] = largestReachVox(parameters);
      const context = options.imageOrder === 3 ? splineReachVox : 1;
      const margin = (vox: number) => vox === 0 ? 0 : Math.ceil(vox) + context;
      const inPlane = margin(Math.max(y, x)); // a square stays one
      return [margin(z), inPlane, inPlane];
    },
    schema: fieldSchema,
    apply: (sample, parameters: ElasticParameters) =>
      readAlong(sample, parameters, options),
  }),
});

/** Matches a field and displacements for a patch of `shapeVox`. */
function fieldSchema(shapeVox: Zyx): z.ZodType<ElasticParameters> {
  const axis = z.array(z.number()).readonly().nullable();
  const shifts = oneForEach(planeVox, { count: shapeVox[0], what: "section" });
  const n = z.int().min(1);
  return z.strictObject({
    shapeVox: extentOf(shapeVox),
    points: z.tuple([n, n, n]).readonly(),
    offsetsVox: z.tuple([axis, axis, axis]).readonly(),
    angle: z.number(),
    imageShiftsVox: shifts,
    labelShiftsVox: shifts,
  }).superRefine(({ points, offsetsVox }, context) => {
    const count = sizeOf(points);
    for (const [k, offsets] of offsetsVox.entries()) {
      if (offsets === null || offsets.length === count) continue;
      context.addIssue({
        code: "custom",
        path: ["offsetsVox", k],
        message: `it should have ${count}, one for each control point`,
      });
    }
  });
}
