import {
  cropArray,
  openRng,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import type { PredictPlan } from "./predict.ts";

/** A plan of small tiles. */
export const plan: PredictPlan = {
  patchVox: [4, 8, 8],
  overlap: 0.5,
  blend: { type: "ramp", mode: "max" },
  tta: { type: "none" },
};

/** A volume of noise in memory that notes how many sections are read at once. */
export function noise(shapeVox: Zyx): Volume & { reads: number[] } {
  const rng = openRng(8);
  const image = Float32Array.from(
    { length: sizeOf(shapeVox) },
    () => rng.uniform(0, 1),
  );
  const reads: number[] = [];
  return {
    name: "noise",
    hasLabels: false,
    inputs: [],
    shapeVox,
    voxelNm: [40, 4, 4],
    offsetNm: [80, 0, 12],
    reads,
    read(box) {
      reads.push(box.shapeVox[0]);
      const empty = () => new Uint8Array(sizeOf(box.shapeVox));
      return {
        image: cropArray(image, shapeVox, box),
        target: empty(),
        mask: empty(),
        shapeVox: box.shapeVox,
      };
    },
    [Symbol.dispose]() {},
  };
}
