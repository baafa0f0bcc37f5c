import { deepStrictEqual, throws } from "node:assert/strict";
import { unpackLz4Block } from "./lz4_block.ts";

const text = (letters: string) => new TextEncoder().encode(letters);

/** A block by hand, unpacked into some bytes. */
function unpacked(block: readonly (number | string)[], bytes: number): string {
  const packed = Uint8Array.from(
    block.flatMap((one) => typeof one === "number" ? [one] : [...text(one)]),
  );
  const to = new Uint8Array(bytes);
  unpackLz4Block(packed, to);
  return new TextDecoder().decode(to);
}

Deno.test("unpackLz4Block() copies letters, and matches that overlap", () => {
  // Three letters, six more from three before; then a letter.
  const block = [0x32, "abc", 3, 0, 0x10, "x"];
  deepStrictEqual(unpacked(block, 10), "abcabcabcx");
  // Lengths of 15 and more go on in bytes of their own: 4 + 15 + 20 matched.
  deepStrictEqual(
    unpacked([0x1f, "a", 1, 0, 20, 0xf0, 1, "0123456789abcdef"], 56),
    `${"a".repeat(40)}0123456789abcdef`,
  );
});

Deno.test("unpackLz4Block() refuses what is damaged, or has other bytes", () => {
  throws(() => unpacked([0x32, "abc", 3, 0, 0x10, "x"], 11), /it has 10 bytes/);
  throws(() => unpacked([0x32, "abc", 3, 0, 0x10, "x"], 8), /it is longer/);
  throws(() => unpacked([0x32, "abc", 4, 0], 9), /refers to nowhere/);
  throws(() => unpacked([0x32, "abc", 0, 0], 9), /refers to nowhere/);
  for (const block of [[0x32, "ab"], [0x32, "abc", 3], [0xf0, 255]]) {
    throws(() => unpacked(block, 9), /cut short/);
  }
});
