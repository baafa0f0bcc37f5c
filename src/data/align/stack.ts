import type { SectionStack } from "@/align/mod.ts";
import type { Box, Zyx } from "@/core/mod.ts";

/** Grey values that shifts are estimated from. */
export interface GreySource {
  readonly shapeVox: Zyx;
  /** Grey values of a box, from 0 to 1. */
  read(box: Box): Float32Array;
}

/** Which of them. */
export interface StackPart {
  readonly firstSection: number;
  readonly sections: number;
  /** The part of each section that counts, and what is seen around it. */
  readonly block: Box;
  readonly marginVox: number;
}

/** Sections of a volume as shifts are estimated from them: the block and what is around. */
export function stackOf(
  { shapeVox, read }: GreySource,
  { firstSection, sections, block, marginVox }: StackPart,
): SectionStack {
  const along = (axis: 1 | 2) => {
    const start = Math.max(0, block.startVox[axis] - marginVox);
    const end = Math.min(
      shapeVox[axis],
      block.startVox[axis] + block.shapeVox[axis] + marginVox,
    );
    return { start, extent: end - start };
  };
  const y = along(1), x = along(2);
  return {
    sections,
    shapeVox: [y.extent, x.extent],
    read: (section) =>
      read({
        startVox: [firstSection + section, y.start, x.start],
        shapeVox: [1, y.extent, x.extent],
      }),
  };
}
