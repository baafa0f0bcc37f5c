import { deepStrictEqual } from "node:assert";
import { calledOf, drawn, shown } from "./_testing.ts";
import { sectionSize } from "./section_size.ts";

Deno.test("sectionSize() takes away what is small in its section, however deep it is", () => {
  const called = calledOf(
    drawn(["xx..x", "....."], ["x...x", ".x..x"], ["x....", "....."]),
  );
  const step = sectionSize.create({ minVox: 2 });
  if (step.stage !== "mask") throw new Error(step.stage);
  deepStrictEqual(
    shown(step.apply(called).cleft, called.probability.shapeVox),
    [["xx...", "....."], ["x...x", ".x..x"], [".....", "....."]],
  );
});
