import assert from "node:assert";
import {
  defaultOptions,
  sha256Hex,
  sizeOf,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { darkness, metrics } from "@/metric/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { makePhantom } from "./make.ts";
import { sources } from "../source/mod.ts";
import { phantom } from "./phantom.ts";

const small = {
  ...defaultOptions(phantom),
  shapeVox: [3, 64, 48] as Zyx,
};
const context = { dataRoots: [], cacheFolder: "/nowhere", where: "test" };

Deno.test("makePhantom() repeats itself, and differs for another seed", () => {
  const first = makePhantom(small), again = makePhantom(small);
  assertSameNumbers(again.raw, first.raw);
  assertSameNumbers(again.cleft, first.cleft);
  const other = makePhantom({ ...small, seed: 2 });
  const differing = other.raw.filter((grey, i) => grey !== first.raw[i]).length;
  assert(differing > 0.9 * first.raw.length);
});

Deno.test("makePhantom() makes the same voxels everywhere", () => {
  // A golden: records name a phantom by its options alone, so a change of its
  // voxels is a change of the data and belongs into CHANGELOG.md.
  assertEquals(
    sha256Hex(makePhantom(small).raw),
    "3e8b6bb0a2c2940c73b78d136239c64a6469e6e3fa9265a2249c6fb22251158c",
  );
});

Deno.test("makePhantom() makes any shape and voxel size", () => {
  for (
    const [shapeVox, voxelNm] of [
      [[1, 1, 1], [40, 4, 4]],
      [[2, 17, 5], [40, 8, 8]],
      [[9, 33, 70], [8, 8, 8]],
    ] as const
  ) {
    const made = makePhantom({ ...small, shapeVox, voxelNm });
    assertEquals(made.raw.length, sizeOf(shapeVox));
    assert.deepEqual(made.voxelNm, voxelNm);
    assert(made.cleft.every((value) => value <= 1));
  }
});

Deno.test("phantom looks like ssTEM, and darkness alone does not find its clefts", async () => {
  using volume = await phantom.create(defaultOptions(phantom)).open(context);
  assertEquals(volume.name, "phantom-1");
  assertEquals(volume.hasLabels, true);
  assert.deepEqual(volume.inputs, []);
  const { image, target, mask } = volume.read(wholeBox(volume.shapeVox));
  assert(mask.every((value) => value === 1));

  // Real: vnc_stack1 has mean 0.505 and standard deviation 0.214.
  const mean = meanWhere(image, () => true);
  const variance = meanWhere(image.map((v) => (v - mean) ** 2), () => true);
  assertWithin(mean, 0.45, 0.6, "mean grey");
  assertWithin(Math.sqrt(variance), 0.17, 0.24, "standard deviation");

  const share = meanWhere(Float32Array.from(target), () => true);
  assertWithin(share, 0.005, 0.015, "share of clefts");
  assertWithin(meanWhere(image, (i) => target[i] === 1), 0, 0.3, "cleft grey");

  const { ap } = metrics.create({ type: "averagePrecision" }).evaluate({
    probability: darkness(image, volume.shapeVox),
    target,
    mask,
    shapeVox: volume.shapeVox,
    voxelNm: volume.voxelNm,
  });
  assertWithin(ap!, 0.1, 0.35, "average precision of darkness");
});

Deno.test("phantom reads boxes as they lie in the whole", async () => {
  using volume = await phantom.create({ ...small, name: "own" }).open(context);
  assertEquals(volume.name, "own");
  const box = { startVox: [1, 60, 40], shapeVox: [2, 4, 8] } as const;
  const part = volume.read(box), whole = volume.read(wholeBox(small.shapeVox));
  assertEquals(part.image[0], whole.image[(1 * 64 + 60) * 48 + 40]);
  assertEquals(part.image[63], whole.image.at(-1));
  assert.throws(
    () => volume.read({ startVox: [2, 0, 0], shapeVox: [2, 1, 1] }),
    RangeError,
  );
});

function meanWhere(values: Float32Array, isIn: (i: number) => boolean) {
  let sum = 0, count = 0;
  values.forEach((value, i) => {
    if (isIn(i)) sum += value, count++;
  });
  return sum / count;
}

function assertWithin(value: number, low: number, high: number, what: string) {
  assert(value >= low && value <= high, `${what}: ${value}`);
}

Deno.test("a phantom is made when it is read first", async () => {
  const source = sources.create(
    sources.schema.parse({ type: "phantom", shapeVox: [64, 1024, 1024] }),
  );
  using volume = await source.open(context); // 67 million voxels take a minute
  assert.deepEqual(volume.shapeVox, [64, 1024, 1024]);
  assert.throws(
    () => volume.read({ startVox: [64, 0, 0], shapeVox: [1, 1, 1] }),
    RangeError,
  );
});

Deno.test("a phantom of more than can be made is refused", async () => {
  const options = (given: object) => ({ type: "phantom", ...given });
  const { success } = sources.schema.safeParse(
    options({ shapeVox: [64, 1024, 1025] }),
  );
  assertEquals(success, false);
  const cases: [object, RegExp][] = [
    [
      { shapeVox: [1, 1, 1], voxelNm: [101e3, 1, 1] },
      /101 × 0\.001 × 0\.001 µm/,
    ],
    [{ shapeVox: [1, 9, 9], voxelNm: [1, 2.3e3, 2.3e3] }, /400 µm² a section/],
    [{ shapeVox: [9, 9, 9], voxelNm: [520, 520, 520] }, /100 µm³/],
    [{ shapeVox: [1, 1, 1], voxelNm: [1e300, 1e300, 1e300] }, /µm: the most/],
    [{ synapsesPerUm3: 4000 }, /of about 10411 synapses and junctions/],
    [{ junctionsPerUm3: 4000 }, /of about 104\d\d synapses and junctions/],
  ];
  for (const [given, message] of cases) {
    const source = sources.create(sources.schema.parse(options(given)));
    await assert.rejects(async () => await source.open(context), { message });
  }
  // What is left just fits.
  for (
    const given of [{ shapeVox: [64, 1024, 1024] }, { synapsesPerUm3: 3800 }]
  ) {
    await sources.create(sources.schema.parse(options(given))).open(context);
  }
});
