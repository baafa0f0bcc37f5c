import {
  type Box,
  checkInside,
  cropArray,
  mapZyx,
  movedPartners,
  type Origin,
  type Volume,
} from "@/core/mod.ts";

/**
 * A box of a volume as a volume of its own: a view that reads from `volume`,
 * under the same name, its offset moved. Disposing the view leaves `volume` open.
 *
 * @throws {RangeError} If the box is not inside the volume.
 */
export function cropVolume(volume: Volume, box: Box): Volume {
  checkInside(box, volume.shapeVox);
  const { origin } = volume;
  return {
    name: volume.name,
    hasLabels: volume.hasLabels,
    inputs: volume.inputs,
    notes: volume.notes,
    origin: origin && cropOrigin(origin, box),
    ...movedPartners(
      volume,
      (place) => mapZyx((axis) => place[axis] - box.startVox[axis]),
    ),
    ...(volume.neurons && { neurons: () => cropNeurons(volume, box) }),
    shapeVox: box.shapeVox,
    voxelNm: volume.voxelNm,
    offsetNm: mapZyx((axis) =>
      volume.offsetNm[axis] + box.startVox[axis] * volume.voxelNm[axis]
    ),
    read(part) {
      checkInside(part, box.shapeVox);
      return volume.read({
        startVox: mapZyx((axis) => box.startVox[axis] + part.startVox[axis]),
        shapeVox: part.shapeVox,
      });
    },
    [Symbol.dispose]() {},
  };
}

function cropNeurons(
  { neurons, shapeVox: [, height, width] }: Volume,
  { startVox: [z0, y0, x0], shapeVox: [, rows, columns] }: Box,
): (z: number) => Uint32Array {
  const section = neurons!();
  return (z) =>
    cropArray(section(z0 + z), [1, height, width], {
      startVox: [0, y0, x0],
      shapeVox: [1, rows, columns],
    });
}

function cropOrigin(origin: Origin, { startVox, shapeVox }: Box): Origin {
  const [z, y, x] = startVox;
  const corners = origin.cornersVox?.slice(z, z + shapeVox[0]);
  return {
    ...origin,
    startVox: mapZyx((axis) => origin.startVox[axis] + startVox[axis]),
    ...(corners && {
      cornersVox: corners.map(([top, left]) => [top + y, left + x] as const),
    }),
  };
}
