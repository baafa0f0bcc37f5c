import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { smallPlan, Workplace } from "./_testing.ts";
import { repeatRun } from "./repeat.ts";
import { resumeRun } from "./resume.ts";

/** How much there is to compare of a run. */
function sizeOf(place: Workplace, id: string) {
  const { metrics, weights, samples } = place.traceOf(id);
  return {
    metrics: metrics.length,
    weightHashes: weights.length,
    samples: samples.length,
  };
}

Deno.test("repeatRun() finds a run identical, also where its repetition was cut", async () => {
  using place = new Workplace();
  const { id } = await place.run();
  place.said();
  const again = await repeatRun({ id }, place.context);
  const identical = {
    isIdentical: true,
    firstDifference: null,
    reasons: [],
    same: sizeOf(place, id),
    extent: "whole",
  };
  deepStrictEqual(again.rerunOf, id);
  deepStrictEqual(again.verdict, identical);
  const said = place.said();
  deepStrictEqual(said[0], `Repeating ${id} as ${again.id}`);
  match(said.at(-1)!, /^identical: \d+ metrics/);

  place.stopAt = /^step 3: validation/;
  const cut = await repeatRun({ id }, place.context);
  place.stopAt = null;
  deepStrictEqual([cut.state, cut.verdict], ["interrupted", null]);
  const whole = await resumeRun({ id: cut.id, from: "last" }, place.context);
  deepStrictEqual(whole.verdict, identical);
});

Deno.test("repeatRun() compares as much as there is of a run that was cut or measured", async () => {
  using place = new Workplace();
  const cut = await place.cut(/^step 3: validation/);
  const again = await repeatRun({ id: cut.id }, place.context);
  deepStrictEqual(again.verdict, {
    ...{ isIdentical: true, firstDifference: null, reasons: [] },
    ...{ same: sizeOf(place, cut.id), extent: "unfinished" },
  });
  const tta = smallPlan({ infer: { tta: { type: "flips" } } });
  const { id } = await place.run(tta);
  const measured = await repeatRun({ id }, place.context);
  deepStrictEqual(measured.trainedBy, null);
  deepStrictEqual([measured.verdict?.isIdentical, measured.verdict?.extent], [
    true,
    "measured",
  ]);
});

Deno.test("repeatRun() finds a run identical that an older version recorded, without a loss of validations", async () => {
  using place = new Workplace();
  const { id } = await place.run();
  const loss = "(SELECT id FROM series WHERE split || name = 'validationloss')";
  for (const table of ["metric", "last_metric"]) {
    place.change(`DELETE FROM ${table} WHERE series IN ${loss}`);
  }
  const same = sizeOf(place, id);
  const { verdict, ...again } = await repeatRun({ id }, place.context);
  deepStrictEqual([verdict?.isIdentical, verdict?.same], [true, same]);
  deepStrictEqual(sizeOf(place, again.id).metrics, same.metrics + 2);
});

Deno.test("repeatRun() says what differs first, and what else does", async () => {
  using place = new Workplace();
  const { id } = await place.run();
  place.change(
    "UPDATE weight_hash SET sha256 = zeroblob(32) WHERE step = 3",
  );
  Deno.writeTextFileSync(join(place.folder, "deno.lock"), "another");
  const { verdict } = await repeatRun({ id }, place.context);
  deepStrictEqual(verdict?.isIdentical, false);
  deepStrictEqual(verdict?.firstDifference?.step, 3);
  match(verdict!.firstDifference!.what, /^weights of /);
  deepStrictEqual(verdict!.reasons.length, 1);
  match(verdict!.reasons[0]!, /^lockfile: /);
  match(place.said().at(-1)!, /^different from step 3: weights of /);
});

Deno.test("repeatRun() refuses what there is not", async () => {
  using place = new Workplace();
  await rejects(repeatRun({ id: "none" }, place.context), ExperimentError);
});
