import { deepEqual, ok } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { random } from "./random.ts";

Deno.test("random draws each option of each trial by itself", () => {
  const { shares } = random.create({});
  const rng = openRng(3);
  const [a, b] = shares(4, ["a", "b"], rng);
  deepEqual(shares(4, ["b"], rng), [b!]);
  ok(new Set([a, b, ...shares(5, ["a", "b"], rng)]).size === 4);
  ok([a, b].every((share) => share! >= 0 && share! < 1));
});
