import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { firstSnapshot, type StepEvent, type TrainState } from "@/train/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";
import type { ActiveJob } from "./job.ts";
import { RunObserver } from "./observer.ts";
import { buildTraining } from "./training.ts";
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
  ok(/^stopped early after step 4: AP has not/.test(reason!), reason!);
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
  const four = await scores(4);
  deepStrictEqual(four.length, 2);
  ok(two.some((value, i) => value !== four[i]));
});

const plan = { totalSteps: 9, saveEverySteps: 3, validateEverySteps: 2 };
const { spec, ranking } = smallPlan();
const training = buildTraining(spec);
const slots = { slotNames: training.optimizer.slotNames };
const first = firstSnapshot(training.network, slots, openRng(1));

/** What an observer of a made-up training does, by the names of what it calls. */
function observed(
  { step = 0, validations = [], hashes = [], volumes = 1, ...parts }: {
    /** Where the training is. */
    readonly step?: number;
    /** Steps that were validated before, and those whose weights were hashed. */
    readonly validations?: readonly number[];
    readonly hashes?: readonly number[];
    /** Volumes to validate on. */
    readonly volumes?: number;
    readonly signal?: AbortSignal;
    readonly validate?: () => Promise<null>;
  },
) {
  const done: string[] = [];
  const job = {
    ...{ plan: { ranking, spec, steps: { total: 9 } }, training },
    data: {
      measured: { validation: Array(volumes).fill(smallPhantom(1)) },
    },
    records: {
      metrics: () => validations.map((step) => ({ step })),
      weightHashes: () => hashes.map((step) => ({ step })),
    },
    recorder: {
      id: "a",
      samples() {},
      metrics(points: readonly { name: string; value: number }[]) {
        const speed = points.find(({ name }) => name.endsWith("PerSecond"));
        if (speed) done.push(`${speed.value} voxels a second`);
      },
      weightHashes: () => done.push("hash"),
      recorder: {
        heartbeat() {},
        log: (level: string, text: string) => done.push(`${level}: ${text}`),
        artifact: () => done.push("save"),
      },
    },
  } as unknown as ActiveJob;
  const observer = new RunObserver(
    job,
    {
      plan: { ...plan, onNan: "stop" },
      validator: {
        validate: parts.validate ?? (() => {
          done.push("validate");
          return Promise.resolve(null);
        }),
      },
      progress: { step() {}, pause() {} },
      context: {
        print() {},
        signal: parts.signal ?? new AbortController().signal,
      },
    } as ConstructorParameters<typeof RunObserver>[1],
  );
  const state = {
    ...{ step, mean: null },
    snapshot: () => Promise.resolve({ ...first, step }),
  } as unknown as TrainState;
  return { observer, state, done };
}

Deno.test("RunObserver does what was still due where a run was stopped, and no more", async () => {
  const doneAt = async (given: Parameters<typeof observed>[0]) => {
    const { observer, state, done } = observed(given);
    await observer.doWhatWasDue(state);
    return done;
  };
  deepStrictEqual(await doneAt({}), []);
  deepStrictEqual(await doneAt({ step: 1 }), []);
  deepStrictEqual(await doneAt({ step: 2 }), ["validate"]);
  deepStrictEqual(await doneAt({ step: 2, validations: [4] }), ["validate"]);
  deepStrictEqual(await doneAt({ step: 2, validations: [2] }), []);
  deepStrictEqual(await doneAt({ step: 2, volumes: 0 }), []);
  deepStrictEqual(await doneAt({ step: 3 }), ["hash", "save"]);
  deepStrictEqual(await doneAt({ step: 3, hashes: [2] }), ["hash", "save"]);
  deepStrictEqual(await doneAt({ step: 3, hashes: [3] }), []);
  const both = ["validate", "hash", "save"];
  deepStrictEqual(await doneAt({ step: 6 }), both);
  deepStrictEqual(await doneAt({ step: 6, hashes: [6] }), both);
  deepStrictEqual(await doneAt({ step: 6, validations: [6] }), both);
  deepStrictEqual(await doneAt({ step: 6, volumes: 0, hashes: [6] }), []);
});

Deno.test("RunObserver keeps the state of a training that was stopped as it validated", async () => {
  const failing = (signal: AbortSignal) =>
    observed({
      ...{ step: 2, signal },
      validate: () => Promise.reject(new Error("mine")),
    });
  const due = { step: 2, validate: true, save: false };
  const stopped = failing(AbortSignal.abort());
  await rejects(stopped.observer.onDue(due, stopped.state), /mine/);
  deepStrictEqual(stopped.done, ["save"]);
  const failed = failing(new AbortController().signal);
  await rejects(failed.observer.onDue(due, failed.state), /mine/);
  deepStrictEqual(failed.done, []);
});

Deno.test("RunObserver hashes and keeps a state where a training ends early, once", async () => {
  const doneAt = async (step: number, hashes: readonly number[] = []) => {
    const { observer, state, done } = observed({ step, hashes });
    await observer.onEarlyEnd(state, "enough");
    deepStrictEqual(observer.earlyEnd, "enough");
    return done;
  };
  deepStrictEqual(await doneAt(3), ["info: enough"]); // kept already
  deepStrictEqual(await doneAt(4), ["info: enough", "hash", "save"]);
  deepStrictEqual(await doneAt(4, [3]), ["info: enough", "hash", "save"]);
  deepStrictEqual(await doneAt(4, [4]), ["info: enough", "save"]);
});

Deno.test("RunObserver tells how fast voxels are seen, and why a step is doubtful", () => {
  const told = (event: Partial<StepEvent>) => {
    const { observer, done } = observed({});
    observer.onStep({
      ...{ step: 7, loss: 1, terms: [1, 1], factors: [1, 1], samples: [] },
      ...{ gradientNorm: null, learningRate: 1, stepMs: 1000, waitMs: 0 },
      ...{ fault: null, isSkipped: false, ...event },
    });
    return done;
  };
  const speed = `${2 * 8 * 8 * 2} voxels a second`;
  deepStrictEqual(told({}), [speed]);
  deepStrictEqual(told({ fault: "the loss is NaN" }), [
    ...[speed, "warning: step 7: the loss is NaN"],
  ]);
  deepStrictEqual(told({ fault: "odd", isSkipped: true }), [
    ...[speed, "warning: step 7 skipped: odd"],
  ]);
  deepStrictEqual(told({ isSkipped: true }), [
    ...[speed, "warning: step 7 skipped: as the one before"],
  ]);
});
