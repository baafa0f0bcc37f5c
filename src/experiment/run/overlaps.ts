import { boxText, type Volume } from "@/core/mod.ts";
import { sharedRegion } from "@/data/mod.ts";
import type { Split } from "@/record/mod.ts";

/** Splits that must not see each other's voxels. */
const pairs: readonly (readonly [Split, Split])[] = [
  ["train", "validation"],
  ["train", "test"],
  ["validation", "test"],
];

/**
 * What volumes of different splits share, a sentence each: scores on voxels that
 * weights or a threshold were chosen by are better than they are on others.
 */
export function overlapsOf(
  bySplit: Readonly<Record<Split, readonly Volume[]>>,
): readonly string[] {
  return pairs.flatMap(([first, second]) =>
    bySplit[first].flatMap((one, i) =>
      bySplit[second].flatMap((other, j) => {
        const shared = sharedRegion(one, other);
        return shared
          ? `data.${first}[${i}] and data.${second}[${j}] share the voxels ` +
            `${boxText(shared.inFirst)} of "${one.name}": scores on ` +
            `${second} flatter`
          : [];
      })
    )
  );
}
