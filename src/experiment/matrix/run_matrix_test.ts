import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { openRecords, variantText } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import {
  smallPhantom,
  smallPlan,
  Workplace,
  type Written,
} from "../run/_testing.ts";
import type { ReportingContext } from "../run/context.ts";
import { startRun } from "../run/start.ts";
import { type Matrix, matrixRecord } from "./plan_matrix.ts";
import { runMatrix } from "./run_matrix.ts";

/** A matrix of some seeds, each trained for a step. */
function matrixOf(seeds: readonly number[], change: Written = {}): Matrix {
  return {
    name: "small",
    axes: [{ name: "seed", values: seeds.map(String) }],
    variants: seeds.map((seed) => ({
      values: { seed: `${seed}` },
      plan: smallPlan({
        ...{ seed, train: { volumeTotal: 4, volumeSave: 2 } },
        ...{ data: { validation: [] }, ...change },
      }),
    })),
  };
}

/** Runs a matrix; what came of it, and what was printed of the variants. */
async function run(
  place: Workplace,
  matrix: Matrix,
  { chosen = matrix.variants, ...changes }:
    & { readonly chosen?: Matrix["variants"] }
    & Partial<ReportingContext> = {},
) {
  const request = { file: "small.yaml", overrides: [], matrix, chosen };
  const outcome = await runMatrix(request, { ...place.context, ...changes });
  const said = place.said();
  return {
    outcome,
    said,
    tried: said.filter((line) => /^\n\[/.test(line)).map((line) => line.trim()),
  };
}

const well = { failed: [], elsewhere: [], isInterrupted: false };

Deno.test("runMatrix() goes on with what was cut, runs what is missing, leaves what has finished", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1, 2, 3]);
  const [first, second] = matrix.variants;
  const start = (variant: typeof first, stopAt: RegExp | null) => {
    place.stopAt = stopAt;
    return startRun({
      ...{ file: "small.yaml", overrides: [] },
      ...{ plan: variant!.plan, variant: variant!.values },
    }, place.context);
  };
  const done = await start(first, null);
  const cut = await start(second, /^Running/);
  deepStrictEqual(cut.state, "interrupted");
  place.stopAt = null;
  place.said();

  const { outcome, said, tried } = await run(place, matrix);
  deepStrictEqual(outcome, well);
  deepStrictEqual(said.slice(0, 2), [
    "small: 3 variants of seed, 1 finished, 1 interrupted, 1 to run",
    `Finished before: seed=1 is ${done.id}`,
  ]);
  deepStrictEqual(tried, ["[2/3] seed=2", "[3/3] seed=3"]);
  ok(said.includes(`Going on with ${cut.id} after step 1`));
  const page = join(place.folder, "results", "reports", "small.html");
  deepStrictEqual(said.at(-1), `\nReport: ${page}`);
  ok(Deno.statSync(page).isFile);
  using records = place.records();
  deepStrictEqual(records.matrix("small"), matrixRecord(matrix));
  deepStrictEqual(
    records.runs().map(({ variant, state }) => [variant!["seed"], state]),
    [["1", "finished"], ["2", "finished"], ["3", "finished"]],
  );

  const silent = matrixOf([1, 2, 3], { report: { atEnd: false } });
  Deno.removeSync(page);
  const again = await run(place, silent, { chosen: [silent.variants[2]!] });
  deepStrictEqual(again.tried, []);
  deepStrictEqual(
    again.said[0],
    "small: 1 of 3 variants of seed, 1 finished",
  );
  deepStrictEqual(again.said.length, 2);
});

Deno.test("runMatrix() goes on after a variant that fails, and tries it again the next time", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1, 2]);
  const [, second] = matrix.variants;
  const optimizer = { type: "sgd", learningRate: 1e38 };
  const bad = matrixOf([1], { optimizer, train: { volumeTotal: 6 } });
  const both = { ...matrix, variants: [bad.variants[0]!, second!] };
  for (const time of ["first", "second"]) {
    const { outcome: { failed, ...outcome }, said, tried } = await run(
      place,
      both,
    );
    deepStrictEqual(outcome, { elsewhere: [], isInterrupted: false });
    deepStrictEqual(failed.map(({ values }) => variantText(values)), [
      "seed=1",
    ]);
    match(failed[0]!.error.message, /^Cannot go on after step \d: the loss is/);
    ok(said.includes(`${failed[0]!.error}`));
    deepStrictEqual(
      tried,
      time === "first" ? ["[1/2] seed=1", "[2/2] seed=2"] : ["[1/2] seed=1"],
    );
  }
});

Deno.test("runMatrix() leaves a variant that another process is running", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1, 2]);
  const [first] = matrix.variants;
  using records = openRecords(place.context.resultsFolder);
  using recorder = records.startRun(newRun({
    ...{ experiment: "small", planHash: first!.plan.hash, inputs: [] },
    ...{ plan: JSON.stringify(first!.plan), variant: first!.values },
  }));
  const { outcome, tried, said } = await run(place, matrix);
  deepStrictEqual(outcome, { ...well, elsewhere: [{ seed: "1" }] });
  deepStrictEqual(tried, ["[2/2] seed=2"]);
  deepStrictEqual(
    said[0],
    "small: 2 variants of seed, 1 running, 1 to run",
  );
  recorder.finish("finished");
});

