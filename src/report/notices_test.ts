import assert from "node:assert/strict";
import type {
  EvaluationRecord,
  Run,
  RunInput,
  RunState,
} from "@/record/mod.ts";
import { newVerdict } from "@/record/_testing.ts";
import { noticesOf } from "./notices.ts";
import { openPage } from "./page.ts";
import {
  makeEvaluation,
  makeMeasured,
  makeReport,
  makeRun,
  makeRunData,
  matrixReport,
} from "./_testing.ts";

function noticed(
  ...runs: (Partial<Run> & { evaluation?: Partial<EvaluationRecord> })[]
): string[] {
  const page = openPage(
    makeReport(
      runs.map(({ evaluation, ...run }, i) =>
        makeRunData({ id: `${i}`, ...run }, {
          evaluations: evaluation
            ? [{ record: makeEvaluation(evaluation), pictures: [] }]
            : [],
        })
      ),
    ),
  );
  return noticesOf(page).map(({ level, text }) => `${level}: ${text}`);
}

Deno.test("noticesOf() finds nothing to say of a finished, unmeasured run", () => {
  assert.deepEqual(noticed({}), []);
});

Deno.test("noticesOf() says once that a search stopped runs, which is no failure", () => {
  assert.deepEqual(noticed({ state: "stopped" }, {}, { state: "stopped" }), [
    "note: 2 runs were stopped by a search on the way, as others did better; " +
    "their numbers end there",
  ]);
});

Deno.test("noticesOf() says how a run ended, gravest first", () => {
  assert.deepEqual(
    noticed({ state: "running" }, { state: "failed", reason: "disk full" }),
    [
      "problem: This run failed; its numbers end where it did: disk full",
      "caution: This run is still running; its numbers are not final",
    ],
  );
});

Deno.test("noticesOf() says where runs chose their best weights by other numbers", () => {
  const ranking = { name: "score", better: "lower" } as const;
  const evaluation = {
    metrics: { score: 30 },
    baseline: { score: 20 },
    thresholdFrom: "validation",
    split: "test",
  } as const;
  assert.deepEqual(noticed({ ranking, evaluation }), [
    "problem: No run beats the darkness baseline: its CREMI score is 20.0",
  ]);
  const lower = { ...evaluation, baseline: { score: 40 } };
  assert.deepEqual(noticed({ ranking, evaluation: lower }), []);
  assert.deepEqual(noticed({ ranking }, {}), [
    "caution: Not all runs chose their best weights by the same number, but by " +
    "CREMI score, AP; here they are ranked by CREMI score",
  ]);
});

Deno.test("noticesOf() names a rerun that is not the same", () => {
  const different = newVerdict({ step: 3, what: "weights of a" });
  assert.deepEqual(noticed({ verdict: different }), [
    "problem: The rerun is not the same: different from step 3: weights of a, " +
    "likely because of threads: 4, was 2",
  ]);
  assert.deepEqual(noticed({ verdict: newVerdict() }), []);
});

Deno.test("noticesOf() warns where runs did not see the same data", () => {
  const input = (changes: Partial<RunInput>) => ({
    ...makeRun().inputs[0]!,
    ...changes,
  });
  const inputs = (sha256: string) => [
    input({ role: "train[0]", split: "train", sha256 }),
    input({ role: "validation[0]", split: "validation", sha256 }),
  ];
  assert.deepEqual(
    noticed({ inputs: inputs("a") }, { inputs: inputs("b") }),
    ["problem: Not all runs were measured on the same files of validation"],
  );
  const begun = input({ role: "init", split: null, run: "a" });
  assert.deepEqual(
    noticed({ inputs: [...inputs("a"), begun] }, { inputs: inputs("a") }),
    [], // where weights began is not what they were measured on
  );
  const tested = input({ role: "test[0]", split: "test" });
  assert.deepEqual(
    noticed({ inputs: [...inputs("a"), tested] }, { inputs: inputs("a") }),
    [], // that one of them was measured on more is no difference
  );
  const test = { split: "test", thresholdFrom: "validation" } as const;
  assert.deepEqual(
    noticed(
      { evaluation: { ...test, baseline: { ap: 0.2 } } },
      { evaluation: { ...test, baseline: { ap: 0.3 } } },
    ).filter((text) => text.startsWith("problem")),
    [
      "problem: Not all runs saw the same voxels of test vnc_stack1 y 0–415: " +
      "extent or baseline differ",
    ],
  );
});

