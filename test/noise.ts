import { type Batch, openRng, sizeOf, type Zyx } from "@/core/mod.ts";

/** Two samples of noise in which bright voxels are clefts, by their number alone. */
export function noiseBatch(
  index: number,
  { patchVox, heads = 1, channels = heads, hasDistances = false }: {
    readonly patchVox: Zyx;
    readonly heads?: number;
    readonly channels?: number;
    readonly hasDistances?: boolean;
  },
): Batch {
  const voxels = 2 * sizeOf(patchVox), rng = openRng(7).at("batch", index);
  const image = Float32Array.from({ length: voxels }, () => rng.normal());
  const perVoxel = <A extends Uint8Array | Float32Array>(
    values: A,
    value: (grey: number) => number,
  ) => {
    const count = values.length / voxels;
    return values.map((_, i) => value(image[Math.floor(i / count)]!)) as A;
  };
  const size = voxels * heads;
  return {
    ...{
      indices: [2 * index, 2 * index + 1],
      traces: [],
      heads,
      channels,
      image,
    },
    shape: [2, ...patchVox, 1],
    target: perVoxel(new Uint8Array(voxels * channels), (grey) => +(grey > 1)),
    mask: perVoxel(new Uint8Array(size), (grey) => +(grey > -1.5)),
    weight: perVoxel(new Float32Array(size), (grey) => grey > 1 ? 5 : 1),
    ...hasDistances && { distanceNm: image.map((grey) => 40 * (1 - grey)) },
  };
}
