import type { Zyx } from "@/core/mod.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { type Blend, blends } from "./mod.ts";

/** Opens a blend as an experiment file names it. */
export function blendOf(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Blend {
  return blends.create(blends.schema.parse({ type, ...options }));
}

/** The weights along x of a tile, at a section and a row. */
export function rowOf(
  blend: Blend,
  { shapeVox, z, y }: {
    readonly shapeVox: Zyx;
    readonly z: number;
    readonly y: number;
  },
): number[] {
  const [, height, width] = shapeVox;
  const from = (z * height + y) * width;
  return [...blend.weights(shapeVox).subarray(from, from + width)];
}

/** Fails unless the first numbers are within a millionth, or that share of them. */
export function assertNear(
  values: readonly number[],
  wanted: readonly number[],
): void {
  wanted.forEach((value, i) =>
    assertAlmostEquals(values[i]!, value, 1e-6 * Math.max(1, Math.abs(value)))
  );
}