Deno.test("noticesOf() says when no run beats the darkness baseline", () => {
  const [notice] = noticed({
    evaluation: { metrics: { ap: 0.3 }, baseline: { ap: 0.33 } },
  });
  assert.equal(
    notice,
    "problem: No run beats the darkness baseline: its AP is 0.330",
  );
});

Deno.test("noticesOf() passes on what the environment has to say", () => {
  const { environment } = makeRun();
  assert.deepEqual(
    noticed({
      environment: {
        ...environment,
        notices: ["Fell back to the embedded engine"],
        dirtyDiff: "+",
      },
    }),
    [
      "caution: Fell back to the embedded engine",
      "caution: The code had uncommitted changes; they are shown under Environment",
    ],
  );
});

Deno.test("noticesOf() tells where a threshold flatters", () => {
  const text =
    "The threshold was chosen on the voxels it is measured on, which flatters " +
    "Dice and every score that needs a threshold";
  assert.deepEqual(noticed({ evaluation: {} }), [`note: ${text}`]);
  assert.deepEqual(
    noticed({ evaluation: { split: "test", thresholdFrom: "test" } }),
    [`caution: ${text}`],
  );
  assert.deepEqual(
    noticed({ evaluation: { split: "test", thresholdFrom: "validation" } }),
    [],
  );
});

Deno.test("noticesOf() warns of comparing single seeds", () => {
  const evaluation = { split: "test", thresholdFrom: "validation" } as const;
  assert.deepEqual(
    noticed({ evaluation }, { experiment: "focal", evaluation }),
    [
      "caution: 2 experiments have one seed; a difference between single runs " +
      "may be chance",
    ],
  );
});

Deno.test("noticesOf() passes on what was found about the data", () => {
  const plan = (...findings: { level: string; text: string }[]) =>
    JSON.stringify({ spec: {}, findings });
  const doubt = { level: "caution", text: "97.0 % is cleft" };
  const shared = { level: "problem", text: "Splits share voxels" };
  const page = openPage(makeReport([
    makeRunData({ id: "a", plan: plan(doubt, shared) }, {}),
    makeRunData({ id: "b", plan: plan(doubt) }, {}),
  ]));
  assert.deepEqual(
    noticesOf(page).map(({ level, text, runs }) =>
      [level, text, runs.map(({ run }) => run.id)] as const
    ),
    [
      ["problem", "Splits share voxels", ["a"]],
      ["caution", "97.0 % is cleft", []],
    ],
  );
});

Deno.test("noticesOf() has a word for every state, its reason behind it", () => {
  const said = (state: RunState, reason: string | null = null) =>
    noticed({ state, reason })[0];
  assert.deepEqual(
    (["failed", "crashed", "interrupted", "running"] as const)
      .map((state) => said(state)),
    [
      "problem: This run failed; its numbers end where it did",
      "problem: This run crashed; its numbers end where it did",
      "caution: This run was interrupted and can be resumed",
      "caution: This run is still running; its numbers are not final",
    ],
  );
  assert.equal(
    said("finished", "was stopped early"),
    "note: This run was stopped early",
  );
  assert.equal(said("finished"), undefined);
});

Deno.test("noticesOf() counts a draw with darkness as none beating it", () => {
  const evaluation = { split: "test", thresholdFrom: "validation" } as const;
  const gain = (
    ap: number,
    baseline: Readonly<Record<string, number | null>>,
  ) => noticed({ evaluation: { ...evaluation, metrics: { ap }, baseline } });
  assert.equal(gain(0.3, { ap: 0.3 }).length, 1);
  assert.deepEqual(gain(0.31, { ap: 0.3 }), []);
  assert.deepEqual(gain(0.31, { ap: null }), []);
});

