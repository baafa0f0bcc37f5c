import { interval, sectionsOf, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { roundHalfEven } from "./_round.ts";
import { sectionOptions } from "./_sections.ts";
import { changingSlabs } from "./_slabs.ts";

/** How sections lose resolution. */
export interface Coarsening {
  /** Resolution in the plane that is left, as a share of the present one. */
  readonly scale: number;
}

/**
 * Simulates sections imaged at a lower resolution (nnU-Net's
 * SimulateLowResolutionTransform): of the voxels in the plane only `scale` times
 * as many are kept along each axis, the nearest ones, and straight lines between
 * them give back the others.
 */
export const lowResolution = defineAugmentation({
  name: "lowResolution",
  summary: "Simulates sections imaged at a lower resolution",
  options: {
    scale: interval([0.5, 1], "range of the resolution left, as a share")
      .refine(([low, high]) => low > 0 && high <= 1, "a share is from 0 to 1"),
    ...sectionOptions(),
  },
  create: ({ scale, ...options }) =>
    changingSlabs<Coarsening>(options, {
      draw: (rng) => ({ scale: rng.uniform(...scale) }),
      schema: z.strictObject({ scale: z.number().positive().max(1) }),
      apply(values, { shapeVox, change }) {
        for (const section of sectionsOf(values, shapeVox)) {
          coarsen(section, shapeVox, change.scale);
        }
      },
    }),
});

/** Takes resolution from a section, in place. */
function coarsen(
  section: Float32Array,
  [, height, width]: Zyx,
  scale: number,
): void {
  const down = resampling(height, scale), along = resampling(width, scale);
  const kept = down.kept.length;
  const rows = new Float32Array(kept * width); // wide again, not yet high
  for (let r = 0; r < kept; r++) {
    const from = down.kept[r]! * width;
    for (let x = 0; x < width; x++) {
      const a = section[from + along.first[x]!]!;
      const b = section[from + along.second[x]!]!;
      rows[r * width + x] = a + (b - a) * along.part[x]!;
    }
  }
  for (let y = 0; y < height; y++) {
    const upper = down.firstKept[y]! * width;
    const lower = down.secondKept[y]! * width;
    const part = down.part[y]!;
    for (let x = 0; x < width; x++) {
      const a = rows[upper + x]!;
      section[y * width + x] = a + (rows[lower + x]! - a) * part;
    }
  }
}

/** Which voxels of a line are kept, and between which of them each one lies. */
function resampling(length: number, scale: number) {
  const count = Math.max(1, roundHalfEven(length * scale));
  const kept = Int32Array.from(
    { length: count },
    (_, k) => Math.floor((k + 0.5) * length / count),
  );
  // Voxel centres fall together at both ends of the line, not at the first voxel.
  const place = (i: number) => Math.max(0, (i + 0.5) * count / length - 0.5);
  const firstKept = Int32Array.from(
    { length },
    (_, i) => Math.min(Math.floor(place(i)), count - 1),
  );
  const secondKept = firstKept.map((k) => Math.min(k + 1, count - 1));
  return {
    kept,
    firstKept,
    secondKept,
    first: firstKept.map((k) => kept[k]!),
    second: secondKept.map((k) => kept[k]!),
    part: Float64Array.from({ length }, (_, i) => place(i) - firstKept[i]!),
  };
}
