import { deepStrictEqual, ok } from "node:assert/strict";
import { smallPlan, Workplace } from "./_testing.ts";
import { repeatRun } from "./repeat.ts";
import { resumeRun } from "./resume.ts";

Deno.test("RunObserver records which steps were skipped, and why", async () => {
  using place = new Workplace();
  const optimizer = { type: "sgd", learningRate: 1e38 };
  for (const onNan of ["skip", "continue"]) {
    const { id } = await place.run(smallPlan({ optimizer, train: { onNan } }));
    const warnings = place.log(id).filter((line) =>
      /^warning: step/.test(line)
    );
    const skipped = onNan === "skip" ? " skipped" : "";
    ok(
      new RegExp(`^warning: step 2${skipped}: .+`).test(warnings[0]!),
      warnings[0],
    );
    const others = [3, 4, 5, 6].map((step) =>
      `warning: step ${step} skipped: as the one before`
    );
    deepStrictEqual(warnings.slice(1), onNan === "skip" ? others : []);
  }
});

Deno.test("RunObserver counts the voxels and samples of accumulated batches", async () => {
  using place = new Workplace();
  const train = { accumulate: 2, batch: 1, recordSamples: "parameters" };
  const { id } = await place.run(smallPlan({ train }));
  using records = place.records();
  const last = records.lastMetrics(id);
  const voxels = last["train/speed.voxelsPerSecond"]! *
    last["train/speed.stepMs"]! / 1000;
  deepStrictEqual(Math.round(voxels), 2 * 2 * 8 * 8);
  deepStrictEqual(
    records.samples(id).map(({ step, drawn }) => [step, drawn !== null]),
    [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6].map((step) => [step, true]),
  );
});

Deno.test("RunObserver ends early for a reason, at a state that goes on and repeats", async () => {
  using place = new Workplace();
  // Nothing is ever better by so much: two validations, and it ends at step 4.
  const plan = smallPlan({
    train: {
      ...{ volumeTotal: 20, volumeSave: 14, validateEvery: 4 },
      stopEarly: { patience: 1, minDelta: 100 },
    },
  });
  const { id, state, reason } = await place.run(plan);
  deepStrictEqual(state, "finished");
  ok(/^stopped early after step 4: ap has not/.test(reason!), reason!);
  ok(place.said().includes(reason!));
  ok(place.log(id).includes(`info: ${reason}`));
  const whole = place.traceOf(id);
  const rungs = new Set(whole.weights.map(({ step }) => step));
  deepStrictEqual([...rungs], [4]);
  const again = await repeatRun({ id }, place.context);
  deepStrictEqual(again.verdict?.isIdentical, true);
  deepStrictEqual(again.reason, reason);

  const cut = await place.cut(/^stopped early/, plan);
  deepStrictEqual(cut.state, "interrupted");
  await resumeRun({ id: cut.id, from: "last" }, place.context);
  deepStrictEqual(place.traceOf(cut.id), whole);
});

Deno.test("RunObserver does no rung twice where a run was cut at one", async () => {
  using place = new Workplace();
  const train = { volumeTotal: 6, volumeSave: 2, validateEvery: 2 };
  const plan = smallPlan({ train, data: { validation: [] } });
  const { id } = await place.run(plan);
  const whole = place.traceOf(id);
  deepStrictEqual(
    new Set(whole.weights.map(({ step }) => step)),
    new Set([1, 2, 3]),
  );
  const cut = await place.cut(/^step 1/, plan);
  await resumeRun({ id: cut.id, from: "last" }, place.context);
  deepStrictEqual(place.traceOf(cut.id), whole);
});

Deno.test("RunObserver gives mean weights statistics of their own where they want them", async () => {
  using place = new Workplace();
  const average = { type: "stochastic", from: 0.5, everySteps: 1, batches: 2 };
  const model = {
    ...{ type: "resUnet", filters: [2, 3], anisotropicLevels: 1 },
    norm: { type: "batch" },
  };
  const plan = (batches: number) =>
    smallPlan({ model, train: { average: { ...average, batches } } });
  const scores = async (batches: number) => {
    const { id } = await place.run(plan(batches));
    using records = place.records();
    return records.metrics(id, { split: "validation", name: "ap" })
      .map(({ value }) => value);
  };
  const two = await scores(2);
  deepStrictEqual(await scores(2), two);
  const four = await scores(4);
  deepStrictEqual(four.length, 2);
  ok(two.some((value, i) => value !== four[i]));
});
