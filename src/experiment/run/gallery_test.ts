import { deepStrictEqual } from "node:assert";
import { decode } from "fast-png";
import type { Zyx } from "@/core/mod.ts";
import type { GalleryRecord } from "@/record/mod.ts";
import type { Evaluated } from "./evaluate.ts";
import { recordGallery, windowOf } from "./gallery.ts";
import { evaluated as one, evaluatedOf } from "./_gallery_testing.ts";

/** The nearest of the 64 tones that pictures of objects have. */
const tone = (grey: number) =>
  Math.round(Math.round(grey * 63 / 255) * 255 / 63);

/** A picture's grey values. */
function read(png: Uint8Array) {
  const { data, width, height } = decode(png);
  return { width, height, data };
}

Deno.test("windowOf() lies around an object, inside the section", () => {
  const of = (...bounds: Parameters<typeof windowOf>[0]) =>
    windowOf(bounds, [400, 300]);
  deepStrictEqual(of(190, 140, 209, 159), {
    centreVox: [199, 149],
    startVox: [152, 102],
    shapeVox: [96, 96],
  });
  deepStrictEqual(of(0, 290, 9, 299).startVox, [0, 204]);
  deepStrictEqual(of(0, 0, 75, 0).shapeVox, [96, 96]); // 95 wanted
  deepStrictEqual(of(0, 0, 76, 0).shapeVox, [192, 192]); // 97
  // 90 voxels want 113, so twice the pixels.
  deepStrictEqual(of(200, 100, 210, 189).shapeVox, [192, 192]);
  deepStrictEqual(of(0, 0, 399, 299), {
    centreVox: [199, 149],
    startVox: [0, 0],
    shapeVox: [400, 300],
  });
});

Deno.test("recordGallery() keeps objects with image, truth and probability", () => {
  const kept = new Map<string, Uint8Array>();
  const recorder = {
    artifact: (name: string, _: string, bytes: Uint8Array) => {
      kept.set(name, bytes);
    },
  } as Parameters<typeof recordGallery>[0];
  recordGallery(recorder, { evaluated: one, split: "test", most: 5 });
  const base = "gallery/test/a/b";
  deepStrictEqual([...kept.keys()], [
    `${base}.json`,
    ...[0, 1, 2].map((n) => `${base}/${n}.png`),
  ]);
  const record: GalleryRecord = JSON.parse(
    new TextDecoder().decode(kept.get(`${base}.json`)),
  );
  deepStrictEqual(record.counts, { found: 1, false: 1, missed: 1 });
  deepStrictEqual(record.objects[1], {
    ...{ kind: "false", z: 2, sections: 1, sizeVox: 2 },
    probability: Math.fround(0.7),
    ...{ centreVox: [0, 5], startVox: [0, 0], shapeVox: [1, 8] },
  });
  const { width, height, data } = read(kept.get(`${base}/1.png`)!);
  deepStrictEqual([width, height], [3 * 8 + 2 * 2, 1]);
  const grey = Array(8).fill(tone(51)), gap = [255, 255];
  const p = (value: number) => tone(Math.round(255 * Math.fround(value)));
  deepStrictEqual([...data], [
    ...grey,
    ...gap,
    ...[255, 255, 0, 0, 0, 0, 0, 0],
    ...gap,
    ...[0, 0, 0, 0, 0, p(0.7), p(0.7), 0],
  ]);
  kept.clear();
  const only = evaluatedOf(["x"], ["8"]);
  recordGallery(recorder, { evaluated: only, split: "test", most: 5 });
  deepStrictEqual(kept.size, 2);
  kept.clear();
  const empty = evaluatedOf(["."], ["0"]);
  recordGallery(recorder, { evaluated: empty, split: "test", most: 5 });
  recordGallery(recorder, { evaluated: one, split: "test", most: 0 });
  const scores = { threshold: null };
  recordGallery(recorder, {
    ...{ evaluated: { ...one, scores }, split: "test", most: 5 },
  });
  deepStrictEqual(kept.size, 0);
});

Deno.test("recordGallery() cuts pictures out around an object, each beside the others", () => {
  const shapeVox: Zyx = [2, 100, 120], area = 100 * 120, size = 2 * area;
  const at = (y: number, x: number) => area + y * 120 + x;
  const target = new Uint8Array(size).fill(1, at(60, 100), at(60, 102));
  const image = new Float32Array(size);
  [image[at(4, 24)], image[at(5, 24)], image[at(4, 25)]] = [1, 0.6, 0.2];
  const evaluated = {
    volume: { name: "a", shapeVox, voxelNm: [40, 4, 4] },
    patch: { image, target, mask: new Uint8Array(size).fill(1), shapeVox },
    probability: new Float32Array(size),
    scores: { threshold: 0.5 },
  } as unknown as Evaluated;
  let png = new Uint8Array();
  const recorder = {
    artifact: (name: string, _: string, bytes: Uint8Array<ArrayBuffer>) => {
      if (name.endsWith(".png")) png = bytes;
    },
  } as Parameters<typeof recordGallery>[0];
  recordGallery(recorder, { evaluated, split: "test", most: 1 });
  const { data, width, height } = read(png);
  deepStrictEqual([width, height], [3 * 96 + 4, 96]);
  const row = (y: number, from: number, count: number) => [
    ...data.subarray(y * width + from, y * width + from + count),
  ];
  deepStrictEqual(row(0, 0, 3), [255, tone(51), 0]);
  deepStrictEqual(row(1, 0, 3), [tone(153), 0, 0]);
  deepStrictEqual(row(0, 95, 4), [0, 255, 255, 0]); // between them it is white
  const clefts = row(56, 98, 96).flatMap((grey, x) => grey ? [x] : []);
  deepStrictEqual(clefts, [76, 77]); // 100 and 101 from 24 on
});
