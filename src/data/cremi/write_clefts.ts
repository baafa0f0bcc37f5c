import type { Grid } from "@/core/mod.ts";
import { createHdf5, textValue } from "../hdf5/mod.ts";
import { background, cleftsName, fileFormat } from "./layout.ts";

/**
 * Writes clefts alone in the layout of the challenge, as submissions have them: a
 * file that appears whole or not at all, one section at a time in memory.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export async function writeClefts(
  path: string,
  { grid: { shapeVox, voxelNm, offsetNm }, sections, attributes = {} }: {
    readonly grid: Grid;
    /** The cleft of each voxel from 1, 0 where there is none, `[H, W]` each. */
    readonly sections: Iterable<Int32Array>;
    /** Further attributes of the dataset. */
    readonly attributes?: Readonly<Record<string, string | number>>;
  },
): Promise<void> {
  using file = await createHdf5(path);
  file.attributes("", { file_format: textValue(fileFormat) });
  const append = file.dataset(cleftsName, {
    ...{ shapeVox, offsetNm, resolutionNm: voxelNm, attributes },
    chunkSections: 1,
  });
  const ids = new BigUint64Array(shapeVox[1] * shapeVox[2]);
  for (const section of sections) {
    for (let i = 0; i < ids.length; i++) {
      ids[i] = section[i] === 0 ? background : BigInt(section[i]!);
    }
    append(ids);
  }
  file.commit();
}
