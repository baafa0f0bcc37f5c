import { deepStrictEqual } from "node:assert/strict";
import { openRng, wholeBox } from "@/core/mod.ts";
import { openShared } from "@/data/mod.ts";
import { metrics } from "@/metric/mod.ts";
import { openRecords, type SectionsRecord } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { firstSnapshot } from "@/train/mod.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { smallPlan, Workplace } from "./_testing.ts";
import { CheckedRecorder } from "./checked_recorder.ts";
import { bestCheckpoint, readCheckpoint } from "./checkpoints.ts";
import type { ActiveJob, BestSoFar } from "./job.ts";
import { buildTraining } from "./training.ts";
import type { LossOf } from "./validation_loss.ts";
import { Validator } from "./validator.ts";

const plan = smallPlan({ infer: { tta: { type: "flips" } } });
const training = buildTraining(plan.spec);
const volume = openShared(sharedBlobs([4, 16, 16]));
const { target } = volume.read(wholeBox(volume.shapeVox));

/** A network that finds a share of the cleft voxels, and nothing else. */
function finds(share: number): Float32Array {
  const wanted = share * target.filter((label) => label !== 0).length;
  let found = 0;
  return target.map((label) => label && found++ < wanted ? 1 : 0) as never;
}

/** Validates networks one after the other, a step each from 1 on. */
async function validate(
  said: readonly Float32Array[],
  { best = null, volumes = [volume], lossOf = null }: {
    readonly best?: BestSoFar | null;
    readonly lossOf?: LossOf | null;
    readonly volumes?: readonly (typeof volume)[];
  } = {},
) {
  using place = new Workplace();
  using records = openRecords(place.context.resultsFolder);
  using recorder = records.startRun(newRun());
  const { id } = recorder.run;
  const passes: number[] = [], pauses: number[] = [], results: unknown[] = [];
  const printed: string[] = [];
  let step = 0;
  const validator = new Validator(
    {
      ...{ plan, training, records, best },
      data: { measured: { validation: volumes, test: [] } },
      recorder: new CheckedRecorder(recorder),
    } as unknown as ActiveJob,
    {
      evaluatorOf: () => ({
        forward: () => {
          passes.push(step);
          return Promise.resolve(Float32Array.from(said[step - 1]!));
        },
        plan: { ...plan.spec.infer, patchVox: volume.shapeVox },
        metrics: plan.spec.evaluate.metrics.map(metrics.create),
      }),
      lossOf,
      progress: { pause: () => pauses.push(step) },
      context: { print: (line) => printed.push(line) },
    },
  );
  const { network, optimizer } = training;
  const first = firstSnapshot(
    network,
    { slotNames: optimizer.slotNames },
    openRng(1),
  );
  for (step = 1; step <= said.length; step++) {
    results.push(await validator.validate({ ...first, step }));
  }
  recorder.flush();
  const names = [bestCheckpoint];
  return {
    ...{ printed, passes, pauses, results },
    kept: readCheckpoint(records, id, { training, names })?.step ?? null,
    recorded: records.metrics(id, { split: "validation", name: "ap" })
      .map(({ step, value }) => [step, value]),
    seen: records.artifacts(id)
      .filter(({ name }) => /^sections\/.*\.json$/.test(name))
      .map(({ name }) => {
        const text = new TextDecoder().decode(records.artifact(id, name));
        return (JSON.parse(text) as SectionsRecord).step;
      }),
  };
}

Deno.test("Validator keeps the first of the best weights, and says where they are", async () => {
  const networks = [0.5, 1, 0.5, 1].map(finds);
  const { printed, kept, recorded, results, pauses, seen } = await validate(
    networks,
  );
  deepStrictEqual(seen, [4]); // the last one alone
  deepStrictEqual(kept, 2);
  deepStrictEqual(recorded.map(([step]) => step), [1, 2, 3, 4]);
  deepStrictEqual([recorded[1]![1], recorded[3]![1]], [1, 1]);
  deepStrictEqual(printed.map((line) => line.split(" · ").at(-1)), [
    "the best so far",
    "the best so far",
    "best AP 1 at 2",
    "best AP 1 at 2",
  ]);
  deepStrictEqual(
    printed[1],
    "step 2: validation AP 1 · Dice 1 · the best so far",
  );
  deepStrictEqual(pauses, [1, 2, 3, 4]);
  deepStrictEqual(results[1], {
    step: 2,
    scores: { threshold: 1, ap: 1, dice: 1 },
  });
});

Deno.test("Validator predicts without test-time augmentation", async () => {
  deepStrictEqual((await validate([finds(1)])).passes, [1]);
});

Deno.test("Validator records the loss as one more number of the validation", async () => {
  const { printed, results } = await validate([finds(1)], {
    lossOf: ({ step }) => Promise.resolve(step / 4),
  });
  deepStrictEqual(printed, [
    "step 1: validation AP 1 · Dice 1 · Loss 0.250 · the best so far",
  ]);
  deepStrictEqual(results, [
    { step: 1, scores: { threshold: 1, ap: 1, dice: 1, loss: 0.25 } },
  ]);
});

Deno.test("Validator goes on from the best that was known", async () => {
  const before = { step: 7, value: 0.9 };
  const worse = await validate([finds(0.5)], { best: before });
  deepStrictEqual(worse.kept, null);
  deepStrictEqual(worse.printed[0]!.split(" · ").at(-1), "best AP 0.900 at 7");
  deepStrictEqual((await validate([finds(1)], { best: before })).kept, 1);
});

Deno.test("Validator keeps nothing by a number that is undefined, and does nothing without volumes", async () => {
  const empty = {
    ...volume,
    read: (...words: Parameters<typeof volume.read>) => {
      const patch = volume.read(...words);
      return { ...patch, target: patch.target.fill(0) };
    },
  };
  const undefinedOne = await validate([finds(1)], { volumes: [empty] });
  deepStrictEqual(undefinedOne.kept, null);
  deepStrictEqual(undefinedOne.printed, ["step 1: validation AP – · Dice –"]);
  const none = await validate([finds(1)], { volumes: [] });
  deepStrictEqual(none, {
    ...{ printed: [], passes: [], pauses: [], results: [null] },
    ...{ kept: null, recorded: [], seen: [] },
  });
});
