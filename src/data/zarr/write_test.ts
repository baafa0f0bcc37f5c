import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { type Box, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { filesBelow } from "../voxels/mod.ts";
import { openZarr } from "./container.ts";
import { createZarr } from "./write.ts";

/** More chunks than a shard has, along y; two layers, the second not full. */
const shapeVox: Zyx = [9, 1030, 3];

Deno.test("createZarr() writes shards that are read back, with their place", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "x.zarr");
    const numbers = Uint16Array.from({ length: sizeOf(shapeVox) }, (_, i) => i);
    {
      using file = createZarr(path);
      const append = file.dataset("volumes/raw", {
        ...{ shapeVox, resolutionNm: [40, 4, 5], offsetNm: [80, 0, 10] },
        attributes: { run: "r", threshold: 0.3 },
      });
      const section = 3 * 1030;
      deepStrictEqual(append(numbers.subarray(0, 5 * section)), 4);
      deepStrictEqual(append(numbers.subarray(5 * section)), 0);
      file.commit();
    }
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [
      "x.zarr",
    ]);
    deepStrictEqual(filesBelow(path).filter((file) => file.includes("/c/")), [
      "volumes/raw/s0/c/0/0/0",
      "volumes/raw/s0/c/0/1/0",
      "volumes/raw/s0/c/1/0/0",
      "volumes/raw/s0/c/1/1/0",
    ]);
    using file = openZarr(path);
    deepStrictEqual(file.names, ["volumes/raw/s0"]);
    const array = file.dataset("volumes/raw");
    deepStrictEqual(array.notes, []);
    deepStrictEqual(array.resolutionNm, [40, 4, 5]);
    deepStrictEqual(array.offsetNm, [80, 0, 10]);
    deepStrictEqual(array.attribute("threshold"), 0.3);
    deepStrictEqual(array.read(wholeBox(shapeVox)), numbers);
    const box: Box = { startVox: [7, 1020, 1], shapeVox: [2, 10, 1] };
    deepStrictEqual(
      array.read(box),
      Uint16Array.from(
        { length: 20 },
        (_, i) =>
          numbers[((7 + Math.floor(i / 10)) * 1030 + 1020 + i % 10) * 3 + 1]!,
      ),
    );
  }));

Deno.test("createZarr() leaves nothing that is not whole, and two arrays share groups", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "x.zarr");
    const plan = { shapeVox: [1, 1, 2] as Zyx };
    {
      using file = createZarr(path);
      file.dataset("volumes/raw", plan)(Uint8Array.of(1, 2));
      file.dataset("volumes/labels/clefts", plan)(BigUint64Array.of(0n, 7n));
      file.commit();
    }
    {
      using file = createZarr(path);
      file.dataset("a", plan)(Uint8Array.of(3, 4));
    }
    deepStrictEqual([...Deno.readDirSync(folder)].length, 1);
    using file = openZarr(path);
    deepStrictEqual(
      file.dataset("volumes/labels/clefts").read(wholeBox([1, 1, 2])),
      BigUint64Array.of(0n, 7n),
    );
  }));
