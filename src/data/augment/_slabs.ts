import { cropArray, type Sample, sizeOf, type Zyx } from "@/core/mod.ts";
import type { Augmentation } from "./_augmentation.ts";
import {
  changesBySection,
  type DrawnChange,
  type SectionChanges,
  sectionDraws,
  type SectionOptions,
} from "./_sections.ts";

/** What a change does to grey values, `[d, h, w]`, in place. */
export type SlabChange<Change> = (
  values: Float32Array,
  slab: { readonly shapeVox: Zyx; readonly change: Change },
) => void;

/** The augmentation that changes grey values slab by slab. */
export function changingSlabs<Change>(
  options: SectionOptions,
  { apply, ...drawn }: DrawnChange<Change> & {
    readonly apply: SlabChange<Change>;
  },
): Augmentation<SectionChanges<Change>> {
  return {
    ...sectionDraws(options, drawn),
    apply: (sample, { changes }) => changeSlabs(sample, { changes, apply }),
  };
}

/**
 * Changes grey values slab by slab: of the whole sample where there is one change,
 * else of each section. Only what lies inside the volume changes.
 */
export function changeSlabs<Change>(
  sample: Sample,
  { apply, ...parameters }: SectionChanges<Change> & {
    readonly apply: SlabChange<Change>;
  },
): Sample {
  const { shapeVox, inside } = sample;
  const changes = parameters.changes.length === 1
    ? parameters.changes
    : changesBySection(shapeVox, parameters);
  const image = sample.image.slice(); // [D, H, W]
  const [front, top, left] = inside.startVox;
  const [depth, rows, columns] = inside.shapeVox;
  const slabs = changes.length === 1
    ? [{ z: front, extent: depth, change: changes[0]! }]
    : changes.slice(front, front + depth)
      .map((change, z) => ({ z: front + z, extent: 1, change: change! }));
  for (const { z, extent, change } of slabs) {
    const slabVox: Zyx = [extent, rows, columns];
    if (change === null || sizeOf(slabVox) === 0) continue;
    const box = { startVox: [z, top, left], shapeVox: slabVox } as const;
    const values = cropArray(sample.image, shapeVox, box);
    apply(values, { shapeVox: slabVox, change });
    for (let row = 0; row < extent * rows; row++) {
      const y = (z + Math.floor(row / rows)) * shapeVox[1] + top + row % rows;
      image.set(
        values.subarray(row * columns, (row + 1) * columns),
        y * shapeVox[2] + left,
      );
    }
  }
  return { ...sample, image };
}
