import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { assertNear, blendOf, rowOf } from "./_testing.ts";

Deno.test("bump() gives PyTorch Connectomics' centre row", () => {
  const blend = blendOf("bump", { exponent: 1.5, floor: 1e-4 });
  const row = rowOf(blend, { shapeVox: [3, 5, 5], z: 1, y: 2 });
  assertNear(row, [.000112132, .213211123, 1.0001]);
});

Deno.test("bump() is the bump function relative to its middle", () => {
  const exponent = 1, floor = 1e-9;
  const row = rowOf(blendOf("bump", { exponent, floor }), {
    shapeVox: [1, 1, 7],
    z: 0,
    y: 0,
  });
  const height = (p: number) => Math.exp(-1 / (p * (1 - p)));
  row.forEach((weight, x) =>
    assertAlmostEquals(weight, height((x + 1) / 8) / height(1 / 2), 1e-6)
  );
});

Deno.test("bump() is flatter in the middle than a Gaussian, for small exponents more", () => {
  const inner = (exponent: number) =>
    rowOf(blendOf("bump", { exponent }), {
      shapeVox: [1, 1, 9],
      z: 0,
      y: 0,
    })[2]!;
  assertEquals(inner(.5) > inner(1.5) && inner(1.5) > inner(4), true);
});

Deno.test("bump() keeps its middle in tiles so large that the function vanishes", () => {
  const weights = blendOf("bump", { exponent: 4 }).weights([65, 65, 65]);
  assertAlmostEquals(weights[(32 * 65 + 32) * 65 + 32]!, 1.0001, 1e-6);
  assertAlmostEquals(weights[0]!, 1e-4, 1e-9);
});
