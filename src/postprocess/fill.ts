import { choice, whole } from "@/core/mod.ts";
import { inSections } from "./_in_sections.ts";
import { maskOf, objectsOf } from "./_objects.ts";
import { type Called, defineStep } from "./_step.ts";

/**
 * Calls cleft what is enclosed by it (`scipy.ndimage.binary_fill_holes`): other
 * voxels that touch by faces and do not reach the border.
 */
export const fill = defineStep({
  name: "fill",
  summary: "Calls cleft what is enclosed by it",
  options: {
    within: choice(
      ["section", "volume"],
      "section",
      "what a hole is enclosed in: its section, or all around",
    ),
    maxVox: whole(0, "holes of more voxels stay; 0 fills holes of any size"),
  },
  create: ({ within, maxVox }) => ({
    stage: "mask",
    apply: (called) =>
      within === "section"
        ? inSections(called, (one) => {
          fillHoles(one, { maxVox, isFlat: true });
        })
        : fillHoles(called, { maxVox, isFlat: false }),
  }),
});

function fillHoles(
  called: Called,
  { maxVox, isFlat }: { readonly maxVox: number; readonly isFlat: boolean },
): Called {
  const mask = maskOf(called);
  const rest = new Uint8Array(mask.shapeVox[1] * mask.shapeVox[2]);
  const { facts, sections } = objectsOf({
    ...mask,
    connectivity: 6,
    hasEnds: !isFlat,
    section(z) {
      const section = mask.section(z);
      for (let i = 0; i < rest.length; i++) rest[i] = section[i] ? 0 : 1;
      return rest;
    },
  });
  const isHole = Uint8Array.from([
    0,
    ...facts.map(({ isAtBorder, sizeVox }) =>
      !isAtBorder && (maxVox === 0 || sizeVox <= maxVox) ? 1 : 0
    ),
  ]);
  let at = 0;
  for (const numbers of sections()) {
    for (let i = 0; i < numbers.length; i++, at++) {
      if (isHole[numbers[i]!]) called.cleft[at] = 1;
    }
  }
  return called;
}
