import assert from "node:assert";
import {
  availableBytes,
  ExperimentError,
  sizeOf,
  type Volume,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { sources } from "../source/mod.ts";
import { cropVolume } from "./crop.ts";
import { regionBox, type RegionSpec } from "./region.ts";
import { openShared, shareVolume } from "./share.ts";

/** A volume whose grey values and labels follow from the voxel's number. */
function makeVolume(shapeVox: Zyx, grey: (i: number) => number): Volume {
  const [, height, width] = shapeVox;
  return {
    name: "made",
    hasLabels: true,
    inputs: [],
    shapeVox,
    voxelNm: [40, 4, 5],
    offsetNm: [80, 0, 10],
    read({ startVox: [z0, y0, x0], shapeVox: [depth, rows, columns] }) {
      const numbers = new Int32Array(depth * rows * columns);
      for (let z = 0, k = 0; z < depth; z++) {
        for (let y = 0; y < rows; y++) {
          const first = ((z0 + z) * height + y0 + y) * width + x0;
          for (let x = 0; x < columns; x++) numbers[k++] = first + x;
        }
      }
      return {
        image: new Float32Array(numbers).map((i) => grey(i)),
        target: new Uint8Array(numbers.map((i) => i % 3 === 1 ? 1 : 0)),
        mask: new Uint8Array(numbers.map((i) => i % 5 === 4 ? 0 : 1)),
        shapeVox: [depth, rows, columns],
      };
    },
    [Symbol.dispose]() {},
  };
}

const bytes = (i: number) => i % 256 / 255;
const box = { startVox: [1, 2, 3], shapeVox: [4, 5, 6] } as const;

Deno.test("cropVolume() reads from its place and moves the offset", () => {
  const volume = makeVolume([6, 8, 10], bytes);
  const part = cropVolume(volume, box);
  assertEquals(part.name, "made");
  assert.deepEqual(part.offsetNm, [120, 8, 25]); // 80 + 40, 0 + 2·4, 10 + 3·5
  const inner = part.read({ startVox: [1, 0, 2], shapeVox: [2, 3, 4] });
  const same = volume.read({ startVox: [2, 2, 5], shapeVox: [2, 3, 4] });
  assert.deepEqual(inner, same);
  assert.throws(
    () => part.read({ startVox: [0, 0, 0], shapeVox: [4, 5, 7] }),
    RangeError,
  );
  assert.throws(
    () => cropVolume(volume, { startVox: [3, 0, 0], shapeVox: [4, 1, 1] }),
    RangeError,
  );
});

Deno.test("shareVolume() keeps grey values, labels and the unknown", () => {
  const volume = makeVolume([6, 8, 10], bytes);
  const shared = structuredClone(shareVolume(volume, { box }));
  assertEquals(shared.rawKind, "u8");
  assertEquals(shared.raw.byteLength, sizeOf(box.shapeVox));
  const opened = openShared(shared), part = cropVolume(volume, box);
  assert.deepEqual(opened.offsetNm, part.offsetNm);
  const inner = { startVox: [1, 1, 1], shapeVox: [2, 3, 4] } as const;
  const read = opened.read(inner), truth = part.read(inner);
  assertSameNumbers(read.image, truth.image);
  assertSameNumbers(read.mask, truth.mask);
  // What is unknown has no target.
  assertSameNumbers(
    read.target,
    truth.target.map((t, i) => t * truth.mask[i]!),
  );
  assert.throws(
    () => opened.read({ startVox: [0, 0, 0], shapeVox: [4, 5, 7] }),
    RangeError,
  );
});

Deno.test("shareVolume() keeps grey values that no byte holds", () => {
  // Bytes in the first slab of four sections, a value between two in the second.
  const volume = makeVolume(
    [6, 1024, 1024],
    (i) => i === 5 * 1024 * 1024 + 7 ? 0.3 : i % 256 / 255,
  );
  const shared = shareVolume(volume);
  assertEquals(shared.rawKind, "f32");
  const { image } = openShared(shared).read({
    startVox: [5, 0, 0],
    shapeVox: [1, 1, 9],
  });
  assertSameNumbers(
    image,
    Float32Array.of(0, 1, 2, 3, 4, 5, 6, 76.5, 8).map((v) => v / 255),
  );
  const first = { startVox: [3, 9, 0], shapeVox: [1, 1, 300] } as const;
  assertSameNumbers(
    openShared(shared).read(first).image,
    volume.read(first).image,
  );
});

Deno.test("shareVolume() keeps partners and neurons of a part if they are needed", async () => {
  using volume = await sources.create(
    sources.schema.parse({
      ...{ type: "phantom", shapeVox: [4, 16, 16], voxelNm: [50, 20, 20] },
    }),
  ).open({ dataRoots: [], cacheFolder: "", where: "test" });
  const [first] = volume.partners!();
  const box = { startVox: [1, 3, 2], shapeVox: [2, 9, 5] } as const;
  const shared = shareVolume(volume, {
    ...{ box, withPartners: true, withNeurons: true },
  });
  const part = openShared(structuredClone(shared));
  assert.deepEqual(
    part.partners!()[0]!.preVox,
    first!.preVox.map((at, axis) => at - box.startVox[axis]!),
  );
  const whole = volume.neurons!()(2), section = part.neurons!()(1);
  assertEquals(section.length, 45);
  assertEquals(section[2 * 5 + 4], whole[(3 + 2) * 16 + 2 + 4]);
  const plain = openShared(shareVolume(volume));
  assert.deepEqual([plain.partners, plain.neurons], [undefined, undefined]);
});

Deno.test("shareVolume() keeps that there are no labels", () => {
  const volume = { ...makeVolume([2, 2, 2], bytes), hasLabels: false };
  const opened = openShared(shareVolume(volume));
  assertEquals(opened.hasLabels, false);
  assertSameNumbers(opened.read(wholeBox([2, 2, 2])).mask, new Uint8Array(8));
});

Deno.test("shareVolume() reads sections that are too large by their rows", () => {
  const boxes: string[] = [];
  const volume = makeVolume([2, 9000, 8000], () => 0);
  const counting: Volume = {
    ...volume,
    hasLabels: false,
    read({ startVox, shapeVox }) {
      boxes.push(`${startVox} ${shapeVox}`);
      return {
        image: new Float32Array(sizeOf(shapeVox)),
        target: new Uint8Array(),
        mask: new Uint8Array(),
        shapeVox,
      };
    },
  };
  const shared = shareVolume(counting, {
    box: {
      startVox: [1, 0, 0],
      shapeVox: [1, 9000, 8000],
    },
  });
  assertEquals(shared.raw.byteLength, 72e6);
  assertEquals(boxes.length, 18); // 524 rows of 8000, the last of 92
  assertEquals(boxes.at(-1), "1,8908,0 1,92,8000");
});

Deno.test("shareVolume() refuses what no machine can hold before it reads any", () => {
  const volume: Volume = {
    ...makeVolume([1e6, 1e6, 1e6], () => 0),
    read: () => {
      throw new Error("Nothing should be read");
    },
  };
  assert.throws(() => shareVolume(volume), (error: ExperimentError) => {
    assert(error instanceof ExperimentError, String(error));
    assert.match(error.message, /1000000 × 1000000 × 1000000 .* takes .* GiB/);
    return true;
  });
});

const grid = {
  shapeVox: [20, 1024, 704],
  voxelNm: [50, 4.6, 4.6],
  offsetNm: [0, 3017.6, 0],
} as const;

Deno.test("shareVolume() counts neurons to what has to be in memory", () => {
  // Grey values and labels would fit, neurons besides do not.
  const sections = Math.ceil(availableBytes() / 4 / 1e6);
  const volume: Volume = {
    ...makeVolume([sections, 1000, 1000], () => 0),
    neurons: () => () => new Uint32Array(1),
  };
  assert.throws(
    () => shareVolume(volume, { withNeurons: true }),
    /it takes .* of memory, this machine has/,
  );
});

Deno.test("regionBox() takes voxels, whole axes where left out", () => {
  assert.deepEqual(
    regionBox({ regionVox: { y: [416, 1024] } }, { grid, where: "w" }),
    {
      startVox: [0, 416, 0],
      shapeVox: [20, 608, 704],
    },
  );
  assert.deepEqual(
    regionBox({}, { grid, where: "w" }),
    wholeBox(grid.shapeVox),
  );
});

Deno.test("regionBox() takes nanometres to the nearest voxel border", () => {
  // y: (3110 - 3017.6) / 4.6 = 20.09 → 20, (3479.9 - 3017.6) / 4.6 = 100.5 → 101
  // z: 70 / 50 = 1.4 → 1, 150 / 50 = 3
  const regionNm = { y: [3110, 3479.9], z: [70, 150] } as const;
  assert.deepEqual(regionBox({ regionNm }, { grid, where: "w" }), {
    startVox: [1, 20, 0],
    shapeVox: [2, 81, 704],
  });
});

Deno.test("regionBox() refuses what is outside, empty, broken or double", () => {
  const refuse = (region: RegionSpec, message: RegExp, where: string) =>
    assert.throws(
      () => regionBox(region, { grid, where: "x.yaml:9 data.train[0]" }),
      (error: ExperimentError) => {
        assert(error instanceof ExperimentError);
        assert.match(error.message, message);
        assertEquals(error.where, `x.yaml:9 data.train[0]${where}`);
        return true;
      },
    );
  refuse(
    { regionVox: { y: [416, 1025] } },
    /416 to 1025 along y: the volume has 1024 voxels/,
    ".regionVox.y",
  );
  refuse({ regionVox: { z: [-1, 4] } }, /along z/, ".regionVox.z");
  refuse({ regionVox: { x: [1.5, 4] } }, /along x/, ".regionVox.x");
  refuse({ regionVox: { x: [4, 4] } }, /4 to 4 along x/, ".regionVox.x");
  refuse(
    { regionNm: { y: [0, 4000] } },
    /voxels -656 to 214\): the volume has 1024 voxels, 3017.6 to 7728 nm/,
    ".regionNm.y",
  );
  refuse({ regionNm: { z: [10, 20] } }, /voxels 0 to 0/, ".regionNm.z");
  refuse({ regionVox: {}, regionNm: {} }, /both regionVox and regionNm/, "");
});
