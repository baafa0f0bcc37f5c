import {
  type Box,
  channelsIn,
  channelsOf,
  cropArray,
  type Entry,
  joinChannels,
  type Prediction,
  type Quantity,
  sizeOf,
  type Volume,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { BlendedSlab } from "./_blended_slab.ts";
import { inStep } from "./_in_step.ts";
import { type MirroredImage, mirroredImage } from "./_mirrored_image.ts";
import { blends } from "./blend/mod.ts";
import type { Forward } from "./forward.ts";
import { tilesOver } from "./_tiles_over.ts";
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
  /** Tiles that the network is given at a time; 1 by default. */
  readonly batch?: number;
}

/** Company for a long prediction. */
export interface PredictOptions {
  /** The part of the volume that is predicted; all of it by default. */
  readonly within?: Box;
  /** Stops before the next tile, or the next look at a tile. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of each tile when it is done. */
  readonly onProgress?:
    | ((doneTiles: number, totalTiles: number) => void)
    | undefined;
}

/** Some whole sections of what is predicted. */
export interface Slab {
  /** The first of them, counted in the volume. */
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
 * x: the same forward gives the same bits, of a part as of the whole.
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
  const { patchVox, quantity = "scalar", batch = 1 } = plan;
  const { within = wholeBox(volume.shapeVox), signal } = options;
  const channels = channelsOf(quantity);
  const tta = ttas.create(plan.tta);
  tta.checkPatch(patchVox);
  const guardedForward = guarded(forward, { channels, signal });
  const image = mirroredImage(volume, patchVox);
  const { starts: [zs, ys, xs], startYx, shapeYx } = tilesOver(image, {
    ...{ patchVox, within },
    overlap: plan.overlap,
  });
  const [height, width] = shapeYx;
  const weights = blends.create(plan.blend).weights(patchVox);
  const blended = Array.from(
    { length: channels },
    () => new BlendedSlab(patchVox, weights, { height, width }),
  );
  const places = ys.flatMap((y) => xs.map((x) => [y, x] as const));
  const total = zs.length * places.length;
  let done = 0;
  const groups = function* (): Generator<Tiles> {
    for (const z of zs) {
      const slabVox = [patchVox[0], height, width] as const;
      const slab = image.read({ startVox: [z, ...startYx], shapeVox: slabVox });
      for (let i = 0; i < places.length; i += batch) {
        const startsYx = places.slice(i, i + batch)
          .map(([y, x]) => [y - startYx[0], x - startYx[1]] as const);
        const voxels = startsYx.map(([y, x]) =>
          cropArray(slab, slabVox, { startVox: [0, y, x], shapeVox: patchVox })
        );
        yield {
          voxels,
          startZ: z,
          startsYx,
          isLast: i + batch >= places.length,
        };
      }
    }
  };
  const looked = oneAhead(groups(), ({ voxels }) => {
    const count = voxels.length;
    const together = inStep(guardedForward, { count, batch });
    const look = tta.wrap(together, quantity);
    return Promise.all(voxels.map((tile) => look(tile, patchVox)));
  });
  for await (const [{ startZ: z, startsYx, isLast }, answers] of looked) {
    signal?.throwIfAborted();
    answers.forEach((answer, i) => {
      const said = channelsIn(answer, sizeOf(patchVox));
      blended.forEach((slab, k) => slab.add(said[k]!, ...startsYx[i]!));
      options.onProgress?.(++done, total);
    });
    if (!isLast) continue;
    const next = zs[zs.indexOf(z) + 1] ?? z + patchVox[0];
    const slab = slabOf(
      blended.map((one) => one.take(next - z)),
      z,
      { image, startYx, shapeYx, within },
    );
    if (slab) yield slab;
  }
}

/** Tiles on their way to the network together. */
interface Tiles {
  readonly voxels: readonly Float32Array[];
  /** The section they begin at. */
  readonly startZ: number;
  /** Where each begins in what is joined. */
  readonly startsYx: readonly (readonly [y: number, x: number])[];
  /** Whether no other tile begins at their section after them. */
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

/** What of some finished sections was asked for, and is not mirrored. */
function slabOf(
  channels: readonly Float32Array[],
  startZ: number,
  { image: { startVox: [z0, y0, x0] }, startYx, shapeYx, within }: {
    readonly image: MirroredImage;
    readonly startYx: readonly [number, number];
    readonly shapeYx: readonly [number, number];
    readonly within: Box;
  },
): Slab | null {
  const [height, width] = shapeYx, [from, y, x] = within.startVox;
  const [depth, rows, columns] = within.shapeVox;
  const count = channels[0]!.length / (height * width);
  const first = Math.max(startZ, z0 + from);
  const end = Math.min(startZ + count, z0 + from + depth);
  if (first >= end) return null;
  const probability = joinChannels(
    channels.map((sections) =>
      cropArray(sections, [count, height, width], {
        startVox: [first - startZ, y0 + y - startYx[0], x0 + x - startYx[1]],
        shapeVox: [end - first, rows, columns],
      })
    ),
  );
  return { startZ: first - z0, sections: end - first, probability };
}
