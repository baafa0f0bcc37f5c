import assert from "node:assert";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { craftHdf5, datatypes } from "./_testing.ts";
import { type Hdf5File, openHdf5 } from "./file.ts";

const shape = [2, 3, 4],
  whole = {
    startVox: [0, 0, 0],
    shapeVox: [2, 3, 4],
  } as const;
const bytes = Uint8Array.from({ length: 24 }, (_, i) => i);
const raw = { shape, type: datatypes.u8, data: bytes };

/** Opens a crafted file, with others beside it. */
async function withFile(
  entries: Parameters<typeof craftHdf5>[0],
  body: (file: Hdf5File, folder: string) => void,
  { base = 0, beside = {} }: {
    readonly base?: number;
    readonly beside?: Readonly<Record<string, Uint8Array>>;
  } = {},
): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "v.hdf");
    Deno.writeFileSync(path, craftHdf5(entries, base));
    for (const [name, data] of Object.entries(beside)) {
      Deno.writeFileSync(join(folder, name), data);
    }
    using file = await openHdf5(path, "here");
    body(file, folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** The error that a dataset is refused with. */
function refusal(file: Hdf5File, name: string): ExperimentError {
  try {
    file.dataset(name);
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assertEquals(error.where, "here");
    assert(!/damaged|Get the file again/.test(error.toString()), error.message);
    return error;
  }
  throw new Error(`Expected "${name}" to be refused`);
}

const halves = Float32Array.from(bytes, (v) => v / 32);

function halfBytes(isBig: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(48));
  halves.forEach((v, i) => view.setFloat16(2 * i, v, !isBig));
  return new Uint8Array(view.buffer);
}

Deno.test("openHdf5() reads float16, bool and bits of either order", () =>
  withFile({
    "f16": { shape, type: datatypes.f16, data: halfBytes(false) },
    "f16big": { shape, type: datatypes.f16Big, data: halfBytes(true) },
    "bool": { shape, type: datatypes.bool, data: bytes.map((v) => v % 2) },
    "bits": { shape, type: datatypes.bitfield, data: bytes.map((v) => v % 2) },
    "u16big": {
      shape,
      type: datatypes.u16Big,
      data: Uint8Array.from({ length: 48 }, (_, i) => i % 2 ? i >> 1 : 1),
    },
  }, (file) => {
    for (const name of ["f16", "f16big"]) {
      const dataset = file.dataset(name);
      assertEquals(dataset.kind, "f16");
      assertSameNumbers(dataset.read(whole) as Float32Array, halves);
    }
    for (const name of ["bool", "bits"]) {
      const dataset = file.dataset(name);
      assertEquals(dataset.kind, "bool");
      assertSameNumbers(
        dataset.read(whole) as Uint8Array,
        bytes.map((v) => v % 2),
      );
    }
    assertSameNumbers(
      file.dataset("u16big").read(whole) as Uint16Array,
      Uint16Array.from(bytes, (v) => 256 + v),
    );
  }));

