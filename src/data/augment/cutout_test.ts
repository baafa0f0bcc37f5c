import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { checkBoxes } from "./_boxes_testing.ts";
import { assertEven, drawn } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { opened } from "./_testing.ts";

comparePeers("cutout");
checkBoxes("cutout", { all: { field: [] } });

/** Two boxes of `[2, 2, 3]` voxels of 0, 1, 2, … / 16 that overlap in one. */
const boxes = [
  { startVox: [0, 0, 1], shapeVox: [1, 2, 2] },
  { startVox: [0, 0, 2], shapeVox: [2, 1, 1] },
];
const numbered = () =>
  makeSample({
    shapeVox: [2, 2, 3],
    grey: (z, y, x) => (6 * z + 3 * y + x) / 16,
  });

function cut(options: Record<string, unknown>, field: number[] = []) {
  const before = numbered();
  return {
    before,
    after: opened("cutout", options).apply(before, { boxes, field }),
  };
}

Deno.test("cutout() overwrites its boxes by a value, and nothing else", () => {
  const { after } = cut({ fill: "value", value: 0.5 });
  const greys = [0, 8, 8, 3, 8, 8, 6, 7, 8, 9, 10, 11];
  assertSameNumbers(after.image, greys.map((grey) => grey / 16));
});

Deno.test("cutout() overwrites by the mean of what the volume holds of the patch", () => {
  const before = {
    ...numbered(),
    inside: { startVox: [0, 0, 1], shapeVox: [1, 2, 2] },
  } as const;
  const { image } = opened("cutout").apply(before, { boxes, field: [] });
  const mean = (1 + 2 + 4 + 5) / 4 / 16;
  for (const at of [1, 2, 4, 5, 8]) assertAlmostEquals(image[at]!, mean, 1e-7);
  assertEquals(image[0], 0);
});

Deno.test("cutout() writes noise from 0 to 1, the last box over those before", () => {
  const { after } = cut({ fill: "noise" }, [-1, 1, 0, 0.5, -0.5, 0.25]);
  assertSameNumbers(
    [1, 2, 4, 5, 8].map((at) => after.image[at]!),
    [0, 0.25, 0.5, 0.75, 0.625],
  );
  const [{ field }] = drawn<{ field: unknown }>("cutout", {
    fill: "noise",
  }) as [
    { field: unknown },
  ];
  assertEquals(typeof field, "string");
  const none = drawn<{ field: unknown[] }>("cutout");
  assertEquals(none.every(({ field }) => field.length === 0), true);
});

Deno.test("cutout() spreads its noise evenly", () => {
  const shapeVox = [1, 60, 60] as const;
  const { image } = opened("cutout", { fill: "noise" }).apply(
    makeSample({ shapeVox }),
    { boxes: [{ startVox: [0, 0, 0], shapeVox }], field: "7/a" },
  );
  assertEven([...image], [0, 1]);
});

Deno.test("cutout() keeps labels, or counts its boxes as unknown", () => {
  const kept = cut({}), unknown = cut({ labels: "unlabelled" });
  assertSameNumbers(kept.after.mask, kept.before.mask);
  assertSameNumbers(
    unknown.after.mask,
    [1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1],
  );
  for (const { before, after } of [kept, unknown]) {
    assertSameNumbers(after.target, before.target);
    assertEquals(before.mask.every((one) => one === 1), true, "the input");
  }
});
