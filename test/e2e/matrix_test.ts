import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import type { Run } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { outOf, tinyExperiment, tinyPhantom, Workplace } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

/** `tiny.yaml` with a matrix, called as its file. */
function tinyMatrix(matrix: string): string {
  return tinyExperiment.replace("name: tiny\n", "") + `matrix:\n${matrix}`;
}

/** 2 losses × 2 blocks × 2 seeds. */
const grid = tinyMatrix(`  loss:
    bce: { loss.terms: [{ type: bce }] }
    mix: { loss.terms: [{ type: bce }, { type: dice }] }
  block:
    narrow: {}
    wide: { model.filters: [3, 4] }
  seed: [1, 2]
`);

function runsOf(place: Workplace): readonly Run[] {
  using records = place.records();
  return records.runs();
}

/** Every plan and how often it was begun. */
function runsByPlan(place: Workplace): number[] {
  const runs = runsOf(place);
  return [...Map.groupBy(runs, ({ planHash }) => planHash).values()]
    .map(({ length }) => length);
}

/** What `run` prints that has to succeed, without a process of its own. */
async function wellHere(place: Workplace, ...words: readonly string[]) {
  return outOf(words, await place.here("run", ...words));
}

Deno.test("run carries a matrix to its report, also when it is interrupted", async () => {
  using place = new Workplace();
  place.write("grid.yaml", grid);
  // Longer than it takes to send a signal.
  const run = ["run", "grid.yaml", "--set", "train.volumeTotal=120"];
  const first = place.start(...run);
  await first.printed(/\[4\/8\][^]*Running[^]*step 1\//);
  first.kill("SIGINT");
  const { code, out } = await first.ended;
  assertEquals(code, 1);
  match(out, /^grid: 8 variants of loss × block × seed, 8 to run$/m);
  match(out, /^Stopped; the same command goes on with it$/m);
  const cut = runsOf(place).at(-1)!;
  assertEquals(cut.state, "interrupted");
  deepStrictEqual(cut.variant, { loss: "bce", block: "wide", seed: "2" });
  deepStrictEqual([cut.experiment, cut.seed], ["grid", 2]);

  const said = await place.well(...run);
  match(said, /8 variants of .*, 3 finished, 1 interrupted, 4 to run$/m);
  match(said, new RegExp(`^Going on with ${cut.id} after step`, "m"));
  assertEquals(said.match(/^Finished before: /gm)?.length, 3);
  match(said, /^bce +narrow +2 +0\.\d+ ± 0\.\d+/m);
  match(said, /^loss: mix − bce +wide +[+-]0\.\d+ \[[+-]0\.\d+, [+-]0\.\d+\]/m);
  const runs = runsOf(place);
  deepStrictEqual(runsByPlan(place), Array(8).fill(1));
  ok(runs.every(({ state }) => state === "finished"));
  const page = Deno.readTextFileSync(
    join(place.results, "reports", "grid.html"),
  );
  for (const { id } of runs) {
    ok(page.includes(id), `${id} is not in the report`);
  }

  const again = await place.well(...run);
  match(again, /8 variants of loss × block × seed, 8 finished$/m);
  assertEquals(runsOf(place).length, 8);

  // A member is an ordinary run: repeated bit for bit from its own plan.
  match(await place.well("rerun", cut.id), /^identical: /m);
  const repeated = runsOf(place).at(-1)!;
  deepStrictEqual(repeated.variant, cut.variant);
  match(await place.well(...run), /seed, 8 finished$/m);
  const listed = await place.json<{ id: string }[]>("list", "grid");
  deepStrictEqual(
    listed.map(({ id }) => id).sort(),
    runs.map(({ id }) => id).sort(),
  );
});

Deno.test("run goes on after a variant that fails, names it, and tries it again", async () => {
  using place = new Workplace();
  place.write(
    "rates.yaml",
    tinyMatrix("  optimizer.learningRate: [0.001, 1.0e+30, 0.003]\n"),
  );
  const { code, out } = await place.here("run", "rates.yaml");
  assertEquals(code, 1);
  match(
    out,
    /^Failed; the same command tries them again:\n {2}optimizer\.learningRate=1e\+30: Cannot/m,
  );
  match(out, /^1e\+30 +0 of 1 +–/m);
  const states = () => runsOf(place).map(({ state }) => state);
  deepStrictEqual(states(), ["finished", "failed", "finished"]);
  const again = await place.here("run", "rates.yaml");
  assertEquals(again.code, 1);
  match(again.out, /3 variants of .*, 2 finished, 1 failed$/m);
  match(again.out, /^Going on with /m);
  deepStrictEqual(states(), ["finished", "failed", "finished"]);
});

Deno.test("run goes on with a matrix whose process was killed", async () => {
  using place = new Workplace();
  place.write("seeds.yaml", tinyMatrix("  seed: [1, 2, 3]\n"));
  const first = place.start(
    "run",
    "seeds.yaml",
    "--set",
    "train.volumeTotal=120",
  );
  await first.printed(/\[2\/3\][^]*Running[^]*step 1\//);
  first.kill("SIGKILL");
  await first.ended;
  const words = ["run", "seeds.yaml", "--set", "train.volumeTotal=120"];
  const said = await place.well(...words);
  match(said, /3 variants of seed, 1 finished, 1 crashed, 1 to run$/m);
  // What ended badly comes last, so that it cannot keep the others from running.
  match(
    said,
    /\[3\/3\] seed=3\n[^]*\[2\/3\] seed=2\n(?:data\..*\n)*Going on with/,
  );
  deepStrictEqual(runsByPlan(place), [1, 1, 1]);
  ok(runsOf(place).every(({ state }) => state === "finished"));
});

Deno.test("two processes share a matrix and run each variant once", async () => {
  using place = new Workplace();
  place.write("grid.yaml", grid);
  const both = [1, 2].map(() => place.start("run", "grid.yaml"));
  for (const { code, err } of await Promise.all(both.map((one) => one.ended))) {
    assertEquals(code, 0, err);
  }
  deepStrictEqual(runsByPlan(place), Array(8).fill(1));
  const shares = both.map((one) => one.out().match(/^Running /gm)?.length ?? 0);
  assertEquals(shares[0]! + shares[1]!, 8);
  ok(shares.every((share) => share > 0), `${shares}`);
  const compared = await place.well("compare", "grid");
  match(compared, /^mix +wide +2 /m);
});

Deno.test("run takes a part of a matrix, and says what cannot be chosen", async () => {
  using place = new Workplace();
  place.write("grid.yaml", grid);
  await wellHere(place, "grid.yaml", "--only", "loss=mix", "--part", "2/2");
  deepStrictEqual(runsOf(place).map(({ variant }) => variant), [
    { loss: "mix", block: "narrow", seed: "2" },
    { loss: "mix", block: "wide", seed: "2" },
  ]);
  const plan = await place.json<{ variants: { run: unknown }[] }>(
    "plan",
    "grid.yaml",
  );
  assertEquals(plan.variants.length, 8);
  assertEquals(plan.variants.filter(({ run }) => run !== null).length, 2);
  const refused = [
    ["grid.yaml", "--only", "block=wid"],
    ["grid.yaml", "--seed", "4"],
    ["tiny.yaml", "--only", "loss=mix"],
  ];
  for (const words of refused) {
    const { code, err } = await place.here("run", ...words);
    assertEquals(code, 2, err);
  }
  assertEquals(runsOf(place).length, 2);
});

Deno.test("run refuses an absurd grid at once and records nothing", async () => {
  using place = new Workplace();
  const many = JSON.stringify(Array.from({ length: 1000 }, (_, i) => i + 1));
  place.write(
    "absurd.yaml",
    tinyMatrix(
      ["seed", "train.batch", "train.volumeTotal"]
        .map((path) => `  ${path}: ${many}\n`).join(""),
    ),
  );
  const { code, err } = await place.here("run", "absurd.yaml");
  assertEquals(code, 2);
  match(err, /^Cannot expand the matrix: it has 1,000,000,000 variants /);
  ok(!place.files().some((path) => path.startsWith("results")));
});

Deno.test("run trains anew where the data of a finished run has changed", async () => {
  using place = new Workplace();
  const file = join(place.folder, "volume.hdf");
  await writeVolume(file, { seed: 3 });
  place.write(
    "seeds.yaml",
    tinyMatrix("  seed: [1, 2]\n")
      .replace(tinyPhantom(3), "{ type: cremi, file: volume.hdf }"),
  );
  await wellHere(place, "seeds.yaml");
  await wellHere(place, "seeds.yaml");
  deepStrictEqual(runsByPlan(place), [1, 1]);
  await writeVolume(file, { seed: 4 });
  match(
    await wellHere(place, "seeds.yaml"),
    /2 variants of seed, 2 to run$/m,
  );
  deepStrictEqual(runsByPlan(place), [2, 2]);
});
