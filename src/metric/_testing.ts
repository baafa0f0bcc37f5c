import { openRng, sizeOf, type Zyx } from "@/core/mod.ts";
import type { MetricInput } from "./_metric.ts";

/** An input from lists of numbers, all labelled, one row. */
export function rowInput(
  probability: readonly number[],
  target: readonly number[],
  { mask = target.map(() => 1), ...more }: {
    readonly mask?: readonly number[];
    readonly threshold?: number;
  } = {},
): MetricInput {
  return {
    probability: Float32Array.from(probability),
    target: Uint8Array.from(target),
    mask: Uint8Array.from(mask),
    shapeVox: [1, 1, target.length],
    voxelNm: [40, 4, 4],
    ...more,
  };
}

/** A box of ones in zeros, last voxel included. */
export function boxes(
  [, height, width]: Zyx,
  ...filled: readonly (readonly [from: Zyx, to: Zyx])[]
): (array: Uint8Array) => Uint8Array {
  return (array) => {
    for (const [from, to] of filled) {
      for (let z = from[0]; z <= to[0]; z++) {
        for (let y = from[1]; y <= to[1]; y++) {
          array.fill(
            1,
            (z * height + y) * width + from[2],
            (z * height + y) * width + to[2] + 1,
          );
        }
      }
    }
    return array;
  };
}

/** A noisy prediction of a few boxes, with ties and some unlabelled voxels. */
export function noisyInput(shapeVox: Zyx, seed: number): MetricInput {
  const rng = openRng(seed);
  const [depth, height, width] = shapeVox;
  const target = new Uint8Array(sizeOf(shapeVox));
  for (let n = 0; n < 4; n++) {
    const z = rng.integer(depth), y = rng.integer(height - 2);
    const x = rng.integer(width - 2);
    boxes(shapeVox, [[z, y, x], [z, y + 2, x + 2]])(target);
  }
  const probability = Float32Array.from(
    target,
    (t) => Math.round(40 * (0.4 * t + 0.6 * rng.uniform(0, 1))) / 40,
  );
  const mask = Uint8Array.from(target, () => rng.integer(10) === 0 ? 0 : 1);
  return { probability, target, mask, shapeVox, voxelNm: [40, 4, 4] };
}
