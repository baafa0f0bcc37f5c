import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { throws } from "node:assert/strict";
import { arenaArray, enterArena, inArena, inScratch } from "./arena.ts";
import { scaled } from "./values.ts";

const grey = Float32Array.of(0.25, 0.5, 0.75);

Deno.test("inArena() returns arrays of their own, wherever in the result they are", () => {
  const make = () =>
    inArena(() => {
      const image = scaled(grey, { gain: 2 });
      return { image, parts: [image.subarray(1)], grey, n: 3, none: null };
    });
  const first = make(), second = make();
  assertSameNumbers(first.image, [0.5, 1, 1.5]);
  assertSameNumbers(first.parts[0]!, [1, 1.5]);
  assertEquals(first.image.buffer === second.image.buffer, false);
  assertEquals(first.image.buffer.byteLength, 12, "bytes, not the arena's");
  assertEquals(first.grey, grey, "what was outside");
  assertEquals(first.none, null);
});

Deno.test("inArena() keeps what kernels make until its end", () => {
  inArena(() => {
    const first = scaled(grey, {});
    const second = inArena(() => scaled(grey, { gain: 2 }));
    assertEquals(second.buffer, first.buffer, "memory");
    assertSameNumbers(first, grey);
    assertSameNumbers(scaled(second, { gain: 0.5 }), grey);
  });
});

Deno.test("inArena() starts again with more memory where it runs short", () => {
  let starts = 0;
  const n = inArena(() => arenaArray(Uint8Array, 1).buffer.byteLength);
  const { sum, before } = inArena(() => {
    starts++;
    const before = scaled(grey, {});
    const large = arenaArray(Uint8Array, n); // as much as there is, or more
    large[n - 1] = 1;
    return { before, sum: large[n - 1]! + scaled(before, { gain: 4 })[0]! };
  });
  assertEquals(starts, 2);
  assertEquals(sum, 2);
  assertSameNumbers(before, grey);
});

Deno.test("inArena() says when nothing can be large enough", () => {
  throws(() => inArena(() => arenaArray(Uint8Array, 2 ** 32)), /4096/);
  assertSameNumbers(scaled(grey, {}), grey, "works afterwards");
});

Deno.test("inArena() passes errors on and stays usable", () => {
  throws(() =>
    inArena(() => {
      scaled(grey, {});
      throw new TypeError("mine");
    }), TypeError);
  const [a, b] = [1, 1].map(() => inArena(() => scaled(grey, {}).byteOffset));
  assertEquals(a, b);
});

Deno.test("inScratch() gives its memory back and leaves what was there", () => {
  inArena(() => {
    const sum = arenaArray(Float32Array, 3);
    const places = [1, 2].map((gain) => {
      let at = 0;
      inScratch(() => {
        const part = scaled(grey, { gain });
        at = part.byteOffset;
        sum.forEach((v, i) => sum[i] = v + part[i]!);
      });
      return at;
    });
    assertEquals(places[0], places[1]!);
    assertSameNumbers(sum, [0.75, 1.5, 2.25]);
  });
});

Deno.test("arenaArray() is full of zeros, whatever was there", () => {
  for (let round = 0; round < 2; round++) {
    inArena(() => {
      const array = arenaArray(Float64Array, 100);
      assertEquals(array.every((v) => v === 0), true);
      array.fill(7);
    });
  }
  assertEquals(arenaArray(Int32Array, 5).buffer.byteLength, 20, "alone");
});

Deno.test("enterArena() copies what is outside, once", () => {
  inArena(() => {
    const copy = enterArena(grey);
    assertEquals(copy === grey, false);
    assertEquals(enterArena(copy), copy);
    assertSameNumbers(copy, grey);
  });
  assertEquals(enterArena(grey), grey, "outside of a scope");
});
