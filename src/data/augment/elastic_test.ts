import {
  mapZyx,
  openRng,
  type PlaceArrays,
  type Sample,
  sizeOf,
  wholeBox,
  zoom,
  type Zyx,
} from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { elastic, type ElasticParameters } from "./elastic.ts";
import { type FieldParameters, openField } from "./_field.ts";
import * as z from "zod";

/** Options from the few that matter, as an experiment file gives them. */
function optionsOf(given: Record<string, unknown>) {
  return z.strictObject(elastic.options).parse(given);
}

/** The sample that make.py reads: grey values and labels from a whole-number hash. */
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

/** Where the voxels of a section are read. */
function placesOf(
  field: FieldParameters,
  subsample = 1,
  section = 0,
  displacedVox: Zyx = [0, 0, 0],
): PlaceArrays {
  const area = field.shapeVox[1] * field.shapeVox[2];
  const [z, y, x] = [1, 2, 3].map(() => new Float64Array(area));
  const places = { z: z!, y: y!, x: x! };
  openField(field, subsample)(places, section, displacedVox);
  return places;
}

/** A case of test/fixtures/augment/elastic.jsonl. */
interface ElasticCase {
  readonly name: string;
  readonly marginVox: Zyx;
  readonly options: { readonly subsample: number; readonly imageOrder: number };
  readonly parameters: ElasticParameters;
  readonly voxels: readonly number[];
  readonly places: readonly (readonly number[])[];
  readonly image: readonly number[];
  readonly target: readonly number[];
  readonly mask: readonly number[];
}

for (const fixture of readFixture<ElasticCase>("augment/elastic.jsonl")) {
  const { parameters, marginVox } = fixture;
  const { shapeVox } = parameters;

  Deno.test(`elastic() reads where augment-nd does: ${fixture.name}`, () => {
    const { subsample } = fixture.options;
    const area = shapeVox[1] * shapeVox[2];
    fixture.voxels.forEach((voxel, i) => {
      const section = Math.floor(voxel / area);
      const [dy, dx] = parameters.imageShiftsVox[section]!;
      const at = placesOf(parameters, subsample, section, [0, dy, dx]);
      [at.z, at.y, at.x].forEach((axis, k) =>
        assertAlmostEquals(axis[voxel % area]!, fixture.places[k]![i]!, 1e-5)
      );
    });
  });

  Deno.test(`elastic() reads what scipy does: ${fixture.name}`, () => {
    const source = hashedSample(
      mapZyx((axis) => shapeVox[axis] + 2 * marginVox[axis]),
    );
    const after = elastic.create(optionsOf(fixture.options))
      .apply(source, parameters);
    const tolerance = fixture.options.imageOrder === 3 ? 1e-4 : 1e-5;
    fixture.voxels.forEach((voxel, i) => {
      assertAlmostEquals(after.image[voxel]!, fixture.image[i]!, tolerance);
      assertEquals(after.target[voxel], fixture.target[i]!, "target");
      assertEquals(after.mask[voxel], fixture.mask[i]!, "mask");
    });
  });

  Deno.test(`elastic() asks for enough context: ${fixture.name}`, () => {
    const augmentation = elastic.create(optionsOf(fixture.options));
    const margin = augmentation.marginVox!(shapeVox, parameters);
    const source = hashedSample(
      mapZyx((axis) => shapeVox[axis] + 2 * margin[axis]),
    );
    const { mask } = augmentation.apply(source, parameters);
    // Where offsets along z leave the volume, a margin along z is asked for too.
    assertEquals(mask.every((m) => m === 1), true, "all from the volume");
  });
}

Deno.test("elastic() turns as augment-nd turns a 2 x 4 x 5 patch by 30 degrees", () => {
  const at = placesOf({
    shapeVox: [2, 4, 5],
    points: [1, 1, 1],
    offsetsVox: [null, null, null],
    angle: Math.PI / 6,
  });
  [-0.79903793, -0.29903796, 0.200962, 0.70096195, 1.200962]
    .forEach((dy, x) => assertAlmostEquals(at.y[x]!, dy, 1e-6));
  [1.0179492, 0.8839747, 0.75000006, 0.61602545, 0.4820509]
    .forEach((dx, x) => assertAlmostEquals(at.x[x]! - x, dx, 1e-6));
});

Deno.test("elastic() bends as augment-nd does from its drawn offsets", () => {
  const at = placesOf({
    shapeVox: [8, 80, 80],
    points: [2, 2, 2],
    offsetsVox: [null, [
      ...[3.52810469, 0.80031442, 1.95747597, 4.4817864],
      ...[3.73511598, -1.95455576, 1.90017684, -0.30271442],
    ], null],
    angle: 0,
  });
  [3.5281048, 3.5268047, 3.5229485]
    .forEach((dy, x) => assertAlmostEquals(at.y[x]!, dy, 1e-6));
  assertSameNumbers(at.z, new Float64Array(80 * 80));
});

