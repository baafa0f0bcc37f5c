import { deepStrictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { openRng, reflected } from "@/core/mod.ts";
import { cremiFrame, cremiSamples, data } from "./_testing.ts";
import {
  alignedWindow,
  copyShared,
  mirroredAround,
  type Plane,
  sharedWindow,
  type Window,
} from "./plane.ts";

const window = fc.record({
  startVox: fc.tuple(
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -9, max: 9 }),
  ),
  shapeVox: fc.tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
  ),
});

/** A plane whose voxels say where they lie. */
function placed(window: Window): Plane<Int32Array> {
  const [h, w] = window.shapeVox;
  const [top, left] = window.startVox;
  return {
    ...window,
    voxels: Int32Array.from(
      { length: h * w },
      (_, i) => 1000 * (top + Math.floor(i / w)) + left + i % w,
    ),
  };
}

Deno.test("copyShared() copies what both have, and nothing else", () => {
  fc.assert(fc.property(window, window, (a, b) => {
    const from = placed(a), at = placed(b);
    const to = { ...b, voxels: new Int32Array(at.voxels.length).fill(77_777) };
    copyShared(from, to);
    const inFrom = new Set(from.voxels);
    deepStrictEqual(
      to.voxels,
      at.voxels.map((place) => inFrom.has(place) ? place : 77_777),
    );
  }));
});

Deno.test("mirroredAround() reads what is there, and its mirror image beyond", () => {
  fc.assert(fc.property(window, window, (a, b) => {
    const from = placed(a), [height, width] = a.shapeVox;
    const [rows, columns] = b.shapeVox;
    const expected = Int32Array.from({ length: rows * columns }, (_, i) => {
      const y = b.startVox[0] + Math.floor(i / columns) - a.startVox[0];
      const x = b.startVox[1] + i % columns - a.startVox[1];
      return from.voxels[reflected(y, height) * width + reflected(x, width)]!;
    });
    deepStrictEqual(mirroredAround(from, b), expected);
  }));
});

Deno.test("sharedWindow() is null where windows touch at most", () => {
  const a: Window = { startVox: [0, 0], shapeVox: [4, 4] };
  deepStrictEqual(sharedWindow(a, { ...a, startVox: [4, 0] }), null);
  deepStrictEqual(sharedWindow(a, { ...a, startVox: [0, -4] }), null);
  deepStrictEqual(sharedWindow(a, { ...a, startVox: [3, -3] }), {
    startVox: [3, 0],
    shapeVox: [1, 1],
  });
});

Deno.test("copyShared() refuses voxels of another number than the plane has", () => {
  const sound = placed({ startVox: [0, 0], shapeVox: [2, 2] });
  const short = { ...sound, voxels: new Int32Array(3) };
  throws(() => copyShared(short, sound), RangeError);
  throws(() => copyShared(sound, short), RangeError);
});

for (const rounding of ["away", "even"] as const) {
  Deno.test({
    name: `copyShared() through the winners' frames and back loses nothing, ` +
      `halves ${rounding}` +
      (data ? "" : " (ignored: CLEFT_DATA is not set)"),
    ignore: !data,
    fn() {
      for (const name of cremiSamples) {
        const frame = cremiFrame(name, rounding);
        const block: Window = { startVox: [911, 911], shapeVox: [1250, 1250] };
        const labels = randomLabels(block);
        for (let section = 14; section < 139; section++) {
          const aligned = zeros(alignedWindow(frame, section));
          copyShared(labels, aligned);
          const back = zeros(block);
          copyShared(aligned, back);
          deepStrictEqual(back.voxels, labels.voxels, `${name} ${section}`);
        }
      }
    },
  });
}

Deno.test("alignedWindow() refuses a section that is not there", () => {
  const frame = {
    sourceVox: [2, 9, 8],
    shapeVox: [1, 5, 4],
    firstSection: 0,
    corners: [[-1, 3]],
    origin: [0, 0],
  } as const;
  deepStrictEqual(alignedWindow(frame, 0), {
    startVox: [-1, 3],
    shapeVox: [5, 4],
  });
  throws(() => alignedWindow(frame, 1), RangeError);
});

function zeros({ startVox, shapeVox }: Window): Plane<Uint8Array> {
  return {
    startVox,
    shapeVox,
    voxels: new Uint8Array(shapeVox[0] * shapeVox[1]),
  };
}

function randomLabels(window: Window): Plane<Uint8Array> {
  const plane = zeros(window), rng = openRng(7).at("labels");
  for (let i = 0; i < plane.voxels.length; i++) {
    plane.voxels[i] = rng.integer(256);
  }
  return plane;
}
