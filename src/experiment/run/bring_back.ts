import type { WayBack } from "@/core/mod.ts";
import type { Slab } from "@/infer/mod.ts";

/**
 * What is said of a rearranged volume, as its file has it: each section goes back
 * to where it was, and some get what is said of another. Holds the sections that
 * others wait for.
 */
export async function* bringBack(
  slabs: AsyncIterable<Slab>,
  { section, copies }: WayBack,
): AsyncGenerator<Slab> {
  const kept = new Map<number, Float32Array>();
  let come = 0, gone = 0;
  for await (const { startZ, sections, probability } of slabs) {
    const size = probability.length / sections;
    for (let k = 0; k < sections; k++) {
      const map = probability.subarray(k * size, (k + 1) * size);
      const back = section(startZ + k, map);
      if (back) kept.set(come++, back);
    }
    for (;; gone++) {
      const found = kept.get(copies.get(gone) ?? gone);
      if (!found || gone >= come) break;
      yield { startZ: gone, sections: 1, probability: found };
    }
    for (const z of kept.keys()) {
      const isWanted = z >= gone ||
        copies.entries().some(([to, from]) => from === z && to >= gone);
      if (!isWanted) kept.delete(z);
    }
  }
}
