import { deepStrictEqual } from "node:assert";
import { calledOf, drawn, shown } from "./_testing.ts";
import { sections } from "./sections.ts";

Deno.test("sections() takes away objects that reach too few sections", () => {
  const called = calledOf(
    drawn(["xxx.x", "....."], ["....x", "x...."], ["....x", "....."]),
  );
  const kept = (min: number) => {
    const step = sections.create({ min });
    if (step.stage !== "mask") throw new Error(step.stage);
    const cleft = called.cleft.slice();
    return shown(
      step.apply({ ...called, cleft }).cleft,
      called.probability.shapeVox,
    );
  };
  deepStrictEqual(kept(2), [["xxx.x", "....."], ["....x", "x...."], [
    "....x",
    ".....",
  ]]);
  deepStrictEqual(kept(3), [["....x", "....."], ["....x", "....."], [
    "....x",
    ".....",
  ]]);
  deepStrictEqual(kept(4).flat().join("").includes("x"), false);
});
