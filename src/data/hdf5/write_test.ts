import assert from "node:assert";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { openHdf5 } from "./file.ts";
import { readPrediction, writePrediction } from "../prediction/mod.ts";
import { createHdf5, writeHdf5 } from "./write.ts";

const grid = {
  shapeVox: [5, 3, 4],
  voxelNm: [40, 4, 4],
  offsetNm: [80, 0, 8],
} as const;

const whole = { startVox: [0, 0, 0], shapeVox: grid.shapeVox } as const;

/** Numbers of five sections: section z holds z + 0, z + 0.01, z + 0.02, … over ten. */
function sections(from: number, count: number): Float32Array {
  return Float32Array.from(
    { length: 12 * count },
    (_, i) => (from + Math.floor(i / 12) + (i % 12) / 100) / 10,
  );
}

Deno.test("writePrediction() writes slabs that readPrediction() reads whole", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "new", "p.hdf");
    await writePrediction(path, {
      head: grid,
      slabs: [
        { probability: sections(0, 2) },
        { probability: sections(2, 1) },
        { probability: sections(3, 2) },
      ],
    });
    const read = await readPrediction(path);
    assertSameNumbers(read.probability, sections(0, 5));
    const { probability: _, madeBy: __, ...place } = read;
    assert.deepEqual(place, grid);
    assert.deepEqual([...Deno.readDirSync(join(folder, "new"))].length, 1);
  }));

Deno.test("writePrediction() leaves the old file and no half one when slabs fail", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "p.hdf");
    Deno.writeTextFileSync(path, "old");
    async function* failing() {
      yield { probability: sections(0, 2) };
      await Promise.resolve();
      throw new Error("out of memory");
    }
    await assert.rejects(
      writePrediction(path, { head: grid, slabs: failing() }),
      /out of memory/,
    );
    await assert.rejects(
      writePrediction(path, {
        head: grid,
        slabs: [{ probability: sections(0, 4) }],
      }),
      /"volumes\/prediction" lacks 1 sections/,
    );
    assertEquals(Deno.readTextFileSync(path), "old");
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("readPrediction() refuses numbers that are no probabilities", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "p.hdf");
    const data = sections(0, 5);
    for (const bad of [NaN, 1.5, -0.1]) {
      data[17] = bad;
      await writeHdf5(path, {
        "volumes/prediction": {
          shapeVox: grid.shapeVox,
          resolutionNm: grid.voxelNm,
          data,
        },
      });
      await assert.rejects(readPrediction(path), (error: ExperimentError) => {
        assert.match(error.message, /voxel 1, 1, 1 is /);
        return true;
      });
    }
    await writeHdf5(path, {
      "volumes/prediction": {
        shapeVox: [1, 1, 2],
        resolutionNm: grid.voxelNm,
        data: Uint8Array.of(0, 255),
      },
    });
    await assert.rejects(readPrediction(path), /are u8, they should be f32/);
    await writeHdf5(path, {
      "volumes/prediction": { shapeVox: [1, 1, 1], data: Float32Array.of(1) },
    });
    await assert.rejects(readPrediction(path), /no attribute "resolution"/);
  }));

Deno.test("writeHdf5() keeps 64 bits and the extent of odd shapes", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "l.hdf");
    const ids = BigUint64Array.from({ length: 60 }, (_, i) => BigInt(i));
    ids[7] = 0xffffffffffffffffn;
    await writeHdf5(path, {
      "volumes/labels/clefts": { shapeVox: grid.shapeVox, data: ids },
      "volumes/raw": {
        shapeVox: [1, 1, 3],
        data: Uint16Array.of(0, 9, 65535),
      },
    });
    using file = await openHdf5(path);
    assert.deepEqual([...file.names].sort(), [
      "volumes/labels/clefts",
      "volumes/raw",
    ]);
    const labels = file.dataset("volumes/labels/clefts");
    assertEquals(labels.kind, "u64");
    assert.deepEqual(labels.read(whole), ids);
    assertEquals(labels.resolutionNm, undefined);
  }));

Deno.test("createHdf5() refuses sections that do not fit", () =>
  inTemporaryFolder(async (folder) => {
    using file = await createHdf5(join(folder, "x.hdf"));
    const append = file.dataset("a", grid);
    assert.throws(() => append(new Float32Array(13)), RangeError);
    assertEquals(append(new Float32Array(48)), 1);
    assert.throws(() => append(new Float32Array(24)), RangeError);
    assert.throws(() => file.commit(), /"a" lacks 1 sections/);
  }));

Deno.test("createHdf5() says that a folder cannot be written", async () => {
  await assert.rejects(
    createHdf5("/proc/none/x.hdf"),
    (error: ExperimentError) => {
      assert(error instanceof ExperimentError);
      assert.match(error.message, /Cannot write "\/proc\/none\/x.hdf"/);
      return true;
    },
  );
});
