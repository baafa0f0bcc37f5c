import { deepStrictEqual } from "node:assert";
import { scorePoints, scoresText, stepPoints } from "./recording.ts";

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
    "AP 0.512 · Objects found 3 · ADGT 124 · Dice – · Low -9.500",
  );
  deepStrictEqual(scoresText({ low: 10.5, high: 9.75 }), "Low 11 · High 9.750");
});

Deno.test("stepPoints() has each term, the weight of those that change, and speeds", () => {
  const points = stepPoints({
    ...{ step: 4, loss: 3, terms: [1, 2], factors: [0.5, 0.25] },
    ...{ gradientNorm: 6, learningRate: 7, stepMs: 500, waitMs: 9 },
    ...{ fault: null, isSkipped: false, samples: [] },
  }, {
    terms: [{ name: "bce" }, { name: "dice", course: () => 1 }] as never,
    voxelsPerStep: 20,
  });
  deepStrictEqual(
    Object.fromEntries(points.map(({ name, value }) => [name, value])),
    {
      ...{ loss: 3, "loss.bce": 1, "loss.dice": 2, "weight.dice": 0.25 },
      ...{ gradientNorm: 6, learningRate: 7 },
      "speed.stepMs": 500,
      "speed.waitMs": 9,
      "speed.voxelsPerSecond": 40,
    },
  );
  deepStrictEqual(
    points.every(({ split, step }) => split === "train" && step === 4),
    true,
  );
});
