import { defaultOptions, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { blends } from "./mod.ts";

for (const component of blends.components) {
  const blend = component.create(defaultOptions(component));

  Deno.test(`${component.name}() weighs every voxel and is symmetric`, () => {
    for (const shape of [[24, 64, 64], [1, 7, 5], [2, 3, 1]] as Zyx[]) {
      const weights = blend.weights(shape);
      assertEquals(weights.length, shape[0] * shape[1] * shape[2]);
      weights.forEach((weight, i) => {
        if (!(weight > 0 && weight < 2)) throw new Error(`${i}: ${weight}`);
        // ramps of the float32 border and middle may differ in their last bit
        assertAlmostEquals(weight, weights.at(-1 - i)!, 1e-7);
      });
    }
  });
}
