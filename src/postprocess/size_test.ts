import { deepStrictEqual } from "node:assert";
import { calledOf, drawn, shown } from "./_testing.ts";
import { size } from "./size.ts";

function kept(minVox: number, connectivity: 6 | 26 = 26): string[][] {
  const called = calledOf(
    drawn(["xx..x", ".....", "x...."], ["x....", "....x", "x...."]),
    connectivity,
  );
  const step = size.create({ minVox });
  if (step.stage !== "mask") throw new Error(step.stage);
  return shown(step.apply(called).cleft, called.probability.shapeVox);
}

Deno.test("size() takes away objects of fewer voxels, counted in all sections", () => {
  deepStrictEqual(kept(3), [["xx...", ".....", "....."], [
    "x....",
    ".....",
    ".....",
  ]]);
  deepStrictEqual(kept(2), [["xx..x", ".....", "x...."], [
    "x....",
    "....x",
    "x....",
  ]]);
});

Deno.test("size() goes by what touches", () => {
  deepStrictEqual(kept(2, 6), [["xx...", ".....", "x...."], [
    "x....",
    ".....",
    "x....",
  ]]);
});
