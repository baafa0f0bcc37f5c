import type { Volume, Zyx } from "@/core/mod.ts";
import { mirroredImage } from "./_mirrored_image.ts";
import { tilesOver } from "./_tiles_over.ts";
import type { Forward } from "./forward.ts";
import {
  type PredictOptions,
  type PredictPlan,
  predictSlabs,
  type Slab,
} from "./predict.ts";
import type { Column, Spool } from "./spool.ts";

/** Sections that are read back at a time; chunks of files have as many, or fewer. */
const slabSections = 16;

/**
 * Bytes for each voxel of what the tiles of some sections cover: grey values,
 * labels, what the file has, two sums, and the sections that leave.
 */
const bytesPerVox = 26;

/** Bytes that joining the tiles of a column takes, however deep the volume. */
export function columnBytes(
  volumeVox: Zyx,
  { plan: { patchVox, overlap }, columnYx }: {
    readonly plan: PredictPlan;
    readonly columnYx: readonly [number, number];
  },
): number {
  const [, height, width] = volumeVox.map((extent, axis) =>
    axis === 0 ? extent : coveredVox(extent, {
      patch: patchVox[axis]!,
      overlap,
      part: columnYx[axis - 1]!,
    })
  ) as [number, number, number];
  return bytesPerVox * patchVox[0] * height * width;
}

/** What tiles that touch a part of an axis may cover of it. */
function coveredVox(
  extent: number,
  { patch, overlap, part }: {
    readonly patch: number;
    readonly overlap: number;
    readonly part: number;
  },
): number {
  const stride = Math.max(1, Math.floor(patch * (1 - overlap) + 1e-9));
  const halo = part >= extent ? 0 : 2 * (patch - 1);
  return Math.min(Math.max(extent, patch), part + halo + stride);
}

/**
 * The largest columns of a volume whose tiles are joined within some bytes: whole
 * sections if they can be, else parts of them, no smaller than a tile.
 */
export function columnsWithin(
  bytes: number,
  { shapeVox, plan }: { readonly shapeVox: Zyx; readonly plan: PredictPlan },
): readonly [height: number, width: number] {
  const [, height, width] = shapeVox, [, rows, columns] = plan.patchVox;
  let parts: [number, number] = [1, 1];
  for (;;) {
    const columnYx = [
      Math.ceil(height / parts[0]),
      Math.ceil(width / parts[1]),
    ] as const;
    const canSplit = [columnYx[0] > rows, columnYx[1] > columns];
    const fits = columnBytes(shapeVox, { plan, columnYx }) <= bytes;
    if (fits || !canSplit[0] && !canSplit[1]) return columnYx;
    const isTall = canSplit[0] && (columnYx[0] >= columnYx[1] || !canSplit[1]);
    parts = isTall ? [parts[0] + 1, parts[1]] : [parts[0], parts[1] + 1];
  }
}

/**
 * Predicts what a spool lacks of a volume, column by column; what was predicted
 * before is not predicted again. Columns are cut out of the same tiles, so that
 * how large they are makes no difference.
 *
 * @throws As {@linkcode predictSlabs} does, and the spool.
 */
export async function fillSpool(
  spool: Spool,
  { volume, forward, plan }: {
    readonly volume: Volume;
    readonly forward: Forward;
    readonly plan: PredictPlan;
  },
  { signal, onProgress }: PredictOptions = {},
): Promise<void> {
  const [depth] = volume.shapeVox;
  const image = mirroredImage(volume, plan.patchVox);
  const tilesFrom = (column: Column, z: number) => {
    if (z === depth) return 0;
    const { starts } = tilesOver(image, {
      ...plan,
      within: boxOf(column, z, depth),
    });
    return starts.reduce((product, { length }) => product * length, 1);
  };
  const totals = spool.columns.map((column) => tilesFrom(column, 0));
  const total = totals.reduce((sum, tiles) => sum + tiles, 0);
  let before = 0;
  for (const [i, column] of spool.columns.entries()) {
    const from = spool.done(i);
    const skipped = totals[i]! - tilesFrom(column, from);
    if (from < depth) {
      const slabs = predictSlabs(volume, { forward, plan }, {
        signal,
        within: boxOf(column, from, depth),
        onProgress: (done) => onProgress?.(before + skipped + done, total),
      });
      for await (const { probability } of slabs) spool.append(i, probability);
    }
    before += totals[i]!;
  }
}

function boxOf(
  { startYx: [y, x], shapeYx: [height, width] }: Column,
  z: number,
  depth: number,
) {
  return {
    startVox: [z, y, x] as const,
    shapeVox: [depth - z, height, width] as const,
  };
}

/** The sections of a spool that is full, always as many at a time. */
export async function* spooledSlabs(
  spool: Spool,
  [depth]: Zyx,
): AsyncGenerator<Slab> {
  for (let startZ = 0; startZ < depth; startZ += slabSections) {
    const sections = Math.min(slabSections, depth - startZ);
    yield { startZ, sections, probability: spool.read(startZ, sections) };
  }
}
