import { deepStrictEqual, match, ok } from "node:assert/strict";
import { losses } from "@/loss/mod.ts";
import { Workplace } from "./_run.ts";

/** The names of the losses for labels, or for distances. */
const lossesFor = (values: "labels" | "distances") =>
  losses.components.map(({ name }) => name).filter((type) => {
    const loss = losses.create(losses.schema.parse({ type }));
    return (loss.compares ?? "labels") === values;
  });

Deno.test("an experiment with every loss at two levels runs, runs again to the bit, and its samples are made again", async () => {
  using place = new Workplace();
  const [labels, distances] = [lossesFor("labels"), lossesFor("distances")];
  const listed = (names: readonly string[]) =>
    names.map((type) => `{ type: ${type}, weight: 0.1 }`).join(", ");
  const id = await place.run(
    "tiny.yaml",
    ...[
      "model.filters=[2, 3, 4]",
      "train.recordSamples=hashes",
      "loss.levels=[0.5]",
      `loss.terms=[${listed(labels)}]`,
      `heads=[{ name: near, target: { type: signedDistance },
        loss: { terms: [${listed(distances)}] } }]`,
    ].flatMap((one) => ["--set", one]),
  );
  const { metrics } = place.traceOf(id);
  const recorded = metrics.filter(({ name }) => name.startsWith("loss."));
  const terms = [...labels, ...distances.map((name) => `near/${name}`)];
  deepStrictEqual(
    [...new Set(recorded.map(({ name }) => name))].sort(),
    [...terms, ...terms.map((term) => `level1/${term}`)]
      .map((term) => `loss.${term}`).sort(),
  );
  ok(recorded.every(({ value }) => Number.isFinite(value)));
  const seen = recorded.filter(({ value }) => value !== 0); // no cleft, no border
  deepStrictEqual(new Set(seen.map(({ name }) => name)).size, 2 * terms.length);

  match(await place.well("rerun", id), /^identical: /m);
  deepStrictEqual(place.traceOf("last"), place.traceOf(id));

  const [sample] = await place.json<{ comparison: string }[]>(
    "replay",
    id,
    "--sample",
    "3",
  );
  deepStrictEqual(sample?.comparison, "identical");
});
