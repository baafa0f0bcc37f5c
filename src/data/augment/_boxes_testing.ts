import { throws } from "node:assert/strict";
import type { Box } from "@/core/mod.ts";
import { assertEquals, makeSample } from "@test/helpers.ts";
import { assertRate, drawn, drawnShapeVox } from "./_draws_testing.ts";
import { accepts, opened } from "./_testing.ts";

/** What parameters hold besides places and extents. */
interface Besides {
  /** In each box. */
  readonly box?: Readonly<Record<string, unknown>>;
  /** Beside the boxes. */
  readonly all?: Readonly<Record<string, unknown>>;
}

/** Registers the tests of what an augmentation draws and refuses as boxes. */
export function checkBoxes(type: string, { box, all }: Besides): void {
  Deno.test(`${type}() draws each extent and each place of its boxes as often`, () => {
    const options = { boxes: 2, minVox: [1, 10, 20], maxVox: [4, 29, 20] };
    const boxes = drawn<{ boxes: Box[] }>(type, options)
      .flatMap(({ boxes }) => boxes);
    const extents = boxes.map(({ shapeVox }) => shapeVox);
    for (const depth of [1, 2, 3, 4]) {
      assertRate(extents.map(([z]) => z === depth), 1 / 4);
    }
    for (const height of [10, 29]) {
      assertRate(extents.map(([, y]) => y === height), 1 / 20);
    }
    for (const start of [0, 17, 44]) { // of a box of 20 in a patch of 64
      assertRate(boxes.map(({ startVox }) => startVox[2] === start), 1 / 45);
    }
  });

  Deno.test(`${type}() cuts boxes to the patch`, () => {
    const options = { minVox: [9, 99, 99], maxVox: [99, 99, 99] };
    for (const { boxes } of drawn<{ boxes: Box[] }>(type, options)) {
      assertEquals(`${boxes[0]!.startVox}`, "0,0,0");
      assertEquals(`${boxes[0]!.shapeVox}`, `${drawnShapeVox}`);
    }
  });

  Deno.test(`${type}() refuses boxes that leave the patch`, () => {
    const augmentation = opened(type);
    const given = (startVox: readonly number[]) => ({
      boxes: [{ startVox, shapeVox: [1, 3, 1], ...box }],
      ...all,
    });
    const shapeVox = [3, 4, 5] as const;
    const fits = (...startVox: number[]) =>
      accepts(augmentation, { shapeVox, parameters: given(startVox) });
    assertEquals(fits(2, 1, 4), true);
    for (const axis of [0, 1, 2]) {
      const [beyond, before] = [[2, 1, 4], [2, 1, 4]];
      beyond[axis]!++;
      before[axis] = -1;
      assertEquals(fits(...beyond), false);
      assertEquals(fits(...before), false);
    }
    const sample = makeSample({ shapeVox });
    throws(() => augmentation.apply(sample, given([0, 2, 0])), RangeError);
  });

  Deno.test(`${type}() refuses a least extent above the largest, with the reason`, () => {
    const faultOf = (options: Readonly<Record<string, unknown>>) =>
      opened(type, options).check?.([4, 64, 64]);
    assertEquals(
      faultOf({ minVox: [1, 60, 1] }),
      "minVox[1] of 60 is above maxVox[1] of 48",
    );
    assertEquals(faultOf({ minVox: [4, 48, 48] }), undefined);
  });
}
