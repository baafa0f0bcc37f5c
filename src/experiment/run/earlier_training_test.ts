import { deepStrictEqual, match, throws } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import type { NewRun, Records, RunState } from "@/record/mod.ts";
import { newRun, withRecords } from "@/record/_testing.ts";
import { firstSnapshot } from "@/train/mod.ts";
import { planExperiment } from "../plan/mod.ts";
import { checkSpec } from "../spec/mod.ts";
import {
  checkpointType,
  lastCheckpoint,
  saveCheckpoint,
} from "./checkpoints.ts";
import { earlierTraining } from "./earlier_training.ts";
import { buildTraining } from "./training.ts";

const plan = planExperiment(checkSpec({
  name: "small",
  data: { train: [{ source: { type: "phantom" } }] },
  sampler: { type: "uniform", patchVox: [4, 16, 16] },
  model: { type: "resUnet", filters: [2, 3], anisotropicLevels: 1 },
  loss: { terms: [{ type: "bce" }] },
}, "test"));
const training = buildTraining(plan.spec);
const { environment, inputs } = newRun();
const { trainingHash } = plan;
const other = { planHash: "0".repeat(64), trainingHash };
const plans = { ranking: plan.ranking, plan: JSON.stringify(plan) };

/** Records a run that has come to a step; gives its name. */
function record(
  records: Records,
  { state = "finished", step = 3, ...changes }: Partial<NewRun> & {
    readonly state?: Exclude<RunState, "running" | "stopped" | "crashed">;
    readonly step?: number;
  },
): string {
  using recorder = records.startRun(newRun({ ...plans, ...other, ...changes }));
  const first = firstSnapshot(training.network, {
    slotNames: training.optimizer.slotNames,
  }, openRng(1));
  const snapshot = { ...first, step };
  saveCheckpoint(recorder, { name: lastCheckpoint, snapshot, training });
  recorder.finish(state);
  return recorder.run.id;
}

/** What is taken over of some runs: the run's number, from 0; null if nothing is. */
function taken(...runs: readonly Parameters<typeof record>[1][]) {
  let found: { place: number; isWhole: boolean; step: number } | null = null;
  withRecords((records) => {
    const ids = runs.map((run) => record(records, run));
    const prepared = {
      ...{ plan, training, records },
      surroundings: { environment, inputs },
    };
    const earlier = earlierTraining(prepared, { print() {} });
    found = earlier && {
      place: ids.indexOf(earlier.run.id),
      isWhole: earlier.isWhole,
      step: earlier.end.step,
    };
  });
  return found;
}

Deno.test("earlierTraining() takes a finished training, before one that was cut", () => {
  const whole = { place: 0, isWhole: true, step: 3 };
  deepStrictEqual(taken({}), whole);
  deepStrictEqual(taken({}, { state: "interrupted", step: 2 }), whole);
  deepStrictEqual(taken(), null);
});

Deno.test("earlierTraining() takes one that was cut, of the same engine and threads", () => {
  const cut = { state: "interrupted", step: 2 } as const;
  deepStrictEqual(taken(cut), { place: 0, isWhole: false, step: 2 });
  deepStrictEqual(taken({ ...cut, state: "failed" })?.["isWhole"], false);
  for (const change of [{ engine: "pjrt" }, { threads: 9 }]) {
    const elsewhere = { ...cut, environment: { ...environment, ...change } };
    deepStrictEqual(taken(elsewhere), null);
  }
  deepStrictEqual(taken({ ...cut, step: 0 }), null);
});

Deno.test("earlierTraining() leaves the same plan to resume, and trains it again once it is measured", () => {
  const same = { planHash: plan.hash };
  deepStrictEqual(taken({ ...same, state: "interrupted", step: 2 }), null);
  deepStrictEqual(taken({}, same), null);
});

Deno.test("earlierTraining() wants the same data to train on", () => {
  const changed = inputs.map((input) => ({ ...input, sha256: "0".repeat(64) }));
  deepStrictEqual(taken({ inputs: changed }), null);
  deepStrictEqual(taken({ trainingHash: "1".repeat(64) }), null);
});

Deno.test("earlierTraining() prefers the run that has trained the weights to one that measured them anew", () =>
  withRecords((records) => {
    const first = record(records, {});
    record(records, { trainedBy: first });
    const surroundings = { environment, inputs };
    const earlier = earlierTraining(
      { plan, training, records, surroundings },
      { print() {} },
    );
    deepStrictEqual(earlier!.run.id, first);
  }));

Deno.test("earlierTraining() leaves a run alone that is going on", () =>
  withRecords((records) => {
    using recorder = records.startRun(newRun({ ...plans, ...other }));
    const surroundings = { environment, inputs };
    const prepared = { plan, training, records, surroundings };
    deepStrictEqual(earlierTraining(prepared, { print() {} }), null);
    recorder.finish("finished");
  }));

Deno.test("earlierTraining() says why it cannot take a training over, and hides no mistake of ours", () =>
  withRecords((records) => {
    using recorder = records.startRun(newRun({ ...plans, ...other }));
    const { id } = recorder.run;
    recorder.artifact(lastCheckpoint, checkpointType, Uint8Array.of(1, 2, 3));
    recorder.finish("finished");
    const surroundings = { environment, inputs };
    const prepared = { plan, training, records, surroundings };
    const said: string[] = [];
    const print = (line: string) => said.push(line);
    deepStrictEqual(earlierTraining(prepared, { print }), null);
    deepStrictEqual(said.length, 1);
    match(said[0]!, new RegExp(`^Training anew what ${id} has trained: .`));
    const broken = {
      ...records,
      runs: () => records.runs(),
      artifacts() {
        throw new TypeError("mine");
      },
      artifact() {
        throw new TypeError("mine");
      },
    } as unknown as Records;
    throws(
      () => earlierTraining({ ...prepared, records: broken }, { print }),
      /mine/,
    );
  }));