Deno.test("noticesOf() tells of extents that differ, not of volumes that do", () => {
  const test = { split: "test", thresholdFrom: "validation" } as const;
  const baseline = { ap: 0.1 };
  const problems = (...evaluations: Partial<EvaluationRecord>[]) =>
    noticed(...evaluations.map((evaluation) => ({
      evaluation: { ...test, baseline, ...evaluation },
    }))).filter((text) => text.startsWith("problem"));
  assert.equal(
    problems({ volume: "a" }, { volume: "a", shapeVox: [1, 2, 3] }).length,
    1,
  );
  assert.deepEqual(
    problems({ volume: "a" }, { volume: "b", shapeVox: [1, 2, 3] }),
    [],
  );
  assert.deepEqual(problems({ volume: "a" }, { volume: "a" }), []);
});

Deno.test("noticesOf() compares the files of test volumes, in whatever order", () => {
  const [input] = makeRun().inputs;
  const files = (...hashes: string[]) =>
    hashes.map((sha256, i) => ({
      ...input!,
      role: `test[${sha256}]`,
      split: "test" as const,
      sha256: `${sha256}${i > 5}`,
    }));
  const problems = (...inputs: RunInput[][]) =>
    noticed(...inputs.map((inputs) => ({ inputs }))).length;
  assert.equal(problems(files("a", "b"), files("b", "a")), 0);
  assert.equal(problems(files("a"), files("b")), 1);
  assert.equal(problems(files("a"), []), 0); // nothing was measured
});

Deno.test("noticesOf() says which engines were used, and names runs of a notice", () => {
  const { environment } = makeRun();
  const on = (engine: string, notices: string[] = []) => ({
    environment: { ...environment, engine, notices },
  });
  assert.deepEqual(noticed(on("pjrt"), on("tensorflow"), on("pjrt")), [
    "caution: The runs used different engines: pjrt, tensorflow",
  ]);
  const page = openPage(makeReport([
    makeRunData({ id: "a", ...on("pjrt", ["slow"]) }),
    makeRunData({ id: "b", ...on("pjrt") }),
    makeRunData({ id: "c", ...on("pjrt", ["slow"]) }),
  ]));
  assert.deepEqual(
    noticesOf(page).map(({ text, runs }) => [text, runs.map((r) => r.run.id)]),
    [["slow", ["a", "c"]]],
  );
});

Deno.test("noticesOf() names the runs whose threshold flatters, unless all do", () => {
  const named = (...froms: readonly ("validation" | "train")[]) =>
    noticesOf(openPage(makeReport([
      ...froms.map((thresholdFrom) => makeMeasured({}, { thresholdFrom })),
      makeRunData({ id: "unmeasured" }),
    ]))).filter(({ text }) => text.startsWith("The threshold"))
      .map(({ level, runs }) => `${level} ${runs.length}`);
  assert.deepEqual(named("validation", "validation"), ["note 0"]);
  assert.deepEqual(named("validation", "train"), ["note 1"]);
  assert.deepEqual(named("train"), []);
});

Deno.test("noticesOf() counts experiments, or variants, of one seed", () => {
  const measured = (experiment: string, seed: number) => ({
    experiment,
    seed,
    evaluation: { split: "test", thresholdFrom: "validation" } as const,
  });
  assert.deepEqual(
    noticed(measured("a", 1), measured("a", 2), measured("b", 1)),
    [
      "caution: 1 experiment has one seed; a difference between single runs " +
      "may be chance",
    ],
  );
  assert.deepEqual(noticed(measured("a", 1)), []); // nothing to compare
  assert.deepEqual(
    noticed(
      ...[measured("a", 1), measured("a", 2)],
      ...[measured("b", 1), measured("b", 2)],
    ),
    [],
  );
  const matrix = matrixReport([{ name: "loss", values: ["a", "b"] }], () => 1);
  assert.match(
    noticesOf(openPage(matrix)).map(({ text }) => text).join(),
    /2 variants have one seed/,
  );
});
