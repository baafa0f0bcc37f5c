import { assertEquals } from "@test/helpers.ts";
import { raiseToPower } from "./_power.ts";

Deno.test("raiseToPower() is within 1e-6 of Math.pow", () => {
  const inputs = Float32Array.from({ length: 20001 }, (_, i) => i / 20000);
  const tiny = [1e-3, 1e-5, 1e-8, 1e-20, 1e-37, 1e-40, 0];
  for (const power of [0.5, 0.73, 1, 1.41, 2]) {
    for (const values of [inputs, Float32Array.from(tiny)]) {
      const raised = values.slice();
      raiseToPower(raised, power);
      const worst = raised.reduce(
        (most, v, i) => Math.max(most, Math.abs(v - values[i]! ** power)),
        0,
      );
      assertEquals(worst < 1e-6, true, `error ${worst} at power ${power}`);
    }
  }
});

Deno.test("raiseToPower() changes the part of a buffer it is given", () => {
  const all = Float32Array.of(0.25, 0.25, 0.25);
  raiseToPower(all.subarray(1, 2), 0.5);
  assertEquals(all.join(), "0.25,0.5,0.25");
});
