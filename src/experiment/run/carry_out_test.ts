import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { RunError } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import type { EngineRecord } from "@/record/mod.ts";
import { smallPlan, Workplace } from "./_testing.ts";
import { carryOut } from "./carry_out.ts";
import { newRunOf } from "./new_run.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { firstState } from "./training.ts";

/** Carries a new run out, by an engine with some changes. */
async function carryOutWith(
  place: Workplace,
  change: (prepared: Prepared) => Partial<Engine>,
) {
  const { context } = place;
  const plan = smallPlan({ train: { volumeTotal: 2 } });
  using prepared = await prepare({ plan }, context);
  const origin = { file: null, overrides: [], variant: null };
  const engine = Object.assign(
    Object.create(prepared.engine) as Engine,
    change(prepared),
  );
  return await carryOut({
    ...prepared,
    engine,
    record: { newRun: newRunOf(prepared, origin), unique: false },
    start: firstState(prepared.training, 1),
    stopAfter: null,
    takesOver: null,
    mustEqual: null,
  }, context);
}

Deno.test("carryOut() records why a run failed, and says where to look", async () => {
  using place = new Workplace();
  const compile = () => {
    throw new Error("no room for a program");
  };
  const reason = "no room for a program";
  await rejects(carryOutWith(place, () => ({ compile })), (error) => {
    ok(error instanceof RunError);
    deepStrictEqual(
      error.message,
      `Cannot carry the run to its end: ${reason}`,
    );
    match(error.fix, /^Look at "deno task show small-\S+"; if/);
    return true;
  });
  using records = place.records();
  const [run, ...others] = records.runs();
  deepStrictEqual([run!.state, run!.reason, others], ["failed", reason, []]);
  deepStrictEqual(place.log(run!.id), [`error: ${reason}`]);
});

Deno.test("carryOut() keeps to an error of the user's, and records it whole", async () => {
  using place = new Workplace();
  const optimizer = { type: "sgd", learningRate: 1e38 };
  await rejects(place.run(smallPlan({ optimizer })), (error) => {
    match(`${error}`, /^Cannot go on after step 2: the loss is NaN/);
    using records = place.records();
    const [{ id, state, reason }] = records.runs() as [never];
    deepStrictEqual([state, reason], ["failed", (error as Error).message]);
    deepStrictEqual(place.log(id).at(-1), `error: ${error}`);
    return true;
  });
});

Deno.test("carryOut() shows the first error where it cannot be recorded", async () => {
  using place = new Workplace();
  const change = () => ({
    compile() {
      place.change(
        `CREATE TRIGGER full BEFORE INSERT ON log
         BEGIN SELECT RAISE(ABORT, 'full'); END`,
      );
      throw new Error("the first");
    },
  });
  await rejects(carryOutWith(place, change), /the first/);
  match(place.said().at(-1)!, /^The failure could not be recorded: /);
});

Deno.test("carryOut() records what was compiled, if the engine tells", async () => {
  using place = new Workplace();
  const program = {
    ...{ name: "train_step", key: "k", origin: "compiled" as const },
    ...{ seconds: 1, workBytes: null },
  };
  const without = await carryOutWith(place, () => ({}));
  const { id } = await carryOutWith(place, () => ({
    programs: () => [program],
  }));
  using records = place.records();
  const [, of] = [without.id, id].map((one) => () =>
    JSON.parse(new TextDecoder().decode(records.artifact(one, "engine.json")))
  );
  deepStrictEqual((of!() as EngineRecord).programs, [program]);
  const names = records.artifacts(without.id).map(({ name }) => name);
  ok(!names.includes("engine.json"));
});
