import { deepStrictEqual, ok } from "node:assert/strict";
import { smallPlan } from "./_testing.ts";
import { buildTraining, firstState, patchOf } from "./training.ts";

Deno.test("buildTraining() bounds gradients where one of the bounds is set", () => {
  const clipOf = (clip: Record<string, number>) =>
    buildTraining(smallPlan({ train: { clip } }).spec).clip;
  deepStrictEqual(clipOf({}), undefined);
  deepStrictEqual(clipOf({ value: 2 })?.value, 2);
  deepStrictEqual(clipOf({ norm: 3 })?.norm, 3);
});

Deno.test("buildTraining() has what an experiment names", () => {
  const { spec } = smallPlan({
    ...{ freeze: ["head"], train: { accumulate: 3 } },
    heads: [{
      name: "near",
      target: { type: "signedDistance" },
      loss: { terms: [{ type: "squaredError" }] },
    }],
  });
  const { network, targets, terms, accumulate, given } = buildTraining(spec);
  const head = network.weights.filter(({ name }) => name.startsWith("head/"));
  ok(head.length > 0 && head.every(({ isTrainable }) => !isTrainable));
  deepStrictEqual(targets.map(({ values }) => values), ["labels", "distances"]);
  deepStrictEqual(terms.map(({ name }) => name), [
    "bce",
    "dice",
    "near/squaredError",
  ]);
  deepStrictEqual([accumulate, given.size], [3, 0]);
  deepStrictEqual(patchOf(spec), [2, 8, 8]);
});

Deno.test("firstState() is decided by the seed, and keeps a mean if one is wanted", () => {
  const training = buildTraining(smallPlan().spec);
  const first = firstState(training, 1);
  deepStrictEqual(first, firstState(training, 1));
  ok(first.weights.some((w, i) => w !== firstState(training, 2).weights[i]));
  deepStrictEqual([first.step, first.mean ?? null], [0, null]);
  const average = { type: "exponential" };
  const averaged = buildTraining(smallPlan({ train: { average } }).spec);
  deepStrictEqual(firstState(averaged, 1).mean?.weights, first.weights);
});
