import * as assert from "node:assert";
import { defaultOptions, openRng, type Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { flips } from "./flips.ts";
import { transformed } from "./symmetry.ts";

const shape: Zyx = [2, 4, 4];
const rng = openRng(6);
const image = Float32Array.from({ length: 32 }, () => rng.uniform(0, 1));
const modes = ["mean", "median", "min", "max"] as const;
const square = (values: Float32Array) => values.map((v) => v * v);

for (const combine of modes) {
  Deno.test(`flips() by ${combine} gives what a forward without directions gives`, async () => {
    for (const variants of [16, 8, 4] as const) {
      const tta = flips.create({ variants, combine });
      const forward = tta.wrap((x) => Promise.resolve(square(x)));
      assertSameNumbers(await forward(image, shape), square(image));
    }
  });
}

Deno.test("flips() looks at each symmetry once, in the report's order", async () => {
  for (const variants of [16, 8, 4] as const) {
    const seen: Float32Array[] = [];
    const tta = flips.create({ variants, combine: "mean" });
    await tta.wrap((x) => {
      seen.push(x);
      return Promise.resolve(x.slice());
    })(image, shape);
    assertEquals(tta.variants, variants);
    assertEquals(seen.length, variants);
    const step = variants === 16 ? 1 : 2;
    seen.forEach((x, n) =>
      assertSameNumbers(x, transformed(image, shape, n * step))
    );
  }
});

Deno.test("flips() combines the answers voxel by voxel", async () => {
  // Answer number n is n everywhere: mean 7.5, median (7 + 8) / 2, min 0, max 15.
  const wanted = { mean: 7.5, median: 7.5, min: 0, max: 15 };
  for (const combine of modes) {
    let n = 0;
    const forward = flips.create({ variants: 16, combine })
      .wrap((x) => Promise.resolve(new Float32Array(x.length).fill(n++)));
    assertSameNumbers(
      await forward(image, shape),
      new Float32Array(32).fill(wanted[combine]),
    );
  }
});

Deno.test("flips() takes the median, not the mean, of uneven answers", async () => {
  const answers = [0.25, 0, 1, 0.5];
  const forward = flips.create({ variants: 4, combine: "median" })
    .wrap((x) =>
      Promise.resolve(new Float32Array(x.length).fill(answers.shift()!))
    );
  const [first] = await forward(image, shape);
  assertEquals(first, 0.375);
});

/** The differences between a voxel's neighbours along each axis, `[3, D, H, W]`. */
function slopes(image: Float32Array): Float32Array {
  const [depth, height, width] = shape;
  const at = (z: number, y: number, x: number) =>
    image[
      (Math.min(depth - 1, Math.max(0, z)) * height +
          Math.min(height - 1, Math.max(0, y))) * width +
      Math.min(width - 1, Math.max(0, x))
    ]!;
  const along = ([dz, dy, dx]: Zyx) =>
    Array.from(image, (_, i) => {
      const z = Math.floor(i / (height * width));
      const y = Math.floor(i / width) % height, x = i % width;
      return at(z + dz, y + dy, x + dx) - at(z - dz, y - dy, x - dx);
    });
  return Float32Array.from([
    ...along([1, 0, 0]),
    ...along([0, 1, 0]),
    ...along([0, 0, 1]),
  ]);
}

Deno.test("flips() gives the vectors of a forward that turns with the image", async () => {
  for (const combine of modes) {
    for (const variants of [16, 8, 4] as const) {
      const forward = flips.create({ variants, combine })
        .wrap((x) => Promise.resolve(slopes(x)), "vector");
      const found = await forward(image, shape);
      slopes(image).forEach((v, i) => assertAlmostEquals(found[i]!, v, 1e-6));
    }
  }
});

Deno.test("flips() leaves nothing of vectors that do not turn with the image", async () => {
  const forward = flips.create({ variants: 16, combine: "mean" }).wrap(
    (x) => Promise.resolve(new Float32Array(3 * x.length).fill(1)),
    "vector",
  );
  assertSameNumbers(await forward(image, shape), new Float32Array(96));
});

Deno.test("flips() refuses to swap y and x of tiles that are not square", () => {
  const tta = flips.create(defaultOptions(flips));
  assert.throws(() => tta.checkPatch([8, 96, 64]), {
    name: "ExperimentError",
    message:
      "Cannot swap y and x of tiles of 96 × 64 voxels: they should be square",
  });
  tta.checkPatch([8, 96, 96]);
  flips.create({ variants: 8, combine: "mean" }).checkPatch([8, 96, 64]);
});
