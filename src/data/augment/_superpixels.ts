/** Regions of similar grey values in a section. */
export interface Superpixels {
  /** The region of each voxel. */
  readonly labels: Int32Array;
  /** The mean grey value of each region. */
  readonly means: Float64Array;
}

/** The number of regions along a line. */
export function cellsAlong(length: number, spacingVox: number): number {
  return Math.max(1, Math.round(length / spacingVox));
}

/** How often voxels go to the nearest region. */
const rounds = 4;

/**
 * Finds superpixels from a grid of regions: in each round every voxel goes to the
 * nearest of the four regions whose cells' middles are around it, and regions move
 * to their mean place and grey value. The square of the distance is that of the
 * grey values over `compactness`, plus that of the places over `spacingVox`.
 */
export function findSuperpixels(
  grey: Float32Array,
  { height, width, spacingVox, compactness }: {
    readonly height: number;
    readonly width: number;
    readonly spacingVox: number;
    readonly compactness: number;
  },
): Superpixels {
  const down = cells(height, spacingVox), along = cells(width, spacingVox);
  const regions = down.count * along.count;
  const labels = new Int32Array(grey.length);
  const means = new Float64Array(regions);
  const ys = new Float64Array(regions), xs = new Float64Array(regions);
  for (let j = 0, r = 0; j < down.count; j++) {
    for (let k = 0; k < along.count; k++, r++) {
      ys[r] = down.middle(j);
      xs[r] = along.middle(k);
      means[r] = grey[Math.floor(ys[r]!) * width + Math.floor(xs[r]!)]!;
    }
  }
  const weight = (compactness / spacingVox) ** 2;
  const sizes = new Float64Array(regions), sums = new Float64Array(regions);
  const sumsY = new Float64Array(regions), sumsX = new Float64Array(regions);
  for (let round = 0; round < rounds; round++) {
    for (const totals of [sizes, sums, sumsY, sumsX]) totals.fill(0);
    for (let y = 0, i = 0; y < height; y++) {
      const upper = down.before[y]! * along.count;
      const lower = down.after[y]! * along.count;
      for (let x = 0; x < width; x++, i++) {
        const value = grey[i]!;
        const left = along.before[x]!, right = along.after[x]!;
        let nearest = upper + left, least = Infinity;
        for (let corner = 0; corner < 4; corner++) {
          const r = (corner < 2 ? upper : lower) +
            (corner % 2 === 0 ? left : right);
          const dg = value - means[r]!, dy = y - ys[r]!, dx = x - xs[r]!;
          const distance = dg * dg + weight * (dy * dy + dx * dx);
          if (distance < least) {
            least = distance;
            nearest = r;
          }
        }
        labels[i] = nearest;
        sizes[nearest]!++;
        sums[nearest]! += value;
        sumsY[nearest]! += y;
        sumsX[nearest]! += x;
      }
    }
    for (let r = 0; r < regions; r++) {
      if (sizes[r] === 0) continue; // it stays, and may win voxels again
      means[r] = sums[r]! / sizes[r]!;
      ys[r] = sumsY[r]! / sizes[r]!;
      xs[r] = sumsX[r]! / sizes[r]!;
    }
  }
  return { labels, means };
}

/** The cells of a line, and between the middles of which each voxel lies. */
function cells(length: number, spacingVox: number) {
  const count = cellsAlong(length, spacingVox);
  const before = Int32Array.from(
    { length },
    (_, i) => Math.floor((i + 0.5) * count / length - 0.5),
  );
  return {
    count,
    before: before.map((k) => Math.max(k, 0)),
    after: before.map((k) => Math.min(k + 1, count - 1)),
    middle: (k: number) => (k + 0.5) * length / count - 0.5,
  };
}
