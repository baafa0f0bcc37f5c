import type { Volume, Zyx } from "@/core/mod.ts";
import type { Evaluated } from "./evaluate.ts";

/** Truth and prediction of one row a section: `x` is cleft; tenths. */
export function evaluatedOf(truth: string[], tenths: string[]): Evaluated {
  const width = truth[0]!.length, voxels = truth.length * width;
  const shapeVox: Zyx = [truth.length, 1, width];
  return {
    volume: { name: "a/b", shapeVox, voxelNm: [40, 4, 4] } as unknown as Volume,
    patch: {
      image: new Float32Array(voxels).fill(0.2),
      target: Uint8Array.from(truth.join(""), (c) => c === "x" ? 1 : 0),
      mask: new Uint8Array(voxels).fill(1),
      shapeVox,
    },
    probability: Float32Array.from(tenths.join(""), (c) => Number(c) / 10),
    scores: { threshold: 0.5 },
  };
}

/** A cleft of three sections that is found, one that is missed, a mistake. */
export const evaluated = evaluatedOf(
  ["xx....x.", "xxx.....", "xx......"],
  ["88..0.3.", "9.......", "0....77."].map((row) => row.replaceAll(".", "0")),
);
