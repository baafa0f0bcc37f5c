import {
  defaultOptions,
  mapZyx,
  openRng,
  type Rng,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertEquals, assertSameNumbers, makeSample } from "@test/helpers.ts";

const shapeVox: Zyx = [4, 16, 16];
const streams = Array.from(
  { length: 12 },
  (_, i) => openRng(3).at("augment", i),
);

/** A sample with a patch that nobody labelled, and a border beyond the volume. */
function drawSample(marginVox: Zyx): Sample {
  const sample = makeSample({
    shapeVox: mapZyx((axis) => shapeVox[axis] + 2 * marginVox[axis]),
  });
  const [depth, height, width] = sample.shapeVox;
  sample.mask.forEach((_, i) => sample.mask[i] = i % width < 3 ? 0 : 1);
  const insideVox: Zyx = [depth, height - 1, width];
  return { ...sample, inside: { startVox: [0, 1, 0], shapeVox: insideVox } };
}

for (const component of augmentations.components) {
  const augmentation = component.create(defaultOptions(component));
  const { name } = component;

  /** Draws, reads as much as that asks for, and applies it. */
  const run = (rng: Rng, onSample: (sample: Sample) => void = () => {}) => {
    const parameters = augmentation.draw(shapeVox, rng);
    const margin = augmentation.marginVox?.(shapeVox, parameters) ?? [0, 0, 0];
    const sample = drawSample(margin);
    onSample(sample);
    return augmentation.apply(sample, parameters);
  };

  Deno.test(`${name}() repeats itself for the same stream`, () => {
    for (const { address } of streams) {
      const again = () => run(openRng(3).at(...address.split("/").slice(1)));
      const a = again(), b = again();
      assertSameNumbers(a.image, b.image);
      assertSameNumbers(a.target, b.target);
      assertSameNumbers(a.mask, b.mask);
    }
  });

  Deno.test(`${name}() does not do the same for every stream`, () => {
    const seen = new Set(
      streams.map((rng) =>
        JSON.stringify(augmentation.draw(shapeVox, rng.at("other")))
      ),
    );
    assertEquals(seen.size > 1, true, `${seen.size} kinds`);
  });

  Deno.test(`${name}() draws what survives JSON`, () => {
    for (const rng of streams) {
      const drawn = augmentation.draw(shapeVox, rng.at("json"));
      const read = JSON.parse(JSON.stringify(drawn));
      const margin = augmentation.marginVox?.(shapeVox, drawn) ?? [0, 0, 0];
      const direct = augmentation.apply(drawSample(margin), drawn);
      const replayed = augmentation.apply(drawSample(margin), read);
      assertSameNumbers(replayed.image, direct.image);
      assertSameNumbers(replayed.target, direct.target);
    }
  });

  Deno.test(`${name}() leaves its input as it was`, () => {
    for (const rng of streams) {
      let input: Sample | undefined, copy: Sample | undefined;
      run(rng.at("input"), (sample) => {
        input = sample;
        copy = structuredClone(sample);
      });
      assertSameNumbers(input!.image, copy!.image);
      assertSameNumbers(input!.target, copy!.target);
      assertSameNumbers(input!.mask, copy!.mask);
      assertEquals(JSON.stringify(input!.inside), JSON.stringify(copy!.inside));
    }
  });

  Deno.test(`${name}() returns arrays of its own in the shape it was asked for`, () => {
    for (const rng of streams) {
      let input: Sample | undefined;
      const after = run(rng.at("shape"), (sample) => input = sample);
      assertSameNumbers(after.shapeVox, shapeVox);
      assertEquals(after.image.length, 4 * 16 * 16);
      assertEquals(after.target.length, 4 * 16 * 16);
      assertEquals(after.mask.length, 4 * 16 * 16);
      assertEquals(after.image !== input!.image, true, "an image of its own");
    }
  });

  Deno.test(`${name}() keeps labels labels and grey values finite`, () => {
    for (const rng of streams) {
      const { image, target, mask } = run(rng.at("labels"));
      assertEquals(image.every(Number.isFinite), true, "finite");
      assertEquals(image.every((v) => v >= 0 && v <= 1), true, "from 0 to 1");
      assertEquals(target.every((v) => v === 0 || v === 1), true, "target");
      assertEquals(mask.every((v) => v === 0 || v === 1), true, "mask");
    }
  });
}
