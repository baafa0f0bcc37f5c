import { deepEqual, equal, match } from "node:assert/strict";
import type { GalleryObject } from "@/record/mod.ts";
import type { Gallery } from "../data.ts";
import { base64 } from "../encode.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeMeasured, makeReport } from "../_testing.ts";

const pictures = new Map([
  ["a", Uint8Array.of(1)],
  ["b", Uint8Array.of(2)],
]);

const object = (
  kind: GalleryObject["kind"],
  changes: Partial<GalleryObject> = {},
): GalleryObject => ({
  ...{ kind, z: 7, sections: 3, sizeVox: 1234, probability: 0.5 },
  ...{ centreVox: [40, 50], startVox: [0, 10], shapeVox: [96, 96] },
  ...changes,
});

const galleryOf = (
  split: "validation" | "test",
  objects: readonly GalleryObject[],
  keys: readonly (string | null)[],
): Gallery => ({
  record: {
    ...{ split, volume: "v", voxelNm: [40, 4, 4], objects },
    counts: { found: 9, false: 1200, missed: 0 },
  },
  pictures: keys,
});

const runWith = (experiment: string, ...galleries: Gallery[]) => ({
  ...makeMeasured({ experiment }),
  galleries,
});

const see = (...runs: Parameters<typeof makeReport>[0]) =>
  seeSection({ type: "gallery" }, makeReport(runs, { pictures }));

Deno.test("gallery shows each object that has a picture, with what it sorts by", () => {
  const objects = [
    object("found"),
    object("missed", { probability: null, sizeVox: 8 }),
    object("false"),
  ];
  const { html, lines } = see(
    runWith("a", galleryOf("test", objects, ["a", "b", null])),
  );
  equal(html.match(/<img /g)?.length, 2);
  match(
    html,
    new RegExp(`src="data:image/png;base64,${base64(pictures.get("a")!)}"`),
  );
  match(html, /title="384 nm wide"/);
  deepEqual(
    [...html.matchAll(/<td class="number"\s*(?:data-value="([^"]+)")?>/g)]
      .map(([, value]) => value),
    ["1234", "0.5", "3", "7", "8", undefined, "3", "7"],
  );
  const text = lines.join(" ");
  match(text, /7, 40, 50/);
  match(text, /1200 false/); // with and without pictures
});

Deno.test("gallery names volumes and runs where there are several, the best run first", () => {
  const one = galleryOf("validation", [object("found")], ["a"]);
  const alone = see(runWith("a", one)).html;
  equal(/>Volume<|>Run</.test(alone), false);
  const best = {
    ...makeMeasured({ experiment: "best" }, { metrics: { ap: 0.9 } }),
    galleries: [galleryOf("test", [object("missed")], ["b"]), one],
  };
  const { html } = see(runWith("a", one), best);
  match(html, />Volume<[^]*>Run</);
  const kinds = [...html.matchAll(/<th scope="row" data-value="(\w+)"/g)];
  deepEqual(kinds.map(([, kind]) => kind), ["found", "missed", "found"]);
});

Deno.test("gallery shows at most as many objects as it is told", () => {
  const objects = Array.from({ length: 5 }, () => object("false"));
  const keys = objects.map(() => "a");
  const data = makeReport([runWith("a", galleryOf("test", objects, keys))], {
    pictures,
  });
  const { html } = seeSection({ type: "gallery", most: 3 }, data);
  equal(html.match(/<img /g)?.length, 3);
});

Deno.test("gallery shows nothing of runs that have none", () => {
  deepEqual(see(makeMeasured({ experiment: "old" })).lines, []);
});
