import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { smallPlan, Workplace } from "./_testing.ts";
import { resumeRun } from "./resume.ts";

Deno.test("resumeRun() ends as if the run had not been cut, from wherever it goes on", async () => {
  using place = new Workplace();
  const { id } = await place.run();
  const whole = place.traceOf(id);
  for (
    const [from, after] of [["last", 4], ["best", 3]] as const
  ) {
    const run = await place.cut(/^step 3: validation/);
    deepStrictEqual([run.state, run.reason], [
      "interrupted",
      "stopped by the user",
    ]);
    const go = `Interrupted; go on with: deno task resume ${run.id}`;
    ok(place.said().includes(go));
    const resumed = await resumeRun({ id: run.id, from }, place.context);
    deepStrictEqual([resumed.id, resumed.state], [run.id, "finished"]);
    deepStrictEqual(place.traceOf(run.id), whole);
    const [first, ...said] = place.said();
    deepStrictEqual(first, `Going on with ${run.id} after step ${after}`);
    deepStrictEqual(said.filter((line) => /^Note/.test(line)), []);
    ok(place.log(run.id).includes(`info: resumed after step ${after}`));
  }
});

Deno.test("resumeRun() does what was due where the run was stopped", async () => {
  using place = new Workplace();
  const plan = smallPlan({ train: { validateEvery: 2 } });
  const { id } = await place.run(plan);
  const whole = place.traceOf(id);
  // The validation after the step at which a stop is noticed is still due.
  const cut = await place.cut(/^step 2: validation/, plan);
  const stepsSeen = () => {
    using records = place.records();
    return records.metrics(cut.id, { split: "validation", name: "ap" })
      .map(({ step }) => step);
  };
  deepStrictEqual(stepsSeen(), [1, 2]);
  await resumeRun({ id: cut.id, from: "last" }, place.context);
  deepStrictEqual(place.traceOf(cut.id), whole);
});

Deno.test("resumeRun() goes on with what the run has taken of the machine", async () => {
  using place = new Workplace();
  const { id } = await place.cut(/^step 3: validation/);
  const name = "system.peakMemoryMiB", most = 2 ** 40;
  for (const table of ["metric", "last_metric"]) {
    place.change(
      `UPDATE ${table} SET value = ${most} WHERE series =
       (SELECT id FROM series WHERE name = '${name}')`,
    );
  }
  await resumeRun({ id, from: "last" }, place.context);
  using records = place.records();
  const [series] = records.metricSeries(id, { split: "train", name });
  deepStrictEqual(series!.values.at(-1), most);
  ok(series!.steps.at(-1)! > 4, "recorded anew");
});

Deno.test("resumeRun() says what has changed since the run began", async () => {
  using place = new Workplace();
  const lock = join(place.folder, "deno.lock");
  Deno.writeTextFileSync(lock, "one");
  const { id } = await place.cut(/^Running/);
  Deno.writeTextFileSync(lock, "other");
  place.said();
  await resumeRun({ id, from: "last" }, place.context);
  const note = place.said().find((line) => line.startsWith("Note: "))!;
  ok(/^Note: since the run began, lockfile: \w+, was \w+$/.test(note), note);
  ok(place.log(id).includes(note.replace("Note: ", "warning: ")));
});

Deno.test("resumeRun() refuses what has finished or is damaged, and says what helps", async () => {
  using place = new Workplace();
  const refusal = (id: string, from: "last" | "best") =>
    resumeRun({ id, from }, place.context).then(
      () => null,
      (error) => {
        ok(error instanceof ExperimentError);
        return [error.message, error.fix];
      },
    );
  const { id } = await place.run();
  const [finished] = (await refusal(id, "last"))!;
  ok(/finished/.test(finished!), finished);

  const early = await place.cut(/^Running/);
  deepStrictEqual(await refusal(early.id, "best"), [
    "Cannot go on from it: there is none",
    "Leave --from out",
  ]);
  const late = await place.cut(/^step 3: validation/);
  for (const [run, from] of [[late, "best"], [early, "start"]] as const) {
    place.damage(run.id, "checkpoint/last");
    const [, fix] = (await refusal(run.id, "last"))!;
    ok(fix!.endsWith(`deno task resume ${run.id} --from ${from}`), fix);
    await resumeRun({ id: run.id, from }, place.context);
    deepStrictEqual(place.traceOf(run.id), place.traceOf(id));
  }
  // One that was killed before its first checkpoint begins anew.
  const none = await place.cut(/^Running/);
  place.change("DELETE FROM artifact WHERE name LIKE 'checkpoint/%'");
  await resumeRun({ id: none.id, from: "last" }, place.context);
  deepStrictEqual(place.traceOf(none.id), place.traceOf(id));
  await rejects(
    resumeRun({ id: "none", from: "last" }, place.context),
    ExperimentError,
  );
});
