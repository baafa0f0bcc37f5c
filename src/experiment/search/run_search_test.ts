import { deepEqual, match, ok } from "node:assert/strict";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { smallPlan, Workplace } from "../run/_testing.ts";
import { runSearch } from "./run_search.ts";
import { runsIn, three } from "./_testing.ts";

/** Runs a search; what came of it, and what was printed of its trials. */
async function run(
  place: Workplace,
  matrix = three,
  chosen = matrix.variants,
) {
  const request = { file: "small.yaml", overrides: [], matrix, chosen };
  const outcome = await runSearch(request, place.context);
  const said = place.said();
  const tried = said.filter((line) => /^\n(rung|\[chosen\])/.test(line))
    .map((line) => line.trim());
  return { outcome, said, tried };
}

const well = { failed: [], elsewhere: [], isInterrupted: false };

Deno.test("runSearch() lets the best of a rung go on, and measures it alone on test volumes", async () => {
  using place = new Workplace();
  const { outcome, tried, said } = await run(place);
  deepEqual(outcome, well);
  const runs = runsIn(place);
  const trials = runs.slice(0, 3);
  const best = trials.toSorted((a, b) => b.ap - a.ap)[0]!.trial!;
  deepEqual(tried, [
    ...["1", "2", "3"].map((i) => `rung 1 of 2 [${i}/3] trial=${i}`),
    `rung 2 of 2 [1/1] trial=${best}`,
    `[chosen] trial=${best}`,
  ]);
  for (const { trial, state, isTested } of trials) {
    deepEqual(state, trial === best ? "finished" : "stopped");
    ok(!isTested);
  }
  const chosen = runs[3]!;
  deepEqual([runs.length, chosen.trial, chosen.isTested], [4, best, true]);
  ok(chosen.trainedBy !== null, "it is measured, not trained again");
  ok(said.includes(`\nAfter 4 samples, trial ${best} goes on`));
  ok(said.includes(`\nThe best by validation is trial=${best}`));
  using records = place.records();
  const { search, variants } = records.matrix("small")!;
  deepEqual(search!.rungs, three.search.rungs);
  const place1 = Number(best) - 1;
  deepEqual(variants[place1]!.planHash, three.search.chosen[place1]!.hash);

  const again = await run(place);
  deepEqual([again.outcome, again.tried], [well, []]);
  deepEqual(runsIn(place), runs);
});

Deno.test("runSearch() goes on where it was cut, and comes to the same", async () => {
  using whole = new Workplace();
  using place = new Workplace();
  await run(whole);
  for (const stopAt of [/trial=2/, /rung 2/, /^\n\[chosen\]/]) {
    place.stopAt = stopAt;
    const { outcome } = await run(place);
    ok(outcome.isInterrupted, `${stopAt}`);
  }
  place.stopAt = null;
  deepEqual((await run(place)).outcome, well);
  const results = (one: Workplace) =>
    runsIn(one).map(({ trainedBy, ...rest }) => ({
      ...rest,
      isMeasured: trainedBy !== null,
    }));
  deepEqual(results(place), results(whole));
});

Deno.test("runSearch() counts a trial that fails as the worst", async () => {
  using place = new Workplace();
  const bad = { type: "sgd", learningRate: 1e38 };
  const train = { validateEvery: 4 };
  const plan = smallPlan({ optimizer: bad, train });
  const [first, ...others] = three.variants;
  const matrix = { ...three, variants: [{ ...first!, plan }, ...others] };
  const { outcome: { failed, isInterrupted }, tried } = await run(
    place,
    matrix,
  );
  ok(!isInterrupted);
  deepEqual(failed.map(({ values }) => values.trial), ["1"]);
  match(failed[0]!.error.message, /the loss is/);
  match(tried.at(-1)!, /^\[chosen\] trial=[23]$/);
});

Deno.test("runSearch() chooses nobody before all trials of a rung are there", async () => {
  using place = new Workplace();
  const one = await run(place, three, [three.variants[1]!]);
  deepEqual([one.outcome, one.tried], [well, ["rung 1 of 2 [2/3] trial=2"]]);
  const [why, page] = one.said.slice(-2);
  match(why!, /before 2 more trials have come as far/);
  match(page!, /Report: /);
  deepEqual(runsIn(place).map(({ state }) => state), ["stopped"]);
});

Deno.test("runSearch() waits for trials that other processes are running", async () => {
  using place = new Workplace();
  const [first] = three.variants;
  using records = openRecords(place.context.resultsFolder);
  using other = records.startRun(newRun({
    ...{ experiment: "small", planHash: first!.plan.hash, inputs: [] },
    ...{ plan: JSON.stringify(first!.plan), variant: first!.values },
  }));
  const { context } = place;
  const print = (line: string) => {
    context.print(line);
    if (!/^Waiting .* trials 1$/.test(line)) return;
    other.metric({ split: "validation", name: "ap", step: 2, value: 0 });
    other.stop(2); // as the other process comes there
  };
  const outcome = await runSearch({
    ...{ file: "small.yaml", overrides: [], matrix: three },
    chosen: three.variants,
  }, { ...context, print });
  deepEqual(outcome, well);
  const tried = place.said().filter((line) => line.startsWith("\nrung 1"));
  deepEqual(tried.length, 2);
});
