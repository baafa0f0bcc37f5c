import { deepStrictEqual, ok } from "node:assert/strict";
import type { EvaluationRecord, PostprocessRecord } from "@/record/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";

/** What was recorded of each volume that was measured, by name. */
function evaluationsOf(place: Workplace, id: string) {
  using records = place.records();
  return records.artifacts(id)
    .filter(({ name }) => /^evaluation\/.*\.json$/.test(name))
    .map(({ name }): EvaluationRecord =>
      JSON.parse(new TextDecoder().decode(records.artifact(id, name)))
    );
}

Deno.test("measureBest() takes the last weights and a threshold of its own without validation", async () => {
  using place = new Workplace();
  const test = [smallPhantom(6), smallPhantom(14)];
  const { id } = await place.run(smallPlan({ data: { validation: [], test } }));
  const evaluated = evaluationsOf(place, id);
  deepStrictEqual(
    evaluated.map(({ split, step, thresholdFrom }) => [
      split,
      step,
      thresholdFrom,
    ]),
    [["test", 6, "test"], ["test", 6, "test"]],
  );
  const [first, second] = evaluated;
  deepStrictEqual(first!.metrics.threshold, second!.metrics.threshold);
  using records = place.records();
  const last = records.lastMetrics(id);
  const lines = place.printed.filter((line) => / with the weights/.test(line));
  deepStrictEqual(lines.map((line) => line.split(" ")[0]), ["test"]);
  const mean = (first!.metrics.ap! + second!.metrics.ap!) / 2;
  ok(Math.abs(last["test/best.ap"]! - mean) < 1e-12);
  deepStrictEqual("validation/best.ap" in last, false);
});

Deno.test("measureBest() measures validation as the experiment wants it, with as many pictures", async () => {
  using place = new Workplace();
  const data = { validation: [smallPhantom(6), smallPhantom(14)] };
  const evaluate = { metrics: ["dice"], sectionsShown: 2 };
  const { id } = await place.run(smallPlan({ data, evaluate }));
  const evaluated = evaluationsOf(place, id);
  deepStrictEqual(
    evaluated.map(({ split, thresholdFrom, shapeVox, voxelNm }) => [
      ...[split, thresholdFrom, shapeVox, voxelNm],
    ]),
    evaluated.map(() => [
      ...["validation", "validation", [4, 16, 16], [50, 20, 20]],
    ]),
  );
  for (const { metrics, baseline, sections } of evaluated) {
    deepStrictEqual(Object.keys(metrics), ["threshold", "dice"]);
    deepStrictEqual(Object.keys(baseline), ["threshold", "dice"]);
    deepStrictEqual(sections.length, 2);
  }
  using records = place.records();
  const pictures = records.artifacts(id)
    .filter(({ name }) => /^evaluation\/.*png$/.test(name));
  deepStrictEqual(pictures.length, 2 * 2 * 3);
  const onTheWay = records.artifacts(id)
    .filter(({ name }) => name.startsWith("sections/"));
  deepStrictEqual(onTheWay, []);
});

Deno.test("measureBest() chooses the threshold on test where validation holds no cleft", async () => {
  using place = new Workplace();
  const { id } = await place.run(smallPlan({
    data: { validation: [smallPhantom(7)], test: [smallPhantom(14)] },
    evaluate: { metrics: ["dice"], sectionsShown: 0, allowEmpty: true },
    train: { volumeTotal: 2 },
  }));
  const evaluated = evaluationsOf(place, id)
    .map(({ split, thresholdFrom, metrics: { threshold } }) => [
      ...[split, thresholdFrom, threshold === null],
    ]);
  deepStrictEqual(evaluated.toSorted(), [
    ["test", "test", false],
    ["validation", "validation", true],
  ]);
});

Deno.test("measureBest() post-processes at the end alone, as validation chose", async () => {
  using place = new Workplace();
  const data = { validation: [smallPhantom(6)], test: [smallPhantom(14)] };
  const plain = smallPlan({ data });
  const minVox = { sweep: [1, 100_000] }; // no cleft is as large
  const cleaned = smallPlan({
    data,
    postprocess: [{ type: "size", minVox }, { type: "components" }],
  });
  deepStrictEqual(cleaned.trainingHash, plain.trainingHash);
  const [a, b] = [await place.run(plain), await place.run(cleaned)];
  deepStrictEqual(b.trainedBy, a.id);
  using records = place.records();
  const record: PostprocessRecord = JSON.parse(
    new TextDecoder().decode(records.artifact(b.id, "postprocess.json")),
  );
  deepStrictEqual(record.steps.map(({ type }) => type), ["size", "components"]);
  deepStrictEqual(record.steps[0]!.minVox, 1);
  deepStrictEqual(record.tried.map(({ value }) => value === 0), [false, true]);
  // What was chosen takes nothing away, so the numbers are the same.
  deepStrictEqual(evaluationsOf(place, b.id), evaluationsOf(place, a.id));
  const large = smallPlan({
    data,
    postprocess: [{ type: "size", minVox: 100_000 }],
  });
  const { id } = await place.run(large);
  const last = records.lastMetrics(id);
  for (const split of ["validation", "test"]) {
    deepStrictEqual(last[`${split}/best.dice`], 0);
    deepStrictEqual(
      last[`${split}/best.ap`],
      records.lastMetrics(a.id)[`${split}/best.ap`],
    );
  }
});
