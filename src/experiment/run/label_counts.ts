import * as z from "zod";
import { foundBefore, foundOnce, sizeOf, type Volume } from "@/core/mod.ts";
import { countLabels, type LabelCounts } from "@/data/mod.ts";
import type { DataPlace, Region } from "./volumes.ts";

/** Making a voxel takes as long as reading so many. */
const costOfMaking = 32;

/** What costs less is counted again: about a tenth of a second. */
const worthRemembering = 1 << 21;

const count = z.int().min(0);
const schema: z.ZodType<LabelCounts> = z.strictObject({
  clefts: count,
  positive: count,
  labelled: count,
  voxels: count,
});

/**
 * What the labels of regions hold, in their order. They are counted once for
 * equal data, as long as the cache is kept.
 */
export class LabelCounter {
  readonly #place: Pick<DataPlace, "cacheFolder">;

  /** Remembers in the folder `counts` of a cache. */
  constructor({ cacheFolder }: Pick<DataPlace, "cacheFolder">) {
    this.#place = { cacheFolder };
  }

  /**
   * Counts the labels of a region, or recalls them.
   *
   * @param inMemory The same voxels, where they can be read faster.
   * @throws {ExperimentError} If they are damaged.
   */
  count(region: Region, inMemory: Volume = region.volume): LabelCounts {
    return costOf(region) < worthRemembering
      ? countLabels(inMemory)
      : foundOnce(
        this.#place,
        { ...searchOf(region), find: () => countLabels(inMemory) },
      );
  }

  /**
   * Counts the labels of regions as long as no more than `mostVox` voxels are
   * read for it; undefined for the others.
   *
   * @throws {ExperimentError} If some are damaged.
   */
  countWithin(
    mostVox: number,
    regions: readonly Region[],
  ): readonly (LabelCounts | undefined)[] {
    let left = mostVox;
    return regions.map((region) => {
      const known = foundBefore(this.#place, searchOf(region));
      if (known) return known;
      const cost = region.volume.hasLabels ? costOf(region) : 0;
      if (cost > left) return undefined;
      left -= cost;
      return this.count(region);
    });
  }
}

/** What the labels of a region follow from. */
function searchOf({ source, volume: { inputs, origin, shapeVox } }: Region) {
  const key = {
    form: 1, // another one where labels are read or counted otherwise
    source,
    files: inputs.map(({ sha256 }) => sha256),
    startVox: origin?.startVox,
    shapeVox,
  };
  return { kind: "counts", key, schema };
}

/** About how long counting takes, in voxels that are read. */
function costOf({ volume, wholeVox }: Region): number {
  return volume.origin?.isMade
    ? costOfMaking * wholeVox
    : sizeOf(volume.shapeVox);
}
