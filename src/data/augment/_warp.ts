import {
  choice,
  flag,
  number,
  type Rng,
  type Sample,
  whole,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import type { Augmentation } from "./_augmentation.ts";
import { extentOf } from "./_parameters.ts";
import { type Places, placesAtRest, placesOf, reachVox } from "./_places.ts";
import { readPlaces, type ReadPlacesOptions } from "./_read_places.ts";
import {
  changesBySection,
  changesOf,
  drawChanges,
  type SectionChanges,
  type SectionOptions,
} from "./_sections.ts";

/** Voxels beyond which the border no longer shows in a cubic spline. */
const splineReachVox = 8;

/** The options of everything that reads voxels at other places. */
export const warpOptions = {
  imageOrder: z.union([z.literal(0), z.literal(1), z.literal(3)]).default(1)
    .describe("interpolation of grey values: 0 nearest, 1 linear, 3 cubic"),
  outside: choice(
    ["value", "mean", "reflect", "mirror"],
    "reflect",
    "grey values beyond the volume: a fixed one, the mean, mirrored at the " +
      "border or at the outermost voxels",
  ),
  outsideValue: number(0, "the fixed one"),
  outsideLabelled: flag(
    false,
    "what lies beyond the volume counts as labelled",
  ),
  maxContextVox: whole(
    128,
    "most voxels of the volume to read around a patch; beyond them it is " +
      "taken to end",
  ),
};

/** What {@linkcode warpOptions} give. */
export interface WarpOptions extends Omit<ReadPlacesOptions, "labelOrder"> {
  /** Most voxels to read around a patch. */
  readonly maxContextVox: number;
}

/** What decides a warp: the patch it was drawn for, and more. */
export interface WarpParameters {
  /** Extent of the patch. */
  readonly shapeVox: Zyx;
}

/** A warp in two halves: what is drawn, and where that puts the voxels. */
export interface Warp<Parameters extends WarpParameters> {
  /** What to do to a patch. */
  draw(shapeVox: Zyx, rng: Rng): Parameters;
  /** Matches what could be drawn for a patch of `shapeVox`. */
  schema(shapeVox: Zyx): z.ZodType<Parameters>;
  /** Where its voxels are read. */
  places(parameters: Parameters): Places;
  /** Labels: 0 from the nearest voxel, which is the default, or linear. */
  readonly labelOrder?: 0 | 1;
}

/** The augmentation that reads voxels where a warp puts them. */
export function warping<Parameters extends WarpParameters>(
  options: WarpOptions,
  { draw, schema, places, labelOrder = 0 }: Warp<Parameters>,
): Augmentation<Parameters> {
  const context = options.imageOrder === 3 ? splineReachVox : 1;
  const placesOnce = rememberingLast(places); // for the margin, then to apply
  const reachOnce = rememberingLast((parameters: Parameters) =>
    reachVox(placesOnce(parameters), parameters.shapeVox)
  );
  return {
    draw,
    schema,
    marginVox(_shapeVox, parameters) {
      const [depth, y, x] = reachOnce(parameters);
      const margin = (vox: number) =>
        vox === 0
          ? 0
          : Math.min(Math.ceil(vox) + context, options.maxContextVox);
      const inPlane = margin(Math.max(y, x)); // a square stays one
      return [margin(depth), inPlane, inPlane];
    },
    apply: (sample: Sample, parameters: Parameters) =>
      readPlaces(
        sample,
        { shapeVox: parameters.shapeVox, places: placesOnce(parameters) },
        { ...options, labelOrder },
      ),
  };
}

/** A warp of sections in their plane: one for all, or each its own. */
export interface PlaneWarp<Plane> {
  /** How to bend one section, or all of them. */
  draw(shapeVox: Zyx, rng: Rng): Plane;
  /** Matches that. */
  readonly plane: z.ZodType<Plane>;
  /** Moves the voxels of a section: from where each is to where it is read. */
  move(plane: Plane, places: Places, shapeVox: Zyx): void;
}

/** What was drawn for the sections of a patch. */
export interface PlaneParameters<Plane>
  extends WarpParameters, SectionChanges<Plane> {}

/** The augmentation that bends sections in their plane. */
export function warpingPlanes<Plane>(
  options: WarpOptions & SectionOptions,
  { draw, plane, move }: PlaneWarp<Plane>,
): Augmentation<PlaneParameters<Plane>> {
  return warping(options, {
    draw: (shapeVox, rng) => ({
      shapeVox,
      ...drawChanges(
        shapeVox,
        { ...options, draw: (at) => draw(shapeVox, at) },
        rng,
      ),
    }),
    schema: (shapeVox) =>
      z.strictObject({
        shapeVox: extentOf(shapeVox),
        ...changesOf(shapeVox, plane),
      }),
    places(parameters) {
      const { shapeVox, changes } = parameters;
      const planes = changes.length === 1
        ? changes
        : changesBySection(shapeVox, parameters);
      const places = placesAtRest(planes.length, shapeVox);
      for (const [section, plane] of planes.entries()) {
        if (plane === null) continue;
        move(plane, placesOf(places, { section, shapeVox }), shapeVox);
      }
      return places;
    },
  });
}

/** A function that answers again at once when asked the same as last time. */
function rememberingLast<A extends object, B>(f: (a: A) => B): (a: A) => B {
  let last: { readonly a: A; readonly b: B } | undefined;
  return (a) => (last?.a === a ? last : last = { a, b: f(a) }).b;
}
