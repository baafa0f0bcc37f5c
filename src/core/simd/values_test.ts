import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { throws } from "node:assert/strict";
import { bothWays, counts, someBytes, someGreys } from "./_testing.ts";
import {
  blended,
  floatsOf,
  greysOf,
  raised,
  scaled,
  sumOf,
  sumOfRows,
} from "./values.ts";

Deno.test("greysOf() gives each byte the bits of Math.fround(b / 255)", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, b) => b);
  assertSameNumbers(
    bothWays(() => greysOf(bytes)),
    Float32Array.from(bytes, (b) => b / 255),
  );
});

Deno.test("greysOf(), floatsOf() and scaled() work on any number of values", () => {
  for (const n of counts) {
    const bytes = someBytes(n), greys = someGreys(n);
    assertSameNumbers(
      bothWays(() => greysOf(bytes)),
      Float32Array.from(bytes, (b) => b / 255),
    );
    assertSameNumbers(bothWays(() => floatsOf(bytes)), bytes);
    const gain = Math.fround(1.7), shift = Math.fround(-0.3);
    const clipped = bothWays(() =>
      scaled(greys, { gain, shift, low: 0, high: 1 })
    );
    clipped.forEach((value, i) => {
      const wide = Math.fround(Math.fround(greys[i]! * gain) + shift);
      assertEquals(value, Math.min(1, Math.max(0, wide)));
    });
  }
});

Deno.test("scaled() is the identity by default, and NaN stays NaN", () => {
  const values = Float32Array.of(-3, 0.1, NaN, 7, 0.5);
  assertSameNumbers(scaled(values, {}).filter((v) => v === v), [
    -3,
    values[1]!,
    7,
    0.5,
  ]);
  const clipped = scaled(values, { low: 0, high: 1 });
  assertEquals(clipped.join(), [0, values[1]!, NaN, 1, 0.5].join());
});

Deno.test("scaled() writes to a part of an array and leaves what is beside it", () => {
  for (const n of counts) {
    const to = new Float32Array(n + 2).fill(9), values = someGreys(n);
    const part = to.subarray(1, n + 1);
    assertEquals(scaled(values, { gain: 2 }, part), part);
    assertSameNumbers(to, [9, ...values.map((v) => v * 2), 9]);
    scaled(part, { gain: 0.5 }, part);
    assertSameNumbers(to, [9, ...values, 9]);
  }
  throws(() => scaled(someGreys(3), {}, new Float32Array(4)), RangeError);
});

Deno.test("blended() goes from one array to the other", () => {
  for (const n of counts) {
    const a = someGreys(n), b = a.slice().reverse();
    const share = Float32Array.from(a, (_, i) => i % 3 / 2);
    bothWays(() => blended(a, b, share)).forEach((value, i) =>
      assertAlmostEquals(
        value,
        a[i]! * (1 - share[i]!) + b[i]! * share[i]!,
        1e-7,
      )
    );
  }
  throws(() => blended(someGreys(3), someGreys(3), someGreys(2)), RangeError);
});

Deno.test("sumOf() and sumOfRows() add up every value once", () => {
  for (const n of counts) {
    const values = Float32Array.from({ length: n }, (_, i) => i + 1);
    assertEquals(sumOf(values), n * (n + 1) / 2);
  }
  const plane = Float32Array.from({ length: 7 * 11 }, (_, i) => i);
  for (const columns of [1, 3, 4, 11]) {
    let expected = 0;
    for (let y = 2; y < 6; y++) {
      for (let x = 0; x < columns; x++) expected += y * 11 + x;
    }
    const rectangle = { first: 22, rows: 4, columns, pitch: 11 };
    assertEquals(sumOfRows(plane, rectangle), expected);
  }
  const none = { first: 0, rows: 0, columns: 5, pitch: 11 };
  assertEquals(sumOfRows(plane, none), 0);
  throws(
    () => sumOfRows(plane, { first: 22, rows: 6, columns: 11, pitch: 11 }),
    RangeError,
  );
});

Deno.test("sumOf() adds in float64", () => {
  const values = new Float32Array(409600).fill(0.1);
  assertAlmostEquals(sumOf(values), 409600 * Math.fround(0.1), 1e-8);
});

Deno.test("raised() is within 1e-6 of Math.pow, relative, over all magnitudes", () => {
  for (const power of [0.1, 0.5, 0.73, 1, 1.41, 2, 2.7, 4]) {
    for (const least of [1e-3, 1e-9]) {
      const values = Float32Array.from(
        { length: 50_001 },
        (_, i) => least ** (i / 50_000),
      );
      const result = raised(values, power);
      const wanted = Math.fround(power);
      let worst = 0;
      values.forEach((value, i) => {
        worst = Math.max(worst, Math.abs(result[i]! / value ** wanted - 1));
      });
      assertEquals(worst < 1e-6, true, `${worst} at power ${power}`);
      assertEquals(result.every((v) => v <= 1), true, "never above 1");
    }
  }
});

Deno.test("raised() keeps 0, 1 and NaN, and takes what is smallest for 0", () => {
  const ends = Float32Array.of(0, 1, NaN, 1e-30);
  for (const power of [0.25, 1, 1.3, 4]) {
    const result = raised(ends, power);
    assertEquals([...result.subarray(0, 3)].join(), "0,1,NaN");
    assertAlmostEquals(
      result[3]!,
      1e-30 ** power,
      1e-6 * 1e-30 ** power + 1e-37,
    );
  }
});

Deno.test("raised() gives a value the same bits wherever it stands", () => {
  for (const n of counts) {
    const result = bothWays(() => raised(someGreys(n), 0.7));
    result.forEach((value, i) =>
      assertEquals(value, raised(someGreys(n).subarray(i, i + 1), 0.7)[0]!)
    );
  }
});