Deno.test("elastic() bends by a cubic spline, or by straight lines between its places", () => {
  const shapeVox: Zyx = [7, 19, 23], points: Zyx = [2, 5, 3];
  const offsets = Array.from({ length: 30 }, (_, i) => Math.sin(i * 7));
  for (const subsample of [1, 4, 9, 30]) {
    const few = mapZyx((axis) =>
      Math.max(1, Math.floor(shapeVox[axis] / subsample))
    );
    const bent = zoom(zoom(offsets, points, few, 3), few, shapeVox, 1);
    const field = {
      shapeVox,
      points,
      offsetsVox: [offsets, null, null] as const,
      angle: 0,
    };
    for (const z of [0, 3, 6]) {
      placesOf(field, subsample, z).z.forEach((place, i) =>
        assertAlmostEquals(place, z + bent[z * 19 * 23 + i]!, 1e-12)
      );
    }
  }
});

Deno.test("elastic() is the identity when nothing moves", () => {
  for (const imageOrder of [0, 1, 3]) {
    const augmentation = elastic.create(optionsOf({
      jitterSigma: [0, 0, 0],
      probSlip: 0,
      probShift: 0,
      imageOrder,
    }));
    const before = makeSample({ shapeVox: [3, 12, 10] });
    const parameters = augmentation.draw(before.shapeVox, openRng(1));
    assertSameNumbers(
      augmentation.marginVox!(before.shapeVox, parameters),
      [0, 0, 0],
    );
    const after = augmentation.apply(before, parameters);
    after.image.forEach((grey, i) =>
      assertAlmostEquals(grey, before.image[i]!, imageOrder === 3 ? 1e-6 : 0)
    );
    assertSameNumbers(after.target, before.target);
    assertSameNumbers(after.mask, before.mask);
  }
});

/** Draws the displacements of 20 sections at many addresses. */
function misalignments(given: Record<string, unknown>, draws: number) {
  const augmentation = elastic.create(
    optionsOf({ jitterSigma: [0, 0, 0], ...given }),
  );
  return Array.from(
    { length: draws },
    (_, i) => augmentation.draw([20, 8, 8], openRng(5).at("sample", i)),
  );
}

Deno.test("elastic() slips and shifts at the rates it is told", () => {
  const draws = misalignments({ slipLabels: false }, 3000);
  let slips = 0, shifts = 0, n = 0;
  for (const { imageShiftsVox, labelShiftsVox } of draws) {
    for (let z = 0; z < 20; z++, n++) {
      const before = z === 0 ? [0, 0] : labelShiftsVox[z - 1]!;
      const isSlip = imageShiftsVox[z]!.some((vox, k) =>
        vox !== labelShiftsVox[z]![k]
      );
      if (isSlip) slips++;
      else if (labelShiftsVox[z]!.some((vox, k) => vox !== before[k])) shifts++;
    }
  }
  // Each with chance 0.05, but that of the 51² displacements one shows nothing.
  const expected = n * 0.05 * (1 - 1 / 51 ** 2);
  const sigma = Math.sqrt(n * 0.05 * 0.95);
  assertAlmostEquals(slips, expected, 4 * sigma);
  assertAlmostEquals(shifts, expected, 4 * sigma);
});

Deno.test("elastic() displaces by each whole number up to the largest alike", () => {
  const draws = misalignments({ probSlip: 1, maxMisalign: 3 }, 500);
  const counts = new Map<number, number>();
  for (const { imageShiftsVox } of draws) {
    for (const vox of imageShiftsVox.flat()) {
      counts.set(vox, (counts.get(vox) ?? 0) + 1);
    }
  }
  const n = 500 * 20 * 2, share = 1 / 7;
  assertEquals(
    [...counts.keys()].sort((a, b) => a - b).join(),
    "-3,-2,-1,0,1,2,3",
  );
  for (const count of counts.values()) {
    assertAlmostEquals(
      count,
      n * share,
      4 * Math.sqrt(n * share * (1 - share)),
    );
  }
});

Deno.test("elastic() lets a shift last and a slip pass", () => {
  for (
    const { imageShiftsVox } of misalignments({ probSlip: 0, probShift: 1 }, 5)
  ) {
    const steps = imageShiftsVox.slice(1).map((pair, z) =>
      pair.map((vox, k) => Math.abs(vox - imageShiftsVox[z]![k]!))
    );
    assertEquals(steps.flat().every((vox) => vox <= 25), true, "one step each");
  }
  for (const draw of misalignments({ probSlip: 1, slipLabels: false }, 5)) {
    assertEquals(draw.labelShiftsVox.flat().every((vox) => vox === 0), true);
  }
});

