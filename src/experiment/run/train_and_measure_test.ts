import { deepEqual, ok } from "node:assert/strict";
import { repeatRun } from "./repeat.ts";
import { resumeRun } from "./resume.ts";
import { startRun } from "./start.ts";
import { smallPlan, Workplace } from "./_testing.ts";

/** Six steps, a validation after each second one, a checkpoint after the third, a rate that falls to the end. */
const plan = smallPlan({
  train: { validateEvery: 4 },
  schedule: { type: "cosine" },
});
const request = { plan, file: "small.yaml", overrides: [] };

Deno.test("a run that a search stops goes on as if it had not been, in its own schedule", async () => {
  using place = new Workplace();
  const { id } = await place.run(plan);
  const whole = place.traceOf(id);
  const stopped = await startRun({ ...request, stopAfter: 2 }, place.context);
  deepEqual(
    [stopped.state, stopped.stoppedAfter, stopped.reason],
    ["stopped", 2, "stopped by a search after step 2"],
  );
  const next = { id: stopped.id, from: "last" } as const;
  const again = await resumeRun({ ...next, stopAfter: 4 }, place.context);
  deepEqual([again.state, again.stoppedAfter], ["stopped", 4]);
  const { metrics } = place.traceOf(stopped.id);
  ok(metrics.every((point) => whole.metrics.includes(point)));
  ok(!metrics.some((point) => /best\./.test(point)), "nothing is measured yet");
  const finished = await resumeRun(next, place.context);
  deepEqual([finished.state, finished.stoppedAfter], ["finished", null]);
  deepEqual(place.traceOf(stopped.id), whole);
});

Deno.test("a rerun of a run that a search stopped stops there, and is compared whole", async () => {
  using place = new Workplace();
  const { id } = await startRun({ ...request, stopAfter: 4 }, place.context);
  const { state, stoppedAfter, verdict, ...rerun } = await repeatRun(
    { id },
    place.context,
  );
  deepEqual([state, stoppedAfter, rerun.rerunOf], ["stopped", 4, id]);
  ok(verdict!.isIdentical);
  deepEqual([verdict!.extent, verdict!.same!.samples], ["whole", 8]);
  deepEqual(place.traceOf(rerun.id), place.traceOf(id));
});

Deno.test("a rerun of a stopped run that was cut goes on to where that was stopped", async () => {
  using place = new Workplace();
  const { id } = await startRun({ ...request, stopAfter: 4 }, place.context);
  place.stopAt = /^step 2: validation/;
  const cut = await repeatRun({ id }, place.context);
  place.stopAt = null;
  deepEqual(cut.state, "interrupted");
  const resumed = await resumeRun({ id: cut.id, from: "last" }, place.context);
  deepEqual([resumed.state, resumed.stoppedAfter], ["stopped", 4]);
  ok(resumed.verdict!.isIdentical);
});
