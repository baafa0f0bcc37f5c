import {
  channelsIn,
  channelsOf,
  joinChannels,
  type Quantity,
  type WayBack,
} from "@/core/mod.ts";
import type { Slab } from "@/infer/mod.ts";

/**
 * What is said of a rearranged volume, as its file has it: each section goes back
 * to where it was, and some get what is said of another. Holds the sections that
 * others wait for. Vectors stay as they are, for sections are moved by whole
 * voxels.
 */
export async function* bringBack(
  slabs: AsyncIterable<Slab>,
  { section, copies, quantity = "scalar" }: WayBack & {
    readonly quantity?: Quantity;
  },
): AsyncGenerator<Slab> {
  const kept = new Map<number, Float32Array>();
  let come = 0, gone = 0;
  for await (const { startZ, sections, probability } of slabs) {
    const channels = channelsIn(
      probability,
      probability.length / channelsOf(quantity),
    );
    const size = channels[0]!.length / sections;
    for (let k = 0; k < sections; k++) {
      const maps = channels.flatMap((channel) =>
        section(startZ + k, channel.subarray(k * size, (k + 1) * size)) ?? []
      );
      if (maps.length > 0) kept.set(come++, joinChannels(maps));
    }
    for (;; gone++) {
      const found = kept.get(copies.get(gone) ?? gone);
      if (!found) break;
      yield { startZ: gone, sections: 1, probability: found };
    }
    for (const z of kept.keys()) {
      const isWanted = z >= gone ||
        copies.entries().some(([to, from]) => from === z && to >= gone);
      if (!isWanted) kept.delete(z);
    }
  }
}
