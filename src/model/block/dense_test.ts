import { deepStrictEqual } from "node:assert";
import { blockOf, kernelsOf, reachOf } from "./_testing.ts";

Deno.test("dense() has convolutions that read all before them, then one that mixes", () => {
  const layer = blockOf({ type: "dense", convolutions: 3, growth: 5 });
  deepStrictEqual(kernelsOf(layer), {
    conv0: "1 3 3 2 5",
    conv1: "1 3 3 7 5",
    conv2: "1 3 3 12 5",
    mix: "1 1 1 17 4",
  });
  deepStrictEqual(reachOf(layer), [0, 3, 3]);
});
