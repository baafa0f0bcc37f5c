import { deepStrictEqual } from "node:assert/strict";
import { tileProgress } from "./tile_progress.ts";

/** What is shown of tiles that are done at some seconds. */
function shown(
  total: number,
  tiles: readonly (readonly [done: number, second: number])[],
): readonly string[] {
  const lines: string[] = [];
  let second = 0;
  const progress = tileProgress(
    (line) => lines.push(line),
    () => 1000 * second,
  );
  for (const [done, at] of tiles) {
    second = at;
    progress(done, total);
  }
  return lines;
}

Deno.test("tileProgress() shows each tenth, with the time left once tiles tell it", () => {
  const tiles = Array.from({ length: 40 }, (_, i) => [i + 1, i] as const);
  deepStrictEqual(shown(40, tiles), [
    "4 of 40 tiles", // three seconds tell nothing
    "8 of 40 tiles, 32 s left",
    "12 of 40 tiles, 28 s left",
    ...[16, 20, 24, 28, 32, 36]
      .map((done) => `${done} of 40 tiles, ${40 - done} s left`),
    "40 of 40 tiles",
  ]);
});

Deno.test("tileProgress() tells nothing of the first five seconds", () => {
  const lines = shown(20, [[1, 0], [2, 5], [4, 5.001]]);
  deepStrictEqual(lines, ["2 of 20 tiles", "4 of 20 tiles, 27 s left"]);
});

Deno.test("tileProgress() shows each half minute where tiles take long", () => {
  const lines = shown(1000, [[1, 0], [2, 29.9], [3, 30], [4, 59.9], [5, 60]]);
  deepStrictEqual(lines, [
    "3 of 1000 tiles, 4 h 09 min left",
    "5 of 1000 tiles, 4 h 08 min left",
  ]);
});

Deno.test("tileProgress() goes on in the middle of a prediction that was cut", () => {
  const lines = shown(10, [[6, 100], [7, 110], [10, 111]]);
  deepStrictEqual(lines, [
    ...["6 of 10 tiles", "7 of 10 tiles, 30 s left", "10 of 10 tiles"],
  ]);
});
