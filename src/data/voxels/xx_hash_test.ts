import { deepStrictEqual } from "node:assert/strict";
import { xxHash32 } from "./xx_hash.ts";

Deno.test("xxHash32() gives what xxhsum gives", () => {
  const of = (text: string, seed: number) =>
    xxHash32(new TextEncoder().encode(text), seed).toString(16);
  // Of Python's xxhash 3, short, a lane of four words and more.
  deepStrictEqual(of("", 0), "2cc5d05");
  deepStrictEqual(of("abc", 0), "32d153ff");
  deepStrictEqual(of("0123456789abcdef0123456789", 0x9747b28c), "f49394b5");
});
