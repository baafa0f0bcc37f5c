import { join } from "node:path";
import { sizeOf, type Zyx } from "@/core/mod.ts";
import type { Annotations } from "./annotations.ts";
import { siteTypes } from "./layout.ts";
import type { CremiContent } from "./write_cremi.ts";

/** Extent of the grey values of {@linkcode soundContent}. */
export const rawVox: Zyx = [6, 24, 20];

/** Extent of its labels, which begin 1 section, 5 rows and 4 columns later. */
export const labelsVox: Zyx = [4, 12, 10];

/** Place of the labels' first voxel, in nanometres. */
export const labelsNm: Zyx = [40, 20, 16];

/** Number of background. */
export const background = 0xffffffffffffffffn;

/** Two pairs of partners, and a comment. */
export const soundAnnotations: Annotations = {
  offsetNm: labelsNm,
  points: [
    { id: 11n, type: siteTypes.pre, locationNm: [40, 12, 8] },
    { id: 12n, type: siteTypes.post, locationNm: [40, 28, 36] },
    { id: 13n, type: siteTypes.pre, locationNm: [120, 8.5, 4] },
    { id: 14n, type: siteTypes.post, locationNm: [80, 40, 4] },
  ],
  partners: [{ pre: 11n, post: 12n }, { pre: 13n, post: 14n }],
  comments: [{ targetId: 12n, text: "unsure: a µ-synapse?" }],
};

/** A small padded volume of the challenge with three clefts and four neurons. */
export function soundContent(): Required<CremiContent> {
  const clefts = new BigUint64Array(sizeOf(labelsVox)).fill(background);
  clefts.fill(7n, 20, 24).fill(9n, 150, 156).fill(2n ** 40n, 300, 302);
  clefts[400] = background - 1n; // unknown
  const place = { shapeVox: labelsVox, offsetNm: labelsNm };
  return {
    voxelNm: [40, 4, 4],
    raw: {
      shapeVox: rawVox,
      offsetNm: [0, 0, 0],
      data: Uint8Array.from({ length: sizeOf(rawVox) }, (_, i) => i * 7 % 251),
    },
    clefts: { ...place, data: clefts },
    neuronIds: {
      ...place,
      data: BigUint64Array.from(
        { length: clefts.length },
        (_, i) => BigInt(Math.floor(i / 96)),
      ),
    },
    annotations: soundAnnotations,
  };
}

/** Carries out something with the path of a file that does not exist yet. */
export async function withPath<Result>(
  body: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-cremi-" });
  try {
    return await body(join(folder, "a.hdf"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
