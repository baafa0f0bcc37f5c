import { ExperimentError, type Volume } from "@/core/mod.ts";
import type { BadOnes, FoundBadSections } from "./find.ts";
import type { BadSections } from "./options.ts";

/** What is seen of a section: others, each with its share. */
type Mixture = readonly { readonly section: number; readonly share: number }[];

/**
 * A volume in which bad sections are seen as the policy says; their labels stay
 * (techniques A8.4). Takes over the volume.
 *
 * @throws {ExperimentError} If no good section is left.
 */
export function mended(
  volume: Volume,
  { named, detected, policy, where }: Omit<FoundBadSections, "sections"> & {
    readonly policy: BadSections["policy"];
    /** The source, for errors. */
    readonly where: string;
  },
): Volume {
  const bad: BadOnes = new Map([
    ...detected.map(({ section }) => [section, undefined] as const),
    ...named,
  ]);
  const notes = [
    ...volume.notes ?? [],
    ...detected.map(({ section, why }) => `Section ${section} is ${why}`),
  ];
  if (bad.size === 0 || policy === "keep") return { ...volume, notes };
  if (bad.size === volume.shapeVox[0]) {
    throw new ExperimentError("Cannot mend a volume without a good section", {
      where: `${where}.badSections`,
      fix: "Name fewer bad sections, or keep them",
    });
  }
  const seen = new Map(
    bad.entries().map(([section, by]) =>
      [section, mixtureOf(section, { by, bad, policy, volume })] as const
    ),
  );
  return {
    ...volume,
    notes,
    read(box) {
      const patch = volume.read(box);
      const [z0, y0, x0] = box.startVox, [depth, height, width] = box.shapeVox;
      const size = height * width;
      for (let k = 0; k < depth; k++) {
        const mixture = seen.get(z0 + k);
        if (!mixture) continue;
        const plane = patch.image.subarray(k * size, (k + 1) * size).fill(0);
        for (const { section, share } of mixture) {
          const { image } = volume.read({
            startVox: [section, y0, x0],
            shapeVox: [1, height, width],
          });
          for (let i = 0; i < size; i++) plane[i]! += share * image[i]!;
        }
      }
      return patch;
    },
    [Symbol.dispose]: () => volume[Symbol.dispose](),
  };
}

function mixtureOf(
  section: number,
  { by, bad, policy, volume: { shapeVox: [depth] } }: {
    readonly by: number | undefined;
    readonly bad: BadOnes;
    readonly policy: BadSections["policy"];
    readonly volume: Volume;
  },
): Mixture {
  const good = (step: 1 | -1) => {
    let at = section + step;
    while (bad.has(at)) at += step;
    return at >= 0 && at < depth ? at : undefined;
  };
  const before = good(-1), behind = good(1);
  if (
    policy === "interpolate" && before !== undefined && behind !== undefined
  ) {
    const share = (section - before) / (behind - before);
    return [
      { section: before, share: 1 - share },
      { section: behind, share },
    ];
  }
  const isNearerBefore = before !== undefined &&
    (behind === undefined || section - before <= behind - section);
  const nearest = (isNearerBefore ? before : behind)!;
  return [{
    section: policy === "replace" ? by ?? nearest : nearest,
    share: 1,
  }];
}
