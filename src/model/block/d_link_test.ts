import { deepStrictEqual } from "node:assert";
import { blockOf, kernelsOf, reachOf } from "./_testing.ts";

Deno.test("dLink() looks as far as its dilations reach together", () => {
  const usual = blockOf({ type: "dLink" });
  deepStrictEqual(reachOf(usual), [0, 16, 16]); // 1, then 1 + 2 + 4 + 8
  const short = blockOf({ type: "dLink", dilations: [3] }, {
    kernelVox: [3, 3, 3],
  });
  deepStrictEqual(reachOf(short), [4, 4, 4]);
  const [first, ...chain] = Object.values(kernelsOf(short));
  deepStrictEqual([first, ...chain], ["3 3 3 2 4", "3 3 3 4 4"]);
});
