import { deepEqual, equal } from "node:assert/strict";
import { signed, signedInterval } from "./signed.ts";

Deno.test("signed() has a sign, and no power of ten", () => {
  deepEqual([0.5, -0.5, 0, 0.00025, -0.00025].map((one) => signed(one, "")), [
    ...["+0.500", "−0.500", "0", "+0.0003", "−0.0003"],
  ]);
  equal(signed(0.01, "nm"), "+0.01");
});

Deno.test("signedInterval() has both ends", () => {
  equal(signedInterval([0.25, 0.5], ""), "[+0.250, +0.500]");
});
