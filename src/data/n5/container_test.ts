import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { type Box, ExperimentError, wholeBox } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { writeN5 } from "./_testing.ts";
import { openN5 } from "./container.ts";

const box: Box = { startVox: [1, 2, 1], shapeVox: [2, 4, 4] };
const voxels = Array.from(
  { length: 32 },
  (_, i) =>
    50 * (1 + Math.floor(i / 16)) + 7 * (2 + Math.floor(i / 4) % 4) + 1 + i % 4,
);

Deno.test("openN5() reads boxes, z first, by every packing", () =>
  inTemporaryFolder((folder) => {
    const packings = [
      { type: "raw" },
      { type: "gzip", level: -1 },
      { type: "gzip", useZlib: true },
    ];
    for (const [i, compression] of packings.entries()) {
      writeN5(join(folder, "a", `v${i}`), {
        compression,
        attributes: { resolution: [4, 5, 40], offset: [8, 10, 80] },
      });
    }
    using file = openN5(folder);
    deepStrictEqual(file.names, ["a/v0", "a/v1", "a/v2"]);
    for (const name of file.names) {
      const array = file.dataset(name);
      deepStrictEqual(array.kind, "u16");
      deepStrictEqual(array.shapeVox, [3, 6, 5]);
      deepStrictEqual(array.resolutionNm, [40, 5, 4]);
      deepStrictEqual(array.offsetNm, [80, 10, 8]);
      deepStrictEqual([...array.read(box)], voxels);
      deepStrictEqual(
        [...array.filesIn(wholeBox([3, 6, 5]))].sort(),
        [...file.filesOf(name)].sort(),
      );
    }
  }));

Deno.test("openN5() understands where Janelia's tools say that arrays lie", () =>
  inTemporaryFolder((folder) => {
    const place = (attributes: Record<string, unknown>) => {
      writeN5(join(folder, "em", "s0"), { attributes });
      using file = openN5(folder);
      const { resolutionNm, offsetNm } = file.dataset("em");
      return [resolutionNm, offsetNm];
    };
    const pixelResolution = { dimensions: [0.004, 0.005, 0.04], unit: "um" };
    deepStrictEqual(place({ pixelResolution }), [[40, 5, 4], undefined]);
    const transform = {
      axes: ["x", "z", "y"],
      scale: [4, 40, 5],
      translate: [8, 80, 10],
      units: ["nm", "nm", "nm"],
    };
    deepStrictEqual(place({ transform }), [[40, 5, 4], [80, 10, 8]]);
    throws(
      () => place({ transform, pixelResolution: { dimensions: [4, 4, 4] } }),
      {
        message: /"pixelResolution" is .*, not dimensions and a unit/,
      },
    );
    throws(() => place({ transform, resolution: [4, 5, 50] }), {
      message: /"resolution" says voxels of 50 × 5 × 4 nm, "transform" says 40/,
    });
  }));

Deno.test("openN5() says which blocks are not there, and refuses damage", () =>
  inTemporaryFolder((folder) => {
    writeN5(folder, { compression: { type: "gzip" } });
    const block = join(folder, "0", "0", "0");
    const read = () => {
      using file = openN5(folder);
      const array = file.dataset("");
      return { ...array, numbers: [...array.read(box)] };
    };
    const whole = Deno.readFileSync(block);
    Deno.removeSync(block);
    const { notes, numbers } = read();
    deepStrictEqual(notes, [
      `1 of 8 chunks of "/" are not there and read as 0`,
    ]);
    deepStrictEqual(numbers.slice(0, 4), [0, 0, 0, voxels[3]]);
    const refuses = (message: RegExp) =>
      throws(
        read,
        (error) =>
          error instanceof ExperimentError && message.test(error.message),
      );
    for (const length of [3, 15, 20, whole.length - 9]) {
      Deno.writeFileSync(block, whole.subarray(0, length));
      refuses(/Cannot read "\/" of /);
    }
    const other = whole.slice();
    other[7] = 2; // narrower than its place
    Deno.writeFileSync(block, other);
    refuses(/a block does not unpack to its 24 bytes/);
    const attributes = join(folder, "attributes.json");
    const text = Deno.readTextFileSync(attributes);
    Deno.writeTextFileSync(attributes, text.replace("gzip", "bzip2"));
    refuses(/packed by "bzip2" in place of gzip, zstd or nothing/);
    Deno.writeTextFileSync(attributes, text.replace("uint16", "string"));
    refuses(/its numbers are string, which are not read/);
    Deno.writeTextFileSync(attributes, text.slice(9));
    refuses(/is no JSON/);
    Deno.removeSync(attributes);
    refuses(/no attributes.json in it speaks of an array/);
  }));
