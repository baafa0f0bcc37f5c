import assert from "node:assert";
import { join } from "node:path";
import { ExperimentError, openRng, type Zyx } from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { refusalOf } from "@test/refusal.ts";
import { craftHdf5, datatypes } from "./_testing.ts";
import { openHdf5 } from "./file.ts";
import { writeHdf5 } from "./write.ts";

const shapeVox: Zyx = [6, 40, 50];
const noise = makeNoise();

/** A file with noise in `volumes/raw`: 12000 bytes that hardly compress. */
async function writeSample(folder: string): Promise<string> {
  const path = join(folder, "sample.hdf");
  await writeHdf5(path, {
    "volumes/raw": {
      shapeVox,
      resolutionNm: [50, 4.6, 4.6],
      offsetNm: [100, 0, 9.2],
      data: noise,
    },
  });
  return path;
}

function makeNoise(): Uint8Array {
  const rng = openRng(1).at("noise");
  return Uint8Array.from({ length: 6 * 40 * 50 }, () => rng.integer(256));
}

function test(name: string, body: (folder: string) => Promise<void>) {
  Deno.test(name, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      await body(folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

/** Opens and reads all; what goes wrong is an ExperimentError with a remedy. */
async function readAll(path: string): Promise<void> {
  using file = await openHdf5(path, "here");
  const raw = file.dataset("volumes/raw");
  raw.read({ startVox: [0, 0, 0], shapeVox: raw.shapeVox });
}

async function errorOf(path: string): Promise<ExperimentError> {
  try {
    await readAll(path);
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assert(error.fix.length > 5);
    return error;
  }
  throw new Error(`Expected "${path}" to be refused`);
}

test("openHdf5() reads a box and the attributes", async (folder) => {
  using file = await openHdf5(await writeSample(folder));
  const raw = file.dataset("/volumes/raw");
  assert.deepEqual(raw.shapeVox, shapeVox);
  assert.deepEqual(raw.resolutionNm, [50, 4.6, 4.6]);
  assert.deepEqual(raw.offsetNm, [100, 0, 9.2]);
  assertEquals(raw.kind, "u8");
  const box = raw.read({ startVox: [4, 39, 1], shapeVox: [2, 1, 3] });
  const at = (z: number, x: number) => noise[(z * 40 + 39) * 50 + x]!;
  assertSameNumbers(box as Uint8Array, [
    at(4, 1),
    at(4, 2),
    at(4, 3),
    at(5, 1),
    at(5, 2),
    at(5, 3),
  ]);
});

test("openHdf5() refuses a box outside the dataset", async (folder) => {
  using file = await openHdf5(await writeSample(folder));
  assert.throws(
    () =>
      file.dataset("volumes/raw").read({
        startVox: [0, 0, 40],
        shapeVox: [1, 1, 11],
      }),
    RangeError,
  );
});

test("openHdf5() says that a file is missing", async (folder) => {
  const error = await errorOf(join(folder, "none.hdf"));
  assert.match(error.message, /there is no such file/);
});

test("openHdf5() says that a file is empty", async (folder) => {
  const path = join(folder, "empty.hdf");
  Deno.writeFileSync(path, new Uint8Array());
  assert.match((await errorOf(path)).message, /the file is empty/);
});

test("openHdf5() says that a file is not HDF5", async (folder) => {
  const path = join(folder, "text.hdf");
  Deno.writeTextFileSync(path, "z,y,x\n".repeat(1000));
  assert.match((await errorOf(path)).message, /it is not an HDF5 file/);
});

test("openHdf5() says that it was given a folder", async (folder) => {
  assert.match((await errorOf(folder)).message, /it is not a file/);
});

test("openHdf5() refuses a file cut at any place", async (folder) => {
  const path = await writeSample(folder);
  const bytes = Deno.readFileSync(path);
  for (const share of [0.001, 0.01, 0.1, 0.5, 0.9, 0.999]) {
    const cut = join(folder, `cut-${share}.hdf`);
    Deno.writeFileSync(cut, bytes.subarray(0, share * bytes.length));
    assert.match((await errorOf(cut)).message, /damaged|not an HDF5 file/);
  }
});

test("openHdf5() refuses bits flipped inside compressed data", async (folder) => {
  const path = await writeSample(folder);
  const bytes = Deno.readFileSync(path);
  // The two chunks of noise are most of the file: its middle is inside one.
  for (const share of [0.4, 0.5, 0.6]) {
    const flipped = bytes.slice();
    const at = Math.floor(share * bytes.length);
    flipped[at] = flipped[at]! ^ 0x10;
    const copy = join(folder, `flipped-${share}.hdf`);
    Deno.writeFileSync(copy, flipped);
    const error = await errorOf(copy);
    assert.match(
      error.message,
      /"volumes\/raw" .*damaged \(.*(filter|inflate)/,
    );
    assert.match(error.fix, /compare its size and hash/);
  }
});

test("openHdf5() names the datasets there are for one that is not", async (folder) => {
  using file = await openHdf5(await writeSample(folder));
  assert.throws(() => file.dataset("volumes/rew"), (error: ExperimentError) => {
    assert.match(error.message, /the file has "volumes\/raw"/);
    assertEquals(error.fix, `Name "volumes/raw"`);
    return true;
  });
});

test("openHdf5() refuses a dataset without three axes or without numbers", async (folder) => {
  const path = join(folder, "odd.hdf");
  const { default: h5 } = await import("h5wasm/node");
  await h5.ready;
  const odd = new h5.File(path, "w");
  odd.create_dataset({ name: "flat", data: new Uint8Array(6), shape: [2, 3] });
  odd.create_dataset({ name: "words", data: ["a"], shape: [1, 1, 1] });
  const wrong = odd.create_dataset({
    name: "wrong",
    data: new Uint8Array(1),
    shape: [1, 1, 1],
  });
  wrong.create_attribute("resolution", [40, 4]);
  odd.close();
  using file = await openHdf5(path);
  assert.throws(() => file.dataset("flat"), /has 2 axes \(2 × 3\)/);
  assert.throws(() => file.dataset("words"), /no whole or floating-point/);
  assert.throws(() => file.dataset("wrong"), /"resolution".* is 40, 4, it/);
});

test("openHdf5() refuses axes that are empty, or longer than any data", async (folder) => {
  const path = join(folder, "axes.hdf");
  const shapes = [[0, 8, 8], [4, 0, 8], [2 ** 31, 2 ** 31, 8], [2 ** 52, 8, 8]];
  for (const shape of shapes) {
    const type = datatypes.u8, data = new Uint8Array(256);
    Deno.writeFileSync(
      path,
      craftHdf5({ "volumes/raw": { shape, type, data } }),
    );
    assert(await refusalOf(() => readAll(path)) !== null, `${shape}`);
  }
  const { default: h5 } = await import("h5wasm/node");
  await h5.ready;
  for (const shape of [[0, 8, 8], [100_000, 100_000, 1000]]) {
    const file = new h5.File(path, "w");
    file.create_group("volumes");
    file.create_dataset({
      name: "volumes/raw",
      data: new Uint8Array(64),
      shape: [1, 8, 8],
      maxshape: [null, null, null],
      chunks: [1, 8, 8],
    }).resize(shape);
    file.close();
    assert(await refusalOf(() => readAll(path)) !== null, `${shape}`);
  }
});
