import { deepEqual } from "node:assert/strict";
import { distinguished } from "./distinguish.ts";

const named = (...specs: readonly object[]) =>
  distinguished(specs.map((spec) => JSON.stringify({ spec, parameters: 1 })));

Deno.test("distinguished() names plans by the options that set most of them apart", () => {
  const spec = (batch: number, rate: number, mode = "a") => ({
    model: { type: "net" },
    train: { batch },
    optimizer: { rate },
    mode,
  });
  deepEqual(named(spec(1, 0.1), spec(2, 0.1)), ["batch 1", "batch 2"]);
  deepEqual(
    named(spec(1, 0.1), spec(1, 0.2), spec(2, 0.2), spec(1, 0.1, "b")),
    [
      "batch 1 · rate 0.1 · mode a",
      "batch 1 · rate 0.2 · mode a",
      "batch 2 · rate 0.2 · mode a",
      "batch 1 · rate 0.1 · mode b",
    ],
  );
  deepEqual(named({ a: 1, x: {} }, { x: {} }), ["a 1", "no a"]);
});

Deno.test("distinguished() says nothing where only the seed differs", () => {
  deepEqual(named({ seed: 1 }, { seed: 2 }), ["", ""]);
  deepEqual(named({ a: 1 }, { a: 1 }), ["", ""]);
});