Deno.test("runMatrix() stops where the user stops it, without a report", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1, 2]);
  place.stopAt = /^step 1/;
  const { outcome, tried, said } = await run(place, matrix);
  deepStrictEqual(outcome, { ...well, isInterrupted: true });
  deepStrictEqual(tried, ["[1/2] seed=1"]);
  ok(!said.some((line) => line.includes("Report")));
  place.stopAt = /variants of/; // before the first one
  const before = await run(place, matrix);
  deepStrictEqual([before.outcome.isInterrupted, before.tried], [true, []]);
  place.stopAt = /^\n\[1\/2\]/; // as it is about to begin
  const early = await run(place, matrix);
  deepStrictEqual(early.outcome, { ...well, isInterrupted: true });
});

/** Two stages, the first of which in the file begins with the second. */
function chainOf(change: Written): Matrix {
  const short = { train: { volumeTotal: 4, volumeSave: 2 } };
  const data = { data: { validation: [] } };
  const base = {
    values: { stage: "base" },
    plan: smallPlan({ ...short, ...data, ...change }),
  };
  const init = { run: "small@stage=base" };
  const tuned = {
    values: { stage: "tuned" },
    plan: smallPlan({ ...short, ...data, init }),
    beginsWith: base,
  };
  const axes = [{ name: "stage", values: ["tuned", "base"] }];
  return { name: "small", axes, variants: [tuned, base] };
}

Deno.test("runMatrix() runs a variant after the one that it begins with, and again where that is another", async () => {
  using place = new Workplace();
  const newest = (stage: string) => {
    using records = place.records();
    return records.runs().findLast(({ variant }) => variant!.stage === stage)!;
  };
  const begunWith = () => newest("tuned").inputs.map(({ run }) => run);
  const stages = ["[2/2] stage=base", "[1/2] stage=tuned"];
  deepStrictEqual((await run(place, chainOf({}))).tried, stages);
  deepStrictEqual(begunWith(), [newest("base").id]);
  deepStrictEqual((await run(place, chainOf({}))).tried, []);
  const { outcome, tried } = await run(place, chainOf({ seed: 3 }));
  deepStrictEqual([outcome, tried], [well, stages]);
  deepStrictEqual(begunWith(), [newest("base").id]);
});

Deno.test("runMatrix() says what could not begin as another variant failed", async () => {
  using place = new Workplace();
  const bad = { optimizer: { type: "sgd", learningRate: 1e38 } };
  const { outcome, tried } = await run(
    place,
    chainOf({ ...bad, train: { volumeTotal: 6 } }),
  );
  deepStrictEqual(tried, ["[2/2] stage=base"]);
  const [base, tuned] = outcome.failed;
  deepStrictEqual(base!.values, { stage: "base" });
  deepStrictEqual(tuned!.values, { stage: "tuned" });
  match(
    `${tuned!.error}`,
    /^Cannot begin with the weights of stage=base: .*not finished\n.*\n.*--only stage=base$/,
  );
});

Deno.test("runMatrix() hides no mistake of a programmer's", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1]);
  const [variant] = matrix.variants;
  const broken = { ...variant!, plan: { ...variant!.plan, spec: {} } } as never;
  await rejects(run(place, { ...matrix, variants: [broken] }), TypeError);
  let hasBegun = false;
  const context: Partial<ReportingContext> = {
    print: (line) => hasBegun ||= line.startsWith("\n[1/1]"),
    onInputs() {
      if (hasBegun) throw new TypeError("mine");
    },
  };
  await rejects(run(place, matrix, context), /mine/);
});

/** Two variants, the second with other data. */
function withOther(data: Written): Matrix {
  const [first, second] = [matrixOf([1]), matrixOf([2], { data })];
  return { ...first, variants: [...first.variants, ...second.variants] };
}

Deno.test("runMatrix() starts none where the data of one are not sound, and leaves one alone that lacks them", async () => {
  using place = new Workplace();
  const overlapping = withOther({ test: [smallPhantom(6)] });
  await rejects(run(place, overlapping), /number=1|seed=2/);
  deepStrictEqual(place.records().runs(), []);
  const missing = { source: { type: "cremi", file: "none.hdf" } };
  const { outcome, tried } = await run(
    place,
    withOther({ validation: [missing] }),
  );
  deepStrictEqual(tried, ["[1/2] seed=1", "[2/2] seed=2"]);
  deepStrictEqual(outcome.failed.map(({ values }) => values.seed), ["2"]);
});

Deno.test("runMatrix() leaves a variant that another process takes in the last moment", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1]);
  const [{ plan, values }] = matrix.variants as [Matrix["variants"][0]];
  using records = openRecords(place.context.resultsFolder);
  using others = new DisposableStack();
  const { print } = place.context;
  const { outcome, said } = await run(place, matrix, {
    print(line) {
      print(line);
      if (!line.startsWith("\n[1/1]")) return;
      others.use(records.startRun(newRun({
        ...{ experiment: "small", planHash: plan.hash, inputs: [] },
        ...{ plan: JSON.stringify(plan), variant: values },
      })));
    },
  });
  ok(said.includes("Another process has just taken it"));
  deepStrictEqual(outcome, { ...well, elsewhere: [{ seed: "1" }] });
});

Deno.test("runMatrix() can be stopped while it hands in", async () => {
  using place = new Workplace();
  const matrix = matrixOf([1], {
    data: { validation: [smallPhantom(6)] },
    submission: { volumes: [{ file: "a.hdf", ...smallPhantom(6) }] },
    postprocess: [{ type: "threshold", p: 0 }],
  });
  place.stopAt = /Report/;
  const { outcome } = await run(place, matrix);
  deepStrictEqual(outcome, { ...well, isInterrupted: true });
  const broken = (line: string) => {
    if (/^Predicting/.test(line)) throw new TypeError("mine");
  };
  await rejects(run(place, matrix, { print: broken }), /mine/);
});
