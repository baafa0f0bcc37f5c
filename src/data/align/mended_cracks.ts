import {
  type AlignedFrame,
  repairLabels,
  repairSection,
  reverseRepair,
} from "@/align/mod.ts";
import {
  bytesFrom,
  greysOf,
  keepingLast,
  mapped,
  movedPartners,
  type Patch,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import type { Crack } from "./crack.ts";
import { type Cracks, neighboursOf } from "./cracks.ts";

/** Repaired sections that are kept, as patches are read again and again. */
const mostKept = 4;

/**
 * An aligned volume whose torn sections are put together: labels and partners go
 * with their parts, and are unknown in what was filled (techniques A8.6). Takes
 * over the volume.
 */
export function mendedCracks(
  volume: Volume,
  { frame, cracks, torn, where }: Cracks & {
    readonly frame: AlignedFrame;
    readonly where: string;
  },
): Volume {
  if (cracks.length === 0) return volume;
  const byZ = new Map(cracks.map((crack) => [crack.section, crack]));
  const whole = (section: number) =>
    volume.read({
      startVox: [section, 0, 0],
      shapeVox: [1, ...frame.shapeVox.slice(1)] as [number, number, number],
    });
  const greys = (section: number) => whole(section).image;
  const put = keepingLast((section): Patch => {
    const crack = byZ.get(section)!;
    const { image, target, mask, shapeVox } = whole(section);
    const [before, after] = neighboursOf(section, {
      ...{ frame, torn, greys, where },
    });
    return {
      image: likeStored(
        repairSection({ plane: image, before, after }, crack),
        image,
      ),
      target: repairLabels(target, crack),
      mask: repairLabels(mask, crack),
      shapeVox,
    };
  }, mostKept);
  return {
    ...volume,
    ...movedPartners(
      volume,
      (place) => withPart(place, byZ.get(Math.round(place[0]))),
    ),
    read(box) {
      const patch = volume.read(box);
      const [z0, y0, x0] = box.startVox, [depth, rows, columns] = box.shapeVox;
      for (let k = 0; k < depth; k++) {
        const crack = byZ.get(z0 + k);
        if (!crack) continue;
        const { image, target, mask } = put(crack.section);
        const width = crack.shapeVox[1];
        for (let y = 0; y < rows; y++) {
          const to = (k * rows + y) * columns, from = (y0 + y) * width + x0;
          const end = from + columns;
          patch.image.set(image.subarray(from, end), to);
          patch.target.set(target.subarray(from, end), to);
          patch.mask.set(mask.subarray(from, end), to);
        }
      }
      return patch;
    },
    [Symbol.dispose]: () => volume[Symbol.dispose](),
  };
}

/** Where a place of a torn section is once it is repaired; null in the crack. */
function withPart([z, y, x]: Zyx, crack: Crack | undefined): Zyx | null {
  if (!crack) return [z, y, x];
  const [height, width] = crack.shapeVox;
  const row = Math.round(y), column = Math.round(x);
  const isIn = row >= 0 && row < height && column >= 0 && column < width;
  const part = isIn ? crack.parts[row * width + column]! : 0;
  return part === 0 ? null : [z, ...mapped(crack.maps[part - 1]!, [y, x])];
}

/** What a map over a repaired section says of the torn one; 0 in the crack. */
export function tornAgain(
  map: Float32Array,
  crack: Crack | undefined,
): Float32Array {
  return crack ? reverseRepair(map, crack).voxels : map;
}

/** Grey values as bytes if the section had such: they are kept in a quarter of the room. */
function likeStored(greys: Float32Array, like: Float32Array): Float32Array {
  const rounded = (values: Float32Array) =>
    greysOf(bytesFrom(values, (value) => Math.round(255 * value)));
  const stored = rounded(like);
  return like.every((value, i) => value === stored[i]) ? rounded(greys) : greys;
}
