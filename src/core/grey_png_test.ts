import { deepEqual, equal, ok } from "node:assert/strict";
import { decode, encode } from "fast-png";
import fc from "fast-check";
import { greyPng } from "./grey_png.ts";
import { openRng } from "./rng.ts";

const picture = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
)
  .chain(([width, height]) =>
    fc.uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data) => ({ width, height, data }))
  );

Deno.test("greyPng() is read as it was by another reader", () => {
  fc.assert(fc.property(picture, (drawn) => {
    const read = decode(greyPng(drawn), { checkCrc: true });
    deepEqual([read.width, read.height], [drawn.width, drawn.height]);
    deepEqual([read.depth, read.channels], [8, 1]);
    deepEqual([...read.data], [...drawn.data]);
  }));
});

Deno.test("greyPng() of fewer tones has the nearest of them, both ends among them", () => {
  fc.assert(
    fc.property(picture, fc.integer({ min: 2, max: 255 }), (drawn, tones) => {
      const read = decode(greyPng(drawn, { tones }), { checkCrc: true });
      ok(new Set(read.data).size <= tones);
      for (const [i, tone] of [...read.data].entries()) {
        const drawnAs = drawn.data[i]!;
        ok(Math.abs(tone - drawnAs) <= 0.5 * 255 / (tones - 1) + 0.5);
        if (drawnAs === 0 || drawnAs === 255) equal(tone, drawnAs);
      }
    }),
  );
});

Deno.test("greyPng() is shorter for what is smooth with noise, and no longer for masks", () => {
  const rng = openRng(1), width = 64, height = 64;
  const draw = (value: (y: number, x: number) => number) => ({
    width,
    height,
    data: Uint8Array.from(
      { length: width * height },
      (_, i) => value(Math.floor(i / width), i % width),
    ),
  });
  const plain = (drawn: ReturnType<typeof draw>) =>
    encode({ ...drawn, channels: 1, depth: 8 }).length;
  const smooth = draw((y, x) =>
    120 + 90 * Math.sin(y / 9) * Math.cos(x / 7) + rng.uniform(-6, 6)
  );
  ok(greyPng(smooth).length < 0.85 * plain(smooth));
  ok(greyPng(smooth, { tones: 64 }).length < 0.8 * greyPng(smooth).length);
  const mask = draw((y, x) => Math.hypot(y - 30, x - 30) < 20 ? 255 : 0);
  ok(greyPng(mask).length <= plain(mask));
});
