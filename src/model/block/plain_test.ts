import { deepStrictEqual } from "node:assert";
import { blockOf, kernelsOf, reachOf } from "./_testing.ts";

Deno.test("plain() has convolutions one after another", () => {
  const three = blockOf({ type: "plain", convolutions: 3 });
  deepStrictEqual(kernelsOf(three), {
    conv0: "1 3 3 2 4",
    conv1: "1 3 3 4 4",
    conv2: "1 3 3 4 4",
  });
  deepStrictEqual(reachOf(three), [0, 3, 3]);
  const usual = blockOf({ type: "plain" }, { kernelVox: [3, 3, 3] });
  deepStrictEqual(reachOf(usual), [2, 2, 2]);
});
