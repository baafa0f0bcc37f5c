import type { AlignedFrame } from "@/align/mod.ts";
import type { Volume } from "@/core/mod.ts";
import { rawName } from "../cremi/layout.ts";
import type { SourceContext } from "../source/_source.ts";
import { findFile } from "../source/find_file.ts";
import {
  type CrackSource,
  type FoundCracks,
  foundCracks,
} from "./found_cracks.ts";

const noCracks: FoundCracks = {
  cracks: [],
  torn: new Set(),
  notes: [],
  inputs: [],
};

/**
 * The torn sections of an aligned volume that an experiment wants put together:
 * none, `detect`, or by a file of masks.
 *
 * @throws {ExperimentError} If the file is missing or no masks.
 * @throws {NotFoundYet} If they are wanted at once, not known yet and take long.
 */
export async function namedCracks(
  { read }: Volume,
  { named, bad, source, frame, place }: {
    readonly named: string | undefined;
    /** Sections that others are not repaired by. */
    readonly bad: ReadonlySet<number> | undefined;
    /** The volume before it was aligned. */
    readonly source: Volume;
    readonly frame: AlignedFrame;
    readonly place: SourceContext;
  },
): Promise<FoundCracks> {
  if (named === undefined) return noCracks;
  const { shapeVox, voxelNm, offsetNm, origin, inputs } = source;
  const [, height, width] = frame.shapeVox;
  const where = `${place.where}.source.align.cracks`;
  const by: CrackSource = named === "detect"
    ? { by: "detect" }
    : { by: "masks", path: await findFile(named, place), where };
  const found = await foundCracks(by, {
    ...place,
    ...{ frame, bad, where },
    grid: {
      ...{ shapeVox, voxelNm, offsetNm, name: rawName },
      ...{ scale: [1, 1, 1], notes: [] },
      hasOffset: origin?.hasOffset ?? false,
    },
    data: { origin, files: inputs.map(({ sha256 }) => sha256) },
    greys: (section) =>
      read({ startVox: [section, 0, 0], shapeVox: [1, height, width] }).image,
  });
  const notes = found.cracks.map(({ section, correlations }) => {
    const [a, b] = correlations.map((one) => one?.toFixed(2));
    return `Section ${section} is torn and put together` +
      (a && b ? `; its parts suit the neighbours by ${a} and ${b}` : "");
  });
  return { ...found, notes: [...notes, ...found.notes] };
}
