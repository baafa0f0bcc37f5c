import { deepStrictEqual } from "node:assert";
import { calledOf, drawn } from "./_testing.ts";
import { components } from "./components.ts";
import { labelledObjects } from "./labelled_objects.ts";

Deno.test("components() decides what is one object from there on", () => {
  const before = calledOf(drawn(["x..", ".x."], ["...", "..x"]));
  for (const [connectivity, count] of [[6, 3], [18, 1], [26, 1]] as const) {
    const step = components.create({ connectivity });
    if (step.stage !== "mask") throw new Error(step.stage);
    const after = step.apply(before);
    deepStrictEqual(after.cleft, before.cleft);
    deepStrictEqual(labelledObjects(after).count, count);
  }
});
