import { equal } from "node:assert/strict";
import { stairs } from "./stairs.ts";

Deno.test("stairs() rise where something is better than all before", () => {
  const places = [[10, 90], [20, 95], [30, 40], [40, 50]] as const;
  equal(stairs(places, { end: 100, better: "higher" }), "M10 90H30V40H100");
  equal(stairs(places, { end: 100, better: "lower" }), "M10 90H20V95H100");
  equal(stairs([], { end: 100, better: "lower" }), "");
});
