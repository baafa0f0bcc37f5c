import {
  mapZyx,
  openRng,
  type Sample,
  sizeOf,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { augmentations } from "./mod.ts";
import type { WarpParameters } from "./_warp.ts";

/** The sample that make_warps.py reads. */
function hashedSample(shapeVox: Zyx): Sample {
  const hash = hashedBytes(sizeOf(shapeVox));
  return {
    image: Float32Array.from(hash, (h) => h / 255),
    target: Uint8Array.from(hash, (h) => h % 5 === 0 ? 1 : 0),
    mask: new Uint8Array(hash.length).fill(1),
    shapeVox,
    voxelNm: [40, 4, 4],
    inside: wholeBox(shapeVox),
  };
}

/** A case of test/fixtures/augment/warps.jsonl. */
interface WarpCase {
  readonly type: string;
  readonly name: string;
  readonly marginVox: Zyx;
  readonly options: { readonly imageOrder?: number };
  readonly parameters: WarpParameters;
  readonly voxels: readonly number[];
  readonly image: readonly number[];
  readonly target: readonly number[];
  readonly mask: readonly number[];
}

/** An augmentation from the options that matter, as an experiment gives them. */
function open(type: string, options: object) {
  return augmentations.create(
    augmentations.schema.parse({ type, outside: "value", ...options }),
  );
}

for (const fixture of readFixture<WarpCase>("augment/warps.jsonl")) {
  const { type, name, options, parameters, marginVox } = fixture;

  Deno.test(`${type}() reads what scipy does: ${name}`, () => {
    const source = hashedSample(
      mapZyx((axis) => parameters.shapeVox[axis] + 2 * marginVox[axis]),
    );
    const after = open(type, options).apply(source, parameters);
    const tolerance = options.imageOrder === 3 ? 1e-4 : 1e-5;
    fixture.voxels.forEach((voxel, i) => {
      assertAlmostEquals(after.image[voxel]!, fixture.image[i]!, tolerance);
      assertEquals(after.target[voxel], fixture.target[i]!, `target ${i}`);
      assertEquals(after.mask[voxel], fixture.mask[i]!, `mask ${i}`);
    });
  });
}

/** Every warp, and the options with which it does nothing. */
const strengthless = {
  affine: { shiftLimit: 0, scaleLimit: 0, rotateLimit: 0 },
  simard: { alpha: 0 },
  perspective: { scale: [0, 0] },
  piecewiseAffine: { scale: [0, 0] },
  gridDistortion: { distortLimit: 0 },
  barrel: { distortLimit: 0 },
};
/** Options that reach farther than a small patch. */
const strong = {
  affine: { scaleLimit: 0.9, rotateLimit: 180, alphaAffine: 500 },
  simard: { alphaVox: 1000 },
  perspective: { scale: [5, 5] },
  piecewiseAffine: { scale: [3, 3] },
  gridDistortion: { distortLimit: 0.99, numSteps: 40 },
  barrel: { distortLimit: 1 },
};
const types = Object.keys(strengthless) as (keyof typeof strengthless)[];

/** Draws at an address and applies that to as much of a volume as it asks for. */
function run(
  type: string,
  options: object,
  { shapeVox, change = (sample) => sample, n = 0 }: {
    readonly shapeVox: Zyx;
    readonly change?: (sample: Sample) => Sample;
    readonly n?: number;
  },
) {
  const augmentation = open(type, options);
  const parameters = augmentation.draw(shapeVox, openRng(4).at(type, n));
  const marginVox = augmentation.marginVox!(shapeVox, parameters);
  const before = change(makeSample({
    shapeVox: mapZyx((axis) => shapeVox[axis] + 2 * marginVox[axis]),
  }));
  const after = augmentation.apply(before, parameters);
  return { marginVox, before, after };
}

for (const type of types) {
  const modes = type === "simard" ? ["2d", "3d", "smooth"] : ["2d", "3d"];

  Deno.test(`${type}() is the identity at zero strength, bit for bit`, () => {
    for (const mode of modes) {
      for (const imageOrder of [0, 1, 3]) {
        for (
          const shapeVox of [[3, 14, 11], [2, 160, 160], [1, 1, 1]] as const
        ) {
          const options = { ...strengthless[type], mode, imageOrder };
          const { before, after, marginVox } = run(type, options, { shapeVox });
          assertSameNumbers(marginVox, [0, 0, 0]);
          assertSameNumbers(after.image, before.image);
          assertSameNumbers(after.target, before.target);
          assertSameNumbers(after.mask, before.mask);
        }
      }
    }
  });

  Deno.test(`${type}() asks for enough context`, () => {
    for (let n = 0; n < 8; n++) {
      for (const imageOrder of [0, 1, 3]) {
        const options = { imageOrder, outside: "value", outsideValue: 9 };
        const { after } = run(type, options, { shapeVox: [2, 24, 20], n });
        assertEquals(after.mask.every((m) => m === 1), true, "labelled");
        assertEquals(after.image.every((v) => v < 3), true, "from the volume");
      }
    }
  });

  Deno.test(`${type}() reads no more context than it may`, () => {
    const options = { maxContextVox: 2, imageOrder: 3 };
    for (let n = 0; n < 8; n++) {
      const { marginVox, after } = run(type, options, {
        shapeVox: [2, 24, 20],
        n,
      });
      assertEquals(Math.max(...marginVox) <= 2, true, `${marginVox}`);
      assertSameNumbers(after.shapeVox, [2, 24, 20]);
    }
  });

  Deno.test(`${type}() bends each section on its own, or all alike`, () => {
    const alike = (image: Float32Array) =>
      image.subarray(0, 480).every((v, i) => v === image[480 + i]);
    const change = (sample: Sample) => { // both sections have the same grey values
      const area = sample.image.length / 2;
      sample.image.copyWithin(area, 0, area);
      return sample;
    };
    const shapeVox: Zyx = [2, 24, 20];
    const together = run(type, { mode: "3d" }, { shapeVox, change });
    assertEquals(alike(together.after.image), true);
    const apart = run(type, { mode: "2d" }, { shapeVox, change });
    assertEquals(alike(apart.after.image), false);
  });

  Deno.test(`${type}() takes patches of any shape`, () => {
    const shapes: Zyx[] = [[1, 1, 1], [1, 1, 9], [2, 7, 1], [3, 2, 3], [
      1,
      5,
      40,
    ]];
    for (const shapeVox of shapes) {
      for (const mode of modes) {
        for (const imageOrder of [0, 1, 3]) {
          const { after } = run(type, { mode, imageOrder }, { shapeVox });
          assertSameNumbers(after.shapeVox, shapeVox);
          assertEquals(after.image.every(Number.isFinite), true, `${shapeVox}`);
        }
      }
    }
  });

  Deno.test(`${type}() passes grey values on that are no numbers, and empty masks`, () => {
    const shapeVox: Zyx = [2, 16, 16];
    const change = (sample: Sample): Sample => ({
      ...sample,
      image: sample.image.fill(NaN, 0, sample.image.length / 2),
      mask: sample.mask.fill(0),
    });
    for (const imageOrder of [0, 1, 3]) {
      const { after } = run(type, { imageOrder }, { shapeVox, change });
      assertEquals(after.image.subarray(0, 256).every(Number.isNaN), true);
      assertEquals(after.image.subarray(256).every(Number.isFinite), true);
      assertEquals(after.mask.every((m) => m === 0), true, "mask");
    }
  });

  Deno.test(`${type}() leaves what lies beyond the volume unlabelled unless told`, () => {
    const change = (sample: Sample): Sample => {
      const [depth, height, width] = sample.shapeVox;
      return {
        ...sample,
        inside: {
          startVox: [0, 0, 0],
          shapeVox: [depth - 1, height, width],
        },
      };
    };
    const shapeVox: Zyx = [3, 12, 12];
    for (const outside of ["value", "mean", "reflect", "mirror"]) {
      for (const outsideLabelled of [false, true]) {
        for (const imageOrder of [0, 1, 3]) {
          const options = { outside, outsideLabelled, imageOrder };
          const { after } = run(type, options, { shapeVox, change });
          assertEquals(after.mask[0], 1);
          const beyond = after.mask.subarray(288);
          const expected = outsideLabelled ? 1 : 0;
          assertEquals(beyond.every((m) => m === expected), true, outside);
        }
      }
    }
  });

  Deno.test(`${type}() bends by more than the patch is large`, () => {
    for (const imageOrder of [0, 1, 3]) {
      for (let n = 0; n < 4; n++) {
        const shapeVox: Zyx = [2, 11, 8];
        const options = { ...strong[type], imageOrder, outside: "mean" };
        const { marginVox, after } = run(type, options, { shapeVox, n });
        assertEquals(Math.max(...marginVox) <= 128, true, `${marginVox}`);
        assertEquals(after.image.every(Number.isFinite), true);
      }
    }
  });

  Deno.test(`${type}() matches what it draws, and refuses it for another shape`, () => {
    for (const mode of modes) {
      const augmentation = open(type, { mode });
      const shapeVox: Zyx = [3, 12, 10];
      const drawn = augmentation.draw(shapeVox, openRng(1));
      const read = JSON.parse(JSON.stringify(drawn));
      const result = augmentation.schema!(shapeVox).safeParse(read);
      assertEquals(result.success, true, `${result.error}`);
      const another = augmentation.schema!([3, 12, 11]).safeParse(read);
      assertEquals(another.success, false, "another shape");
      const more = { ...read, more: 1 };
      assertEquals(
        augmentation.schema!(shapeVox).safeParse(more).success,
        false,
      );
    }
  });
}

Deno.test("affine() takes one map for all sections or one for each", () => {
  const augmentation = open("affine", {});
  const map = { y: [1, 0, 2], x: [0, 1, -1] };
  const fits = (changes: unknown[]) =>
    augmentation.schema!([3, 8, 8])
      .safeParse({ shapeVox: [3, 8, 8], changes }).success;
  assertEquals(fits([map]), true);
  assertEquals(fits([map, null, map]), true);
  assertEquals(fits([map, map]), false);
  assertEquals(fits([{ ...map, y: [1, 0, NaN] }]), false);
});

Deno.test("piecewiseAffine() refuses grids that lack offsets", () => {
  const augmentation = open("piecewiseAffine", {});
  const fits = (y: number[], x: number[]) =>
    augmentation.schema!([3, 8, 8]).safeParse({
      shapeVox: [3, 8, 8],
      changes: [{ points: [2, 2], offsetsVox: [y, x] }],
    }).success;
  assertEquals(fits([1, 2, 3, 4], [0, 0, 0, 0]), true);
  assertEquals(fits([1, 2, 3, 4], [0, 0, 0]), false);
});
