import { deepStrictEqual } from "node:assert/strict";
import { bytesFrom, floatsFrom } from "./values.ts";

Deno.test("floatsFrom() rounds what is made of each value to 32 bits", () => {
  deepStrictEqual(
    floatsFrom(Uint8Array.of(51, 255, 0), (byte, i) => byte / 255 + i),
    Float32Array.of(0.2, 2, 2),
  );
});

Deno.test("bytesFrom() keeps what is made of each value as a byte", () => {
  deepStrictEqual(
    bytesFrom(Float32Array.of(0.25, 0.75, -1), (value, i) => 255 * value + i),
    Uint8Array.of(63, 192, 3),
  );
});
