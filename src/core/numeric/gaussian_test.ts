import { gaussianFilter, sizeOf, type Zyx } from "@/core/mod.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";

// The numbers are those of scipy.ndimage.gaussian_filter 1.17, mode reflect.
Deno.test("gaussianFilter() equals scipy on an impulse", () => {
  const impulse = Float32Array.of(0, 0, 0, 1, 0, 0, 0);
  const ours = gaussianFilter(impulse, [1, 7, 1], [0, 1, 0]);
  [0.004565692, 0.053991127, 0.241971446, 0.398943469]
    .forEach((value, i) => {
      assertAlmostEquals(ours[i]!, value, 1e-7);
      assertAlmostEquals(ours[6 - i]!, value, 1e-7);
    });
});

Deno.test("gaussianFilter() reflects again where its radius exceeds the line", () => {
  const ours = gaussianFilter(
    Float32Array.of(1, 2, 3, 5, 8),
    [1, 1, 5],
    [0, 0, 2],
  );
  [2.374408084, 2.8903558, 3.763999755, 4.687393263, 5.283843097]
    .forEach((value, i) => assertAlmostEquals(ours[i]!, value, 1e-6));
});

Deno.test("gaussianFilter() keeps an axis of sigma 0 and its input as they are", () => {
  const input = Float32Array.of(1, 2, 3, 4);
  const ours = gaussianFilter(input, [2, 1, 2], [1, 0, 0]);
  assertSameNumbers(input, [1, 2, 3, 4]);
  assertAlmostEquals(ours[1]! - ours[0]!, 1, 1e-6); // x is not blurred
  assertAlmostEquals(ours[0]! + ours[2]!, 4, 1e-6); // the sum along z stays
});

Deno.test("gaussianFilter() equals scipy on lines, sections and volumes", () => {
  const cases = readFixture<{
    readonly shapeVox: Zyx;
    readonly sigmaVox: Zyx;
    readonly values: readonly number[];
  }>("numeric/gaussian.jsonl");
  for (const { shapeVox, sigmaVox, values } of cases) {
    const greys = hashedBytes(sizeOf(shapeVox)).map((byte) => byte / 255);
    const ours = gaussianFilter(Float32Array.from(greys), shapeVox, sigmaVox);
    values.forEach((value, i) => assertAlmostEquals(ours[i]!, value, 2e-7));
  }
});
