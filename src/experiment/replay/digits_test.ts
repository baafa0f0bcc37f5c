import { deepStrictEqual } from "node:assert/strict";
import { digitHeight, drawNumber } from "./digits.ts";

Deno.test("drawNumber() writes digits side by side, each dot four pixels", () => {
  const width = 16, height = digitHeight + 2;
  const data = new Uint8Array(3 * width * height);
  drawNumber({ width, height, data }, 17, {
    ...{ left: 1, top: 1, colour: [9, 8, 7] },
  });
  const rows = Array.from(
    { length: height },
    (_, y) =>
      Array.from({ length: width }, (_, x) => data[3 * (y * width + x)] === 9)
        .map((isInk) => isInk ? "#" : ".").join(""),
  );
  deepStrictEqual(rows, [
    "................",
    ...["...##....######.", "...##....######."],
    ...[".####........##.", ".####........##."],
    ...["...##........##.", "...##........##."],
    ...["...##........##.", "...##........##."],
    ...[".######......##.", ".######......##."],
    "................",
  ]);
  deepStrictEqual([...data.subarray(3 * (width + 3), 3 * (width + 3) + 3)], [
    9,
    8,
    7,
  ]);
});
