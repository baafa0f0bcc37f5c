import {
  arenaArray,
  type Box,
  ExperimentError,
  mapZyx,
  type PartnerPlace,
  type Sample,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";

/** Pairs farther from a sample than this leave no trace in what is learnt of it. */
const reachNm = 1000;

/**
 * Fails unless each volume has a table of partners, and one a pair in it.
 *
 * @throws {ExperimentError} For the first that has none.
 */
export function checkPartners(volumes: readonly Volume[]): void {
  const fix = "Name volumes with partners, or remove the head";
  const lacking = volumes.findIndex((volume) => !volume.partners);
  if (lacking !== -1) {
    throw new ExperimentError(
      "Cannot learn synaptic partners of a volume that has no table of them",
      { where: `data.train[${lacking}] "${volumes[lacking]!.name}"`, fix },
    );
  }
  if (volumes.some((volume) => volume.partners!().length > 0)) return;
  throw new ExperimentError(
    "Cannot learn synaptic partners where no volume has a pair",
    { where: "data.train", fix },
  );
}

/** A sample that was read from `box`, with the partners near it. */
export function tracePartners(
  sample: Sample,
  { volume, box }: { readonly volume: Volume; readonly box: Box },
): Sample {
  const { shapeVox, voxelNm } = sample;
  const pairs = volume.partners!()
    .map(({ preVox, postVox }): PartnerPlace => ({
      preVox: mapZyx((axis) => preVox[axis] - box.startVox[axis]),
      postVox: mapZyx((axis) => postVox[axis] - box.startVox[axis]),
    }))
    .filter(({ preVox, postVox }) =>
      [preVox, postVox].some((place) => isNear(place, { shapeVox, voxelNm }))
    );
  return {
    ...sample,
    partners: { pairs, from: placesAtRest(shapeVox), fromNm: voxelNm },
  };
}

function isNear(
  place: Zyx,
  { shapeVox, voxelNm }: Pick<Sample, "shapeVox" | "voxelNm">,
): boolean {
  return place.every((at, axis) => {
    const reach = reachNm / voxelNm[axis]!;
    return at > -reach && at < shapeVox[axis]! + reach;
  });
}

/** Each voxel where it is, `[D, H, W]` along each axis. */
function placesAtRest(shapeVox: Zyx) {
  const [depth, height, width] = shapeVox, count = sizeOf(shapeVox);
  const from = {
    z: arenaArray(Float32Array, count),
    y: arenaArray(Float32Array, count),
    x: arenaArray(Float32Array, count),
  };
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        from.z[i] = z;
        from.y[i] = y;
        from.x[i] = x;
      }
    }
  }
  return from;
}
