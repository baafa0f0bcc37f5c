import type { Sample } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { signedDistance } from "./signed_distance.ts";

const make = (tolerance: number, classWeights = true) =>
  signedDistance.create({ saturationNm: 50, tolerance, classWeights }).make;

/** A cleft of 1 × 3 × 6 voxels in 5 × 12 × 12, each 40 × 4 × 4 nm. */
function makeToy(): Sample {
  const sample = makeSample({ shapeVox: [5, 12, 12] });
  sample.target.fill(0);
  for (let y = 3; y <= 5; y++) {
    for (let x = 3; x <= 8; x++) sample.target[at(2, y, x)] = 1;
  }
  return sample;
}
const at = (z: number, y: number, x: number) => (z * 12 + y) * 12 + x;

/** A row of labels, each 4 nm; 2 is not labelled. */
function row(...labels: number[]): Sample {
  return {
    ...makeSample({ shapeVox: [1, 1, labels.length] }),
    target: Uint8Array.from(labels, (v) => v === 1 ? 1 : 0),
    mask: Uint8Array.from(labels, (v) => v === 2 ? 0 : 1),
  };
}

// scipy: tanh((edt(label) - edt(1 - label)) / 50), sampling (40, 4, 4)
Deno.test("signedDistance() gives the reference's values", () => {
  const { target } = make(1)(makeToy());
  const expected: [number, number, number, number][] = [
    [2, 4, 5, .1586485],
    [2, 3, 3, .0798298],
    [2, 2, 3, -.0798298],
    [1, 4, 5, -.6640368],
    [0, 0, 0, -.9268555],
  ];
  for (const [z, y, x, value] of expected) {
    assertAlmostEquals(target[at(z, y, x)]!, value, 1e-7);
  }
});

Deno.test("signedDistance() is 1 or -1 where there is no border", () => {
  assertSameNumbers(make(1)(row(0, 0, 0)).target, [-1, -1, -1]);
  assertSameNumbers(make(1)(row(1, 1, 1)).target, [1, 1, 1]);
});

Deno.test("signedDistance() measures to labelled voxels only", () => {
  const { target, mask } = make(1)(row(0, 2, 1, 1, 2, 2));
  const of = (nm: number) => Math.fround(Math.tanh(nm / 50));
  assertSameNumbers(target, [-of(8), 0, of(8), of(12), 0, 0]);
  assertSameNumbers(mask, [1, 0, 1, 1, 0, 0]);
});

Deno.test("signedDistance() leaves out what a border out of sight could change", () => {
  const labels = new Array<number>(80).fill(0);
  labels[40] = 1;
  const sample: Sample = {
    ...row(...labels),
    shapeVox: [80, 1, 1],
    voxelNm: [4, 1000, 1000],
  };
  const { mask } = make(.1)(sample);
  for (let z = 0; z < 80; z++) {
    const nm = z === 40 ? 4 : 4 * Math.abs(z - 40);
    const unseenNm = 4 * Math.min(z + 1, 80 - z);
    const error = Math.tanh(nm / 50) -
      Math.tanh(Math.min(nm, unseenNm) / 50);
    assertEquals(mask[z], error <= .1 ? 1 : 0, `voxel ${z}`);
  }
  assertSameNumbers(mask.subarray(36, 45), new Array(9).fill(1));
  assertEquals(mask[0], 0);
  assertEquals(make(1)(sample).mask.every((m) => m === 1), true);
});

Deno.test("signedDistance() doubts what is near an unlabelled voxel", () => {
  const labels = new Array<number>(61).fill(0);
  labels[10] = 1;
  const sample = (label: number): Sample => ({
    ...row(...labels.with(30, label)),
    shapeVox: [61, 1, 1],
    voxelNm: [4, 1000, 1000],
  });
  const [clear, unclear] = [0, 2].map((label) => make(.1)(sample(label)).mask);
  assertSameNumbers([clear![29]!, clear![30]!], [1, 1]);
  assertSameNumbers([unclear![29]!, unclear![30]!], [0, 0]);
});

Deno.test("signedDistance() weighs classes if asked to", () => {
  const sample = row(0, 0, 1, 0);
  assertSameNumbers(make(1)(sample).weight, [1, 1, 3, 1]);
  assertSameNumbers(make(1, false)(sample).weight, [1, 1, 1, 1]);
});
