import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { readPrediction } from "@/data/mod.ts";
import { Workplace } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

const model = "model.filters=[2, 3, 4]";
const auxiliary = `heads=[{ name: near, target: { type: signedDistance },
  loss: { weight: 0.5, terms: [{ type: squaredError }] } }]`;

/** Experiments, each with the names of what training minimises. */
const experiments: Record<string, { set: string[]; terms: string[] }> = {
  "an auxiliary head": {
    set: [auxiliary],
    terms: ["bce", "dice", "near/squaredError"],
  },
  "deep supervision": {
    set: ["loss.levels=[0.5]"],
    terms: ["bce", "dice", "level1/bce", "level1/dice"],
  },
  "a distance to learn, at two levels": {
    set: [
      "target={ type: signedDistance }",
      "loss.terms=[{ type: squaredError }]",
      "loss.levels=[0.5]",
    ],
    terms: ["squaredError", "level1/squaredError"],
  },
};

for (const [what, { set, terms }] of Object.entries(experiments)) {
  Deno.test(`an experiment with ${what} runs, runs again to the bit, and predicts`, async () => {
    using place = new Workplace();
    await writeVolume(join(place.folder, "x.hdf"), { seed: 6 });
    const id = await place.run(
      "tiny.yaml",
      ...[model, ...set].flatMap((one) => ["--set", one]),
    );
    const { metrics } = place.traceOf(id);
    const valuesOf = (name: string) =>
      metrics.filter((m) => m.split === "train" && m.name === name)
        .map(({ value }) => value);
    const names = new Set(metrics.map(({ name }) => name));
    deepStrictEqual(
      [...names].filter((name) => name.startsWith("loss.")).sort(),
      terms.map((term) => `loss.${term}`).sort(),
    );
    for (const term of terms) {
      const values = valuesOf(`loss.${term}`);
      ok(values.length === 12 && values.every((v) => v > 0), term);
    }
    ok(valuesOf("loss")[0] !== valuesOf("loss").at(-1));

    match(await place.well("rerun", id), /^identical: /m);
    deepStrictEqual(place.traceOf("last"), place.traceOf(id));

    const output = join(place.folder, "p.hdf");
    await place.well("predict", id, "--volume", "x.hdf", "--output", output);
    const { shapeVox, probability } = await readPrediction(output);
    deepStrictEqual(shapeVox, [8, 48, 48]);
    ok(probability.every((p) => p >= 0 && p <= 1));
    ok(Math.max(...probability) > Math.min(...probability));
  });
}