Deno.test("openHdf5() says what a dataset holds instead of numbers", () =>
  withFile({
    "words": { shape, type: datatypes.text(2), data: new Uint8Array(48) },
    "brain": { shape, type: datatypes.bfloat16, data: new Uint8Array(48) },
    "none": { shape: [0, 3, 4], type: datatypes.u8 },
    "flat": { shape: [3, 4], type: datatypes.u8, data: bytes.slice(0, 12) },
  }, (file) => {
    assert.match(refusal(file, "words").message, /it holds text, no whole or/);
    assert.match(refusal(file, "brain").message, /16 bits .*\(bfloat16/);
    assert.match(refusal(file, "none").message, /is empty, 0 × 3 × 4 voxels/);
    assert.match(refusal(file, "flat").message, /has 2 axes \(3 × 4\)/);
  }));

Deno.test("openHdf5() refuses numbers that were never written", () =>
  withFile({ gap: { shape, type: datatypes.u8 }, raw }, (file) => {
    const error = refusal(file, "gap");
    assert.match(error.message, /"gap" .* nothing of it was ever written/);
    assert.match(error.fix, /d\[\.\.\.\] = d\[\.\.\.\]/);
    assertSameNumbers(file.dataset("raw").read(whole) as Uint8Array, bytes);
  }, { base: 512 }));

Deno.test("openHdf5() refuses external storage, and names what is missing", () => {
  const external = [{ file: "a.raw", bytes: 12 }, { file: "b.raw", bytes: 12 }];
  const entries = { raw: { shape, type: datatypes.u8, external } };
  const beside = { "a.raw": bytes.slice(0, 12), "b.raw": bytes.slice(12) };
  return withFile(entries, (file, folder) => {
    const all = refusal(file, "raw");
    assert.match(
      all.message,
      /external, its numbers lie in 2 other files \("a.raw", "b.raw"\), which nobody/,
    );
    assert.match(all.fix, /h5repack -l "raw:CONTI" .*v\.hdf/);
    Deno.removeSync(join(folder, "b.raw"));
    assert.match(refusal(file, "raw").message, /of which "b.raw" is missing/);
    Deno.removeSync(join(folder, "a.raw"));
    assert.match(refusal(file, "raw").message, /which are missing/);
  }, { beside });
});

Deno.test("openHdf5() refuses virtual datasets, and names what is missing", () => {
  const section = (z: number) =>
    craftHdf5({
      d: {
        shape: [3, 4],
        type: datatypes.u8,
        data: bytes.slice(12 * z, 12 * z + 12),
      },
    });
  const entries = {
    raw: { shape, type: datatypes.u8, virtual: ["s0.h5", "s1.h5"] },
  };
  return withFile(entries, (file, folder) => {
    assert.match(
      refusal(file, "raw").message,
      /virtual, its numbers lie in 2 other files \("s0.h5", "s1.h5"\), which nobody/,
    );
    Deno.removeSync(join(folder, "s1.h5"));
    const error = refusal(file, "raw");
    assert.match(error.message, /of which "s1.h5" is missing/);
    assert.match(error.fix, /See that all are there.*h5repack/);
  }, { beside: { "s0.h5": section(0), "s1.h5": section(1) } });
});

Deno.test("openHdf5() follows links within a file, and refuses those that leave it", () => {
  const beside = { "other.hdf": craftHdf5({ "volumes/raw": raw }) };
  return withFile({
    "volumes/raw": raw,
    "soft": { target: "/volumes" },
    "far": { target: "soft/raw" },
    "lost": { target: "/volumes/rew" },
    "circle": { target: "circle" },
    "out": { target: "/volumes", file: "other.hdf" },
    "gone": { target: "/volumes", file: "gone.hdf" },
    "through": { target: "out/raw" },
  }, (file) => {
    for (const name of ["volumes/raw", "/soft/raw", "far", "/volumes//raw"]) {
      assertSameNumbers(file.dataset(name).read(whole) as Uint8Array, bytes);
    }
    assert.deepEqual([...file.names].sort(), ["far", "volumes/raw"]);
    const out = refusal(file, "out/raw");
    assert.match(
      out.message,
      /"out" is a link to "\/volumes\/raw" of another file, "other.hdf"/,
    );
    assert.match(out.fix, /h5repack --merge/);
    assert.match(refusal(file, "through").message, /another file, "other.hdf"/);
    assert.match(refusal(file, "gone/raw").message, /another file, "gone.hdf"/);
    assert.match(
      refusal(file, "lost").message,
      /"lost" is a link to "\/volumes\/rew", which is not there/,
    );
    assert.match(refusal(file, "circle").message, /which is not there/);
    assert.match(refusal(file, "volumes/raw/x").message, /the file has "far"/);
    assert.match(refusal(file, "volumes").message, /the file has "far"/);
    assertEquals(file.has("out/raw"), true);
    assertEquals(file.has("lost"), true);
    assertEquals(file.has("volumes/labels"), false);
  }, { beside });
});

Deno.test("openHdf5() names the form of an attribute", () => {
  const text = (value: string) => ({
    type: datatypes.text(value.length),
    shape: [1],
    data: new TextEncoder().encode(value),
  });
  const of = (resolution: number[] | ReturnType<typeof text>) => ({
    ...raw,
    attributes: { resolution },
  });
  const { f16 } = datatypes, data = new Uint8Array(6);
  return withFile({
    text: of(text("40 4 4")),
    long: of(text("nanometres ".repeat(40))),
    one: of([4]),
    many: of(Array.from({ length: 1000 }, () => 4)),
    negative: of([40, -4, 4]),
    zero: of([0, 4, 4]),
    nan: of([40, NaN, 4]),
    half: {
      ...raw,
      attributes: { resolution: { type: f16, shape: [3], data } },
    },
    offset: { ...raw, attributes: { resolution: [40, 4, 4], offset: [1, 2] } },
  }, (file) => {
    const found = (name: string) => {
      const { message } = refusal(file, name);
      assert(message.length < 300, message);
      return /: it is (.*), it should be three numbers/.exec(message)?.[1];
    };
    assertEquals(found("text"), `the text "40 4 4"`);
    assert.match(found("long")!, /^the text "nanometres nano.*…"$/);
    assertEquals(found("one"), "4");
    assertEquals(found("many"), "4, 4, 4, 4, 4, 4, 4, … (1000 values)");
    assertEquals(found("negative"), "40, -4, 4");
    assertEquals(found("zero"), "0, 4, 4");
    assertEquals(found("nan"), "40, NaN, 4");
    assertEquals(found("half"), "stored in a form that is not read here");
    assertEquals(found("offset"), "1, 2");
    assert.match(refusal(file, "zero").fix, /set resolutionNm: \[z, y, x\]/);
    const given = file.dataset("zero", { hasResolution: true });
    assertEquals(given.resolutionNm, undefined);
  });
});

Deno.test("openHdf5() understands voxel_size and element_size_um", () =>
  withFile({
    nm: { ...raw, attributes: { voxel_size: [40, 4, 4] } },
    um: { ...raw, attributes: { element_size_um: [0.04, 0.004, 0.004] } },
    both: {
      ...raw,
      attributes: { element_size_um: [1, 1, 1], resolution: [50, 5, 5] },
    },
  }, (file) => {
    const resolution = (name: string) => {
      const { resolutionNm, resolutionFrom } = file.dataset(name);
      return `${resolutionFrom} ${resolutionNm}`;
    };
    assertEquals(resolution("nm"), "voxel_size 40,4,4");
    assertEquals(resolution("um"), "element_size_um 40,4,4");
    assertEquals(resolution("both"), "resolution 50,5,5");
  }));

Deno.test("openHdf5() names what the system refuses", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.symlinkSync("circle", join(folder, "circle"));
    Deno.symlinkSync("gone.hdf", join(folder, "dangling"));
    Deno.writeTextFileSync(join(folder, "file"), "");
    const message = async (path: string) => {
      try {
        await openHdf5(path, "here");
      } catch (error) {
        assert(error instanceof ExperimentError, String(error));
        assertEquals(error.toString().split("\n").length, 3);
        return error.message;
      }
      throw new Error(`Expected "${path}" to be refused`);
    };
    assert.match(await message(join(folder, "circle")), /links form a circle/);
    assert.match(
      await message(join(folder, "file", "v")),
      /part of the path is/,
    );
    assert.match(
      await message(join(folder, "n".repeat(300))),
      /name is too long/,
    );
    assert.match(
      await message(join(folder, "dangling")),
      /is a link to "gone.hdf", which is not there/,
    );
    assert.match(await message("/dev/null"), /it is not a file/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("openHdf5() names a filter that HDF5 does not bring", async () => {
  const { default: h5 } = await import("h5wasm/node");
  await h5.ready;
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "v.hdf");
    const made = new h5.File(path, "w", { libver: ["earliest", "latest"] });
    made.create_dataset({
      name: "raw",
      data: bytes,
      shape: [2, 3, 4],
      chunks: [1, 3, 4],
      compression: "gzip",
    });
    made.close();
    const all = Deno.readFileSync(path);
    const name = new TextEncoder().encode("deflate\0");
    const at = all.findIndex((_, i) => name.every((b, k) => all[i + k] === b));
    assert(at > 0); // its number stands 8 bytes before its name
    for (
      const [id, word] of [[32000, "LZF"], [32001, "Blosc"], [
        32015,
        "Zstandard",
      ]] as const
    ) {
      new DataView(all.buffer).setUint16(at - 8, id, true);
      const other = join(folder, `${id}.hdf`);
      Deno.writeFileSync(other, all);
      using file = await openHdf5(other, "here");
      const error = refusal(file, "raw");
      assert.match(error.message, new RegExp(`it is compressed by ${word}, `));
      assert.match(error.fix, /h5repack -f GZIP=4/);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
