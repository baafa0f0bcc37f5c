import { ExperimentError, type Zyx } from "@/core/mod.ts";

/**
 * Fails unless every pooling divides what it pools.
 *
 * @throws {ExperimentError} With the axis, the level and the nearest extents.
 */
export function checkPatchDivides(
  patchVox: Zyx,
  poolsVox: readonly Zyx[],
): void {
  for (const axis of [0, 1, 2] as const) {
    const patch = patchVox[axis], where = `sampler.patchVox[${axis}]`;
    const whole = poolsVox.reduce((product, pool) => product * pool[axis], 1);
    const below = Math.floor(patch / whole) * whole;
    let unit = 1; // voxels of the image in one of the present level
    for (const [level, pool] of poolsVox.entries()) {
      const extent = patch / unit;
      unit *= pool[axis];
      if (unit > patch) {
        throw new ExperimentError(
          `Cannot reach level ${
            level + 1
          } with a patch of ${patch} voxels along` +
            ` ${"zyx"[axis]}: each of its own stands for ${unit} of them`,
          { where, fix: `Use ${whole}, or at most ${level + 1} levels` },
        );
      }
      if (patch % unit !== 0) {
        throw new ExperimentError(
          `Cannot pool ${extent} voxels along ${"zyx"[axis]} by ${pool[axis]}` +
            ` after level ${level}: a patch of ${patch} does not divide by` +
            ` ${whole}`,
          {
            where,
            fix: below > 0
              ? `Use ${below} or ${below + whole}`
              : `Use ${whole}`,
          },
        );
      }
    }
  }
}

/**
 * Fails unless a network has the levels that are to be supervised.
 *
 * @throws {ExperimentError} With how many it has.
 */
export function checkLevels(levels: number, most: number): void {
  if (levels <= most) return;
  throw new ExperimentError(
    `Cannot supervise ${levels} coarser levels: the network's decoder has ${most}`,
    {
      where: "loss.levels",
      fix: most === 0
        ? "Leave loss.levels empty"
        : `Give at most ${most} weights, or the network more levels`,
    },
  );
}
