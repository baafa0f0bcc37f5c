import {
  deepStrictEqual,
  match,
  notDeepStrictEqual,
  ok,
} from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { pause, Workplace } from "./_run.ts";

const set = (...values: readonly string[]) =>
  values.flatMap((value) => ["--set", value]);

/** 20 steps of two batches of two; validations and checkpoints every fourth or so. */
const everything = set(
  "train.volumeTotal=80",
  "train.accumulate=2",
  "train.volumeSave=20",
  "train.validateEvery=16",
  "train.workers=1",
  "train.clip={ value: 1, norm: 0.5 }",
  "optimizer={ type: adamW, learningRate: 0.02, decayKernelsOnly: true }",
  "schedule={ type: plateau, metric: dice, patience: 0, factor: 0.5, warmUp: 0.1 }",
  "loss.terms[1].weight={ from: 0.2, to: 1, over: [0.2, 0.8] }",
  "infer.overlap=0.5", // validations that are not over before a signal comes
);
const courses = [
  {
    average: "{ type: exponential, decay: 0.8 }",
    signal: "SIGKILL",
  },
  {
    average: "{ type: stochastic, from: 0.3, everySteps: 3, batches: 3 }",
    signal: "SIGINT",
  },
] as const;

for (const { average, signal } of courses) {
  Deno.test(`a training with everything on and the mean ${average}, ended on its way by ${signal}, is the same to the bit; a rerun too`, async () => {
    using place = new Workplace();
    const words = [...everything, ...set(`train.average=${average}`)];
    const whole = await place.run("tiny.yaml", ...words);
    const { metrics, weights } = place.traceOf(whole);
    const named = (name: string) =>
      metrics.filter((point) => point.name === name).map((p) => p.value);
    assertEquals(named("weight.dice").length, 20);
    deepStrictEqual([named("weight.dice")[0], named("weight.dice")[19]], [
      .2,
      1,
    ]);
    deepStrictEqual(named("weight.bce"), []);
    ok(named("gradientNorm").every((norm) => norm > 0));
    const rates = named("learningRate");
    ok(rates[0]! < rates[2]! && rates[19]! < rates[2]!, `${rates}`);
    ok(weights.some((hash) => hash.includes(" mean/encoder0/")));
    // the best weights, measured again at the end, are what validated: the mean
    const [best] = metrics.filter(({ name }) => name === "best.ap");
    const validated = metrics
      .find(({ name, step }) => name === "ap" && step === best!.step);
    assertEquals(best!.value, validated!.value);
    using records = place.records();
    assertEquals(records.samples(whole).length, 80);

    const running = place.start("run", "tiny.yaml", ...words);
    await running.printed(/^step 8: validation/m);
    await pause(60);
    running.kill(signal);
    await running.ended;
    match(
      await place.well("resume", "last"),
      /^Going on with .* after step (5|8|9|1\d)$/m,
    );
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole));
    match(await place.well("rerun", whole), /^identical: /m);
  });
}

Deno.test("a training ends early as finished, with its reason; a rerun and a resumed one too", async () => {
  using place = new Workplace();
  const words = set(
    "train.volumeTotal=200",
    "train.volumeSave=50",
    "train.validateEvery=4",
    "train.stopEarly={ metric: dice, patience: 2, minDelta: 0.9 }",
  );
  const id = await place.run("tiny.yaml", ...words);
  const reason =
    "stopped early after step 6: Dice has not become better in 2 validations since step 2";
  using records = place.records();
  const { state, reason: recorded } = records.run(id);
  deepStrictEqual([state, recorded], ["finished", reason]);
  match(
    await place.well("show", id),
    new RegExp(`^state +finished: ${reason}`, "m"),
  );
  const page = Deno.readTextFileSync(
    join(place.results, "reports", "tiny.html"),
  );
  match(page, new RegExp(`This run ${reason}`));
  ok(records.weightHashes(id).some(({ step }) => step === 6));
  assertEquals(records.metrics(id, { split: "train", name: "loss" }).length, 6);
  match(
    await place.well("rerun", id),
    /^identical: \d+ metrics, \d+ weight hashes, 12 /m,
  );

  { // as if it had been cut after its last checkpoint
    using db = new DatabaseSync(join(place.results, "runs.sqlite"));
    db.exec(
      "UPDATE run SET state = 'interrupted', finished_at = NULL WHERE number = 2",
    );
  }
  match(await place.well("resume", "last"), /^identical: /m);
  deepStrictEqual(place.traceOf("last"), place.traceOf(id));
});

