import type { Zyx } from "@/core/mod.ts";
import { createHdf5, textValue } from "../hdf5/mod.ts";
import { type Annotations, writeAnnotations } from "./annotations.ts";
import { cleftsName, fileFormat, neuronIdsName, rawName } from "./layout.ts";

/** Numbers of a volume, `[D, H, W]`, and where they begin. */
export interface CremiVolume<Numbers> {
  /** The numbers, x fastest. */
  readonly data: Numbers;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Place of the first voxel in nanometres; labels of padded volumes have one. */
  readonly offsetNm?: Zyx | undefined;
}

/** What a file in the layout of the challenge is made of. */
export interface CremiContent {
  /** Extent of a voxel of all volumes, in nanometres. */
  readonly voxelNm: Zyx;
  /** Grey values; a submission has none. */
  readonly raw?: CremiVolume<Uint8Array> | undefined;
  /** Ids; 0xffffffffffffffff is background, one less unknown. */
  readonly clefts?: CremiVolume<BigUint64Array> | undefined;
  /** Ids from 1, 0 where there is no neuron. */
  readonly neuronIds?: CremiVolume<BigUint64Array> | undefined;
  /** Points, partners and comments. */
  readonly annotations?: Annotations | undefined;
}

/**
 * Writes a file in the full layout of the challenge, version 0.2, a volume with
 * grey values or, without them, a submission. It appears whole or not at all.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export async function writeCremi(
  path: string,
  { voxelNm, raw, clefts, neuronIds, annotations }: CremiContent,
): Promise<void> {
  using file = await createHdf5(path);
  file.attributes("", { file_format: textValue(fileFormat) });
  const volumes = {
    [rawName]: raw,
    [cleftsName]: clefts,
    [neuronIdsName]: neuronIds,
  };
  for (const [name, volume] of Object.entries(volumes)) {
    if (!volume) continue;
    const { data, shapeVox, offsetNm = [0, 0, 0] } = volume;
    file.dataset(name, { shapeVox, offsetNm, resolutionNm: voxelNm })(data);
  }
  if (annotations) writeAnnotations(file, annotations);
  file.commit();
}
