import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { assertEven, assertRate, normalShare } from "./_draws_testing.ts";
import { normalField, uniformField } from "./_random_field.ts";

Deno.test("normalField() is normal, and another field at each address", () => {
  const numbers = normalField("11/sample/0/augment/0/field", 40_000);
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  const variance = numbers.reduce((sum, n) => sum + n * n, 0) / numbers.length;
  // Standard deviations of both: 0.005 and 0.007.
  assertEquals(Math.abs(mean) < 0.02, true, `mean ${mean}`);
  assertEquals(Math.abs(variance - 1) < 0.03, true, `variance ${variance}`);
  assertRate([...numbers].map((n) => Math.abs(n) < 1), 0.682689);
  assertEven([...numbers.subarray(0, 4000)].map(normalShare), [0, 1]);
  const other = normalField("11/sample/1/augment/0/field", 40_000);
  const both = numbers.reduce((sum, n, i) => sum + n * other[i]!, 0);
  assertEquals(Math.abs(both / numbers.length) < 0.02, true, "correlated");
});

Deno.test("uniformField() spreads evenly from -1 to 1", () =>
  assertEven([...uniformField("11/sample/0/augment/1/field", 4000)], [-1, 1]));

Deno.test("uniformField() and normalField() give the numbers that someone brings", () => {
  for (const fieldOf of [uniformField, normalField]) {
    assertSameNumbers(fieldOf([0.5, -2], 2), [0.5, -2]);
  }
});

Deno.test("normalField() begins alike however many numbers are asked for", () => {
  const long = normalField("2/a", 1001);
  assertSameNumbers(normalField("2/a", 500), long.subarray(0, 500));
});
