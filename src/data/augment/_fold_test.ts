import { ExperimentError, openRng } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { throws } from "node:assert";
import {
  drawFold,
  fillBand,
  type Fold,
  foldFault,
  foldRows,
  moveGrey,
  moveLabels,
} from "./_fold.ts";
import { linePixels, type Pixel } from "./_line.ts";

interface LineCase {
  readonly case: "line";
  readonly fromVox: Pixel;
  readonly toVox: Pixel;
  readonly pixels: readonly number[];
}

interface FoldCase extends Fold {
  readonly case: "fold";
  readonly name: string;
  readonly shapeVox: Pixel;
  readonly band: string;
  readonly target: readonly number[];
  readonly image: readonly number[];
}

const cases = readFixture<LineCase | FoldCase>("augment/defect.jsonl");

Deno.test("linePixels() gives the pixels of skimage.draw.line", () => {
  const lines = cases.filter((each) => each.case === "line");
  assertEquals(lines.length, 45);
  for (const { fromVox, toVox, pixels } of lines) {
    assertSameNumbers(linePixels(fromVox, toVox).flat(), pixels);
  }
});

for (const each of cases) {
  if (each.case !== "fold") continue;
  const [height, width] = each.shapeVox;
  const [rows, columns] = each.shapeVox.map((n) =>
    n + 2 * each.strengthVox
  ) as unknown as Pixel;

  Deno.test(`a fold has the band that scipy dilates: ${each.name}`, () => {
    const band = new Uint8Array(height * width);
    fillBand(band, { rows: foldRows(each.shapeVox, each), value: 1 });
    assertEquals(band.join(""), each.band);
  });

  Deno.test(`a fold moves voxels as gunpowder's does: ${each.name}`, () => {
    const hash = hashedBytes(rows * columns);
    const image = new Float32Array(height * width);
    const folded = foldRows(each.shapeVox, each);
    const grey = Float32Array.from(hash, (h) => h / 255);
    moveGrey(grey, { shape: each.shapeVox, fold: folded, to: image });
    each.image.forEach((v, i) => assertAlmostEquals(image[i]!, v, 1e-4));
    const target = new Uint8Array(height * width);
    const labels = Uint8Array.from(hash, (h) => h % 5 === 0 ? 1 : 0);
    moveLabels(labels, { shape: each.shapeVox, fold: folded, to: target });
    assertSameNumbers(target, each.target);
  });
}

Deno.test("drawFold() runs half the lines downwards, half across, ends spread evenly", () => {
  const shape: Pixel = [20, 30], n = 4000;
  const options = { deformationStrength: 4, iterations: 2 };
  const ends: number[] = [];
  let upright = 0;
  for (let i = 0; i < n; i++) {
    const { fromVox, toVox } = drawFold(shape, options, openRng(4).at(i));
    if (fromVox[0] === -4 && toVox[0] === 23 && fromVox[1] > -4) {
      upright++;
      ends.push(fromVox[1], toVox[1]); // randint(1, 38 - 2) - 4
    } else {
      assertSameNumbers([fromVox[1], toVox[1]], [-4, 33]);
    }
  }
  assertAlmostEquals(upright, n / 2, 4 * Math.sqrt(n / 4));
  assertEquals(Math.min(...ends), -3);
  assertEquals(Math.max(...ends), 31);
  const mean = ends.reduce((a, b) => a + b) / ends.length;
  const sigma = Math.sqrt((35 ** 2 - 1) / 12);
  assertAlmostEquals(mean, 14, 4 * sigma / Math.sqrt(ends.length));
  for (let x = -3; x <= 31; x++) {
    const share = ends.filter((end) => end === x).length / ends.length;
    assertAlmostEquals(share, 1 / 35, 5 * Math.sqrt(1 / 35 / ends.length));
  }
});

Deno.test("drawFold() folds even the smallest section that foldFault() allows", () => {
  for (const deformationStrength of [0, 1, 2, 7]) {
    const options = { deformationStrength, iterations: 1 };
    const least = [4, 2, 1, 1][[0, 1, 2, 7].indexOf(deformationStrength)]!;
    const shape: Pixel = [least, least];
    assertEquals(foldFault(shape, options), undefined);
    for (let i = 0; i < 30; i++) {
      foldRows(shape, drawFold(shape, options, openRng(1).at(i)));
    }
    if (least === 1) continue;
    const fault = foldFault([9, least - 1], options);
    assertEquals(fault?.includes(`make them ${least} x ${least}`), true);
  }
});

Deno.test("a fold refuses a line that does not run from border to border", () => {
  const given = { strengthVox: 1, iterations: 2 };
  const refused: (readonly [Pixel, Pixel])[] = [
    [[0, 3], [8, 4]], // begins below the context
    [[-1, -1], [8, 4]], // in a corner
    [[-1, 3], [7, 4]], // ends too early
    [[-1, 2.5], [8, 4]],
    [[2, -1], [3, 10]],
  ];
  for (const [fromVox, toVox] of refused) {
    throws(
      () => foldRows([8, 12], { ...given, fromVox, toVox }),
      (error) =>
        error instanceof ExperimentError && error.message.startsWith("Cannot"),
    );
  }
});
