import { bytesFrom, distanceTransform, labelComponents } from "@/core/mod.ts";
import type { Yx } from "../shifts.ts";

/** How the parts of a torn section are told from the gap. */
export interface PartOptions {
  /** Grey value, from 0 to 1, above which a voxel is tissue for certain. */
  readonly threshold: number;
  /** Least share of the section that a part has. */
  readonly leastShare: number;
  /**
   * Half the width of dark structures, such as membranes and clefts, that belong
   * to a part even where they run into the gap, in voxels.
   */
  readonly closeVox: number;
}

/** The report's threshold of 70 of 255; a part has a tenth of the section. */
export const partDefaults: PartOptions = {
  threshold: 70 / 255,
  leastShare: 0.1,
  closeVox: 16,
};

/**
 * The two parts of a torn section: the largest components of what is bright, by
 * faces and corners, with their holes filled (techniques A8.6). Tissue is dark in
 * places too, and clefts are; so the components are closed, and what is left
 * belongs to the nearer part unless it is as dark as the gap.
 *
 * @param plane `[H, W]`, grey values from 0 to 1.
 * @returns 1 in the larger part, 2 in the other, 0 in the gap, `[H, W]`; null if
 * the section is not torn: there are no two parts of the least share.
 */
export function partsOf(
  { plane, shapeVox }: { plane: Float32Array; shapeVox: Yx },
  { threshold, leastShare, closeVox }: PartOptions = partDefaults,
): Uint8Array | null {
  const tissue = bytesFrom(plane, (value) => value > threshold ? 1 : 0);
  const { labels, count } = labelComponents(tissue, [1, ...shapeVox], 26);
  const sizes = new Int32Array(count + 1);
  for (const label of labels) sizes[label]!++;
  const [first, second] = sizes.keys().toArray().slice(1)
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  if (!second || sizes[second]! < leastShare * plane.length) return null;
  const partOf = (label: number) => {
    const mask = bytesFrom(labels, (l) => l === label ? 1 : 0);
    return closed(mask, shapeVox, closeVox);
  };
  const grown = withDarkTissue(plane, shapeVox, [
    partOf(first!),
    partOf(second),
  ]);
  const [larger, smaller] = grown.map((mask) => withoutHoles(mask, shapeVox));
  return larger!.map((value, i) => value === 1 ? 1 : 2 * smaller![i]!);
}

/** A mask grown by a disc and shrunk again; it goes on beyond the section. */
function closed(mask: Uint8Array, shapeVox: Yx, radiusVox: number): Uint8Array {
  if (radiusVox === 0) return mask;
  const isFar = distanceTo(mask, shapeVox);
  const grown = mask.map((_, i) => isFar[i]! <= radiusVox ? 0 : 1);
  const depth = distanceTo(grown, shapeVox);
  return mask.map((value, i) => value === 1 || depth[i]! > radiusVox ? 1 : 0);
}

/** In voxels, to the nearest voxel of a mask. */
function distanceTo(mask: Uint8Array, [height, width]: Yx): Float64Array {
  const outside = mask.map((value) => 1 - value);
  return distanceTransform(outside, [1, height, width], [1, 1, 1]);
}

/** Gives what is brighter than the gap to the nearer of two parts. */
function withDarkTissue(
  plane: Float32Array,
  shapeVox: Yx,
  parts: readonly [Uint8Array, Uint8Array],
): Uint8Array[] {
  const [a, b] = parts.map((part) => distanceTo(part, shapeVox)) as [
    Float64Array,
    Float64Array,
  ];
  const limit = gapLimit(plane.filter((_, i) => a[i]! > 1 && b[i]! > 1));
  return parts.map((part, n) =>
    part.map((value, i) => {
      const isNearer = n === 0 ? a[i]! <= b[i]! : b[i]! < a[i]!;
      return value === 1 || (isNearer && plane[i]! > limit) ? 1 : 0;
    })
  );
}

/**
 * The grey value up to which a voxel can be of the gap: three spreads above the
 * commonest, the spread taken of what is darker, since tissue is brighter.
 */
function gapLimit(rest: Float32Array): number {
  const counts = new Int32Array(256);
  for (const value of rest) counts[Math.round(255 * value)]!++;
  const commonest = counts.indexOf(Math.max(...counts)) / 255;
  const below = rest.filter((value) => value <= commonest + 0.5 / 255);
  const spread = below.length === 0
    ? 0
    : 1.4826 * medianOf(below.map((value) => Math.abs(value - commonest)));
  return commonest + Math.max(3 * spread, 2 / 255);
}

function medianOf(values: Float32Array): number {
  return values.toSorted()[values.length >> 1]!;
}

/** A mask with all that it encloses. */
function withoutHoles(mask: Uint8Array, [height, width]: Yx): Uint8Array {
  const outside = mask.map((value) => 1 - value);
  const { labels, count } = labelComponents(outside, [1, height, width], 6);
  const isOpen = new Uint8Array(count + 1);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (y === 0 || x === 0 || y === height - 1 || x === width - 1) {
        isOpen[labels[i]!] = 1;
      }
    }
  }
  return outside.map((value, i) => value === 1 && isOpen[labels[i]!] ? 0 : 1);
}
