import { deepStrictEqual, throws } from "node:assert/strict";
import { sizeOfWeight } from "@/model/mod.ts";
import { smallPhantom, smallPlan, type Written } from "../run/_testing.ts";
import { netOf } from "./heads.ts";
import { rankingOf } from "./ranking.ts";
import { planSteps } from "./steps.ts";
import { trainedNetwork, trainedNumbers, watchedBy } from "./training.ts";

/** What is said of an experiment that cannot be planned. */
function refusal(change: Parameters<typeof smallPlan>[0]) {
  let said: readonly string[] = [];
  throws(() => smallPlan(change), (error) => {
    const { message, where, fix } = error as Record<string, string>;
    said = [message!, where!, fix!];
    return true;
  });
  return said;
}

const withFound = (train: Written) => ({
  train,
  evaluate: { metrics: ["dice", "objects"] },
});

Deno.test("checkTraining() wants what is watched to be measured, on a volume", () => {
  const stopEarly = { metric: "found" };
  smallPlan(withFound({ stopEarly }));
  deepStrictEqual(refusal({ train: { stopEarly } }), [
    'Cannot watch "found": it is not measured',
    "train.stopEarly.metric",
    "Add objects to evaluate.metrics",
  ]);
  deepStrictEqual(refusal({ schedule: { type: "plateau", metric: "adgt" } }), [
    'Cannot watch "adgt": it is not measured',
    "schedule.metric",
    "Add cremi to evaluate.metrics",
  ]);
  for (
    const [change, where] of [
      [{ schedule: { type: "plateau" } }, "schedule"],
      [{ train: { stopEarly: {} } }, "train.stopEarly"],
    ] as const
  ) {
    deepStrictEqual(refusal({ ...change, data: { validation: [] } }), [
      "Cannot watch validations: there is no volume to validate on",
      where,
      "Add one to data.validation",
    ]);
  }
  smallPlan({ data: { validation: [] } }); // nothing is watched
  smallPlan({
    train: { stopEarly: {} },
    data: { validation: [smallPhantom(6)] },
  });
  smallPlan({ train: { stopEarly: { metric: "loss" } } }); // always measured
});

Deno.test("watchedBy() is what decides the course of a training", () => {
  const watched = (changes: Written) => {
    const { spec, ranking } = smallPlan(changes);
    return watchedBy(spec, ranking);
  };
  deepStrictEqual(watched({}), []);
  deepStrictEqual(
    watched({
      schedule: { type: "plateau" },
      train: { stopEarly: { metric: "loss" } },
    }),
    ["ap", "loss"],
  );
});

Deno.test("checkTraining() wants devices to divide a batch, and weights that are named", () => {
  smallPlan({ train: { batch: 6, devices: 3 } });
  deepStrictEqual(refusal({ train: { batch: 7, devices: 3 } }), [
    "Cannot divide batches of 7 samples over 3 devices",
    "train.devices",
    "Set train.batch to 9, or train.devices to a divisor of 7",
  ]);
  const init = { file: "a.st", skip: ["none"] };
  deepStrictEqual(refusal({ init })[1]!.startsWith("init.skip"), true);
});

Deno.test("trainedNumbers() leaves out what is frozen", () => {
  const { spec } = smallPlan({ freeze: ["head"] });
  const network = trainedNetwork(netOf(spec), spec);
  const numbers = (names: RegExp) =>
    network.weights.filter(({ name, isTrainable }) =>
      names.test(name) && (isTrainable || /^head/.test(name))
    ).reduce((sum, weight) => sum + sizeOfWeight(weight), 0);
  const all = smallPlan().parameters;
  deepStrictEqual(trainedNumbers(network), all - numbers(/^head/));
  deepStrictEqual(numbers(/./), all);
});

Deno.test("rankingOf() takes the first number with a direction, whatever it is", () => {
  const rankingFor = (metrics: readonly unknown[]) =>
    rankingOf(smallPlan({ evaluate: { metrics } }).spec);
  deepStrictEqual(rankingFor(["dice", "averagePrecision"]), {
    ...{ name: "dice", better: "higher" },
  });
  deepStrictEqual(rankingFor(["cremi"]).better, "lower");
});

Deno.test("planSteps() counts the samples of all batches that a step accumulates", () => {
  deepStrictEqual(
    planSteps({
      ...{ volumeTotal: 25, volumeSave: 12, validateEvery: 13 },
      ...{ batch: 2, accumulate: 3 },
    }),
    { total: 5, save: 2, validate: 3 },
  );
});
