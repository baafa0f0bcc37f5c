import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { smallPlan, Workplace, type Written } from "./_testing.ts";
import { initialInputs, loadInitialWeights } from "./initial_weights.ts";
import { repeatRun } from "./repeat.ts";
import { buildTraining } from "./training.ts";

/** Loads what an experiment begins with. */
function load(place: Workplace, init: Written) {
  const { spec } = smallPlan({ init });
  const { network } = buildTraining(spec);
  return loadInitialWeights(spec, network, { context: place.context });
}

Deno.test("loadInitialWeights() takes the weights of a run, the best or the last", async () => {
  using place = new Workplace();
  const { id } = await place.run();
  using records = place.records();
  for (const weights of ["best", "last"]) {
    const { given, inputs, notes } = await load(place, { run: id, weights });
    const path = `run ${id}, checkpoint/${weights}`;
    const bytes = records.artifact(id, `checkpoint/${weights}`);
    deepStrictEqual(
      inputs.map(({ sha256: _, ...input }) => input),
      [{ role: "init", split: null, run: id, path, bytes: bytes.length }],
    );
    deepStrictEqual(notes, [`began with ${given.size} weights of ${path}`]);
    const { spec } = smallPlan({ init: { run: "small", weights } });
    deepStrictEqual(await initialInputs(spec, place.context), inputs);
    Deno.writeFileSync(join(place.folder, `${weights}.st`), bytes);
  }
  const file = await load(place, { file: "best.st" });
  deepStrictEqual(file.given, (await load(place, { run: id })).given);
  deepStrictEqual(file.inputs[0]!.path, join(place.folder, "best.st"));
  deepStrictEqual(file.inputs[0]!.run, null);
});

Deno.test("loadInitialWeights() says which weights are drawn nevertheless", async () => {
  using place = new Workplace();
  const { id } = await place.run(smallPlan({ train: { volumeTotal: 2 } }));
  const { given, notes } = await load(place, { run: id, skip: ["head"] });
  ok(![...given.keys()].some((name) => name.startsWith("head/")));
  deepStrictEqual(
    notes[0]!.replace(/\d+/, "N"),
    `began with N weights of run ${id}, checkpoint/best`,
  );
  ok(/^drawn anew: head\/\S+/.test(notes[1]!), notes[1]);
  deepStrictEqual(notes.length, 2);
  const wider = { type: "resUnet", filters: [2, 3, 4], anisotropicLevels: 1 };
  const other = await place.run(
    smallPlan({
      ...{ model: wider, infer: { patchVox: [4, 16, 16] } },
      train: { volumeTotal: 2 },
    }),
  );
  const less = await load(place, { run: other.id, skip: ["**"] });
  deepStrictEqual([...less.given], []);
  const names = less.notes.map((note) => note.replace(/: .*/, ""));
  deepStrictEqual(names.slice(1), ["drawn anew", "not used of it"]);
  deepStrictEqual(await load(place, {}), {
    ...{ given: new Map(), inputs: [], notes: [] },
  });
});

Deno.test("loadInitialWeights() gives a repetition those of the run itself, not of a later one", async () => {
  using place = new Workplace();
  const small = smallPlan({ train: { volumeTotal: 2 } });
  const first = await place.run(small);
  const tuned = smallPlan({
    ...{ name: "tuned", init: { run: "small" } },
    train: { volumeTotal: 2 },
  });
  const { id, inputs } = await place.run(tuned);
  await place.run(smallPlan({ seed: 9, train: { volumeTotal: 2 } }));
  const again = await repeatRun({ id }, place.context);
  deepStrictEqual(inputs.map(({ run }) => run), [first.id]);
  deepStrictEqual(again.inputs, inputs);
  deepStrictEqual(again.verdict?.isIdentical, true);
});

Deno.test("loadInitialWeights() refuses runs without weights and files that are none", async () => {
  using place = new Workplace();
  const { id } = await place.run(smallPlan({ train: { volumeTotal: 2 } }));
  place.change("DELETE FROM artifact WHERE name LIKE 'checkpoint/%'");
  Deno.writeTextFileSync(join(place.folder, "bad.st"), "no weights");
  const cases = [
    [
      { run: id },
      `Cannot begin with the weights of ${id}: it has no checkpoint`,
      "init.run",
    ],
    [{ file: "bad.st" }, "Cannot read weights: ", join(place.folder, "bad.st")],
    [{ file: "none.st" }, "Cannot ", "init.file"],
  ] as const;
  for (const [init, says, where] of cases) {
    await rejects(load(place, init), (error) => {
      ok(error instanceof ExperimentError);
      ok(error.message.startsWith(says), error.message);
      deepStrictEqual(error.where, where);
      return true;
    });
  }
});
