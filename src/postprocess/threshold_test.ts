import { deepStrictEqual } from "node:assert";
import { drawn, shown } from "./_testing.ts";
import { sectionsOf } from "./_step.ts";
import { threshold } from "./threshold.ts";

Deno.test("threshold() calls cleft what has at least the probability", () => {
  const step = threshold.create({ p: undefined });
  if (step.stage !== "call") throw new Error(step.stage);
  const p = drawn(["12", "34"], ["56", "x."]);
  deepStrictEqual(shown(step.apply(p, Math.fround(0.4)), p.shapeVox), [
    ["..", ".x"],
    ["xx", "x."],
  ]);
});

Deno.test("threshold() never calls cleft what is no number", () => {
  const step = threshold.create({ p: undefined });
  if (step.stage !== "call") throw new Error(step.stage);
  const p = sectionsOf(Float32Array.of(NaN, 1, 0), [1, 1, 3]);
  deepStrictEqual([...step.apply(p, 0)], [0, 1, 1]);
});

Deno.test("threshold() leaves the choice to validation unless it is told", () => {
  const of = (p?: number) => threshold.create({ p });
  deepStrictEqual(
    [of(), of(0.3)].map((step) => step.stage === "call" && step.threshold),
    [undefined, 0.3],
  );
});