Deno.test("what is watched has to be measured, and there", async () => {
  using place = new Workplace();
  const cases = [
    [
      "train.stopEarly={ metric: score }",
      /^Cannot watch "score": it is not measured\n {2}at {3}train\.stopEarly\.metric\n {2}fix {2}Add cremi to evaluate\.metrics$/m,
    ],
    ["schedule={ type: plateau, metric: f1At200 }", /^Cannot watch "f1At200"/m],
    ["schedule={ type: plateau, metric: dise }", /Write "dice"/],
    ["data.validation=[]", /^Cannot watch validations: there is no volume/m],
    [
      "freeze=[encodr0]",
      /^Cannot find a weight that matches "encodr0"\n {2}at {3}freeze\[0\]\n {2}fix {2}Write a name such as "encoder0", "encoder1"/m,
    ],
    [
      "loss.terms[0].weight={ from: 1, too: 2 }",
      /^Cannot use the key "too" in loss\.terms\[0\]\.weight: .+\n.+\n {2}fix {2}Write "to"$/m,
    ],
  ] as const;
  for (const [value, says] of cases) {
    const { code, err } = await place.cleft(
      "plan",
      "tiny.yaml",
      ...set("train.stopEarly={}", value),
    );
    assertEquals(code, 2);
    match(err, says);
  }
});

Deno.test("an experiment begins with the weights of another, some frozen, some drawn; its rerun with the same ones", async () => {
  using place = new Workplace();
  const source = await place.run();
  place.write(
    "tuned.yaml",
    "extends: tiny.yaml\ninit: { run: tiny, skip: [head] }\nfreeze: [encoder0]\n",
  );
  const id = await place.run("tuned.yaml", ...set("train.volumeTotal=12"));
  using records = place.records();
  const best = records.artifacts(source)
    .find(({ name }) => name === "checkpoint/best")!;
  const input = records.run(id).inputs.find(({ role }) => role === "init")!;
  deepStrictEqual(
    [input.path, input.sha256],
    [`run ${source}, checkpoint/best`, best.sha256],
  );
  const log = records.log(id).map(({ text }) => text);
  const layers = new Set(records.weightHashes(id).map(({ layer }) => layer));
  const taken = layers.size - 2;
  ok(log.includes(`began with ${taken} weights of ${input.path}`), log.join());
  ok(log.includes("drawn anew: head/kernel, head/bias"));

  const [{ metrics }] = await place.json<[{ metrics: Record<string, number> }]>(
    "list",
  );
  ok(Number.isFinite(metrics["train/loss"]));
  const hashes = (run: string, step: number) =>
    new Map(
      records.weightHashes(run).filter((hash) => hash.step === step)
        .map(({ layer, sha256 }) => [layer, sha256]),
    );
  const bestStep = records.metrics(source, { name: "best.dice" })[0]!.step;
  const [before, after] = [hashes(source, bestStep), hashes(id, 6)];
  for (const [layer, hash] of after) {
    const stays = /^encoder0\//.test(layer) && !/(mean|variance)$/.test(layer);
    assertEquals(before.get(layer) === hash, stays, layer);
  }

  // another run of the source changes what "the last of tiny" is, but no rerun
  const other = await place.run("tiny.yaml", "--seed", "9");
  match(await place.well("rerun", id), /^identical: /m);
  const later = await place.run("tuned.yaml", ...set("train.volumeTotal=12"));
  const now = records.run(later).inputs.find(({ role }) => role === "init")!;
  assertEquals(now.path, `run ${other}, checkpoint/best`);
  notDeepStrictEqual(place.traceOf(later).weights, place.traceOf(id).weights);

  const pinned = await place.run(
    "tuned.yaml",
    ...set("train.volumeTotal=12", "init={ skip: [head] }"),
    ...set(`init.file="${best.sha256.slice(0, 12)}"`),
  );
  deepStrictEqual(place.traceOf(pinned).weights, place.traceOf(id).weights);
  const [first] = records.run(pinned).inputs
    .filter(({ role }) => role === "init");
  deepStrictEqual(first, input);

  const { code, err } = await place.cleft(
    "run",
    "tuned.yaml",
    ...set("model.filters=[2, 4]"),
  );
  assertEquals(code, 2);
  match(
    err,
    /^Cannot begin with these weights: \d+ do not fit\n {2}- encoder1\/conv0\/kernel is 3×3×3×2×3, should be 3×3×3×2×4\n/m,
  );
});

