import {
  type Box,
  checkInside,
  movedPartners,
  type Patch,
  reflected,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import type { AlignedFrame } from "./frame.ts";

/** A volume that stands in another frame than the file it comes from. */
export interface AlignedVolume extends Volume {
  /** Where it is read. */
  readonly frame: AlignedFrame;
}

/**
 * A volume as alignment moves its sections; each is read where it is asked for,
 * so that memory holds no more than a box. Beyond the source grey values are
 * mirrored and nothing is labelled (techniques A8.2, A8.3). Takes over the
 * source, which is closed with it.
 */
export function alignedVolume(
  source: Volume,
  frame: AlignedFrame,
): AlignedVolume {
  return {
    name: source.name,
    hasLabels: source.hasLabels,
    inputs: source.inputs,
    frame,
    shapeVox: frame.shapeVox,
    voxelNm: source.voxelNm,
    offsetNm: offsetOf(source, frame),
    ...movedPartners(source, (place) => alignedPlace(place, frame)),
    read(box) {
      checkInside(box, frame.shapeVox);
      return readAligned(source, { frame, box });
    },
    [Symbol.dispose]: () => source[Symbol.dispose](),
  };
}

/** Where a place of the source lies; null in a section that is left out. */
function alignedPlace([z, y, x]: Zyx, frame: AlignedFrame): Zyx | null {
  const inFrame = z - frame.firstSection;
  const corner = frame.corners[Math.round(inFrame)];
  return corner ? [inFrame, y - corner[0], x - corner[1]] : null;
}

/** Where the corner of a section that is not moved lies. */
function offsetOf({ offsetNm, voxelNm }: Volume, frame: AlignedFrame): Zyx {
  return [
    offsetNm[0] + frame.firstSection * voxelNm[0],
    offsetNm[1] + frame.origin[0] * voxelNm[1],
    offsetNm[2] + frame.origin[1] * voxelNm[2],
  ];
}

function readAligned(
  source: Volume,
  { frame, box }: { frame: AlignedFrame; box: Box },
): Patch {
  const [depth, rows, columns] = box.shapeVox;
  const image = new Float32Array(sizeOf(box.shapeVox)); // [D, H, W]
  const target = new Uint8Array(image.length); // [D, H, W]
  const mask = new Uint8Array(image.length); // [D, H, W]
  for (let z = 0, to = 0; z < depth; z++) {
    const section = box.startVox[0] + z;
    const [top, left] = frame.corners[section]!;
    const ys = places(top + box.startVox[1], rows, source.shapeVox[1]);
    const xs = places(left + box.startVox[2], columns, source.shapeVox[2]);
    const part = source.read({
      startVox: [frame.firstSection + section, ys.first, xs.first],
      shapeVox: [1, ys.extent, xs.extent],
    });
    for (let y = 0; y < rows; y++) {
      const row = ys.index[y]! * xs.extent;
      for (let x = 0; x < columns; x++, to++) {
        const from = row + xs.index[x]!;
        image[to] = part.image[from]!;
        if (!ys.isInside[y] || !xs.isInside[x]) continue;
        target[to] = part.target[from]!;
        mask[to] = part.mask[from]!;
      }
    }
  }
  return { image, target, mask, shapeVox: box.shapeVox };
}

/** Where voxels along an axis are read, mirrored where the axis has ended. */
function places(start: number, count: number, length: number) {
  const isInside = Array.from(
    { length: count },
    (_, i) => start + i >= 0 && start + i < length,
  );
  const at = isInside.map((_, i) => reflected(start + i, length));
  const first = at.reduce((a, b) => Math.min(a, b));
  const last = at.reduce((a, b) => Math.max(a, b));
  return {
    first,
    extent: last - first + 1,
    index: at.map((place) => place - first),
    isInside,
  };
}