Deno.test("elastic() draws offsets of the given spread, and none where it is 0", () => {
  const augmentation = elastic.create(optionsOf({ jitterSigma: [0, 2, 3] }));
  const along: number[][] = [[], [], []];
  for (let i = 0; i < 200; i++) {
    const { points, offsetsVox } = augmentation.draw(
      [24, 256, 256],
      openRng(5).at("sample", i),
    );
    assertSameNumbers(points, [6, 6, 6]); // 256 / 40 = 6.4
    offsetsVox.forEach((offsets, axis) => along[axis]!.push(...offsets ?? []));
  }
  assertEquals(along[0]!.length, 0);
  for (const [axis, sigma] of [[1, 2], [2, 3]] as const) {
    const values = along[axis]!, n = values.length;
    const mean = values.reduce((a, b) => a + b) / n;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
    assertAlmostEquals(mean, 0, 4 * sigma / Math.sqrt(n));
    assertAlmostEquals(
      variance,
      sigma ** 2,
      4 * sigma ** 2 * Math.sqrt(2 / n),
    );
  }
});

Deno.test("elastic() rounds the number of control points as Python does", () => {
  const augmentation = elastic.create(optionsOf({}));
  const points = (shapeVox: Zyx) =>
    augmentation.draw(shapeVox, openRng(1)).points.join();
  assertEquals(points([2, 100, 140]), "1,2,4"); // 0.5, 2.5, 3.5
  assertEquals(points([6, 60, 96]), "2,2,2"); // 1.5, 1.5, 2.4
});

Deno.test("elastic() leaves labels where they are when only its section slips", () => {
  const shapeVox: Zyx = [1, 6, 6];
  const before = makeSample({ shapeVox: [1, 10, 10] });
  const after = elastic.create(optionsOf({ slipLabels: false })).apply(before, {
    shapeVox,
    points: [1, 1, 1],
    offsetsVox: [null, null, null],
    angle: 0,
    imageShiftsVox: [[1, 2]],
    labelShiftsVox: [[0, 0]],
  });
  for (let y = 0; y < 6; y++) {
    for (let x = 0; x < 6; x++) {
      const image = before.image[(y + 2 + 1) * 10 + x + 2 + 2]!;
      assertAlmostEquals(after.image[y * 6 + x]!, image, 1e-6);
      assertEquals(
        after.target[y * 6 + x],
        before.target[(y + 2) * 10 + x + 2]!,
      );
    }
  }
});

Deno.test("elastic() fills with the mean of what was recorded, unlabelled unless told", () => {
  const before: Sample = {
    ...makeSample({ shapeVox: [1, 2, 4], grey: (_z, _y, x) => x / 4 }),
    inside: { startVox: [0, 0, 2], shapeVox: [1, 2, 2] },
  };
  const still: ElasticParameters = {
    shapeVox: [1, 2, 4],
    points: [1, 1, 1],
    offsetsVox: [null, null, null],
    angle: 0,
    imageShiftsVox: [[0, 0]],
    labelShiftsVox: [[0, 0]],
  };
  const given = { outside: "mean" };
  const after = elastic.create(optionsOf(given)).apply(before, still);
  assertSameNumbers(after.image.subarray(0, 4), [0.625, 0.625, 0.5, 0.75]);
  assertSameNumbers(after.mask.subarray(0, 4), [0, 0, 1, 1]);
  assertSameNumbers(after.target.subarray(0, 4), [0, 0, 0, 1]);
  const labelled = elastic.create(
    optionsOf({ ...given, outsideLabelled: true }),
  )
    .apply(before, still);
  assertSameNumbers(labelled.mask, new Uint8Array(8).fill(1));
  assertSameNumbers(labelled.target, after.target);
});

Deno.test("elastic() leaves sections beyond the volume unlabelled at every order", () => {
  const before: Sample = {
    ...makeSample({ shapeVox: [3, 6, 6] }),
    inside: { startVox: [1, 0, 0], shapeVox: [2, 6, 6] },
  };
  const still = [[0, 0], [0, 0], [0, 0]] as const;
  for (const imageOrder of [0, 1, 3]) {
    const after = elastic.create(optionsOf({ imageOrder })).apply(before, {
      shapeVox: [3, 6, 6],
      points: [1, 1, 1],
      offsetsVox: [null, null, null],
      angle: 0,
      imageShiftsVox: still,
      labelShiftsVox: still,
    });
    for (let i = 0; i < 36; i++) { // the first section mirrors the second
      assertAlmostEquals(after.image[i]!, before.image[36 + i]!, 1e-6);
      assertEquals(after.mask[i], 0);
      assertEquals(after.mask[36 + i], 1);
    }
  }
});
