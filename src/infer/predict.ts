import {
  channelsIn,
  channelsOf,
  cropArray,
  type Entry,
  joinChannels,
  type Prediction,
  type Quantity,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import { BlendedSlab } from "./_blended_slab.ts";
import { type MirroredImage, mirroredImage } from "./_mirrored_image.ts";
import { blends } from "./blend/mod.ts";
import type { Forward } from "./forward.ts";
import { tileStarts } from "./tiles.ts";
import { ttas } from "./tta/mod.ts";

/** How a volume is cut into tiles, and the tiles joined. */
export interface PredictPlan {
  /** Extent of a tile in voxels. */
  readonly patchVox: Zyx;
  /** Least share of a tile that its neighbour covers too, along each axis. */
  readonly overlap: number;
  /** Weights of the voxels of a tile; from `blends`. */
  readonly blend: Entry;
  /** Looks at each tile; from `ttas`. */
  readonly tta: Entry;
  /** What the network says of each voxel; a number by default. */
  readonly quantity?: Quantity;
}

/** Company for a long prediction. */
export interface PredictOptions {
  /** Stops before the next tile, or the next look at a tile. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of each tile when it is done. */
  readonly onProgress?:
    | ((doneTiles: number, totalTiles: number) => void)
    | undefined;
}

/** Some whole sections of a prediction. */
export interface Slab {
  /** The first of them. */
  readonly startZ: number;
  /** How many. */
  readonly sections: number;
  /** Cleft probability, `[sections, H, W]`; of vectors `[3, sections, H, W]`. */
  readonly probability: Float32Array;
}

/**
 * Predicts a volume tile by tile; sections leave as soon as no later tile
 * reaches them, so that memory holds as many sections as one tile has. An axis
 * shorter than the patch is mirrored up to it. Tiles are added in the order z, y,
 * x: the same forward gives the same bits.
 *
 * @example Write a prediction of any size in the memory of a few sections
 * ```ts ignore
 * const slabs = predictSlabs(volume, { forward, plan }, { signal });
 * const exporter = exporterFor({ path: "p.hdf", where: "--output" });
 * await exporter.write("p.hdf", { head: volume, slabs });
 * ```
 *
 * @throws {ExperimentError} If the tiles do not suit the test-time augmentation.
 * @throws {RangeError} If the forward gives another number of numbers.
 * @throws {DOMException} The signal's reason, once it is aborted.
 */
export async function* predictSlabs(
  volume: Volume,
  { forward, plan }: { readonly forward: Forward; readonly plan: PredictPlan },
  options: PredictOptions = {},
): AsyncGenerator<Slab> {
  const { patchVox, overlap, quantity = "scalar" } = plan;
  const channels = channelsOf(quantity);
  const tta = ttas.create(plan.tta);
  tta.checkPatch(patchVox);
  const look = tta.wrap(
    guarded(forward, { channels, signal: options.signal }),
    quantity,
  );
  const image = mirroredImage(volume, patchVox);
  const [, height, width] = image.shapeVox;
  const [zs, ys, xs] = image.shapeVox.map((extent, axis) =>
    tileStarts(extent, patchVox[axis]!, overlap)
  ) as [number[], number[], number[]];
  const weights = blends.create(plan.blend).weights(patchVox);
  const blended = Array.from(
    { length: channels },
    () => new BlendedSlab(patchVox, weights, { height, width }),
  );
  const total = zs.length * ys.length * xs.length;
  let done = 0;
  const tiles = function* (): Generator<Tile> {
    for (const z of zs) {
      const slab = image.read(z, patchVox[0]);
      for (const y of ys) {
        for (const x of xs) {
          const voxels = cropArray(slab, [patchVox[0], height, width], {
            startVox: [0, y, x],
            shapeVox: patchVox,
          });
          const isLast = y === ys.at(-1) && x === xs.at(-1);
          yield { voxels, startVox: [z, y, x], isLast };
        }
      }
    }
  };
  const looked = oneAhead(tiles(), (tile) => look(tile.voxels, patchVox));
  for await (const [{ startVox: [z, y, x], isLast }, probability] of looked) {
    options.signal?.throwIfAborted();
    const said = channelsIn(probability, sizeOf(patchVox));
    blended.forEach((slab, k) => slab.add(said[k]!, y, x));
    options.onProgress?.(++done, total);
    if (!isLast) continue;
    const next = zs[zs.indexOf(z) + 1] ?? z + patchVox[0];
    yield withoutMirrored(
      blended.map((slab) => slab.take(next - z)),
      z,
      image,
      volume.shapeVox,
    );
  }
}

/** A tile on its way. */
interface Tile {
  readonly voxels: Float32Array;
  readonly startVox: Zyx;
  /** Whether no other tile begins at its section after it. */
  readonly isLast: boolean;
}

/**
 * What comes of each item, in order; the next is begun before one is handed
 * over, so that a device has work while the last result is blended and written.
 */
async function* oneAhead<Item, Result>(
  items: Iterable<Item>,
  begin: (item: Item) => Promise<Result>,
): AsyncGenerator<[Item, Result]> {
  let before: [Item, Promise<Result>] | null = null;
  for (const item of items) {
    const begun = begin(item);
    begun.catch(() => {}); // it is awaited later, if all goes well until then
    if (before) yield [before[0], await before[1]];
    before = [item, begun];
  }
  if (before) yield [before[0], await before[1]];
}

/** Predicts a volume at once, numbers alone; see {@linkcode predictSlabs}. */
export async function predict(
  volume: Volume,
  { forward, plan }: { readonly forward: Forward; readonly plan: PredictPlan },
  options: PredictOptions = {},
): Promise<Prediction> {
  const { shapeVox, voxelNm, offsetNm } = volume;
  const probability = new Float32Array(sizeOf(shapeVox)); // [D, H, W]
  for await (const slab of predictSlabs(volume, { forward, plan }, options)) {
    probability.set(
      slab.probability,
      slab.startZ * shapeVox[1] * shapeVox[2],
    );
  }
  return { probability, shapeVox, voxelNm, offsetNm };
}

/** A forward that stops on a signal and answers with as many voxels as asked. */
function guarded(
  forward: Forward,
  { channels, signal }: {
    readonly channels: number;
    readonly signal: AbortSignal | undefined;
  },
): Forward {
  return async (image, shapeVox) => {
    signal?.throwIfAborted();
    const probability = await forward(image, shapeVox);
    if (probability.length !== channels * image.length) {
      throw new RangeError(
        `Cannot join tiles: the forward gave ${probability.length} numbers ` +
          `for a tile of ${image.length} voxels`,
      );
    }
    return probability;
  };
}

/** What of some sections is not the mirrored part. */
function withoutMirrored(
  channels: readonly Float32Array[],
  startZ: number,
  { shapeVox: [, height, width], startVox }: MirroredImage,
  volumeVox: Zyx,
): Slab {
  const count = channels[0]!.length / (height * width);
  const first = Math.max(startZ, startVox[0]);
  const end = Math.min(startZ + count, startVox[0] + volumeVox[0]);
  const probability = joinChannels(
    channels.map((sections) =>
      cropArray(sections, [count, height, width], {
        startVox: [first - startZ, startVox[1], startVox[2]],
        shapeVox: [end - first, volumeVox[1], volumeVox[2]],
      })
    ),
  );
  return { startZ: first - startVox[0], sections: end - first, probability };
}
