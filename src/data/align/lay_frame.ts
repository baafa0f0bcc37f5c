import {
  type AlignedFrame,
  alignedFrame,
  centreOf,
  type HalfRounding,
  placesOfSteps,
  type Yx,
} from "@/align/mod.ts";
import { type Box, ExperimentError, type Zyx } from "@/core/mod.ts";

/** What is kept around the part of a volume that is worked on. */
export interface ContextMargin {
  /** Sections before it and behind it. */
  readonly sections: number;
  /** Voxels on its four sides. */
  readonly pixels: number;
}

/** No context. */
export const noContext: ContextMargin = { sections: 0, pixels: 0 };

/** By what sections are moved: a table, what is estimated, or not at all. */
export type Movement =
  | {
    readonly by: "table";
    /** How far each section has to go against the one before, in voxels. */
    readonly steps: readonly Yx[];
    /** The section of the volume that the first line is of. */
    readonly firstSection: number | undefined;
    /** Where the table is, for errors. */
    readonly where: string;
  }
  | {
    readonly by: "estimate";
    /** Finds where some sections of the volume are to be read. */
    estimate(firstSection: number, sections: number): readonly Yx[];
  }
  | { readonly by: "nothing" };

/** What an aligned volume is laid around, and how. */
export interface FrameRequest {
  /** Extent of the volume that is aligned. */
  readonly sourceVox: Zyx;
  /** The part of it that is worked on. */
  readonly block: Box;
  /** What is kept around it. */
  readonly context: ContextMargin;
  /** By what sections are moved. */
  readonly movement: Movement;
  /** What becomes of a place in the middle between two voxels. */
  readonly rounding: HalfRounding;
  /** Where it is asked for, for errors. */
  readonly where: string;
}

/**
 * Lays an aligned volume around a block and its context (techniques A8.1 to
 * A8.3): its sections are those of both, its middle one stays where it is.
 *
 * @throws {ExperimentError} If the volume or the table lacks sections.
 */
export function layFrame(request: FrameRequest): AlignedFrame {
  const { sourceVox, block, context, rounding, where } = request;
  const firstSection = block.startVox[0] - context.sections;
  const sections = block.shapeVox[0] + 2 * context.sections;
  if (firstSection < 0 || firstSection + sections > sourceVox[0]) {
    throw new ExperimentError(
      `Cannot keep ${context.sections} sections around sections ` +
        `${block.startVox[0]} to ${block.startVox[0] + block.shapeVox[0]}: ` +
        `the volume has ${sourceVox[0]}`,
      { where, fix: "Keep fewer, or work on fewer sections" },
    );
  }
  const frame = alignedFrame({
    sourceVox,
    block,
    firstSection,
    places: placesOf({ ...request, firstSection, sections }),
    marginVox: [context.pixels, context.pixels],
    rounding,
    where,
  });
  checkWithin(frame, block, request);
  return frame;
}

/** Fails where a section would be moved out of the volume. */
function checkWithin(
  { corners, origin, sourceVox, firstSection }: AlignedFrame,
  { startVox, shapeVox }: Box,
  { movement, where }: FrameRequest,
): void {
  const section = corners.findIndex((corner) =>
    corner.some((at, axis) => {
      const start = startVox[axis + 1]! + at - origin[axis]!;
      return start >= sourceVox[axis + 1]! ||
        start + shapeVox[axis + 1]! <= 0;
    })
  );
  if (section === -1) return;
  const [y, x] = corners[section]!;
  throw new ExperimentError(
    `Cannot move section ${firstSection + section} by ${y - origin[0]}, ` +
      `${x - origin[1]} voxels: that is out of the volume`,
    {
      where: movement.by === "table" ? movement.where : where,
      fix: "See that the table has steps from section to section in voxels",
    },
  );
}

/** Where each of the sections is read, from where it lies. */
function placesOf(
  { movement, sourceVox, firstSection, sections }: FrameRequest & {
    readonly firstSection: number;
    readonly sections: number;
  },
): readonly Yx[] {
  if (movement.by === "nothing") {
    return Array.from({ length: sections }, (): Yx => [0, 0]);
  }
  if (movement.by === "estimate") {
    return movement.estimate(firstSection, sections);
  }
  const lines = movement.steps.length;
  const first = movement.firstSection ??
    (lines === sourceVox[0] ? 0 : firstSection);
  const isOfThese = movement.firstSection === undefined
    ? lines === sourceVox[0] || lines === sections
    : first <= firstSection && first + lines >= firstSection + sections &&
      first + lines <= sourceVox[0];
  if (!isOfThese) {
    throw new ExperimentError(
      `Cannot align sections ${firstSection} to ${firstSection + sections} ` +
        `of ${sourceVox[0]} by a table of ${lines} lines` +
        (movement.firstSection === undefined
          ? ""
          : ` from section ${first} on`),
      {
        where: movement.where,
        fix: "Give a line for each section of the volume, or for each that " +
          "is kept, or say which section the first line is of",
      },
    );
  }
  const from = firstSection - first;
  return placesOfSteps(movement.steps, from + centreOf(sections))
    .slice(from, from + sections);
}
