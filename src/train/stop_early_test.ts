import { deepStrictEqual } from "node:assert";
import { testOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { trainTiny } from "./_testing.ts";
import { stopEarly } from "./stop_early.ts";

const validations = (metric: string, scores: readonly number[]) =>
  scores.map((score, i) => ({
    step: 10 * (i + 1),
    scores: { [metric]: score },
  }));

Deno.test("stopEarly() waits as long as it is patient, for more or for less as the metric is", () => {
  const reason = stopEarly({ metric: "dice", patience: 2, minDelta: .01 });
  const rising = [.1, .2, .205, .3, .309, NaN];
  for (let n = 0; n < rising.length; n++) {
    assertEquals(reason(validations("dice", rising.slice(0, n))), null);
  }
  assertEquals(
    reason(validations("dice", rising)),
    "stopped early after step 60: Dice has not become better in 2 validations since step 40",
  );
  const score = stopEarly({ metric: "score", patience: 2, minDelta: 0 });
  assertEquals(score(validations("score", [80, 70, 60, 50])), null);
  assertEquals(
    score(validations("score", [80, 90, 85])),
    "stopped early after step 30: CREMI score has not become better in 2 validations since step 10",
  );
});

testOnEngines(
  "a training ends early, also when it goes on there",
  async (engine) => {
    const parts = {
      steps: 9,
      plan: {
        stopEarly: stopEarly({ metric: "dice", patience: 2, minDelta: 0 }),
      },
      validate: (step: number) => ({ dice: Math.min(step, 3) }),
    };
    const { snapshot, earlyEnd, dues } = await trainTiny(engine, parts);
    deepStrictEqual([snapshot.step, dues.length], [5, 5]);
    assertEquals(
      earlyEnd,
      "stopped early after step 5: Dice has not become better in 2 validations since step 3",
    );
    const again = await trainTiny(engine, {
      ...parts,
      start: snapshot,
      validations: [1, 2, 3, 4, 5]
        .map((step) => ({ step, scores: parts.validate(step) })),
    });
    deepStrictEqual([again.snapshot, again.dues], [snapshot, []]);
    assertEquals(again.earlyEnd, earlyEnd);
  },
);
