import { deepStrictEqual } from "node:assert/strict";
import {
  cremiDatasets,
  learningDatasets,
  samplePaths,
} from "./write_sample.ts";

Deno.test("cremiDatasets() has labels and marks as CREMI writes them", () => {
  const place = { resolutionNm: [40, 4, 4], offsetNm: [0, 4, 8] } as const;
  const image = Float32Array.of(0, 0.25, 0.5, 1);
  const datasets = cremiDatasets({
    image,
    target: Uint8Array.of(1, 0, 1, 0),
    mask: Uint8Array.of(1, 1, 0, 0),
    shapeVox: [1, 2, 2],
  }, place);
  // The background is the largest number of 64 bits, what nobody knows the one before.
  const background = 0xffff_ffff_ffff_ffffn, unknown = 0xffff_ffff_ffff_fffen;
  deepStrictEqual(datasets, {
    "volumes/raw": { shapeVox: [1, 2, 2], ...place, data: image },
    "volumes/labels/clefts": {
      ...{ shapeVox: [1, 2, 2], ...place },
      data: BigUint64Array.of(1n, background, unknown, unknown),
    },
  });
});

Deno.test("learningDatasets() has a target for each axis of a vector", () => {
  const datasets = learningDatasets({
    image: Float32Array.of(0, 0),
    target: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    mask: Float32Array.of(1, 0, 0, 1),
    weight: Float32Array.of(9, 10, 11, 12),
  }, {
    heads: [
      { name: "primary", quantity: "scalar" },
      { name: "to", quantity: "vector" },
    ],
    place: {
      shapeVox: [1, 1, 2],
      resolutionNm: [40, 4, 4],
      offsetNm: [0, 0, 0],
    },
  });
  const found = Object.entries(datasets)
    .map(([name, { data }]) => [name, Array.from(data as Float32Array)]);
  deepStrictEqual(Object.fromEntries(found), {
    "volumes/primary/target": [1, 5],
    "volumes/to/targetZ": [2, 6],
    "volumes/to/targetY": [3, 7],
    "volumes/to/targetX": [4, 8],
    "volumes/primary/mask": [1, 0],
    "volumes/to/mask": [0, 1],
    "volumes/primary/weight": [9, 11],
    "volumes/to/weight": [10, 12],
  });
});

Deno.test("samplePaths() names a file of each kind by the sample's number", () => {
  deepStrictEqual(samplePaths("/a", 12), [
    "/a/sample-12.hdf",
    "/a/sample-12.png",
    "/a/sample-12.json",
  ]);
});
