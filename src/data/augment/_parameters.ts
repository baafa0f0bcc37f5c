import * as z from "zod";
import type { Zyx } from "@/core/mod.ts";

/** A list that has one item for each of `count` things. */
export function oneForEach<Item>(
  item: z.ZodType<Item>,
  { count, what }: { readonly count: number; readonly what: string },
): z.ZodType<readonly Item[]> {
  return z.array(item).readonly().refine(
    (list) => list.length === count,
    `it should have ${count}, one for each ${what}`,
  );
}

/** Exactly this extent, as parameters that go with a shape repeat it. */
export function extentOf(shapeVox: Zyx): z.ZodType<Zyx> {
  return z.tuple([z.int(), z.int(), z.int()]).readonly().refine(
    (given) => given.every((n, axis) => n === shapeVox[axis]),
    `it should be [${shapeVox.join(", ")}], the extent of the patch`,
  );
}

/** Matches the number of a section. */
export function sectionIn([depth]: Zyx): z.ZodType<number> {
  return z.int().min(0).max(
    depth - 1,
    `it should be a section from 0 to ${depth - 1}`,
  );
}

/** A pixel of a section, which may lie beside it. */
export const pixel: z.ZodType<readonly [y: number, x: number]> = z.tuple([
  z.int(),
  z.int(),
]).readonly();

/** A displacement in the plane, y before x. */
export const planeVox: z.ZodType<readonly [y: number, x: number]> = z.tuple([
  z.number(),
  z.number(),
]).readonly();
