import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";
import { startRun } from "./start.ts";

Deno.test("startRun() records every step, what is due on the way, and the best weights' scores", async () => {
  using place = new Workplace();
  const plan = smallPlan({ data: { test: [smallPhantom(14)] } });
  const { id, state, reason, rerunOf, trainedBy } = await place.run(plan);
  deepStrictEqual({ state, reason, rerunOf, trainedBy }, {
    ...{ state: "finished", reason: null, rerunOf: null, trainedBy: null },
  });
  using records = place.records();
  const stepsOf = (split: "train" | "validation" | "test", name: string) =>
    records.metrics(id, { split, name }).map(({ step }) => step);
  deepStrictEqual(stepsOf("train", "loss"), [1, 2, 3, 4, 5, 6]);
  deepStrictEqual(stepsOf("train", "loss.dice"), [1, 2, 3, 4, 5, 6]);
  deepStrictEqual(stepsOf("validation", "ap"), [3, 6]);
  deepStrictEqual(stepsOf("validation", "loss"), [3, 6]);
  deepStrictEqual(stepsOf("test", "ap"), []);
  const samples = records.samples(id).map(({ index, step }) => [index, step]);
  deepStrictEqual(
    samples,
    Array.from({ length: 12 }, (_, i) => [i, Math.floor(i / 2) + 1]),
  );
  const rungs = new Set(records.weightHashes(id).map(({ step }) => step));
  deepStrictEqual([...rungs], [3, 6]);

  const [best] = records.metrics(id, { split: "validation", name: "ap" })
    .toSorted((a, b) => b.value - a.value);
  deepStrictEqual(stepsOf("validation", "best.ap"), [best!.step]);
  deepStrictEqual(stepsOf("test", "best.ap"), [best!.step]);
  const last = records.lastMetrics(id);
  deepStrictEqual(last["validation/best.ap"], best!.value);
  ok(last["train/system.peakMemoryMiB"]! > 0);
  const evaluation = (split: string, name: string) =>
    JSON.parse(new TextDecoder().decode(
      records.artifact(id, `evaluation/${split}/${name}.json`),
    ));
  const names = records.artifacts(id).map(({ name }) => name);
  const [, test] = /^evaluation\/test\/(.*)\.json$/m.exec(names.join("\n"))!;
  const tested = evaluation("test", test!);
  deepStrictEqual(tested.thresholdFrom, "validation");
  deepStrictEqual(tested.step, best!.step);
  deepStrictEqual(tested.metrics.threshold, last["validation/best.threshold"]);
  ok(names.includes("plan.json") && names.includes("network.svg"));

  const [first, ...said] = place.said();
  deepStrictEqual(first, `Running small as ${id}`);
  match(
    said.join("\n"),
    /^step 3: validation AP \S+ · Dice \S+ · Loss \S+ · the best so far$/m,
  );
  deepStrictEqual(
    said.filter((line) => /^(validation|test) with/.test(line))
      .map((line) => line.replace(/: .*/, "")),
    [
      `validation with the weights of step ${best!.step}`,
      `test with the weights of step ${best!.step}`,
    ],
  );
});

Deno.test("startRun() measures anew what is trained, and goes on with what was cut", async () => {
  using place = new Workplace();
  const cut = await place.cut(/^step 3: validation/);
  deepStrictEqual(cut.state, "interrupted");
  place.said();
  const evaluate = { metrics: ["averagePrecision"], sectionsShown: 0 };
  const whole = await place.run(smallPlan({ evaluate }));
  const [going] = place.said();
  deepStrictEqual(
    going,
    `Going on with the training of ${cut.id} after step 4 as ${whole.id}`,
  );
  ok(
    place.log(whole.id).includes(
      `info: goes on with the training of ${cut.id} after step 4`,
    ),
  );
  Deno.writeTextFileSync(`${place.folder}/deno.lock`, "another");
  const other = await place.run(
    smallPlan({ infer: { tta: { type: "flips" } } }),
  );
  const [measuring, note, ...said] = place.said();
  match(note!, /^Note: since they were trained, lockfile: \w+, was \w*$/);
  ok(place.log(other.id).includes(note!.replace("Note: ", "warning: ")));
  deepStrictEqual(
    measuring,
    `Measuring the weights of ${whole.id} as ${other.id}`,
  );
  deepStrictEqual(said.filter((line) => line.startsWith("step")), []);
  match(said.join("\n"), /^measuring \S+, tile 1 of \d+$/m);
  deepStrictEqual(other.trainedBy, whole.id);
  deepStrictEqual(
    place.traceOf(other.id).weights,
    place.traceOf(whole.id).weights,
  );
  const [losses, before] = [other, whole].map(({ id }) =>
    place.traceOf(id).metrics.filter((line) =>
      line.startsWith("validation loss")
    )
  );
  deepStrictEqual([losses, losses!.length], [before, 2]);
  ok(
    place.log(other.id).includes(
      `info: measures the weights of ${whole.id} anew`,
    ),
  );

  // Whoever runs the same again wants it trained again.
  const again = await place.run(smallPlan({ evaluate }));
  deepStrictEqual(place.said()[0], `Running small as ${again.id}`);
  deepStrictEqual(place.traceOf(again.id), place.traceOf(whole.id));
});

Deno.test("startRun() leaves no trace of what cannot begin", async () => {
  using place = new Workplace();
  const missing = { source: { type: "cremi", file: "none.hdf" } };
  const plans = [
    smallPlan({ data: { test: [missing] } }),
    smallPlan({ report: { compareWith: ["none"] } }),
    smallPlan({ init: { run: "none" } }),
  ];
  for (const plan of plans) await rejects(place.run(plan), ExperimentError);
  const stopped = { ...place.context, signal: AbortSignal.abort() };
  const request = { plan: smallPlan(), file: "small.yaml", overrides: [] };
  await rejects(startRun(request, stopped), { name: "AbortError" });
  using records = place.records();
  deepStrictEqual(records.runs(), []);
});

Deno.test("startRun() refuses a variant that is on record", async () => {
  using place = new Workplace();
  const plan = smallPlan({ train: { volumeTotal: 2 } });
  const start = (variant: Record<string, string> | null) =>
    startRun(
      { plan, file: "a.yaml", overrides: ["seed=1"], variant },
      place.context,
    );
  const { file, overrides, variant } = await start({ seed: "1" });
  deepStrictEqual({ file, overrides, variant }, {
    ...{ file: "a.yaml", overrides: ["seed=1"], variant: { seed: "1" } },
  });
  await rejects(start({ seed: "1" }), ExperimentError);
  deepStrictEqual((await start(null)).state, "finished");
  using records = place.records();
  deepStrictEqual(records.runs().length, 2);
});
