import { deepStrictEqual } from "node:assert";
import { scorePoints, scoresText } from "./recording.ts";

Deno.test("scorePoints() names what was measured, undefined as NaN", () => {
  const scores = { ap: .5, dice: null };
  deepStrictEqual(scorePoints("test", { step: 3, scores, prefix: "best." }), [
    { split: "test", name: "best.ap", step: 3, value: .5 },
    { split: "test", name: "best.dice", step: 3, value: NaN },
  ]);
  const [first] = scorePoints("validation", { step: 1, scores });
  deepStrictEqual(first!.name, "ap");
});

Deno.test("scoresText() rounds as much as a number bears", () => {
  deepStrictEqual(
    scoresText({ ap: .51249, found: 3, adgt: 123.7, dice: null, low: -9.5 }),
    "ap 0.512 · found 3 · adgt 124 · dice – · low -9.500",
  );
});
