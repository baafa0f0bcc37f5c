import {
  count,
  ExperimentError,
  mapZyx,
  reflected,
  type Rng,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { tracedBy } from "./_traced.ts";

/** What {@linkcode sectionDrop} does to one sample. */
export interface SectionDropParameters {
  /** Sections it reads beyond the first and the last of the patch. */
  readonly contextVox: number;
  /** Sections that are lost, counted from the first of the patch. */
  readonly dropped: readonly number[];
}

/**
 * Loses sections with their labels, and lets the others close up (PyTorch
 * Connectomics' MissingSection). It reads as many more sections as are lost;
 * beyond the ends of the volume sections are mirrored, unlabelled.
 */
export const sectionDrop = defineAugmentation({
  name: "sectionDrop",
  summary: "Loses sections with their labels, the others close up",
  options: { numSections: count(2, "sections that are lost") },
  create: ({ numSections }) => ({
    draw([depth]: Zyx, rng: Rng): SectionDropParameters {
      const contextVox = Math.ceil(numSections / 2);
      // The first and the last stay, so that the patch never just moves.
      const left = Array.from(
        { length: depth + 2 * contextVox - 2 },
        (_, i) => i + 1 - contextVox,
      );
      const dropped: number[] = [];
      while (dropped.length < numSections && left.length > 0) {
        dropped.push(...left.splice(rng.integer(left.length), 1));
      }
      return { contextVox, dropped: dropped.toSorted((a, b) => a - b) };
    },
    schema: () =>
      z.strictObject({
        contextVox: z.int().min(0),
        dropped: z.array(z.int()).readonly(),
      }),
    marginVox: (_shapeVox: Zyx, { contextVox }: SectionDropParameters) => [
      contextVox,
      0,
      0,
    ],
    apply: dropSections,
  }),
});

/** Takes the middle of the sections that are left. */
function dropSections(
  sample: Sample,
  { contextVox, dropped }: SectionDropParameters,
): Sample {
  const { inside } = sample;
  const [wide, height, width] = sample.shapeVox;
  const depth = wide - 2 * contextVox;
  const kept = Array.from({ length: wide }, (_, z) => z)
    .filter((z) => !dropped.includes(z - contextVox));
  if (kept.length < depth) {
    throw new ExperimentError(
      `Cannot drop ${dropped.length} sections with ${contextVox} around: ` +
        `${depth} should remain`,
      { where: "dropped", fix: `Drop ${2 * contextVox} sections or fewer` },
    );
  }
  const first = Math.floor((kept.length - depth) / 2);
  const from = kept.slice(first, first + depth);
  const front = inside.startVox[0], extent = inside.shapeVox[0];
  const mirroredFrom = from.map((z) => front + reflected(z - front, extent));
  const take = <T extends Float32Array | Uint8Array>(
    array: T,
    sections: readonly number[],
  ): T => {
    const section = height * width;
    const result = new (array.constructor as new (n: number) => T)(
      depth * section,
    );
    for (const [to, z] of sections.entries()) {
      result.set(
        array.subarray(z * section, (z + 1) * section) as never,
        to * section,
      );
    }
    return result;
  };
  return {
    ...sample,
    image: take(sample.image, mirroredFrom),
    target: take(sample.target, from),
    mask: take(sample.mask, from),
    ...tracedBy(sample, (values) => take(values, from)),
    shapeVox: [depth, height, width],
    inside: {
      startVox: mapZyx((axis) => axis === 0 ? 0 : inside.startVox[axis]),
      shapeVox: mapZyx((axis) => axis === 0 ? depth : inside.shapeVox[axis]),
    },
  };
}
