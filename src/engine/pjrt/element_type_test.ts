import { throws } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import {
  byteSize,
  elementTypes,
  typeCode,
  typeOfCode,
} from "./element_type.ts";

Deno.test("typeOfCode() finds the type that typeCode() numbers", () => {
  for (const type of elementTypes) {
    assertEquals(typeOfCode(typeCode(type)), type);
  }
  throws(() => typeOfCode(14), RangeError); // complex numbers
});

Deno.test("byteSize() multiplies the extents", () => {
  assertEquals(byteSize("f32", []), 4);
  assertEquals(byteSize("bf16", [2, 3]), 12);
  assertEquals(byteSize("f64", [2, 0, 3]), 0);
});
