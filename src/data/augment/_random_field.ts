import * as z from "zod";
import { ExperimentError, type Rng, rngAt, type Zyx } from "@/core/mod.ts";
import type { Augmentation } from "./_augmentation.ts";
import {
  changesOf,
  drawChanges,
  type DrawnChange,
  type SectionChanges,
  type SectionOptions,
} from "./_sections.ts";

/**
 * Random numbers for voxels: the address of the stream they are drawn from, or the
 * numbers themselves, for those who bring their own.
 */
export type RandomField = string | readonly number[];

/** What is drawn for sections, and random numbers for their voxels. */
export interface FieldChanges<Change> extends SectionChanges<Change> {
  /** The numbers, or where they come from. */
  readonly field: RandomField;
}

/**
 * What an augmentation draws that changes sections by random numbers. How many
 * those are, `numbers` says, where the patch alone decides it.
 */
export function fieldDraws<Change>(
  options: SectionOptions,
  { draw, schema, numbers }: DrawnChange<Change> & {
    numbers?(shapeVox: Zyx): number;
  },
): Pick<Augmentation<FieldChanges<Change>>, "draw" | "schema"> {
  return {
    draw: (shapeVox, rng) => ({
      ...drawChanges(shapeVox, { ...options, draw }, rng),
      field: rng.at("field").address,
    }),
    schema: (shapeVox) =>
      z.strictObject({
        ...changesOf(shapeVox, schema),
        field: fieldOf(numbers?.(shapeVox)),
      }),
  };
}

/** Matches a field of `count` numbers; of any number where that is not known. */
export function fieldOf(count?: number): z.ZodType<RandomField> {
  return z.union([
    z.string().min(1),
    z.array(z.number()).readonly(),
  ]).refine(
    (field) =>
      typeof field === "string" || count === undefined ||
      field.length === count,
    `it should be an address or have ${count} numbers`,
  );
}

/** The first `count` numbers of a field, uniform from -1 to 1. */
export function uniformField(field: RandomField, count: number): Float32Array {
  return numbersOf(field, count, (values, rng) => {
    for (let i = 0; i < count; i++) values[i] = rng.uniform(-1, 1);
  });
}

/**
 * The first `count` numbers of a field, standard normal (Marsaglia's polar method,
 * which takes half the time of Box and Muller's).
 */
export function normalField(field: RandomField, count: number): Float32Array {
  return numbersOf(field, count, (values, rng) => {
    for (let i = 0; i < count;) {
      const a = rng.uniform(-1, 1), b = rng.uniform(-1, 1);
      const square = a * a + b * b;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt(-2 * Math.log(square) / square);
      values[i++] = a * scale;
      if (i < count) values[i++] = b * scale;
    }
  });
}

function numbersOf(
  field: RandomField,
  count: number,
  draw: (values: Float32Array, rng: Rng) => void,
): Float32Array {
  const values = new Float32Array(count);
  if (typeof field === "string") draw(values, rngAt(field));
  else if (field.length === count) values.set(field);
  else {
    throw new ExperimentError(
      `Cannot use a field of ${field.length} numbers for ${count} voxels`,
      { where: "field", fix: `Give ${count} numbers, or an address` },
    );
  }
  return values;
}
