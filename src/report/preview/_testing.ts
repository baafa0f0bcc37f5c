import type { Patch } from "@/core/mod.ts";
import { drawPatch, type PreviewData, type PreviewStage } from "./mod.ts";

/** A preview of one augmentation on a patch of 4 × 8 × 8 voxels. */
export function smallPreview(): PreviewData {
  const patch = (cleft: number): Patch => ({
    image: Float32Array.from({ length: 256 }, (_, i) => i / 255),
    target: Uint8Array.from({ length: 256 }, (_, i) => i === cleft ? 1 : 0),
    mask: Uint8Array.from({ length: 256 }, (_, i) => i < 250 ? 1 : 0),
    shapeVox: [4, 8, 8],
  });
  const stage: PreviewStage = {
    id: "augment-0",
    title: "simple",
    summary: "Flips",
    p: 0.5,
    options: [{ name: "flipZ", value: 0.25, isDefault: false }],
    changes: { draws: 8, samples: 1, greySections: 0.75, labelSections: 0.5 },
    greys: { before: [0.5, 0.5], after: [0.25, 0.75] },
    draws: [{
      address: "1/sample/0",
      steps: [{ type: "simple", parameters: { flipZ: true } }],
      before: drawPatch(patch(9)),
      after: drawPatch(patch(18)),
    }],
  };
  return {
    title: "<small>",
    summary: "Tests & more",
    seed: 1,
    patchVox: [4, 8, 8],
    voxelNm: [40, 4, 4],
    section: 1,
    stages: [{
      ...stage,
      draws: [stage.draws[0]!, { ...stage.draws[0]!, address: "1/sample/1" }],
    }],
  };
}
