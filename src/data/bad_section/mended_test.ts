import { deepStrictEqual, throws } from "node:assert/strict";
import { type Volume, wholeBox } from "@/core/mod.ts";
import { makeVolume } from "../volume/_testing.ts";
import { findBadSections } from "./find.ts";
import { lists } from "./lists.ts";
import { mended } from "./mended.ts";
import type { BadSections } from "./options.ts";

const place = { dataRoots: [], cacheFolder: "/nowhere/cache", where: "test" };

/** Each section has its number as grey value, and a cleft. */
function numbered(depth: number): Volume {
  return makeVolume({
    shapeVox: [depth, 2, 3],
    voxel: (z) => ({ image: z / 256, target: z % 2 }),
  });
}

function seen(depth: number, plan: Partial<BadSections>): number[] {
  const { policy = "keep" } = plan;
  const found = findBadSections(numbered(depth), {
    ...{ sections: [], copyPredictions: [], detect: false, policy },
    ...plan,
    place,
  });
  const volume = mended(numbered(depth), { ...found, policy, where: "test" });
  const { image, target, mask } = volume.read(wholeBox(volume.shapeVox));
  const plain = numbered(depth).read(wholeBox(volume.shapeVox));
  deepStrictEqual([target, mask], [plain.target, plain.mask]);
  const inside = volume.read({ startVox: [1, 1, 1], shapeVox: [2, 1, 2] });
  deepStrictEqual([inside.image[0], inside.image[2]], [image[6], image[12]]);
  return Array.from({ length: depth }, (_, z) => 256 * image[6 * z]!);
}

Deno.test("mended() keeps sections, replaces them by the nearest good one, or mixes", () => {
  const sections = [0, 2, 3, 6];
  deepStrictEqual(seen(7, { sections }), [0, 1, 2, 3, 4, 5, 6]);
  deepStrictEqual(
    seen(7, { sections, policy: "replace" }),
    [1, 1, 1, 4, 4, 5, 5],
  );
  deepStrictEqual(
    seen(7, { sections, policy: "interpolate" }),
    [1, 1, 2, 3, 4, 5, 5],
  );
});

Deno.test("mended() replaces a section by the one that is named", () => {
  deepStrictEqual(
    seen(5, { sections: [[3, 0], 2], policy: "replace" }),
    [0, 1, 1, 0, 4],
  );
});

Deno.test("mended() has the report's lists", () => {
  const greys = seen(153, { preset: "A+", policy: "replace" });
  const changed = greys.flatMap((grey, z) => grey === z ? [] : [[z, grey]]);
  deepStrictEqual(changed, lists["A+"]);
});

Deno.test("mended() refuses sections that are not there, and to mend by nothing", () => {
  throws(() => seen(5, { sections: [1, 5] }), {
    message: "Cannot find section 5: the volume has 5, from 0 on",
  });
  throws(() => seen(5, { sections: [[1, 7]] }), /Cannot find section 7/);
  throws(() => seen(5, { preset: "C" }), {
    message: "Cannot take the list of C: it counts 153 sections, the volume " +
      "has 5",
  });
  throws(
    () => seen(3, { sections: [0, 1, 2], policy: "replace" }),
    /Cannot mend a volume without a good section/,
  );
});