Deno.test("weights from a file are recorded by their hash, and a rerun refuses others", async () => {
  using place = new Workplace();
  const source = await place.run();
  using records = place.records();
  const path = place.write(
    "first.safetensors",
    records.artifact(source, "checkpoint/last"),
  );
  const words = set("init={ file: first.safetensors }", "train.volumeTotal=12");
  const id = await place.run("tiny.yaml", ...words);
  match(await place.well("rerun", id), /^identical: /m);
  Deno.writeFileSync(path, records.artifact(source, "checkpoint/best"));
  const bytes = Deno.readFileSync(path);
  bytes[bytes.length - 3]! ^= 1;
  Deno.writeFileSync(path, bytes);
  const refused = await place.cleft("rerun", id);
  assertEquals(refused.code, 2);
  match(
    refused.err,
    /^Cannot repeat run \S+: the data of init has changed\n {2}at {3}\S+first\.safetensors\n {2}fix {2}Put the file with SHA-256 [0-9a-f]{64} back\n$/,
  );
  place.write("first.safetensors", "no weights");
  const damaged = await place.cleft("run", "tiny.yaml", ...words);
  assertEquals(damaged.code, 2);
  match(damaged.err, /^Cannot read weights: its header is cut off$/m);
});

Deno.test("a run keeps the weights that are best by the first of its metrics", async () => {
  using place = new Workplace();
  const metrics = "[{ type: objects, minTruthVox: 9999 }, cremi, dice]";
  const id = await place.run(
    ...["tiny.yaml", "--set", `evaluate.metrics=${metrics}`],
    ...["--set", "train.validateEvery=2", "--set", "train.volumeTotal=16"],
  );
  const lowest = await place.run(
    ...["tiny.yaml", "--set", "evaluate.metrics=[cremi, dice]"],
    ...["--set", "train.validateEvery=2", "--set", "train.volumeTotal=16"],
  );
  using records = place.records();
  deepStrictEqual(
    [id, lowest].map((one) => records.run(one).ranking),
    [{ name: "found", better: "higher" }, { name: "adgt", better: "lower" }],
  );
  const of = (one: string, name: string) =>
    records.metrics(one, { split: "validation", name });
  // No cleft is that large, so all are equal and the first stays the best.
  deepStrictEqual(
    new Set(of(id, "found").map(({ value }) => value)),
    new Set([0]),
  );
  assertEquals(of(id, "best.found")[0]!.step, 1);
  const adgt = of(lowest, "adgt").filter(({ value }) => !Number.isNaN(value));
  const best = Math.min(...adgt.map(({ value }) => value));
  assertEquals(
    of(lowest, "best.adgt")[0]!.step,
    adgt.find(({ value }) => value === best)!.step,
  );
  match(await place.well("list"), /^run .* started +Objects found +ADGT$/m);
});
