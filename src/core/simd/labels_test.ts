import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { bothWays, counts } from "./_testing.ts";
import { throws } from "node:assert/strict";
import { bothOf, chosen, countOf } from "./labels.ts";

Deno.test("bothOf(), countOf() and chosen() do what their loops would", () => {
  for (const n of counts) {
    const a = Uint8Array.from({ length: n }, (_, i) => i * 7 % 2);
    const b = Uint8Array.from({ length: n }, (_, i) => i % 3 === 0 ? 1 : 0);
    const both = bothWays(() => bothOf(a, b));
    assertSameNumbers(both, a.map((v, i) => v & b[i]!));
    assertEquals(countOf(b), b.reduce((sum, v) => sum + v, 0));
    assertSameNumbers(
      bothWays(() => chosen(b, { zero: 0.1, other: 7 })),
      Float32Array.from(b, (v) => v === 0 ? 0.1 : 7),
    );
  }
  throws(() => bothOf(new Uint8Array(3), new Uint8Array(2)), RangeError);
});

Deno.test("countOf() counts more than fit 16 bits", () => {
  assertEquals(countOf(new Uint8Array(300_001).fill(1)), 300_001);
});
