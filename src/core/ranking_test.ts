import { assertEquals } from "@test/helpers.ts";
import { risingValue } from "./ranking.ts";

Deno.test("risingValue() rises towards what is better", () => {
  assertEquals(risingValue(0.5, { better: "higher" }), 0.5);
  assertEquals(risingValue(3, { better: "lower" }), -3);
  for (const none of [null, undefined, NaN]) {
    assertEquals(risingValue(none, { better: "lower" }), -Infinity);
  }
});
