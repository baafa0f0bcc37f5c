import { type Batch, openRng, sizeOf, type Zyx } from "@/core/mod.ts";

/** Two samples of noise in which bright voxels are clefts, by their number alone. */
export function noiseBatch(
  index: number,
  { patchVox, heads = 1, hasDistances = false }: {
    readonly patchVox: Zyx;
    readonly heads?: number;
    readonly hasDistances?: boolean;
  },
): Batch {
  const voxels = 2 * sizeOf(patchVox), rng = openRng(7).at("batch", index);
  const image = Float32Array.from({ length: voxels }, () => rng.normal());
  const perHead = <A extends Uint8Array | Float32Array>(
    values: A,
    value: (grey: number) => number,
  ) => values.map((_, i) => value(image[Math.floor(i / heads)]!)) as A;
  const size = voxels * heads;
  return {
    ...{
      indices: [2 * index, 2 * index + 1],
      traces: [],
      heads,
      channels: heads,
      image,
    },
    shape: [2, ...patchVox, 1],
    target: perHead(new Uint8Array(size), (grey) => +(grey > 1)),
    mask: perHead(new Uint8Array(size), (grey) => +(grey > -1.5)),
    weight: perHead(new Float32Array(size), (grey) => grey > 1 ? 5 : 1),
    ...hasDistances && { distanceNm: image.map((grey) => 40 * (1 - grey)) },
  };
}
