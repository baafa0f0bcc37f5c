import { openRng, type Zyx } from "@/core/mod.ts";
import { type Mitochondrion, placeMitochondria } from "./mitochondrion.ts";
import { SmoothNoise } from "./smooth_noise.ts";
import { placeSites, type Site } from "./site.ts";
import { growTissue, type Tissue } from "./tissue.ts";

/** What a phantom is made from. */
export interface PhantomPlan {
  /** Decides everything that is random. */
  readonly seed: number;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Extent of a voxel in nanometres. */
  readonly voxelNm: Zyx;
  /** Synapses in a cubic micrometre. */
  readonly synapsesPerUm3: number;
  /** Dark junctions that are no synapses, in a cubic micrometre. */
  readonly junctionsPerUm3: number;
  /** Standard deviation of the noise in grey values. */
  readonly noise: number;
  /** Standard deviation of a section's shift. */
  readonly misalignmentNm: number;
  /** Share of the sections that have weak contrast. */
  readonly weakSections: number;
}

/** All that a phantom's sections show. */
export interface Scene {
  /** The cells. */
  readonly tissue: Tissue;
  /** Synapses and junctions. */
  readonly sites: readonly Site[];
  /** Mitochondria. */
  readonly mitochondria: readonly Mitochondrion[];
  /** Granular and cloudy texture of cytoplasm. */
  readonly texture: {
    readonly fine: SmoothNoise;
    readonly coarse: SmoothNoise;
  };
}

/** Grows the tissue of a plan and everything in it. */
export function buildScene(plan: PhantomPlan): Scene {
  const rng = openRng(plan.seed).at("phantom"), extentNm = extentOf(plan);
  const tissue = growTissue(extentNm, rng.at("tissue"));
  return {
    tissue,
    sites: placeSites(tissue, plan, rng.at("sites")),
    mitochondria: placeMitochondria(tissue, rng.at("mitochondria")),
    texture: {
      fine: new SmoothNoise(extentNm, [45, 13, 13], rng.at("texture", "fine")),
      coarse: new SmoothNoise(
        extentNm,
        [120, 60, 60],
        rng.at("texture", "coarse"),
      ),
    },
  };
}

/** The extent of a phantom in nanometres. */
export function extentOf({ shapeVox, voxelNm }: PhantomPlan): Zyx {
  return [
    shapeVox[0] * voxelNm[0],
    shapeVox[1] * voxelNm[1],
    shapeVox[2] * voxelNm[2],
  ];
}
