import {
  ExperimentError,
  fraction,
  mapZyx,
  type Rng,
  sizeOf,
  type Volume,
  whole,
  type Zyx,
} from "@/core/mod.ts";
import { checkVolumes } from "./check_volumes.ts";
import { type CleftIndex, indexClefts } from "./cleft_index.ts";
import { defineSampler, type Place, type Placer } from "./_sampler.ts";

/** How often a place is drawn again before the best one seen is taken. */
const maxTries = 100;

/**
 * Every place of every volume equally likely (SMP-1), then refined: a share of
 * the samples lies around a random cleft voxel, and places with few cleft
 * voxels are drawn again, always (pixel ratio) or with a probability (SMP-4).
 * After 100 draws the place with the most cleft voxels among them is taken.
 */
export const uniform = defineSampler({
  name: "uniform",
  summary: "Every place equally likely, or more of those that hold clefts",
  options: {
    foreground: fraction(0, "share of samples around a random cleft voxel"),
    jitter: fraction(0.5, "their offset at most, as a share of the patch"),
    minCleftVox: whole(0, "cleft voxels below which a place is drawn again"),
    rejectProbability: fraction(1, "chance that such a place is drawn again"),
  },
  create: (options) => ({
    open(volumes, patchVox): Placer {
      checkVolumes(volumes, patchVox);
      const anywhere = uniformPlacer(volumes, patchVox);
      if (options.foreground === 0 && options.minCleftVox === 0) {
        return (rng) => anywhere(rng.at("try", 0));
      }
      const clefts = volumes.map(indexClefts);
      checkClefts(clefts, options.minCleftVox);
      const nearCleft = cleftPlacer(volumes, patchVox, clefts, options.jitter);
      const cleftVoxAt = ({ volume, startVox }: Place) =>
        clefts[volume]!.countIn({ startVox, shapeVox: patchVox });
      return (rng) => {
        const draw = rng.uniform(0, 1) < options.foreground
          ? nearCleft
          : anywhere;
        let best: Place | undefined, most = -1;
        for (let k = 0; k < maxTries; k++) {
          const stream = rng.at("try", k);
          const place = draw(stream);
          const vox = cleftVoxAt(place);
          if (
            vox >= options.minCleftVox ||
            stream.uniform(0, 1) >= options.rejectProbability
          ) return place;
          if (vox > most) [best, most] = [place, vox];
        }
        return best!;
      };
    },
  }),
});

/** Each position in each volume equally likely. */
function uniformPlacer(volumes: readonly Volume[], patchVox: Zyx): Placer {
  const choices = volumes.map(({ shapeVox }) =>
    mapZyx((axis) => shapeVox[axis] - patchVox[axis] + 1)
  );
  const volumeOf = weightedChoice(choices.map(sizeOf));
  return (rng) => {
    const volume = volumeOf(rng);
    const startVox = mapZyx((axis) => rng.integer(choices[volume]![axis]));
    return { volume, startVox };
  };
}

/** Around a cleft voxel, each equally likely, moved by up to `jitter` patches. */
function cleftPlacer(
  volumes: readonly Volume[],
  patchVox: Zyx,
  clefts: readonly CleftIndex[],
  jitter: number,
): Placer {
  const volumeOf = weightedChoice(clefts.map((index) => index.total));
  return (rng) => {
    const volume = volumeOf(rng);
    const { shapeVox } = volumes[volume]!;
    const voxel = clefts[volume]!.voxelAt(rng.integer(clefts[volume]!.total));
    const startVox = mapZyx((axis) => {
      const extent = patchVox[axis];
      const offset = rng.uniform(-jitter, jitter) * extent;
      const start = Math.round(voxel[axis] - (extent - 1) / 2 + offset);
      return Math.min(Math.max(start, 0), shapeVox[axis] - extent);
    });
    return { volume, startVox };
  };
}

/** Draws a number from 0 with probability proportional to its weight. */
function weightedChoice(weights: readonly number[]): (rng: Rng) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (rng) => {
    let left = rng.integer(total);
    return weights.findIndex((weight) => (left -= weight) < 0);
  };
}

/** Fails if no place can satisfy the options. */
function checkClefts(clefts: readonly CleftIndex[], minCleftVox: number): void {
  const most = Math.max(...clefts.map((index) => index.total));
  if (most >= Math.max(1, minCleftVox)) return;
  throw new ExperimentError(
    most === 0
      ? "Cannot sample patches with clefts: no volume has a cleft voxel"
      : `Cannot sample patches with ${minCleftVox} cleft voxels: ` +
        `no volume has more than ${most}`,
    {
      where: "sampler.minCleftVox",
      fix: most === 0
        ? "Set minCleftVox and foreground to 0, or name other volumes"
        : `Set minCleftVox to ${most} or less`,
    },
  );
}
