import type * as z from "zod";
import {
  type Component,
  ExperimentError,
  type Grid,
  type Zyx,
} from "@/core/mod.ts";
import { type SharedVolume, shareVolume } from "../../volume/mod.ts";
import type { Resource, ResourceContext } from "../_augmentation.ts";

/** Sections with artifacts, and how much of each voxel is artifact. */
export interface ArtifactStack {
  /** Grey values. */
  readonly image: SharedVolume;
  /** 0 where there is none, 1 where there is nothing else, in the same shape. */
  readonly alpha: SharedVolume;
}

/** All artifacts there are to blend into sections. */
export interface ArtifactSheets extends Resource {
  /** The sections they lie in. */
  readonly stacks: readonly ArtifactStack[];
  /** Those with an artifact. */
  readonly sheets: readonly {
    readonly stack: number;
    readonly section: number;
  }[];
}

/** Where artifacts come from. */
export interface ArtifactSource {
  /**
   * Reads them, once for a run.
   *
   * @throws {ExperimentError} If there are none, or they do not fit the volumes.
   */
  load(context: ResourceContext): Promise<ArtifactSheets>;
}

/** Defines a source of artifacts: its name, its options and its factory. */
export function defineArtifactSource<Shape extends z.ZodRawShape>(
  definition: Component<ArtifactSource, Shape>,
): Component<ArtifactSource, Shape> {
  return definition;
}

/**
 * Lists the sections of stacks that have a voxel of artifact.
 *
 * @throws {ExperimentError} If none has.
 */
export function sheetsOf(
  stacks: readonly ArtifactStack[],
  { inputs, where }: Pick<Resource, "inputs"> & { readonly where: string },
): ArtifactSheets {
  const sheets = stacks.flatMap(({ alpha }, stack) =>
    Array.from({ length: alpha.shapeVox[0] }, (_, section) => section)
      .filter((section) => sectionOf(alpha, section).some((a) => a > 0))
      .map((section) => ({ stack, section }))
  );
  if (sheets.length > 0) return { inputs, stacks, sheets };
  throw new ExperimentError(
    "Cannot blend artifacts into sections: their mask is 0 everywhere",
    { where, fix: "Mark them in the mask by values above 0" },
  );
}

/** A section of a volume in memory, as it is stored. */
export function sectionOf(
  { raw, rawKind, shapeVox: [, height, width] }: SharedVolume,
  section: number,
): Uint8Array | Float32Array {
  const count = height * width;
  return rawKind === "u8"
    ? new Uint8Array(raw, section * count, count)
    : new Float32Array(raw, 4 * section * count, count);
}

/** Puts numbers from 0 to 1 into shared memory, read some sections at a time. */
export function shareNumbers(
  { name, grid }: { readonly name: string; readonly grid: Grid },
  read: (startVox: Zyx, shapeVox: Zyx) => Float32Array,
): SharedVolume {
  const unread = new Uint8Array(0); // labels that nobody asks for
  return shareVolume({
    ...grid,
    name,
    hasLabels: false,
    inputs: [],
    read: ({ startVox, shapeVox }) => ({
      image: read(startVox, shapeVox),
      target: unread,
      mask: unread,
      shapeVox,
    }),
    [Symbol.dispose]() {},
  });
}
