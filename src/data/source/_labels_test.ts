import assert from "node:assert";
import { ExperimentError, sizeOf, type Zyx } from "@/core/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import type { Hdf5Dataset, NumberKind, Numbers } from "../hdf5/mod.ts";
import { type LabelForm, openLabels } from "./_labels.ts";

const where = "x.yaml:9 data.train[0]";
const place = { where, sha256: "", cacheFolder: "/nowhere" };
const shapeVox: Zyx = [6, 20, 22];
const background = 0xffffffffffffffffn, unknown = 0xfffffffffffffffen;

/** CREMI's labels: two objects, ids 1 and 7, three unknown voxels. */
const cremi = BigUint64Array.from({ length: sizeOf(shapeVox) }, (_, i) => {
  const z = Math.floor(i / 440), y = Math.floor(i / 22) % 20, x = i % 22;
  if (z >= 1 && z < 3 && y >= 4 && y < 9 && x >= 5 && x < 12) return 1n;
  if (z === 4 && y >= 10 && y < 14 && x >= 10 && x < 20) return 7n;
  return z === 0 && y === 0 && x < 3 ? unknown : background;
});

function dataset(
  kind: NumberKind,
  data: Numbers,
  shape = shapeVox,
): Hdf5Dataset {
  return {
    name: "clefts",
    kind,
    isBigEndian: false,
    shapeVox: shape,
    resolutionNm: [40, 4, 4],
    resolutionFrom: "resolution",
    offsetNm: undefined,
    notes: [],
    attributeNames: [],
    filesIn: () => [],
    attribute: () => undefined,
    read({ startVox: [z], shapeVox: [depth, height, width] }) {
      const section = height * width;
      return data.slice(z * section, (z + depth) * section);
    },
  };
}

/** Clefts and unknown voxels that labels are read as. */
function readAs(
  kind: NumberKind,
  data: Numbers,
  form: Partial<LabelForm> = {},
): string {
  const { read, notes } = openLabels(dataset(kind, data), {
    ...place,
    ...form,
  });
  const target = new Uint8Array(data.length),
    mask = new Uint8Array(data.length);
  read(data, target, mask);
  const cleft = target.reduce((sum, v) => sum + v, 0);
  const hidden = mask.reduce((sum, v) => sum + 1 - v, 0);
  for (let i = 0; i < target.length; i++) {
    if (target[i] === 1) assert([1n, 7n].includes(cremi[i]!), `voxel ${i}`);
    if (mask[i] === 0) assertEquals(cremi[i], unknown);
  }
  return `${cleft} cleft, ${hidden} unknown, ${notes.length} notes`;
}

function refusal(
  kind: NumberKind,
  data: Numbers,
  shape?: Zyx,
): ExperimentError {
  try {
    openLabels(dataset(kind, data, shape), place);
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assertEquals(error.where, where);
    return error;
  }
  throw new Error("Expected the labels to be refused");
}

const signed = BigInt64Array.from(cremi, (v) => BigInt.asIntN(64, v));
/** The labels as another type makes them, by what it does to a value. */
const wrapped = (bits: number) =>
  Array.from(cremi, (v) => Number(BigInt.asUintN(bits, v)));
const clipped = (most: number) =>
  Array.from(cremi, (v) => Math.min(Number(v), most));

Deno.test("openLabels() understands what other types make of CREMI's background", () => {
  const all = "110 cleft, 3 unknown, 1 notes";
  const merged = "110 cleft, 0 unknown, 1 notes"; // two values became one
  assertEquals(readAs("u64", cremi), "110 cleft, 3 unknown, 0 notes");
  assertEquals(readAs("i64", signed), "110 cleft, 3 unknown, 0 notes");
  assertEquals(readAs("u8", Uint8Array.from(wrapped(8))), all);
  assertEquals(readAs("u16", Uint16Array.from(wrapped(16))), all);
  assertEquals(readAs("u32", Uint32Array.from(wrapped(32))), all);
  assertEquals(readAs("i8", Int8Array.from(wrapped(8))), all);
  assertEquals(readAs("i16", Int16Array.from(wrapped(16))), all);
  assertEquals(readAs("i32", Int32Array.from(wrapped(32))), all);
  // Conversions that clip, as HDF5's own.
  assertEquals(readAs("u8", Uint8Array.from(clipped(255))), merged);
  assertEquals(readAs("i16", Int16Array.from(clipped(32767))), merged);
  assertEquals(readAs("i32", Int32Array.from(clipped(2 ** 31 - 1))), merged);
  const longest = BigInt64Array.from(cremi, (v) => v > 9n ? 2n ** 63n - 1n : v);
  assertEquals(readAs("i64", longest), merged);
  // Floats, rounded or of a narrower type.
  assertEquals(readAs("f32", Float32Array.from(cremi, Number)), merged);
  assertEquals(readAs("f64", Float64Array.from(cremi, Number)), merged);
  assertEquals(readAs("f32", Float32Array.from(wrapped(32))), merged);
  assertEquals(readAs("f64", Float64Array.from(wrapped(32))), all);
  assertEquals(readAs("f32", Float32Array.from(signed, Number)), all);
  assertEquals(readAs("f16", Float32Array.from(wrapped(8))), all);
  const half = Float32Array.from(cremi, (v) => v > 9n ? Infinity : Number(v));
  assertEquals(readAs("f16", half), merged);
});

