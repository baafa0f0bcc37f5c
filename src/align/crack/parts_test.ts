import { deepStrictEqual, ok } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { madeTissue, tear } from "./_testing.ts";
import { partDefaults, partsOf } from "./parts.ts";

/** A plane from rows of words: a digit is a grey value in ninths. */
function drawn(rows: string): {
  plane: Float32Array;
  shapeVox: readonly [number, number];
} {
  const lines = rows.trim().split(/\s+/);
  return {
    plane: Float32Array.from(lines.join(""), (digit) => Number(digit) / 9),
    shapeVox: [lines.length, lines[0]!.length],
  };
}

const told = (parts: Uint8Array | null, width: number) =>
  parts && Array.from(parts).join("").match(new RegExp(`.{${width}}`, "g"));

Deno.test("partsOf() numbers two parts by their size and fills their holes", () => {
  const plane = drawn("9990999 9990909 9990999 9990999 9990000");
  deepStrictEqual(
    told(partsOf(plane, { ...partDefaults, closeVox: 0 }), 7),
    ["1110222", "1110222", "1110222", "1110222", "1110000"],
  );
});

Deno.test("partsOf() gives dark tissue at the gap to the nearer part", () => {
  const plane = drawn("9910999 9910999 9990999 9990199 9990199");
  deepStrictEqual(
    told(partsOf(plane, { ...partDefaults, closeVox: 0 }), 7),
    ["1110222", "1110222", "1110222", "1110222", "1110222"],
  );
});

Deno.test("partsOf() closes what is as dark as the gap but thin", () => {
  const plane = drawn(
    "9999099999 9000099999 9999099999 9999099999 9999099999",
  );
  const secondRow = (closeVox: number) =>
    told(partsOf(plane, { ...partDefaults, closeVox }), 10)![1];
  deepStrictEqual(secondRow(0), "2000011111");
  deepStrictEqual(secondRow(2), "2220011111");
});

Deno.test("partsOf() finds no parts in a whole section, nor beside a scrap", () => {
  deepStrictEqual(partsOf(drawn("999 999 999")), null);
  deepStrictEqual(partsOf(drawn("000 000 000")), null);
  const scrap = drawn("9999999 9999999 9999900 9999909 9999900");
  const options = { ...partDefaults, closeVox: 0 };
  deepStrictEqual(partsOf(scrap, options), null);
  ok(partsOf(scrap, { ...options, leastShare: 0.02 }));
});

Deno.test("partsOf() finds the sides of a crack, but for what is black itself", () => {
  const made = tear(madeTissue(256), openRng(2).at("crack"));
  const parts = partsOf({ plane: made.torn, shapeVox: made.shapeVox })!;
  const swapped = parts.map((part) => part === 0 ? 0 : 3 - part);
  const unlike = (a: Uint8Array) =>
    a.filter((p, i) => p !== made.sides[i]).length;
  const wrong = Math.min(unlike(parts), unlike(swapped));
  ok(wrong < 0.003 * parts.length, `${wrong} voxels`);
});
