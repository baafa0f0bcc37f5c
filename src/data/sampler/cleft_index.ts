import { type Box, mapZyx, type Volume, type Zyx } from "@/core/mod.ts";

/** Where the labelled cleft voxels of a volume are: 8 bytes for each of them. */
export interface CleftIndex {
  /** How many there are. */
  readonly total: number;
  /** How many of them a box holds. */
  countIn(box: Box): number;
  /** The place of one, counted from 0 in array order. */
  voxelAt(number: number): Zyx;
}

/** Looks through a volume once, section by section. */
export function indexClefts(volume: Volume): CleftIndex {
  const [depth, height, width] = volume.shapeVox;
  let found = new Float64Array(1024), total = 0; // places in array order
  for (let z = 0, first = 0; z < depth; z++, first += height * width) {
    const { target, mask } = volume.read({
      startVox: [z, 0, 0],
      shapeVox: [1, height, width],
    });
    for (let i = 0; i < target.length; i++) {
      if (!(target[i]! & mask[i]!)) continue;
      if (total === found.length) found = grown(found);
      found[total++] = first + i;
    }
  }
  return {
    total,
    countIn({ startVox, shapeVox }) {
      let count = 0;
      for (let z = 0; z < shapeVox[0]; z++) {
        for (let y = 0; y < shapeVox[1]; y++) {
          const row = (startVox[0] + z) * height + startVox[1] + y;
          const from = lowerBound(found, total, row * width + startVox[2]);
          const end = row * width + startVox[2] + shapeVox[2];
          for (let i = from; i < total && found[i]! < end; i++) count++;
        }
      }
      return count;
    },
    voxelAt(number) {
      const place = found[number]!;
      const extents = [height * width, width, 1];
      return mapZyx((axis) =>
        Math.floor(place / extents[axis]!) % volume.shapeVox[axis]
      );
    },
  };
}

/** The same numbers with room for as many again. */
function grown(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const result = new Float64Array(2 * numbers.length);
  result.set(numbers);
  return result;
}

/** How many of the first `length` rising numbers are below `value`. */
function lowerBound(rising: Float64Array, length: number, value: number) {
  let low = 0, high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
