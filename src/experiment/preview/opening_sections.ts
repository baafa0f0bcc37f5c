import { type Patch, sectionsOf } from "@/core/mod.ts";
import { type OpeningSections, pictureShape } from "@/report/mod.ts";

/** Cleft voxels in each section of a patch. */
export function cleftVoxels(
  { target, shapeVox }: Pick<Patch, "target" | "shapeVox">,
): readonly number[] {
  return [...sectionsOf(target, shapeVox)].map((section) =>
    section.reduce((sum, label) => sum + label, 0)
  );
}

/** The place of the largest number, the first of several. */
export function placeOfMost(counts: readonly number[]): number {
  return counts.indexOf(Math.max(...counts));
}

/**
 * Where a sample shows most of its clefts before and after augmentation: the same
 * section where both have some there, else one for each. Nothing if neither has any
 * in the sections that are shown.
 */
export function openingSections(
  before: Patch,
  after: Patch,
): OpeningSections | undefined {
  const { firstSection, sections } = pictureShape(before.shapeVox);
  const shownOf = (patch: Patch) =>
    cleftVoxels(patch).map((count, z) =>
      z < firstSection || z >= firstSection + sections ? 0 : count
    );
  const first = shownOf(before), second = shownOf(after);
  const has = (counts: readonly number[]) => counts.some((count) => count > 0);
  const both = first.map((count, z) => Math.min(count, second[z]!));
  const common = [both, first, second].find((counts) => has(counts));
  if (!common) return undefined;
  const ofOne = (counts: readonly number[]) =>
    placeOfMost(has(both) || !has(counts) ? common : counts);
  return { before: ofOne(first), after: ofOne(second) };
}
