import { deepStrictEqual, match, notEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Run } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { putOldRecords } from "@test/old_records.ts";
import { tinyExperiment, Workplace } from "./_run.ts";

const names = ["averagePrecision", "dice"];
const withMetrics = (...metrics: string[]) => [
  "--set",
  `evaluate.metrics=[${[...names, ...metrics]}]`,
];

function runsOf(place: Workplace): readonly Run[] {
  using records = place.records();
  return records.runs();
}

/** Measures what a run has trained by another plan; the new run's name. */
async function measured(
  place: Workplace,
  of: string,
  ...words: readonly string[]
): Promise<string> {
  const said = await place.well("run", "tiny.yaml", ...words);
  const [, from, id] =
    /^Measuring the weights of (\S+) as (\S+)$/m.exec(said) ?? [];
  assertEquals(from, of, said);
  return id!;
}

Deno.test("run measures a finished training anew where only that differs", async () => {
  using place = new Workplace();
  const first = await place.run();
  const second = await measured(
    place,
    first,
    ...withMetrics("{ type: objects, minOverlapVox: 2 }"),
    ...["--set", "infer.tta.type=flips", "--set", "evaluate.sectionsShown=1"],
  );
  const [before, after] = [first, second].map((id) => place.traceOf(id));
  deepStrictEqual(after!.weights, before!.weights);
  deepStrictEqual(after!.samples, before!.samples);
  deepStrictEqual(after!.best, before!.best);
  const onTheWay = (trace: typeof before) =>
    trace!.metrics.filter(({ name }) => !name.startsWith("best."));
  deepStrictEqual(onTheWay(after), onTheWay(before));
  const last = (name: string) => (trace: typeof before) =>
    trace!.metrics.find((point) => point.name === `best.${name}`)?.value;
  notEqual(last("ap")(after), last("ap")(before));
  assertEquals(last("found")(before), undefined);
  ok(last("found")(after)! >= 0);
  const [a, b] = runsOf(place);
  deepStrictEqual([a!.trainedBy, b!.trainedBy], [null, first]);
  assertEquals(a!.trainingHash, b!.trainingHash);
  notEqual(a!.planHash, b!.planHash);
  const shown = await place.well("show", second);
  match(shown, new RegExp(`^trained by +${first}$`, "m"));

  // Trained from its own plan, it gives the same; nothing is taken over.
  const said = await place.well("rerun", second);
  match(said, /^identical: .* trained before$/m);
  assertEquals(runsOf(place).at(-1)!.trainedBy, null);
  // Of several, the original one's weights; the plan again is trained again.
  const third = await measured(place, first, ...withMetrics("cremi"));
  assertEquals(runsOf(place).find(({ id }) => id === third)!.trainedBy, first);
  notEqual(await place.run(), first);
});

Deno.test("run measures a training that ended early, and when it is cut goes on", async () => {
  using place = new Workplace();
  place.write(
    "tiny.yaml",
    tinyExperiment
      .replace(
        "train:\n",
        "train:\n  stopEarly: { patience: 1, minDelta: 1 }\n",
      )
      .replace("validateEvery: 12", "validateEvery: 4"),
  );
  const first = await place.run();
  const second = await measured(place, first, ...withMetrics("objects"));
  const [before, after] = [first, second].map((id) => place.traceOf(id));
  deepStrictEqual(after!.weights, before!.weights);
  const states = runsOf(place).map(({ state, reason }) => [state, reason]);
  deepStrictEqual(states[1], states[0]);
  match(`${states[0]![1]}`, /^stopped early/);

  // As if it had been killed while it measured.
  {
    using db = new DatabaseSync(join(place.results, "runs.sqlite"));
    db.exec("UPDATE run SET state = 'interrupted' WHERE number = 2");
    db.exec(
      `DELETE FROM metric WHERE run = 2 AND series IN
         (SELECT id FROM series WHERE name LIKE 'best.%')`,
    );
  }
  await place.well("resume", second);
  deepStrictEqual(place.traceOf(second), after);
});

