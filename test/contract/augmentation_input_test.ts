import { openRng, type Sample, type Zyx } from "@/core/mod.ts";
import type { Augmentation } from "@/data/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import {
  applyOnce,
  type Given,
  names,
  openAugmentation,
  patchOf,
  trials,
} from "./augmentations.ts";

/** Patches with which something could go wrong. */
const shapes: readonly Zyx[] = [
  [1, 1, 1],
  [1, 16, 16], // one section
  [3, 7, 7], // odd, and smaller than the spacing of control points
  [2, 9, 5], // oblong
  [5, 1, 12], // a single row
  [4, 24, 16],
];

const rngOf = (i: number) => openRng(8).at("input", i);

/** Why a patch of this shape is refused, which has to be a sentence; else nothing. */
function refusal(augmentation: Augmentation, shapeVox: Zyx): boolean {
  const fault = augmentation.check?.(shapeVox);
  if (fault === undefined) return false;
  assertEquals(/[a-z]+ .*[a-z]+ /.test(fault), true, `a sentence, "${fault}"`);
  return true;
}

/** Fails unless a sample is a valid one of the shape. */
function assertValid(
  { image, target, mask, shapeVox, inside }: Sample,
  wanted: Zyx,
  hasNumbers = true,
): void {
  const [depth, height, width] = wanted;
  const voxels = depth * height * width;
  assertSameNumbers(shapeVox, wanted, "shape");
  for (const array of [image, target, mask]) {
    assertEquals(array.length, voxels, "voxels");
  }
  const isGrey = (v: number) => v >= 0 && v <= 1;
  if (hasNumbers) {
    const wrong = image.find((v) => !isGrey(v));
    assertEquals(wrong, undefined, "grey value");
  }
  assertEquals(target.every((v) => v === 0 || v === 1), true, "target");
  assertEquals(mask.every((v) => v === 0 || v === 1), true, "mask");
  inside.startVox.forEach((start, axis) => {
    const end = start + inside.shapeVox[axis]!;
    assertEquals(start >= 0 && end <= wanted[axis]!, true, "box inside");
  });
}

/** Applies to each shape, unless it is refused, on samples that `make` gives. */
async function applyToShapes(
  name: string,
  options: Given,
  make: (wideVox: Zyx, marginVox: Zyx) => Sample,
  hasNumbers = true,
): Promise<void> {
  const augmentation = await openAugmentation(name, options);
  for (const shapeVox of shapes) {
    if (refusal(augmentation, shapeVox)) continue;
    for (let i = 0; i < 4; i++) {
      const { after } = applyOnce(augmentation, { shapeVox, make }, rngOf(i));
      assertValid(after, shapeVox, hasNumbers);
    }
  }
}

/** A volume that ends where the patch ends, as context is 0 and unlabelled. */
function withoutContext(wideVox: Zyx, marginVox: Zyx): Sample {
  const [dz, dy, dx] = marginVox;
  const [depth, height, width] = wideVox;
  const inside = {
    startVox: marginVox,
    shapeVox: [depth - 2 * dz, height - 2 * dy, width - 2 * dx] as const,
  };
  const sample = patchOf(wideVox);
  for (let i = 0; i < sample.image.length; i++) {
    const z = Math.floor(i / (height * width));
    const y = Math.floor(i / width) % height, x = i % width;
    const isIn = z >= dz && z < depth - dz && y >= dy && y < height - dy &&
      x >= dx && x < width - dx;
    if (isIn) continue;
    sample.image[i] = sample.target[i] = sample.mask[i] = 0;
  }
  return { ...sample, inside };
}

for (const name of names) {
  Deno.test(`${name}() works on odd, oblong and tiny patches, or says why not`, () =>
    applyToShapes(name, {}, patchOf));

  Deno.test(`${name}() works where the volume is no larger than the patch`, () =>
    applyToShapes(name, {}, withoutContext));

  Deno.test(`${name}() works on patches without labels`, () =>
    applyToShapes(name, {}, (wideVox) => {
      const sample = patchOf(wideVox);
      sample.mask.fill(0);
      sample.target.fill(0);
      return sample;
    }));

  Deno.test(`${name}() works on patches of one grey value`, () =>
    applyToShapes(name, {}, (wideVox) => {
      const sample = patchOf(wideVox);
      sample.image.fill(0.5);
      return sample;
    }));

  Deno.test(`${name}() lets no grey value that is not a number reach the labels`, async () => {
    const broken = (wideVox: Zyx) => {
      const sample = patchOf(wideVox);
      sample.image.forEach((_, i) => {
        if (i % 5 === 0) sample.image[i] = NaN;
      });
      return sample;
    };
    await applyToShapes(name, {}, broken, false);
    const augmentation = await openAugmentation(name);
    for (let i = 0; i < 4; i++) {
      const run = (make: (wideVox: Zyx) => Sample) =>
        applyOnce(augmentation, { shapeVox: [4, 16, 16], make }, rngOf(i))
          .after;
      const whole = run(patchOf), holed = run(broken);
      assertSameNumbers(holed.target, whole.target, "target");
      assertSameNumbers(holed.mask, whole.mask, "mask");
    }
  });

  const { excessive } = trials[name] ?? {};
  if (excessive) {
    Deno.test(`${name}() can be stronger than the patch is large`, async () => {
      await applyToShapes(name, excessive, patchOf);
      await applyToShapes(name, excessive, withoutContext);
    });
  }
}