Deno.test("openLabels() understands narrow labels that were widened again", () => {
  const all = "110 cleft, 3 unknown, 1 notes";
  for (const bits of [8, 16, 32]) {
    const wide = BigUint64Array.from(wrapped(bits), BigInt);
    assertEquals(readAs("u64", wide), all);
    assertEquals(readAs("i64", BigInt64Array.from(wide)), all);
    assertEquals(readAs("f64", Float64Array.from(wrapped(bits))), all);
    if (bits < 32) {
      assertEquals(readAs("u32", Uint32Array.from(wrapped(bits))), all);
      assertEquals(readAs("i32", Int32Array.from(wrapped(bits))), all);
    }
  }
});

Deno.test("openLabels() reads masks and ids over 0 as they are", () => {
  const is = Array.from(cremi, (v) => v < 9n ? 1 : 0);
  const plain = "110 cleft, 0 unknown, 0 notes";
  assertEquals(readAs("bool", Uint8Array.from(is)), plain);
  assertEquals(readAs("u8", Uint8Array.from(is)), plain);
  assertEquals(readAs("u8", Uint8Array.from(is, (v) => 255 * v)), plain);
  assertEquals(readAs("u16", Uint16Array.from(is, (v) => 65535 * v)), plain);
  assertEquals(readAs("i8", Int8Array.from(is, (v) => 127 * v)), plain);
  assertEquals(readAs("f16", Float32Array.from(is)), plain);
  assertEquals(readAs("f32", Float32Array.from(is, (v) => 255 * v)), plain);
  const ids = Uint16Array.from(cremi, (v) => v < 9n ? Number(v) + 254 : 0);
  assertEquals(readAs("u16", ids), plain); // 255 is an id here
});

Deno.test("openLabels() knows the highest background of the report's form", () => {
  const form = { highest: 1e10 };
  const zero = BigUint64Array.from(cremi, (v) => v > 9n ? 10000000001n : v);
  assertEquals(readAs("u64", zero, form), "110 cleft, 0 unknown, 0 notes");
  assertEquals(readAs("u64", cremi, form), "110 cleft, 0 unknown, 0 notes");
  assertEquals(readAs("i64", signed, form), "110 cleft, 3 unknown, 0 notes");
  const u32 = Uint32Array.from(wrapped(32));
  assertEquals(readAs("u32", u32, form), "110 cleft, 3 unknown, 1 notes");
});

Deno.test("openLabels() refuses values that may be background or cleft", () => {
  const shape: Zyx = [1, 2, 5];
  const cases: readonly [NumberKind, Numbers][] = [
    ["u8", Uint8Array.of(0, 0, 0, 0, 0, 0, 3, 4, 255, 255)],
    ["u16", Uint16Array.of(0, 0, 0, 0, 0, 0, 3, 4, 65535, 65535)],
    ["i32", Int32Array.of(0, 0, 0, 0, 0, 0, 3, 4, 2 ** 31 - 1, 2 ** 31 - 1)],
    ["u8", Uint8Array.of(0, 0, 255, 255, 255, 255, 255, 255, 255, 255)],
  ];
  for (const [kind, data] of cases) {
    const error = refusal(kind, data, shape);
    assert.match(
      error.message,
      /they are [ui]\d+ and (20|80)\.0 % of them are \d+, which may be/,
    );
    assert.match(error.fix, /Write 0 where it is background/);
  }
});

Deno.test("openLabels() refuses values that can be no label", () => {
  const shape: Zyx = [1, 1, 4];
  const message = (kind: NumberKind, data: Numbers) =>
    refusal(kind, data, shape).message;
  assert.match(
    message("f32", Float32Array.of(0, NaN, 1, 0)),
    /one is NaN, they/,
  );
  assert.match(
    message("f16", Float32Array.of(0, 0.5, 1, 0)),
    /one is 0.5, they/,
  );
  assert.match(
    message("f64", Float64Array.of(0, -Infinity, 1, 0)),
    /-Infinity/,
  );
  assert.match(message("i8", Int8Array.of(0, -7, 1, 0)), /one is -7, ids are/);
  assert.match(
    message("i64", BigInt64Array.of(0n, -1n, 1n, -3n)),
    /one is -3, ids are above 0/,
  );
});

Deno.test("openLabels() decides for a volume, not for what is read of it", () => {
  const data = Uint8Array.from(wrapped(8));
  const { read } = openLabels(dataset("u8", data), place);
  const target = new Uint8Array(3), mask = new Uint8Array(3);
  read(Uint8Array.of(7, 255, 254), target, mask);
  assertSameNumbers(target, [1, 0, 0]);
  assertSameNumbers(mask, [1, 1, 0]);
});
