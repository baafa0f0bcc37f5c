import { deepStrictEqual, match, throws } from "node:assert/strict";
import { dirname, join } from "node:path";
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

/** Arrays as others packed them: each file in base64 by its path. */
const packed: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}[] = Deno.readTextFileSync(
  new URL("../../../test/fixtures/n5/packed.jsonl", import.meta.url),
).trim().split("\n").map((line) => JSON.parse(line));

function writePacked(folder: string): void {
  for (const { name, files } of packed) {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, name, path);
      Deno.mkdirSync(dirname(file), { recursive: true });
      Deno.writeFileSync(file, Uint8Array.fromBase64(text));
    }
  }
}

Deno.test("openN5() reads what tensorstore and lz4-java packed", () =>
  inTemporaryFolder((folder) => {
    writePacked(folder);
    using file = openN5(folder);
    deepStrictEqual(file.names, packed.map(({ name }) => name).toSorted());
    const startVox = [1, 15, 3] as const, shapeVox = [2, 12, 20] as const;
    const numbers = Uint16Array.from(
      { length: 2 * 12 * 20 },
      (_, i) =>
        50 * (1 + Math.floor(i / 240)) + 7 * (15 + Math.floor(i / 20) % 12) +
        3 + i % 20,
    );
    for (const name of file.names) {
      const array = file.dataset(name);
      deepStrictEqual(array.read({ startVox, shapeVox }), numbers, name);
    }
  }));

Deno.test("openN5() refuses packed blocks that are damaged, and reads on", () =>
  inTemporaryFolder((folder) => {
    writePacked(folder);
    using file = openN5(folder);
    const whole = { startVox: [0, 0, 0], shapeVox: [4, 40, 30] } as const;
    for (const name of ["blosc-lz4", "blosc-zlib", "lz4", "bzip2", "xz"]) {
      const block = join(folder, name, "0", "0", "0");
      const sound = Deno.readFileSync(block);
      const refuses = (bytes: Uint8Array, message: RegExp) => {
        Deno.writeFileSync(block, bytes);
        const read = () => file.dataset(name).read(whole);
        throws(
          read,
          (error) => {
            if (!(error instanceof ExperimentError)) throw error;
            match(error.message, message);
            return true;
          },
          name,
        );
      };
      refuses(sound.subarray(0, 21), /does not unpack .*cut short/);
      refuses(sound.subarray(0, -30), /does not unpack .*cut short/);
      const other = sound.slice();
      other.fill(0xa5, 50, 90);
      refuses(other, /does not unpack/);
      if (/^(blosc|lz4)/.test(name)) {
        const large = sound.slice();
        large.fill(0x7f, 20, 24); // of Blosc, it is two gigabytes large
        refuses(large, /it says 2139062143 bytes|no stream of lz4-java/);
      }
      Deno.writeFileSync(block, sound);
      file.dataset(name).read(whole);
    }
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
    Deno.writeTextFileSync(attributes, text.replace("gzip", "jpeg"));
    refuses(/packed by "jpeg" in place of gzip, zstd, lz4, blosc, bzip2 or xz/);
    Deno.writeTextFileSync(attributes, text.replace("uint16", "string"));
    refuses(/its numbers are string, which are not read/);
    Deno.writeTextFileSync(attributes, text.slice(9));
    refuses(/is no JSON/);
    Deno.removeSync(attributes);
    refuses(/no attributes.json in it speaks of an array/);
  }));
