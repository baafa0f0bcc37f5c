import { type Box, type Grid, mapZyx, sizeOf, type Zyx } from "@/core/mod.ts";

/** What a layer shows: grey values, clefts, or the probability of clefts. */
export type LayerKind = "image" | "clefts" | "probability";

/** Something a viewer shows: where it lies, and how its boxes are read. */
export interface Layer extends Grid {
  /** What the viewer calls it; its place in addresses as well. */
  readonly name: string;
  /** What it shows. */
  readonly kind: LayerKind;
  /** The voxels of a box, `[D, H, W]`; a byte each, but for probabilities. */
  read(box: Box): Uint8Array | Float32Array;
}

/** A viewer asks for cubes of so many voxels. */
export const chunkVox: Zyx = [64, 64, 64];

/** Sections are halved until they are no larger than this. */
const smallestVox = 512;

/** How many times sections are halved, from 0 on, and what is left of each. */
export function levelsOf({ shapeVox }: Pick<Grid, "shapeVox">): readonly Zyx[] {
  const levels: Zyx[] = [shapeVox];
  for (
    let [depth, height, width] = shapeVox;
    Math.max(height, width) > smallestVox;
  ) {
    [height, width] = [Math.ceil(height / 2), Math.ceil(width / 2)];
    levels.push([depth, height, width]);
  }
  return levels;
}

/**
 * A chunk of a level, whole: what lies beyond the volume is 0. Of grey values and
 * probabilities, coarser levels have the mean; of clefts, whatever is there.
 *
 * @param index Which chunk, z y x.
 * @returns Null if there is no such chunk.
 */
export function readChunk(
  layer: Layer,
  { level, index }: { readonly level: number; readonly index: Zyx },
): Uint8Array | Float32Array | null {
  const levelVox = levelsOf(layer)[level];
  if (!levelVox) return null;
  const from = mapZyx((a) => index[a] * chunkVox[a]);
  if (from.some((at, axis) => at >= levelVox[axis]!)) return null;
  const factor = 2 ** level;
  const steps: Zyx = [1, factor, factor];
  const startVox = mapZyx((a) => from[a] * steps[a]);
  const shapeVox = mapZyx((a) =>
    Math.min(chunkVox[a] * steps[a], layer.shapeVox[a] - startVox[a])
  );
  const voxels = layer.read({ startVox, shapeVox });
  const chunk = layer.kind === "probability"
    ? new Float32Array(sizeOf(chunkVox))
    : new Uint8Array(sizeOf(chunkVox)); // [D, H, W]
  const coarsen = layer.kind === "clefts" ? largestOf : meanOf;
  coarsen(voxels, { shapeVox, factor, chunk });
  return chunk;
}

interface Coarse {
  readonly shapeVox: Zyx;
  readonly factor: number;
  readonly chunk: Uint8Array | Float32Array;
}

function largestOf(
  voxels: Uint8Array | Float32Array,
  { shapeVox, factor, chunk }: Coarse,
): void {
  eachVoxel({ shapeVox, factor }, (from, to) => {
    chunk[to] = Math.max(chunk[to]!, voxels[from]!);
  });
}

function meanOf(
  voxels: Uint8Array | Float32Array,
  { shapeVox, factor, chunk }: Coarse,
): void {
  const sums = new Float64Array(chunk.length),
    counts = new Uint32Array(chunk.length);
  eachVoxel({ shapeVox, factor }, (from, to) => {
    sums[to]! += voxels[from]!;
    counts[to]!++;
  });
  const isWhole = chunk instanceof Uint8Array;
  for (const [at, count] of counts.entries()) {
    if (count === 0) continue;
    const mean = sums[at]! / count;
    chunk[at] = isWhole ? Math.round(mean) : mean;
  }
}

/** Tells of each voxel of a box to which voxel of the chunk it belongs. */
function eachVoxel(
  { shapeVox: [depth, height, width], factor }: Pick<
    Coarse,
    "shapeVox" | "factor"
  >,
  tell: (from: number, to: number) => void,
): void {
  const [, rows, columns] = chunkVox;
  for (let z = 0, from = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = (z * rows + Math.floor(y / factor)) * columns;
      for (let x = 0; x < width; x++, from++) {
        tell(from, row + Math.floor(x / factor));
      }
    }
  }
}
