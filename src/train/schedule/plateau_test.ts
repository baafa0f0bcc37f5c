import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { checkWarmUp, compareWithTorch, scheduleOf } from "./_testing.ts";

compareWithTorch("plateau");
checkWarmUp("plateau", { metric: "dice" });

/** The factor after validations that gave these numbers. */
function after(
  scores: readonly number[],
  options: Readonly<Record<string, unknown>> = {},
): number {
  const plateau = scheduleOf("plateau", {
    metric: "dice",
    patience: 1,
    factor: 0.5,
    ...options,
  });
  const metric = String(options.metric ?? "dice");
  const validations = scores.map((score, i) => ({
    step: i + 1,
    scores: { [metric]: score },
  }));
  return plateau(scores.length + 1, 100, validations);
}

Deno.test("plateau() falls after one more than it is patient, and counts anew", () => {
  deepStrictEqual(
    [[], [.5], [.5, .5], [.5, .5, .5], [.5, .4, .3, .2], [.5, .4, .3, .2, .1]]
      .map((scores) => after(scores)),
    [1, 1, 1, .5, .5, .25],
  );
  assertEquals(after([.5, .4, .6, .5]), 1); // a better one between
});

Deno.test("plateau() takes what is hardly better for none, and a number that is none too", () => {
  assertEquals(after([.5, .52, .54], { minDelta: .05 }), .5);
  assertEquals(after([.5, .56, .62], { minDelta: .05 }), 1);
  assertEquals(after([.5, NaN, NaN]), .5);
});

Deno.test("plateau() does not count while it cools down", () => {
  const scores = [.5, .4, .4, .4, .4, .4, .4];
  assertEquals(after(scores.slice(0, 3), { cooldown: 2 }), .5);
  assertEquals(after(scores.slice(0, 6), { cooldown: 2 }), .5);
  assertEquals(after(scores.slice(0, 7), { cooldown: 2 }), .25);
});

Deno.test("plateau() knows which numbers are better when they are lower", () => {
  assertEquals(after([.3, .2, .1], { metric: "score" }), 1);
  assertEquals(after([.1, .2, .3], { metric: "score" }), .5);
});

Deno.test("plateau() never rises, and never falls below its floor", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: 0, max: 1 }), { maxLength: 30 }),
    fc.nat(3),
    (scores, patience) => {
      const options = { patience, floor: .1 };
      const factors = scores.map((_, i) => after(scores.slice(0, i), options));
      factors.forEach((factor, i) => {
        assertEquals(factor >= .1 && factor <= (factors[i - 1] ?? 1), true);
      });
    },
  ));
  assertAlmostEquals(after(new Array(40).fill(0), { floor: .1 }), .1, 0);
});

Deno.test("plateau() says which number it watches", () => {
  assertEquals(scheduleOf("plateau", { metric: "ap" }).watches, "ap");
});
