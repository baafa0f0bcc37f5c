import { deepStrictEqual, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { decode } from "fast-png";
import type { Patch, Volume } from "@/core/mod.ts";
import type { SectionsRecord } from "@/record/mod.ts";
import { SectionsOnTheWay, sectionsToFollow } from "./sections_on_the_way.ts";

/** Sections of 1 × 2 voxels, whose first voxel is cleft where it is said so. */
function patchOf(clefts: readonly number[]): Patch {
  const voxels = 2 * clefts.length;
  return {
    image: new Float32Array(voxels).fill(0.2),
    target: Uint8Array.from(clefts.flatMap((cleft) => [cleft, 0])),
    mask: new Uint8Array(voxels).fill(1),
    shapeVox: [clefts.length, 1, 2],
  };
}

const patch = patchOf([0, 1, 0, 1, 1, 1, 1, 1]);
const { shapeVox } = patch;
const volume = {
  ...{ name: "a/b", shapeVox, voxelNm: [40, 4, 4] },
} as unknown as Volume;

/** What a validation leaves that says some probability everywhere. */
function contentsOf(
  way: SectionsOnTheWay,
  { probability, threshold = 0.5 as number | null, step = 1 }: {
    readonly probability: number;
    readonly threshold?: number | null;
    readonly step?: number;
  },
) {
  const contents = way.contents([{
    ...{ volume, patch, scores: { ap: 0.3, threshold } },
    probability: new Float32Array(patch.image.length).fill(probability),
  }], { step });
  const named = new Map(contents.map(({ name, content }) => [name, content]));
  const json = named.get("sections/validation/a/b.json");
  return {
    names: [...named.keys()],
    record: json &&
      JSON.parse(new TextDecoder().decode(json)) as SectionsRecord,
    pixels: (place: string) => [
      ...decode(named.get(`sections/validation/a/b/${place}.png`)!).data,
    ],
  };
}

Deno.test("SectionsOnTheWay shows the same sections at each validation, as that sees them", () => {
  const way = new SectionsOnTheWay({ sectionsShown: 12 });
  const first = contentsOf(way, { probability: 0.6, step: 5 });
  deepStrictEqual(first.record, {
    ...{ split: "validation", volume: "a/b", step: 5 },
    ...{ shapeVox: [8, 1, 2], voxelNm: [40, 4, 4] },
    metrics: { ap: 0.3, threshold: 0.5 },
    // Of each, both voxels are called cleft, one is: 2 · 1 / (2 + 1).
    sections: [1, 4, 5, 7].map((z) => ({
      ...{ z, truthVox: 1, predictedVox: 2, dice: 2 / 3 },
    })),
  });
  deepStrictEqual(
    first.names.toSorted(),
    [
      "sections/validation/a/b.json",
      ...[1, 4, 5, 7].flatMap((z) =>
        ["raw", "truth", "prediction"].map((what) =>
          `sections/validation/a/b/${z}/${what}.png`
        )
      ),
    ].toSorted(),
  );
  deepStrictEqual(first.pixels("4/raw"), [51, 51]);
  deepStrictEqual(first.pixels("4/truth"), [255, 0]);
  deepStrictEqual(first.pixels("4/prediction"), [153, 153]);
  const next = contentsOf(way, { probability: 0.2, step: 10 });
  deepStrictEqual(next.names, first.names);
  deepStrictEqual(next.pixels("4/raw"), [51, 51]);
  deepStrictEqual(next.pixels("4/prediction"), [51, 51]);
  deepStrictEqual(next.record!.sections[0], {
    ...{ z: 1, truthVox: 1, predictedVox: 0, dice: 0 },
  });
});

Deno.test("SectionsOnTheWay calls nothing cleft without a threshold, and shows no more than wanted", () => {
  const way = new SectionsOnTheWay({ sectionsShown: 1 });
  const { record } = contentsOf(way, { probability: 1, threshold: null });
  deepStrictEqual(record!.sections, [
    { z: 5, truthVox: 1, predictedVox: 0, dice: 0 },
  ]);
  const none = new SectionsOnTheWay({ sectionsShown: 0 });
  deepStrictEqual(contentsOf(none, { probability: 1 }).names, []);
});

Deno.test("sectionsToFollow() gives as many as there are, rising, with a cleft where there is one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      (clefts, most) => {
        const zs = sectionsToFollow(patchOf(clefts), most);
        const holding = clefts.filter((cleft) => cleft === 1).length;
        const among = holding || clefts.length;
        deepStrictEqual(zs.length, Math.min(most, among));
        ok(zs.every((z, i) => i === 0 || z > zs[i - 1]!));
        ok(holding === 0 || zs.every((z) => clefts[z] === 1));
      },
    ),
  );
  const unlabelled = { ...patchOf([1, 1, 1]), mask: new Uint8Array(6) };
  unlabelled.mask[4] = 1;
  deepStrictEqual(sectionsToFollow(unlabelled, 3), [2]);
});
