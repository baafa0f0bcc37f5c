import { defaultOptions, openRng, rngAt, type Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { augmentations } from "./mod.ts";
import { simard, type SimardParameters } from "./simard.ts";

const shapeVox: Zyx = [2, 30, 50];

Deno.test("simard() takes alpha and sigma as shares of the width, or in voxels", () => {
  const draw = (given: object) =>
    simard.create({ ...defaultOptions(simard), ...given })
      .draw(shapeVox, openRng(1));
  const { alphaVox, sigmaVox } = draw({});
  assertAlmostEquals(alphaVox, 100, 1e-12);
  assertAlmostEquals(sigmaVox, 3.5, 1e-12);
  const given = draw({ alphaVox: 7, sigmaVox: 2 });
  assertEquals(given.alphaVox, 7);
  assertEquals(given.sigmaVox, 2);
});

Deno.test("simard() records where its noise comes from, or takes the noise itself", () => {
  const augmentation = simard.create(defaultOptions(simard));
  const drawn = augmentation.draw(shapeVox, openRng(3).at("sample", 8));
  assertEquals(drawn.noise, "3/sample/8/noise");
  const noise = ([0, 1] as const).map((axis) => {
    const rng = rngAt(`3/sample/8/noise`).at(axis);
    return Array.from({ length: 30 * 50 }, () => rng.uniform(-1, 1));
  });
  const explicit: SimardParameters = {
    ...drawn,
    noise: [noise[0]!, noise[1]!],
  };
  const [, y, x] = augmentation.marginVox!(shapeVox, drawn);
  const sample = makeSample({ shapeVox: [2, 30 + 2 * y, 50 + 2 * x] });
  const a = augmentation.apply(sample, drawn);
  const b = augmentation.apply(sample, JSON.parse(JSON.stringify(explicit)));
  assertSameNumbers(a.image, b.image);
  assertSameNumbers(a.target, b.target);
});

Deno.test("simard() refuses noise of another size than the field has", () => {
  const numbers = (count: number) => new Array(count).fill(0);
  const fits = (mode: string, first: number, second: number) => {
    const augmentation = augmentations.create(
      augmentations.schema.parse({ type: "simard", mode }),
    );
    const noise = [numbers(first), numbers(second)];
    return augmentation.schema!(shapeVox)
      .safeParse({ shapeVox, alphaVox: 3, sigmaVox: 2, noise }).success;
  };
  assertEquals(fits("3d", 1500, 1500), true);
  assertEquals(fits("3d", 1500, 3000), false);
  assertEquals(fits("2d", 3000, 3000), true);
  assertEquals(fits("smooth", 1500, 1500), false);
});

Deno.test("simard() moves as far as alpha and sigma say", () => {
  // A ramp along an axis shows by how much each voxel moved along it.
  const moved: number[] = [];
  const options = { ...defaultOptions(simard), alphaVox: 60, sigmaVox: 3 };
  const augmentation = simard.create(options);
  for (let n = 0; n < 30; n++) {
    const parameters = augmentation.draw([1, 60, 60], openRng(9).at(n));
    const [, margin] = augmentation.marginVox!([1, 60, 60], parameters);
    for (const axis of ["y", "x"]) {
      const sample = makeSample({
        shapeVox: [1, 60 + 2 * margin, 60 + 2 * margin],
        grey: (_z, y, x) => (axis === "y" ? y : x) / 200,
      });
      const { image } = augmentation.apply(sample, parameters);
      for (let y = 15; y < 45; y++) { // where the border does not show
        for (let x = 15; x < 45; x++) {
          const own = (axis === "y" ? y : x) + margin;
          moved.push(image[y * 60 + x]! * 200 - own);
        }
      }
    }
  }
  const n = moved.length;
  const mean = moved.reduce((a, b) => a + b) / n;
  const spread = Math.sqrt(moved.reduce((a, b) => a + b * b, 0) / n);
  // Noise of variance 1/3, through weights whose squares sum to 1/(4 pi sigma^2).
  const expected = 60 * Math.sqrt(1 / 3 / (4 * Math.PI)) / 3;
  const independent = n / (4 * Math.PI * 9); // patches of that many voxels agree
  assertAlmostEquals(mean, 0, 4 * expected / Math.sqrt(independent));
  assertAlmostEquals(
    spread / expected,
    1,
    4 / Math.sqrt(2 * independent),
  );
});

Deno.test("simard() bends smoothly from section to section where it is told", () => {
  const roughness = (mode: string) => {
    const augmentation = augmentations.create(
      augmentations.schema.parse({
        type: "simard",
        mode,
        alphaVox: 60,
        sigmaVox: 3,
      }),
    );
    const parameters = augmentation.draw([8, 40, 40], openRng(2));
    const [, margin] = augmentation.marginVox!([8, 40, 40], parameters);
    const { image } = augmentation.apply(
      makeSample({
        shapeVox: [8, 40 + 2 * margin, 40 + 2 * margin],
        grey: (_z, y) => (y - margin) / 100,
      }),
      parameters,
    );
    let apart = 0;
    for (let i = 1600; i < image.length; i++) {
      apart += (image[i]! - image[i - 1600]!) ** 2;
    }
    return apart;
  };
  assertEquals(roughness("3d"), 0);
  assertEquals(roughness("smooth") > 0, true);
  assertEquals(roughness("smooth") * 10 < roughness("2d"), true);
});

Deno.test("simard() as reported moves along z and y, and takes no context", () => {
  const entry = { type: "simard", preset: "report" };
  const augmentation = augmentations.create(augmentations.schema.parse(entry));
  const shape: Zyx = [6, 40, 40];
  const parameters = augmentation.draw(shape, openRng(2));
  assertSameNumbers(augmentation.marginVox!(shape, parameters), [0, 0, 0]);
  const along = (grey: (z: number, y: number, x: number) => number) => {
    const before = makeSample({ shapeVox: shape, grey });
    const { image } = augmentation.apply(before, parameters);
    return image.some((v, i) => Math.abs(v - before.image[i]!) > 1e-6);
  };
  assertEquals(along((z) => z / 6), true, "z");
  assertEquals(along((_z, y) => y / 40), true, "y");
  assertEquals(along((_z, _y, x) => x / 40), false, "x");
});
