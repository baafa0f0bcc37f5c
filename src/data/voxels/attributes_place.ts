import * as z from "zod";
import { mapZyx, type Zyx } from "@/core/mod.ts";
import { nmOf } from "./units.ts";

/** Where an array lies, in nanometres, z y x, and what says so. */
export interface ArrayPlace {
  /** Extent of a voxel. */
  readonly resolutionNm: Zyx;
  /** Place of the first voxel; undefined where that is not said. */
  readonly offsetNm: Zyx | undefined;
  /** The attribute that says it. */
  readonly from: string;
}

/** A place that cannot be understood. */
export class PlaceFault extends Error {}

const triple = z.tuple([z.number(), z.number(), z.number()]);
const texts = z.tuple([z.string(), z.string(), z.string()]);

/** What Janelia writes: axes by name, so that their order is no question. */
const transformSchema = z.looseObject({
  axes: texts,
  scale: triple,
  translate: triple.optional(),
  units: texts,
});

/** What n5 tools write: x y z. */
const pixelSchema = z.looseObject({ dimensions: triple, unit: z.string() });

/**
 * What the attributes of an array say of its place, each that says something;
 * `order` is that of plain triples such as `resolution`.
 *
 * @throws {PlaceFault} If one is not what it should be.
 */
export function placesIn(
  attributes: Readonly<Record<string, unknown>>,
  order: "zyx" | "xyz",
): readonly ArrayPlace[] {
  const turned = (numbers: readonly number[]) =>
    (order === "xyz" ? numbers.toReversed() : numbers) as unknown as Zyx;
  const read = <T>(name: string, schema: z.ZodType<T>, what: string) => {
    const value = attributes[name];
    if (value === undefined || value === null) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new PlaceFault(
      `its attribute "${name}" is ${JSON.stringify(value)}, not ${what}`,
    );
  };
  const three = `three numbers, ${order.split("").join(" ")}`;
  const units = read("units", z.array(z.string()).length(3), "three units");
  const nm = turned(
    (units ?? ["nm", "nm", "nm"]).map((u) => unitOf(u, "units")),
  );
  const inNm = (numbers: readonly number[] | undefined) => {
    const zyx = numbers && turned(numbers);
    return zyx && mapZyx((axis) => zyx[axis] * nm[axis]);
  };
  const offsetNm = inNm(read("offset", triple, three));
  const places: ArrayPlace[] = [];
  for (const name of ["resolution", "voxel_size"]) {
    const found = inNm(read(name, triple, three));
    if (found) places.push({ resolutionNm: found, offsetNm, from: name });
  }
  const pixel = read("pixelResolution", pixelSchema, "dimensions and a unit");
  if (pixel) {
    const unit = unitOf(pixel.unit, "pixelResolution");
    places.push({
      resolutionNm: pixel.dimensions.toReversed()
        .map((extent) => extent * unit) as unknown as Zyx,
      offsetNm,
      from: "pixelResolution",
    });
  }
  const transform = read("transform", transformSchema, "a scale by axes");
  if (transform) places.push(placeOfTransform(transform));
  for (const { from, resolutionNm } of places) {
    if (resolutionNm.every((extent) => extent > 0 && extent < Infinity)) {
      continue;
    }
    throw new PlaceFault(
      `its attribute "${from}" says voxels of ${resolutionNm.join(" × ")} nm`,
    );
  }
  return places;
}

/** Nanometres of a unit that an attribute names. */
export function unitOf(unit: string, attribute: string): number {
  const nm = nmOf(unit);
  if (nm !== undefined) return nm;
  throw new PlaceFault(
    `its attribute "${attribute}" has the unit "${unit}", which is no length ` +
      "that is known",
  );
}

function placeOfTransform(
  { axes, scale, translate, units }: z.infer<typeof transformSchema>,
): ArrayPlace {
  const at = (["z", "y", "x"] as const).map((axis) =>
    axes.findIndex((name) => name.toLowerCase() === axis)
  );
  if (at.includes(-1)) {
    throw new PlaceFault(
      `its attribute "transform" has the axes ${axes.join(", ")}, not z, y, x`,
    );
  }
  const along = (numbers: readonly number[]) =>
    mapZyx((a) => numbers[at[a]!]! * unitOf(units[at[a]!]!, "transform"));
  return {
    resolutionNm: along(scale),
    offsetNm: translate && along(translate),
    from: "transform",
  };
}

/** Rounding moves resolutions by less than this part. */
const tolerance = 1e-3;

/**
 * The one place that all agree on; undefined where nothing is said.
 *
 * @throws {PlaceFault} If two disagree.
 */
export function agreedPlace(
  places: readonly ArrayPlace[],
): ArrayPlace | undefined {
  const [first, ...others] = places;
  for (const other of others) {
    const isSame = first!.resolutionNm.every((nm, axis) =>
      Math.abs(other.resolutionNm[axis]! / nm - 1) < tolerance
    ) && (!first!.offsetNm || !other.offsetNm ||
      first!.offsetNm.every((nm, axis) =>
        Math.abs(other.offsetNm![axis]! - nm) <
          0.01 * first!.resolutionNm[axis]!
      ));
    if (isSame) {
      continue;
    }
    throw new PlaceFault(
      `"${first!.from}" says voxels of ${placeText(first!)}, "${other.from}" ` +
        `says ${placeText(other)}`,
    );
  }
  return first && {
    ...first,
    offsetNm: places.find(({ offsetNm }) => offsetNm)?.offsetNm,
  };
}

function placeText({ resolutionNm, offsetNm }: ArrayPlace): string {
  return `${resolutionNm.join(" × ")} nm` +
    (offsetNm ? ` from ${offsetNm.join(", ")} nm` : "");
}
