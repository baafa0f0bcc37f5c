import { deepStrictEqual, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

const values = Float32Array.of(1, -0, NaN, 2 ** -140, 5, 6);
const bytes = encodeSafetensors([{ name: "a/b", shape: [2, 3], values }], {
  format: "x",
});
const decode = (bytes: Uint8Array) =>
  decodeSafetensors(
    bytes,
    (what) => new ExperimentError(what, { where: "w", fix: "Leave it" }),
  );

/** A file with this header and the numbers of the sound one. */
function withHeader(header: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + 24);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(new Uint8Array(values.buffer), 8 + text.length);
  return file;
}

Deno.test("decodeSafetensors() gives back what encodeSafetensors() wrote", () => {
  const file = decode(bytes);
  deepStrictEqual(file.metadata, { format: "x" });
  deepStrictEqual(file.names, ["a/b"]);
  deepStrictEqual(file.get("a/b"), { name: "a/b", shape: [2, 3], values });
  assertEquals(file.get("c"), undefined);
  assertEquals(file.get("toString"), undefined);
});

const sound = { dtype: "F32", shape: [6], data_offsets: [0, 24] };

Deno.test("decodeSafetensors() reads files of others: no metadata, other types besides", () => {
  const half = { dtype: "F16", shape: [12], data_offsets: [0, 24] };
  for (const metadata of [undefined, null, {}]) {
    const file = decode(withHeader({ __metadata__: metadata, a: sound, half }));
    deepStrictEqual(file.metadata, {});
    deepStrictEqual(file.get("a")!.values, values);
    throws(() => file.get("half"), /"half" holds numbers of type F16, not F32/);
  }
});

Deno.test("decodeSafetensors() refuses wrong types in every place of a header", () => {
  const wrong = [null, true, 3, -1, 0.5, "x", [], {}, [null], ["6"], [-6]];
  const headers = [
    ...[null, 3, "x", [], [sound]],
    ...[3, "x", [], { a: 1 }, { a: null }, { a: {} }]
      .map((__metadata__) => ({ __metadata__, a: sound })),
    ...wrong.map((a) => ({ a })),
    ...wrong.filter((dtype) => typeof dtype !== "string")
      .map((dtype) => ({ a: { ...sound, dtype } })),
    ...wrong.filter((shape) => `${shape}` !== "" || shape === null)
      .map((shape) => ({ a: { ...sound, shape } })),
    ...[...wrong, [0], [0, 24, 24], [0.5, 24.5], [24, 0], [-24, 0], [0, 1e9]]
      .map((data_offsets) => ({ a: { ...sound, data_offsets } })),
    { a: { ...sound, shape: [2 ** 40, 2 ** 40] } },
  ];
  for (const header of headers) {
    throws(
      () => decode(withHeader(header)).get("a"),
      ExperimentError,
      JSON.stringify(header),
    );
  }
});

Deno.test("decodeSafetensors() refuses a header that is longer than the file, or no text", () => {
  throws(() => decode(new Uint8Array(7)), /its header is cut off/);
  throws(() => decode(new Uint8Array(20).fill(255)), /its header is cut off/);
  throws(() => decode(bytes.with(9, 0xff)), /its header is no JSON/);
});
