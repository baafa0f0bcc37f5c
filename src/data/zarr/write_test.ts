import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { type Box, openRng, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
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

Deno.test("createZarr() packs a chunk into one frame of Zstandard, as others expect", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "x.zarr"), rng = openRng(1).at("noise");
    const noise: Zyx = [2, 120, 120]; // packed, it is more than 16 KiB
    {
      using file = createZarr(path);
      file.dataset("volumes/raw", { shapeVox: noise })(
        Float32Array.from({ length: sizeOf(noise) }, () => rng.uniform(0, 1)),
      );
      file.commit();
    }
    const shard = Deno.readFileSync(join(path, "volumes/raw/c/0/0/0"));
    const index = new DataView(shard.buffer, shard.length - 20);
    deepStrictEqual(index.getBigUint64(0, true), 0n);
    const checksummed = Number(index.getBigUint64(8, true));
    deepStrictEqual(frameEnd(shard), checksummed - 4);
  }));

/** Where a frame of Zstandard ends that has no checksum of its own (RFC 8878). */
function frameEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  deepStrictEqual(view.getUint32(0, true), 0xfd2fb528);
  const descriptor = bytes[4]!, isSingle = descriptor >> 5 & 1;
  deepStrictEqual(descriptor & 7, 0); // no checksum, no dictionary
  let at = 6 - isSingle + [isSingle, 2, 4, 8][descriptor >> 6]!;
  for (let isLast = false; !isLast;) {
    const header = view.getUint32(at, true) & 0xffffff;
    isLast = (header & 1) === 1;
    const isRun = (header >> 1 & 3) === 1;
    at += 3 + (isRun ? 1 : header >> 3);
  }
  return at;
}
