import { deepStrictEqual, match, ok, throws } from "node:assert/strict";
import { dirname, join } from "node:path";
import { type Box, ExperimentError, wholeBox } from "@/core/mod.ts";
import { voxelAt, withHierarchy } from "./_testing.ts";
import { openZarr } from "./container.ts";

const box: Box = { startVox: [1, 2, 1], shapeVox: [2, 4, 3] };

/** What a box of the fixtures' voxels holds, each as `of` makes it. */
function boxOf<Value>(of: (voxel: number) => Value): Value[] {
  const { startVox: [z0, y0, x0], shapeVox: [depth, height, width] } = box;
  return Array.from({ length: depth * height * width }, (_, i) =>
    of(voxelAt([
      z0 + Math.floor(i / (height * width)),
      y0 + Math.floor(i / width) % height,
      x0 + i % width,
    ])));
}

/** Fails unless opening or reading an array fails as expected. */
function refuses(
  path: string,
  name: string,
  { message, fix }: { readonly message: RegExp; readonly fix?: RegExp },
): void {
  throws(() => {
    using file = openZarr(path, "--volume");
    file.dataset(name).read(box);
  }, (error) => {
    ok(error instanceof ExperimentError, `${error}`);
    match(error.message, message);
    deepStrictEqual(error.where, "--volume");
    if (fix) match(error.fix, fix);
    return true;
  });
}

Deno.test("openZarr() reads boxes of version 2 in every order and packing", () =>
  withHierarchy("second", (path) => {
    using file = openZarr(path);
    deepStrictEqual(file.names, ["big", "bool", "fortran", "labels", "raw"]);
    const read = (name: string) => {
      const array = file.dataset(name);
      deepStrictEqual(array.shapeVox, [3, 6, 5]);
      deepStrictEqual(array.resolutionNm, [40, 4, 4]);
      deepStrictEqual(array.offsetNm, [80, 8, 4]);
      deepStrictEqual(array.notes, []);
      return [array.kind, [...array.read(box)]];
    };
    deepStrictEqual(read("raw"), ["u8", boxOf((v) => v)]);
    deepStrictEqual(read("big"), ["u16", boxOf((v) => v)]);
    deepStrictEqual(read("fortran"), ["f64", boxOf((v) => v)]);
    deepStrictEqual(read("labels"), ["u64", boxOf(BigInt)]);
    deepStrictEqual(read("bool"), ["bool", boxOf((v) => v === 0 ? 0 : 1)]);
  }));

Deno.test("openZarr() reads what is packed by bz2 and xz, and refuses damage", () =>
  withHierarchy("rare", (path) => {
    {
      using file = openZarr(path);
      deepStrictEqual(file.names, ["bz2", "lzma"]);
      for (const name of file.names) {
        deepStrictEqual([...file.dataset(name).read(box)], boxOf((v) => v));
      }
    }
    for (const name of ["bz2", "lzma"]) {
      const chunk = join(path, name, "0.0.0");
      const bytes = Deno.readFileSync(chunk);
      bytes[bytes.length - 30]! ^= 16;
      Deno.writeFileSync(chunk, bytes);
      refuses(path, name, { message: /: it is damaged/ });
      Deno.writeFileSync(chunk, bytes.subarray(0, -30));
      refuses(path, name, { message: /: it is cut short/ });
    }
  }));

Deno.test("openZarr() reads boxes of version 3, sharded or not", () =>
  withHierarchy("third", (path) => {
    using file = openZarr(path);
    const read = (name: string) => {
      const array = file.dataset(name);
      return [array.kind, [...array.read(box)]];
    };
    deepStrictEqual(read("shards"), ["u16", boxOf((v) => v)]);
    deepStrictEqual(read("blosc"), ["i32", boxOf((v) => v)]);
    deepStrictEqual(read("gzip"), ["f16", boxOf((v) => v)]);
    deepStrictEqual(read("plain"), ["i64", boxOf(BigInt)]);
    const { notes } = file.dataset("some");
    deepStrictEqual(notes, [
      `4 of 8 chunks of "some" are not there and read as 9`,
    ]);
    deepStrictEqual(
      [
        ...file.dataset("some").read({
          startVox: [2, 0, 0],
          shapeVox: [1, 1, 2],
        }),
      ],
      [9, 9],
    );
    deepStrictEqual(file.dataset("plain").resolutionNm, undefined);
  }));

Deno.test("openZarr() says which files a box is read from", async () => {
  const arrays = { second: "raw", third: "shards", ome04: "em", ome05: "em" };
  for (const [hierarchy, name] of Object.entries(arrays)) {
    await withHierarchy(hierarchy, (path) => {
      using file = openZarr(path);
      const array = file.dataset(name), all = wholeBox(array.shapeVox);
      const one: Box = { startVox: [0, 0, 0], shapeVox: [1, 1, 1] };
      deepStrictEqual(
        [...array.filesIn(all)].sort(),
        [...file.filesOf(name)].sort(),
      );
      ok(array.filesIn(one).length < array.filesIn(all).length, hierarchy);
    });
  }
});

for (const name of ["ome04", "ome05"]) {
  Deno.test(`openZarr() reads the finest level of ${name} with its units`, () =>
    withHierarchy(name, (path) => {
      using file = openZarr(path);
      const whole = file.dataset("em");
      deepStrictEqual(whole.name, "em/s0");
      deepStrictEqual(whole.shapeVox, [3, 6, 5]);
      deepStrictEqual(whole.resolutionNm, [40, 4, 4]);
      deepStrictEqual(whole.offsetNm, [80, 0, 4]);
      deepStrictEqual([...whole.read(box)], boxOf((v) => v));
      const coarse = file.dataset("em/s1");
      deepStrictEqual(coarse.resolutionNm, [40, 8, 8]);
      ok(
        file.filesOf("em").some((one) =>
          one.startsWith(join(path, "em", "s0"))
        ),
      );
      ok(!file.filesOf("em").some((one) => one.includes("s1")));
    }));
}

