import { ExperimentError, type Volume, type Zyx } from "@/core/mod.ts";

/**
 * Fails unless there are volumes, each has labels, and a patch fits each.
 *
 * @throws {ExperimentError} For the first that does not.
 */
export function checkVolumes(volumes: readonly Volume[], patchVox: Zyx): void {
  if (volumes.length === 0) {
    throw new ExperimentError("Cannot sample patches: there is no volume", {
      where: "data.train",
      fix: "Name at least one volume to train on",
    });
  }
  for (const [number, volume] of volumes.entries()) {
    const where = `data.train[${number}] "${volume.name}"`;
    if (!volume.hasLabels) {
      throw new ExperimentError(
        "Cannot train on a volume that has no cleft labels",
        { where, fix: "Name a labelled volume, or label this one" },
      );
    }
    const axis = patchVox.findIndex((n, i) => n > volume.shapeVox[i]!);
    if (axis === -1) continue;
    throw new ExperimentError(
      `Cannot sample patches of ${patchVox[axis]} voxels along ` +
        `${"zyx"[axis]} as the volume has ${volume.shapeVox[axis]}`,
      {
        where: `${where} with sampler.patchVox[${axis}]`,
        fix: `Set patchVox[${axis}] to ${volume.shapeVox[axis]} or less`,
      },
    );
  }
}
