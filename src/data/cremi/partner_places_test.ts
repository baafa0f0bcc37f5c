import { deepStrictEqual, rejects } from "node:assert/strict";
import { mapZyx, type PartnerPlace, type Volume } from "@/core/mod.ts";
import { sources } from "../source/mod.ts";
import { soundAnnotations, soundContent, withPath } from "./_testing.ts";
import type { Annotations } from "./annotations.ts";
import { writeCremi } from "./write_cremi.ts";

/** The partners that a source finds in a file with these annotations. */
function placesIn(
  annotations: Annotations | undefined,
  options: Record<string, unknown> = {},
): Promise<readonly PartnerPlace[] | undefined> {
  return withPath(async (path) => {
    const { annotations: _, ...content } = soundContent();
    await writeCremi(path, { ...content, annotations });
    const entry = sources.schema.parse({
      type: "cremi",
      file: path,
      ...options,
    });
    using volume: Volume = await sources.create(entry).open({
      dataRoots: [],
      cacheFolder: `${path}.cache`,
      where: "data.train[0]",
    });
    return volume.partners?.();
  });
}

// Points count from 40, 20, 16 nm; a voxel's middle is half a voxel further.
const first: PartnerPlace = {
  preVox: [1.5, 7.5, 5.5],
  postVox: [1.5, 11.5, 12.5],
};
const second: PartnerPlace = {
  preVox: [3.5, 6.625, 4.5],
  postVox: [2.5, 14.5, 4.5],
};

Deno.test("partnerPlaces() places the pairs of the table in voxels of the grey values", async () => {
  deepStrictEqual(await placesIn(soundAnnotations), [first, second]);
  // Section by section moved: a pair goes with its sections.
  const [place] = (await placesIn(soundAnnotations, {
    blockVox: { z: [1, 5], y: [5, 17], x: [4, 14] },
    context: { sections: 1, pixels: 2 },
  }))!;
  deepStrictEqual(
    place!.preVox,
    mapZyx((a) => first.preVox[a] - [0, 3, 2][a]!),
  );
});

Deno.test("partnerPlaces() leaves out pairs that are farther apart", async () => {
  // The second pair is hypot(40, 31.5) = 50.9 nm apart, the first 32.2.
  const within = (partnersWithinNm: number) =>
    placesIn(soundAnnotations, { partnersWithinNm });
  deepStrictEqual(await within(50), [first]);
  deepStrictEqual(await within(51), [first, second]);
  deepStrictEqual(await within(1), []);
});

Deno.test("partnerPlaces() has none without a table", async () => {
  deepStrictEqual(await placesIn(undefined), undefined);
  deepStrictEqual(
    await placesIn({ ...soundAnnotations, partners: [] }),
    undefined,
  );
});

Deno.test("partnerPlaces() refuses tables that name no point, and points outside", async () => {
  await rejects(
    placesIn({ ...soundAnnotations, partners: [{ pre: 11n, post: 99n }] }),
    /its id 99 is of no point/,
  );
  const points = soundAnnotations.points.map((point) =>
    point.id === 14n ? { ...point, locationNm: [80, 100, 4] as const } : point
  );
  await rejects(
    placesIn({ ...soundAnnotations, points }),
    /point 14 of "annotations\/locations" at 120, 120, 20 nm lies outside/,
  );
  // A point that no pair names may lie anywhere.
  const partners = soundAnnotations.partners.slice(0, 1);
  deepStrictEqual(await placesIn({ ...soundAnnotations, points, partners }), [
    first,
  ]);
});
