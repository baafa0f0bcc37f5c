import * as z from "zod";
import { formFault, mapZyx, type Zyx } from "@/core/mod.ts";
import { type ArrayPlace, PlaceFault, unitOf } from "../voxels/mod.ts";

/** Images of several levels, as OME-Zarr 0.4 and 0.5 describe them. */
export interface Multiscales {
  /** Names of the axes, as the arrays have them. */
  readonly axes: readonly string[];
  /** The paths of its levels below the group, the finest first. */
  readonly levels: readonly string[];
  /**
   * Where a level lies.
   *
   * @throws {PlaceFault} If that is not said, or not understood.
   */
  placeOf(level: string): ArrayPlace | undefined;
}

const transformation = z.looseObject({
  type: z.string(),
  scale: z.array(z.number()).optional(),
  translation: z.array(z.number()).optional(),
});
type Transformation = z.infer<typeof transformation>;

const multiscale = z.looseObject({
  axes: z.array(
    z.looseObject({ name: z.string(), unit: z.string().optional() }),
  ),
  datasets: z.array(z.looseObject({
    path: z.string(),
    coordinateTransformations: z.array(transformation).default([]),
  })).min(1),
  coordinateTransformations: z.array(transformation).default([]),
});

/**
 * The multiscales among the attributes of a group; undefined if it has none.
 *
 * @throws {PlaceFault} If they are not those of OME-Zarr 0.4 or 0.5.
 */
export function multiscalesIn(
  attributes: Readonly<Record<string, unknown>>,
): Multiscales | undefined {
  const ome = attributes["ome"] as { multiscales?: unknown } | undefined;
  const value = ome?.multiscales ?? attributes["multiscales"];
  if (value === undefined) return undefined;
  const parsed = z.array(multiscale).min(1).safeParse(value);
  if (!parsed.success) {
    throw new PlaceFault(
      "its multiscales are not those of OME-Zarr 0.4 or 0.5: " +
        formFault(parsed.error, value),
    );
  }
  const [{ axes, datasets, coordinateTransformations: outer }] = parsed
    .data as [z.infer<typeof multiscale>];
  return {
    axes: axes.map(({ name }) => name),
    levels: datasets.map(({ path }) => path),
    placeOf(level) {
      const found = datasets.find(({ path }) => path === level);
      if (!found) return undefined;
      const steps = [...found.coordinateTransformations, ...outer];
      if (!steps.some(({ type }) => type === "scale")) return undefined;
      const units = axes.slice(-3).map(({ name, unit }) => {
        if (unit !== undefined) return unitOf(unit, "multiscales");
        throw new PlaceFault(
          `the axis "${name}" of its multiscales has no unit`,
        );
      });
      return { ...placeBy(steps, units), from: "multiscales" };
    },
  };
}

/** What steps from voxels to space come to, along the last three axes. */
function placeBy(
  steps: readonly Transformation[],
  units: readonly number[],
): Omit<ArrayPlace, "from"> {
  let scale: Zyx = [1, 1, 1], offset: Zyx = [0, 0, 0];
  for (const step of steps) {
    if (step.type === "identity") continue;
    const numbers = step.type === "scale"
      ? step.scale
      : step.type === "translation"
      ? step.translation
      : undefined;
    const last = numbers?.slice(-3);
    if (last?.length !== 3) {
      throw new PlaceFault(
        `its multiscales have a transformation "${step.type}" that is not read`,
      );
    }
    if (step.type === "translation") {
      offset = mapZyx((axis) => offset[axis] + last[axis]!);
    } else {
      scale = mapZyx((axis) => scale[axis] * last[axis]!);
      offset = mapZyx((axis) => offset[axis] * last[axis]!);
    }
  }
  const resolutionNm = mapZyx((axis) => scale[axis] * units[axis]!);
  if (!resolutionNm.every((nm) => nm > 0 && nm < Infinity)) {
    throw new PlaceFault(
      `its multiscales say voxels of ${resolutionNm.join(" × ")} nm`,
    );
  }
  return {
    resolutionNm,
    offsetNm: mapZyx((axis) => offset[axis] * units[axis]!),
  };
}