Deno.test("run goes on with a training that was cut where only what is measured differs", async () => {
  using place = new Workplace();
  // Longer than it takes to send a signal.
  const words = ["--set", "train.volumeTotal=240"];
  const running = place.start("run", "tiny.yaml", ...words);
  await running.printed(/^step 6: validation/m);
  running.kill("SIGINT");
  await running.ended;
  const [cut] = runsOf(place);
  assertEquals(cut!.state, "interrupted");

  const others = withMetrics("objects");
  const said = await place.well("run", "tiny.yaml", ...words, ...others);
  const [, from, step, id] =
    /^Going on with the training of (\S+) after step (\d+) as (\S+)$/m
      .exec(said) ?? [];
  assertEquals(from, cut!.id, said);
  ok(Number(step) >= 6);
  assertEquals(runsOf(place).at(-1)!.trainedBy, cut!.id);
  // Trained from its first step, it gives the same.
  match(await place.well("rerun", id!), /^identical: .* trained before$/m);
});

Deno.test("run measures the variants of a matrix anew, each once", async () => {
  using place = new Workplace();
  place.write(
    "seeds.yaml",
    `${tinyExperiment.replace("name: tiny\n", "")}matrix: { seed: [1, 2] }\n`,
  );
  await place.well("run", "seeds.yaml", "--only", "seed=1");
  const planned = await place.well(
    ...["plan", "seeds.yaml"],
    ...withMetrics("objects"),
  );
  match(planned, new RegExp(`to measure +${runsOf(place)[0]!.id}$`, "m"));
  match(planned, /–$/m);
  const said = await place.well(
    ...["run", "seeds.yaml"],
    ...withMetrics("objects"),
  );
  match(said, /2 variants of seed, 1 to measure anew, 1 to run$/m);
  match(
    await place.well("run", "seeds.yaml", ...withMetrics("objects")),
    /2 variants of seed, 2 finished$/m,
  );
  deepStrictEqual(
    runsOf(place).map(({ seed, trainedBy }) => [seed, trainedBy !== null]),
    [[1, false], [1, true], [2, false]],
  );
});

const fixtures = new URL("../fixtures/record/", import.meta.url);

/** The records of a version before migration 12: a matrix of two, and a run. */
function withOldRecords(place: Workplace): void {
  for (const name of ["tiny.yaml", "old.yaml", "order.yaml"]) {
    place.write(name, Deno.readTextFileSync(new URL(name, fixtures)));
  }
  putOldRecords(11, place.results);
}

Deno.test("run recognises what an older version has run", async () => {
  using place = new Workplace();
  withOldRecords(place);
  {
    using db = new DatabaseSync(join(place.results, "runs.sqlite"));
    assertEquals(db.prepare("PRAGMA user_version").get()!.user_version, 11);
  }
  const listed = await place.json<{ id: string }[]>("list", "old");
  assertEquals(listed.length, 2); // found by the hashes of the matrix
  match(await place.well("run", "old.yaml"), /loss, 2 finished$/m);
  assertEquals(runsOf(place).length, 3);

  // Metrics used to rank in the catalog's order, whatever the file's was.
  const order = runsOf(place)[2]!;
  deepStrictEqual(order.ranking, { name: "ap", better: "higher" });
  match(await place.well("rerun", order.id), /^identical: /m);
  const again = runsOf(place).at(-1)!;
  deepStrictEqual(
    [again.planHash, again.trainingHash],
    [order.planHash, order.trainingHash],
  );
  // Its weights are those of the first variant: only measurements differ.
  assertEquals(order.trainingHash, runsOf(place)[0]!.trainingHash);
  const planned = await place.well(
    ...["plan", "old.yaml", "--set", "infer.tta.type=flips"],
  );
  assertEquals(planned.match(/to measure/g)?.length, 2, planned);
});
