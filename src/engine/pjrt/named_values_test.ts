import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { addressOf } from "./_struct.ts";
import {
  decodeNamedValues,
  encodeNamedValues,
  type NamedValues,
} from "./named_values.ts";

Deno.test("decodeNamedValues() reads what encodeNamedValues() wrote", () => {
  const values: NamedValues = {
    text: "größer",
    empty: "",
    yes: true,
    no: false,
    large: 1n << 40n,
    negative: -3n,
    fraction: 0.75,
    whole: 1,
    list: [1n, -2n, 3n],
  };
  const { list, kept } = encodeNamedValues(values);
  const read = decodeNamedValues(
    addressOf(list),
    BigInt(Object.keys(values).length),
  );
  deepStrictEqual(read, values);
  assertEquals(kept.length, 9 + 3, "names, texts and a list");
});

Deno.test("encodeNamedValues() lays a value out as the header has it", () => {
  const { list } = encodeNamedValues({ memory_fraction: 0.75 });
  const view = new DataView(list.buffer);
  assertEquals(view.getBigUint64(0, true), 56n, "bytes");
  assertEquals(view.getBigUint64(24, true), 15n, "bytes of the name");
  assertEquals(view.getInt32(32, true), 3, "PJRT_NamedValue_kFloat");
  assertEquals(view.getFloat32(40, true), 0.75, "value");
  assertEquals(view.getBigUint64(48, true), 1n, "count");
});
