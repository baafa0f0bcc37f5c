import { deepStrictEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { madeTissue } from "../crack/_testing.ts";
import { phaseCorrelation } from "./phase_correlation.ts";

const n = 64, { plane: tissue } = madeTissue(128);

/** 64 × 64 voxels of the tissue, from a corner on. */
function cut(y: number, x: number): Float32Array {
  return Float32Array.from(
    { length: n * n },
    (_, i) => tissue[(y + Math.floor(i / n)) * 128 + x + i % n]!,
  );
}

Deno.test("phaseCorrelation() finds how far content lies from where it lay", () => {
  const place = fc.tuple(
    fc.integer({ min: -10, max: 10 }),
    fc.integer({ min: -10, max: 10 }),
  );
  fc.assert(fc.property(place, ([dy, dx]) => {
    const first = cut(32, 32), second = cut(32 - dy, 32 - dx);
    const [peak] = phaseCorrelation({ first, second, extentVox: n }, {
      peaks: 1,
    });
    const [y, x] = peak!.shiftVox;
    ok(Math.abs(y - dy) <= 1 && Math.abs(x - dx) <= 1, `${y}, ${x}`);
  }));
});

Deno.test("phaseCorrelation() gives as many peaks as asked for, highest first", () => {
  const peaks = phaseCorrelation(
    { first: cut(0, 0), second: cut(40, 50), extentVox: n },
    { peaks: 5 },
  );
  deepStrictEqual(peaks.length, 5);
  ok(peaks.every((peak, i) => i === 0 || peaks[i - 1]!.height >= peak.height));
});
