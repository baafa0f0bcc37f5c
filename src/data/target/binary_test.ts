import { defaultOptions, type Sample } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { binary } from "./binary.ts";

/** A row of labels; 2 is not labelled. */
function row(...labels: number[]): Sample {
  return {
    ...makeSample({ shapeVox: [1, 1, labels.length] }),
    target: Uint8Array.from(labels, (v) => v === 1 ? 1 : 0),
    mask: Uint8Array.from(labels, (v) => v === 2 ? 0 : 1),
  };
}

const create = (classWeights: boolean) =>
  binary.create({ ...defaultOptions(binary), classWeights }).make;
const weighted = create(true);

Deno.test("binary() weighs one cleft voxel in eight as the seven others", () => {
  const { target, mask, weight } = weighted(row(0, 0, 0, 1, 0, 0, 0, 0));
  assertSameNumbers(target, [0, 0, 0, 1, 0, 0, 0, 0]);
  assertSameNumbers(mask, [1, 1, 1, 1, 1, 1, 1, 1]);
  assertSameNumbers(weight, [1, 1, 1, 7, 1, 1, 1, 1]); // (1 - 1/8) / (1/8)
});

Deno.test("binary() takes the share of clefts among labelled voxels", () => {
  const { mask, weight } = weighted(row(2, 2, 2, 2, 1, 0, 0, 0));
  assertSameNumbers(mask, [0, 0, 0, 0, 1, 1, 1, 1]);
  assertSameNumbers(weight, [1, 1, 1, 1, 3, 1, 1, 1]); // (1 - 1/4) / (1/4)
});

Deno.test("binary() never weighs a voxel more than 9999 times another", () => {
  const labels = new Array<number>(20000).fill(0);
  labels[5] = 1; // a share of 0.00005, counted as 0.0001
  assertAlmostEquals(weighted(row(...labels)).weight[5]!, 9999, 1e-2);
});

Deno.test("binary() gives weight 1 where nothing is labelled, or without weights", () => {
  assertSameNumbers(weighted(row(2, 2, 2)).weight, [1, 1, 1]);
  const plain = create(false);
  assertSameNumbers(plain(row(0, 1, 2)).weight, [1, 1, 1]);
});

Deno.test("binary() weighs a voxel by its distance from a cleft if asked to", () => {
  const { make } = binary.create({
    ...defaultOptions(binary),
    distanceWeights: true,
    distanceScaleNm: 20,
  });
  const of = (nm: number) => Math.fround(Math.tanh(nm / 20));
  const { weight } = make(row(0, 0, 1, 0, 2, 0)); // voxels of 4 nm
  assertSameNumbers(weight, [of(8), of(4), 4, of(4), 1, of(12)]);
  assertSameNumbers(make(row(0, 0, 2)).weight, [1, 1, 1]);
  const column: Sample = { ...row(1, 0, 0), shapeVox: [3, 1, 1] }; // of 40 nm
  assertSameNumbers(make(column).weight, [2, of(40), of(80)]);
});
