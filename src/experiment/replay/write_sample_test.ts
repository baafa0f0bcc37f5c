import { deepStrictEqual } from "node:assert/strict";
import { cremiDatasets, samplePaths } from "./write_sample.ts";

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

Deno.test("samplePaths() names a file of each kind by the sample's number", () => {
  deepStrictEqual(samplePaths("/a", 12), [
    "/a/sample-12.hdf",
    "/a/sample-12.png",
    "/a/sample-12.json",
  ]);
});
