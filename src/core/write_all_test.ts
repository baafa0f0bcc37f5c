import { deepStrictEqual } from "node:assert/strict";
import { writeAll } from "./write_all.ts";

Deno.test("writeAll() goes on where a write has taken fewer bytes", () => {
  const written: number[] = [];
  const file = {
    writeSync(bytes: Uint8Array) {
      written.push(...bytes.subarray(0, 2));
      return Math.min(2, bytes.length);
    },
  };
  writeAll(file, Uint8Array.of(1, 2, 3, 4, 5));
  writeAll(file, new Uint8Array(0));
  deepStrictEqual(written, [1, 2, 3, 4, 5]);
});
