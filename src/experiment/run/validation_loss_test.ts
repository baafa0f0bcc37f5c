import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { openShared } from "@/data/mod.ts";
import { TrainState } from "@/train/mod.ts";
import { engineForTests } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { smallPlan } from "./_testing.ts";
import { findLossBatches } from "./loss_batches.ts";
import { buildTraining, firstState } from "./training.ts";
import { openValidationLoss } from "./validation_loss.ts";

/** The loss of a first state as if it were that of a step, of six in all. */
async function lossAfter(
  step: number,
  terms: readonly unknown[],
  { stop = new AbortController(), hear = () => {} }: {
    readonly stop?: AbortController;
    readonly hear?: (what: string) => void;
  } = {},
): Promise<number> {
  const plan = smallPlan({ loss: { terms } });
  const training = buildTraining(plan.spec);
  const volume = openShared(sharedBlobs([4, 16, 16]));
  const lossOf = openValidationLoss({
    ...{ plan, training, engine: await engineForTests("embedded") },
    lossBatches: findLossBatches([volume], plan).batches,
  }, { signal: stop.signal, onProgress: hear })!;
  using state = TrainState.from({ ...firstState(training, 1), step }, []);
  return await lossOf(state);
}

Deno.test("openValidationLoss() weighs terms as training does at that step", async () => {
  const bce = { type: "bce" }, dice = { type: "dice" };
  const [one, other] = [
    await lossAfter(1, [bce]),
    await lossAfter(1, [dice]),
  ];
  const course = [{ ...bce, weight: { from: 1, to: 0 } }, dice];
  assertAlmostEquals(await lossAfter(1, course), one + other, 1e-5);
  assertAlmostEquals(await lossAfter(6, course), other, 1e-5);
  ok(one > 0 && other > 0);
});

Deno.test("openValidationLoss() tells of each batch, and stops between two", async () => {
  const stop = new AbortController(), heard: string[] = [];
  const hear = (what: string) => {
    if (heard.push(what) === 2) stop.abort(new Error("enough"));
  };
  await rejects(lossAfter(1, [{ type: "bce" }], { stop, hear }), /enough/);
  deepStrictEqual(heard, ["loss, batch 1 of 4", "loss, batch 2 of 4"]);
});

Deno.test("openValidationLoss() is null where validation data cannot be sampled", async () => {
  const plan = smallPlan(), training = buildTraining(plan.spec);
  const engine = await engineForTests("embedded");
  const company = { signal: new AbortController().signal, onProgress() {} };
  deepStrictEqual(
    openValidationLoss({ plan, training, engine, lossBatches: null }, company),
    null,
  );
});