Deno.test("openZarr() refuses damage, shards with a wrong checksum too", () =>
  withHierarchy("third", (path) => {
    const shard = join(path, "shards", "c", "0", "0", "0");
    const bytes = Deno.readFileSync(shard);
    const flipped = bytes.slice();
    flipped[bytes.length - 30]! ^= 1; // in the index
    Deno.writeFileSync(shard, flipped);
    refuses(path, "shards", { message: /"shards" of .* checksum is wrong/ });
    Deno.writeFileSync(shard, bytes.subarray(0, 20));
    refuses(path, "shards", {
      message: /is cut short: its index alone has 68/,
    });
    Deno.writeFileSync(shard, bytes.subarray(bytes.length - 68));
    refuses(path, "shards", { message: /is cut short or damaged: it has 68/ });
    const chunk = join(path, "plain", "c", "0", "0", "0");
    Deno.writeFileSync(chunk, Deno.readFileSync(chunk).subarray(0, 80));
    refuses(path, "plain", {
      message: /a chunk has 80 bytes where 192 should/,
    });
    const summed = join(path, "gzip", "c", "0", "0", "0");
    const other = Deno.readFileSync(summed);
    other[4]! ^= 1; // the time of gzip, which gzip itself does not check
    Deno.writeFileSync(summed, other);
    refuses(path, "gzip", { message: /"gzip" of .*: a checksum is wrong/ });
    const packed = join(path, "blosc", "c", "0", "0", "0");
    Deno.writeFileSync(packed, Deno.readFileSync(packed).subarray(0, -8));
    refuses(path, "blosc", { message: /"blosc" of .*: it is cut short/ });
    Deno.removeSync(join(path, "blosc", "c"), { recursive: true });
    refuses(path, "blosc", { message: /none of its 8 chunks is there/ });
  }));

/** Changes a file of JSON. */
function change(file: string, act: (meta: Record<string, unknown>) => void) {
  const meta = JSON.parse(Deno.readTextFileSync(file));
  act(meta);
  Deno.writeTextFileSync(file, JSON.stringify(meta));
}

Deno.test("openZarr() refuses what is no array of three axes, and says why", () =>
  withHierarchy("third", (path) => {
    const meta = join(path, "plain", "zarr.json");
    refuses(path, "plane", {
      message: /^Cannot read "plane" of .*: it has "blosc", "gzip", "plain"/,
      fix: /^Name "plain"$/,
    });
    const before = Deno.readTextFileSync(meta);
    const cases: readonly (readonly [string, unknown, RegExp])[] = [
      ["shape", [6, 5], /it has the axes 6 × 5, not three, z y x/],
      ["data_type", "complex64", /its numbers are "complex64", which are not/],
      ["dimension_names", ["x", "y", "z"], /its axes are x, y, z, not z, y, x/],
      [
        "chunk_grid",
        { name: "odd" },
        /its metadata are not Zarr's: "chunk_grid/,
      ],
      [
        "codecs",
        [{ name: "pcodec" }],
        /packed by "pcodec", which is not undone/,
      ],
      [
        "attributes",
        { resolution: [4, 4] },
        /attribute "resolution" is \[4,4\]/,
      ],
      [
        "attributes",
        { resolution: [40, 4, 4], voxel_size: [30, 4, 4] },
        /"resolution" says voxels of 40 × 4 × 4 nm, "voxel_size" says 30 × 4/,
      ],
      [
        "attributes",
        { resolution: [40, 4, 4], units: ["nm", "nm", "acre"] },
        /"units" has the unit "acre", which is no length/,
      ],
    ];
    for (const [key, value, message] of cases) {
      Deno.writeTextFileSync(meta, before);
      change(meta, (all) => all[key] = value);
      refuses(path, "plain", { message });
    }
    Deno.writeTextFileSync(meta, before);
    change(meta, (all) => all["codecs"] = [{ name: "pcodec" }]);
    refuses(path, "plain", {
      message: /gzip, zlib, zstd, lz4, blosc, bz2 and xz are$/,
      fix: /^Write it again packed by gzip or zstd$/,
    });
    Deno.writeTextFileSync(meta, "{");
    refuses(path, "plain", { message: /zarr.json" is no JSON/ });
    throws(() => openZarr(join(path, "nothing")), {
      message: /none of zarr.json, .zgroup/,
      fix: "Name the folder in which a hierarchy of Zarr begins",
    });
    throws(() => openZarr(dirname(path)), {
      fix: `Name "${path}", where a hierarchy of Zarr begins`,
    });
  }));

Deno.test("openZarr() refuses multiscales without a unit", () =>
  withHierarchy("ome05", (path) => {
    change(join(path, "em", "zarr.json"), (meta) => {
      const text = JSON.stringify(meta).replaceAll(/,"unit":"micrometer"/g, "");
      Object.assign(meta, JSON.parse(text));
    });
    refuses(path, "em", { message: /axis "z" of its multiscales has no unit/ });
    using file = openZarr(path);
    const { resolutionNm } = file.dataset("em", { hasResolution: true });
    deepStrictEqual(resolutionNm, undefined);
  }));
