import { assertSameNumbers } from "@test/helpers.ts";
import { blendOf } from "./_testing.ts";

Deno.test("constant() counts every voxel of a tile as one", () =>
  assertSameNumbers(
    blendOf("constant").weights([2, 3, 4]),
    new Array(24).fill(1),
  ));
