import assert from "node:assert";
import { openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";
import { SmoothNoise, smoothTrack } from "./smooth_noise.ts";

const extentNm = [1000, 1000, 1000] as const;

Deno.test("SmoothNoise has mean 0 and variance 1, about", () => {
  const noise = new SmoothNoise(extentNm, [20, 20, 20], openRng(1));
  let sum = 0, squares = 0, count = 0;
  for (let z = 0; z < 1000; z += 50) {
    for (const value of noise.plane(z, [0, 0], [10, 10], [100, 100])) {
      sum += value, squares += value * value, count++;
    }
  }
  assertAlmostEquals(sum / count, 0, 0.05);
  assertAlmostEquals(squares / count, 1, 0.15);
});

Deno.test("SmoothNoise gives a place one value, whatever plane it is read in", () => {
  const noise = new SmoothNoise(extentNm, [90, 110, 70], openRng(2));
  const whole = noise.plane(123, [0, 0], [4, 5], [30, 40]);
  const part = noise.plane(123, [10 * 4, 20 * 5], [4, 5], [2, 3]);
  assertSameNumbers(
    part,
    [10, 11].flatMap((y) => [20, 21, 22].map((x) => whole[y * 40 + x]!)),
  );
});

Deno.test("SmoothNoise is smooth, and goes on beyond its extent", () => {
  const noise = new SmoothNoise(extentNm, [100, 100, 100], openRng(3));
  const line = noise.plane(500, [500, -300], [1, 1], [1, 1800]);
  for (let x = 1; x < line.length; x++) {
    assert(Math.abs(line[x]! - line[x - 1]!) < 0.1, `step at ${x}`);
  }
  assertAlmostEquals(line[0]!, line[300]!, 0);
});

Deno.test("smoothTrack() is smooth and has variance 1, about", () => {
  const track = smoothTrack(100_000, 100, openRng(4));
  let squares = 0;
  for (let place = 0; place < 100_000; place += 10) {
    squares += track(place) ** 2;
    assert(Math.abs(track(place + 1) - track(place)) < 0.1);
  }
  assertAlmostEquals(squares / 10_000, 1, 0.15);
});
