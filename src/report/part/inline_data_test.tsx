import { deepEqual, doesNotMatch } from "node:assert/strict";
import fc from "fast-check";
import { see } from "../_reading_testing.ts";
import { InlineData, inlineJson } from "./inline_data.tsx";

Deno.test("inlineJson() is JSON that no parser takes for markup", () => {
  fc.assert(fc.property(
    fc.jsonValue(),
    fc.string({
      unit: fc.constantFrom("<", ">", "&", "\u2028", "\u2029", "a"),
    }),
    (value, text) => {
      const json = inlineJson([value, text]);
      deepEqual(JSON.parse(json), JSON.parse(JSON.stringify([value, text])));
      doesNotMatch(json, /[<>&\u2028\u2029]/);
    },
  ));
});

Deno.test("InlineData() is read back by its id", () => {
  const value = { text: "</script><script>" };
  deepEqual(see(<InlineData id="a" value={value} />).json("a"), value);
});
