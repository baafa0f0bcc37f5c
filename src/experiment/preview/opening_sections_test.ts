import { deepStrictEqual } from "node:assert/strict";
import type { Patch } from "@/core/mod.ts";
import { openingSections } from "./opening_sections.ts";

/** A patch with so many cleft voxels in each of its sections of 1 × 9. */
function patchOf(...counts: readonly number[]): Patch {
  const voxels = 9 * counts.length;
  return {
    image: new Float32Array(voxels),
    target: Uint8Array.from(
      counts.flatMap((count) =>
        Array.from({ length: 9 }, (_, x) => Number(x < count))
      ),
    ),
    mask: new Uint8Array(voxels).fill(1),
    shapeVox: [counts.length, 1, 9],
  };
}

Deno.test("openingSections() takes the section that shows most before and after", () => {
  deepStrictEqual(openingSections(patchOf(9, 3, 2), patchOf(1, 4, 9)), {
    ...{ before: 1, after: 1 },
  });
});

Deno.test("openingSections() takes one for each where they have none in common", () => {
  deepStrictEqual(openingSections(patchOf(0, 1, 2, 0), patchOf(5, 0, 0, 1)), {
    ...{ before: 2, after: 0 },
  });
  deepStrictEqual(openingSections(patchOf(0, 1, 2), patchOf(0, 0, 0)), {
    ...{ before: 2, after: 2 }, // a defect has hidden it
  });
});

Deno.test("openingSections() gives none where no cleft is in the sections that are shown", () => {
  deepStrictEqual(openingSections(patchOf(0, 0), patchOf(0, 0)), undefined);
  const deep = patchOf(9, 0, ...new Array(12).fill(0)); // 1 to 12 are shown
  deepStrictEqual(openingSections(deep, deep), undefined);
});
