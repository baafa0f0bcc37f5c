import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { unpackBlosc } from "./blosc.ts";

const zlib = 3 << 5, snappy = 2 << 5;

/** A frame of numbers of two bytes in blocks of 16, by c-blosc's words. */
function frameOf(
  flags: number,
  { bytes, parts }: {
    readonly bytes: number;
    readonly parts: readonly Uint8Array[];
  },
): Uint8Array {
  const blocks = flags & 2 ? 0 : parts.length, head = 16 + 4 * blocks;
  const sizes = parts.map((part) => part.length + (flags & 2 ? 0 : 4));
  const frame = new Uint8Array(head + sizes.reduce((sum, n) => sum + n, 0));
  const view = new DataView(frame.buffer);
  frame.set([2, 1, flags, 2]);
  [bytes, 16, frame.length].forEach((n, i) =>
    view.setUint32(4 + 4 * i, n, true)
  );
  let at = head;
  parts.forEach((part, k) => {
    if (blocks > 0) {
      view.setUint32(16 + 4 * k, at, true);
      view.setUint32(at, part.length, true);
    }
    frame.set(part, at + (flags & 2 ? 0 : 4));
    at += sizes[k]!;
  });
  return frame;
}

const numbers = Uint8Array.from({ length: 22 }, (_, i) => i * i);

Deno.test("unpackBlosc() joins blocks, whose last may be shorter, and turns bytes back", () => {
  const shuffled = (from: number, to: number) => {
    const block = numbers.subarray(from, to), half = block.length / 2;
    return Uint8Array.from(
      block,
      (_, i) => i < half ? block[2 * i]! : block[2 * (i - half) + 1]!,
    );
  };
  const whole = 16, flags = zlib | whole | 1;
  const parts = [deflateSync(shuffled(0, 16)), shuffled(16, 22)]; // one as it is
  deepStrictEqual(
    unpackBlosc(frameOf(flags, { bytes: 22, parts }), 22),
    numbers,
  );
  // Early versions do not say that a block of few numbers is one part.
  deepStrictEqual(
    unpackBlosc(frameOf(zlib | 1, { bytes: 22, parts }), 22),
    numbers,
  );
  const copy = frameOf(zlib | 2, { bytes: 22, parts: [numbers] });
  deepStrictEqual(unpackBlosc(copy, 22), numbers);
});

Deno.test("unpackBlosc() refuses what is longer, cut short or packed by Snappy", () => {
  const parts = [deflateSync(numbers.subarray(0, 16)), numbers.subarray(16)];
  const frame = frameOf(zlib | 16, { bytes: 22, parts });
  deepStrictEqual(unpackBlosc(frame, 22), numbers);
  throws(() => unpackBlosc(frame, 21), /it says 22 bytes/);
  throws(() => unpackBlosc(frame.subarray(0, -1), 22), /cut short/);
  throws(() => unpackBlosc(frame.subarray(0, 9), 22), /cut short/);
  throws(
    () => unpackBlosc(frameOf(snappy | 16, { bytes: 22, parts }), 22),
    /Snappy, which is not undone/,
  );
});

Deno.test("unpackBlosc() ends by an error or by bytes, whatever is damaged", () => {
  const parts = [deflateSync(numbers.subarray(0, 16)), numbers.subarray(16)];
  const sound = frameOf(zlib | 17, { bytes: 22, parts });
  fc.assert(fc.property(
    fc.nat(sound.length - 1),
    fc.integer({ min: 1, max: 255 }),
    (at, change) => {
      const frame = sound.slice();
      frame[at]! ^= change;
      try {
        ok(unpackBlosc(frame, 22).length <= 22);
      } catch (error) {
        ok(error instanceof Error && !(error instanceof TypeError), `${error}`);
      }
    },
  ));
});
