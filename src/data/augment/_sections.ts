import {
  choice,
  cropArray,
  ExperimentError,
  fraction,
  type Rng,
  type Sample,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";

/** What is drawn for the sections of a sample. */
export interface SectionChanges<Change> {
  /** One change for all sections, or one for each; null leaves them alone. */
  readonly changes: readonly (Change | null)[];
}

/** Whether sections are treated alike or each on its own (AUG-5). */
export interface SectionOptions {
  /** Each on its own, all alike, or either by chance. */
  readonly mode: "2d" | "3d" | "mix";
  /** Chance of each section where they are treated on their own. */
  readonly sectionP: number;
}

/** The options of {@linkcode SectionOptions} with their defaults. */
export function sectionOptions(
  mode: SectionOptions["mode"] = "mix",
  sectionP = 1,
) {
  return {
    mode: choice(
      ["2d", "3d", "mix"],
      mode,
      "each section on its own, all alike, or either by chance",
    ),
    sectionP: fraction(
      sectionP,
      "chance of each section where they are treated on their own",
    ),
  };
}

/** Matches the changes of the sections of a patch. */
export function changesOf<Change>(
  [depth]: Zyx,
  change: z.ZodType<Change>,
): { readonly changes: z.ZodType<readonly (Change | null)[]> } {
  return {
    changes: z.array(change.nullable()).readonly().refine(
      ({ length }) => length === 1 || length === depth,
      `it should have 1 for all sections, or ${depth}`,
    ),
  };
}

/** Draws one change for all sections or one for each, as the mode says. */
export function drawChanges<Change>(
  [depth]: Zyx,
  { mode, sectionP }: SectionOptions,
  rng: Rng,
  draw: (rng: Rng) => Change,
): SectionChanges<Change> {
  const isWhole = mode === "3d" ||
    mode === "mix" && rng.at("mode").uniform(0, 1) < 0.5;
  if (isWhole) return { changes: [draw(rng)] };
  const chosen = rng.at("sections");
  return {
    changes: Array.from(
      { length: depth },
      () => chosen.uniform(0, 1) < sectionP ? draw(rng) : null,
    ),
  };
}

/**
 * The change of each section.
 *
 * @throws {ExperimentError} If there is neither one for all nor one for each.
 */
export function changesBySection<Change>(
  [depth]: Zyx,
  { changes }: SectionChanges<Change>,
): readonly (Change | null)[] {
  if (changes.length === depth) return changes;
  if (changes.length === 1) return new Array(depth).fill(changes[0]);
  throw new ExperimentError(
    `Cannot apply ${changes.length} changes to ${depth} sections`,
    { where: "changes", fix: `Give one change, or ${depth}` },
  );
}

/**
 * Changes grey values slab by slab: of the whole sample where there is one change,
 * else of each section. `change` works in place on what lies inside the volume,
 * `[d, h, w]`; beyond it grey values stay as they were.
 */
export function changeSlabs<Change>(
  sample: Sample,
  parameters: SectionChanges<Change>,
  change: (values: Float32Array, shapeVox: Zyx, change: Change) => void,
): Sample {
  const { shapeVox, inside } = sample;
  const changes = parameters.changes.length === 1
    ? parameters.changes
    : changesBySection(shapeVox, parameters);
  const image = sample.image.slice(); // [D, H, W]
  const [front, top, left] = inside.startVox;
  const [depth, rows, columns] = inside.shapeVox;
  const slabs = changes.length === 1
    ? [{ z: front, extent: depth, drawn: changes[0]! }]
    : changes.slice(front, front + depth)
      .map((drawn, z) => ({ z: front + z, extent: 1, drawn: drawn! }));
  for (const { z, extent, drawn } of slabs) {
    const slabVox: Zyx = [extent, rows, columns];
    if (drawn === null || sizeOf(slabVox) === 0) continue;
    const box = { startVox: [z, top, left], shapeVox: slabVox } as const;
    const values = cropArray(sample.image, shapeVox, box);
    change(values, slabVox, drawn);
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
